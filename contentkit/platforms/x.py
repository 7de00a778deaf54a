"""X, by its API v2, with the four keys and tokens of OAuth 1.0a, which do not expire.

Posts are created through tweepy on our own session; what became of them is read from the session, because the library has no
time limit and its exceptions do not tell whether a post was created. Reading, counting and uploading go through the session
alone: the library knows none of X's uploads. Reading costs money: each request asks for what is needed and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from contentkit.clock import Clock, SystemClock
from contentkit.counters.x import links_in, weighted_length
from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.models import Account, Limits, Mentions, Splitting
from contentkit.platforms import (
    Allowance,
    Attachment,
    Audience,
    Connection,
    Figures,
    Heard,
    Hearing,
    Identity,
    Message,
    Platform,
    Status,
)
from contentkit.platforms.shown import cut_link
from contentkit.platforms.x_bill import PRICES, BilledReads
from contentkit.platforms.x_mentions import AT_ONCE, KEEPS_WORDS, MentionReader
from contentkit.platforms.x_posts import data_of, is_answer, is_id, is_premium, is_real, posts_of
from contentkit.stamps import stamped

if TYPE_CHECKING:
    from contentkit.platforms.billing import Tab
    from contentkit.platforms.own import LeftOut, OwnStatus
    from contentkit.platforms.session import Exchange, WatchedSession

SERVER = "https://api.x.com"
# Where tweepy believes X to be; there is no setting for it.
_LIBRARY_HOST = "https://api.twitter.com"
_SHORT = 280
_LONGEST = 25_000
_PAGE = 100
_PAGES = 5
# X refuses to be asked for fewer.
_SMALLEST_PAGE = 5
# More than X has for the 3,200 posts that it lists: empty pages that name a next one must end.
_MOST_PAGES = 700
# Of a link, X shows about this many characters.
_SHOWN_OF_LINK = 26
# Each post that is read costs: the newest few are enough to know where we stand.
_LATEST = 10
_STATUS_FIELDS = {
    "tweet.fields": "attachments,author_id,entities,note_tweet,referenced_tweets",
    "expansions": "attachments.media_keys",
    "media.fields": "alt_text",
}
_USER_FIELDS = "public_metrics,subscription_type,verified_type"
_WHERE = "console.x.com, your app, Keys and tokens"


class X(Platform):
    """The platform ``x``."""

    name = "x"
    secrets = ("api_key", "api_secret", "access_token", "access_secret")
    limits = Limits(
        characters=_SHORT,
        media=4,
        alt_characters=1000,
        image_bytes=5 * 1024 * 1024,
        gif_bytes=15 * 1024 * 1024,
        video_bytes=512 * 1024 * 1024,
        pixels=8192 * 8192,
    )
    prices = PRICES
    refuses_repeats = True
    one_cashtag = True
    lends_words = KEEPS_WORDS
    # Mentions that nobody asked for cost accounts here, and every post costs money.
    mentions: Mentions = "names"
    split: Splitting = "balanced"
    guidance: Mapping[str, str] = {
        "api_key": f"{_WHERE}: API Key",
        "api_secret": f"{_WHERE}: API Key Secret",
        "access_token": f"{_WHERE}: Access Token (made after 'Read and write')",
        "access_secret": f"{_WHERE}: Access Token Secret",
    }

    def length(self, text: str, warning: str, limits: Limits) -> int:  # noqa: ARG002 - X has no warnings, see lacks
        return weighted_length(text, url_length=limits.url_length)

    def shown_link(self, link: str) -> str:
        return cut_link(link, _SHOWN_OF_LINK)

    def links(self, text: str) -> Sequence[tuple[int, int]]:
        """With or without a scheme: X makes a link of ``setup.py``, too, and bills it as one."""
        return links_in(text)

    def lacks(self, visibility: str, warning: str) -> str:
        if warning:
            return "content warnings"
        return "" if visibility == "public" else f"{visibility} posts"

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> XConnection:  # noqa: ARG002 - a console's need
        from contentkit.platforms.session import WatchedSession

        keys = {name: secrets[name] for name in self.secrets}
        return XConnection(
            account, keys, WatchedSession(account.server or SERVER, secrets=keys.values(), proxy=account.proxy)
        )


class XConnection(Connection):
    """One account of X. ``clock`` is for waiting until X has processed a film."""

    batch = 100
    keeps_words = KEEPS_WORDS
    again_at_once = AT_ONCE

    def __init__(
        self,
        account: Account,
        keys: Mapping[str, str],
        session: WatchedSession,
        clock: Clock = SystemClock(),  # noqa: B008 - it keeps nothing
    ) -> None:
        from contentkit.platforms.x_signing import Signature

        self._account = account
        self._keys = keys
        self._session = session
        self._session.auth = Signature(keys)
        self._reads = BilledReads(session)
        self._mentions = MentionReader(self._reads, self._going_on, self._unreadable)
        self._clock = clock
        self._identity: Identity | None = None
        self._me: Mapping[str, Any] = {}
        self._may_only_read = False
        # What X told us that it created as a reply; X's simulator forgets it.
        self._replies: dict[str, str] = {}

    def identity(self) -> Identity:
        """Who we are: one request for each connection, which answers for the limits and the audience, too."""
        if self._identity:
            return self._identity
        exchange = self._going_on(self._reads.user("/2/users/me", **{"user.fields": _USER_FIELDS}))
        if exchange.status == 400:
            # A server that does not know one of the fields; who we are is all that is needed.
            exchange = self._going_on(self._reads.user("/2/users/me"))
        me = data_of(exchange)
        if exchange.status != 200 or not isinstance(me, dict) or not is_id(me.get("id")):
            raise self._unreadable(exchange, "does not say who we are")
        self._me = me
        self._may_only_read = exchange.headers.get("x-access-level") == "read"
        handle = me.get("username")
        self._identity = Identity(
            remote_id=me["id"], handle=handle if isinstance(handle, str) else "", server_time=exchange.server_time
        )
        return self._identity

    def limits(self) -> Limits:
        """What the settings say; long posts only where X says that the account has Premium."""
        self.identity()
        stated = self._account.limits
        longest = _LONGEST if is_premium(self._me) else _SHORT
        return replace(stated, characters=min(stated.characters, longest))

    def remarks(self) -> list[str]:
        self.identity()
        found = []
        if self._may_only_read:
            found.append(
                "X's header says that these tokens may only read: when posting is refused, give the app 'Read and write' "
                "and generate the access token anew"
            )
        if is_premium(self._me) and self._account.limits.characters <= _SHORT:
            found.append(f"this account has X Premium: limits = {{ characters = {_LONGEST} }} would allow long posts")
        return found

    def bill_to(self, tab: Tab) -> None:
        self._reads.tab = tab

    def upload(self, attachment: Attachment) -> str:
        from contentkit.platforms.x_media import upload

        return upload(attachment, self._session, self._clock, self._reads.tab)

    def publish(self, message: Message) -> Status:
        from contentkit.platforms.x_fates import created
        from contentkit.platforms.x_posts import is_worded

        if lacking := X().lacks(message.visibility, message.warning):
            raise Refused(f"X has no {lacking}", hint="take X off the entry, or publish there without it")
        answer = created(self._create(message), self._session.host)
        if not is_id(answer["id"]) or not is_worded(answer.get("text"), message.text):
            raise Uncertain(f"{self._session.host}: answered with a post that is not the one that was sent")
        self._replies[answer["id"]] = message.parent
        url = self._url_of(answer["id"], "")
        return Status(remote_id=answer["id"], url=url, text=message.text, parent=message.parent)

    def delete(self, remote_id: str) -> None:
        from contentkit.platforms.x_fates import deleted

        exchange = self._session.change("DELETE", f"/2/tweets/{quote(remote_id, safe='')}")
        deleted(exchange, self._session.host, remote_id)

    def allowance(self) -> Allowance | None:
        from contentkit.platforms.session import allowance_in

        return allowance_in(self._session.changing)

    def find(self, remote_id: str) -> Status | None:
        from contentkit.platforms.x_posts import missing_in

        path = f"/2/tweets/{quote(remote_id, safe='')}"
        exchange = self._going_on(self._reads.posts(path, [remote_id], **_STATUS_FIELDS))
        found = data_of(exchange)
        if found is None and exchange.status in (200, 404) and remote_id in missing_in(exchange.json()):
            return None
        if exchange.status != 200 or not isinstance(found, dict) or found.get("id") != remote_id:
            raise self._unreadable(exchange, "does not show a post")
        return self._status(found, exchange)

    def recent(self, after: str) -> list[Status]:
        """Newest first, back to ``after`` as X orders them, never by comparing ids; a page of 10, and at most four of 100."""
        from contentkit.platforms.x_posts import is_repost

        found: list[Status] = []
        token = ""
        for _ in range(_PAGES if after else 1):
            exchange, token = self._page(after, token)
            for one in posts_of(exchange):
                if one["id"] == after:
                    return found
                # Asked for without them, but X's simulator lists them all the same.
                if not is_repost(one):
                    found.append(self._status(one, exchange))
            if not token:
                break
        return found

    def since(self, moment: datetime) -> list[Status]:
        """Newest first; X is asked for these alone, because each post that is read costs. A page of 10, and up to four of 100."""
        from contentkit.platforms.x_posts import is_repost

        found: list[Status] = []
        token = ""
        for _ in range(_PAGES):
            exchange, token = self._page("", token, start_time=stamped(moment))
            found += [self._status(one, exchange) for one in posts_of(exchange) if not is_repost(one)]
            if not token:
                return found
        raise Refused(
            f"{self._session.host}: there are more than {len(found)} posts since then", hint="look at the account"
        )

    @property
    def server_time(self) -> datetime | None:
        heard = self._session.last
        return heard.server_time if heard else None

    def batches(self, remote_ids: Sequence[str]) -> Iterator[Sequence[str]]:
        """The young ones first, by hundreds, then the others: no request is for both."""
        young = [one for one in remote_ids if self._is_young(one)]
        others = [one for one in remote_ids if not self._is_young(one)]
        for ids in (young, others):
            for start in range(0, len(ids), self.batch):
                yield ids[start : start + self.batch]

    def recalled(
        self, since: datetime | None, until: datetime | None, most: int
    ) -> Iterator[list[OwnStatus | LeftOut]]:
        """X lists 3,200 posts, and what is left out of them is billed, too; what is newer than ``until`` is not."""
        from contentkit.platforms.x_posts import author_of
        from contentkit.platforms.x_timeline import FIELDS, recalled_in

        me, token = self.identity().remote_id, ""
        # X counts the second that it is told to the time that is asked for.
        span = {"start_time": stamped(since)} if since else {}
        span |= {"end_time": stamped(until - timedelta(seconds=1))} if until else {}
        for _ in range(_MOST_PAGES):
            if most < _SMALLEST_PAGE:
                return
            wish = {"max_results": str(min(_PAGE, most)), "tweet.fields": FIELDS, **span}
            exchange, token = self._page("", token, **wish)
            posts = posts_of(exchange)
            most -= len(posts)
            yield [recalled_in(one, me, self._url_of(one["id"], author_of(one))) for one in posts]
            if not token:
                return

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        """Public and private figures are one request for posts whose id says that X has both."""
        young = [one for one in remote_ids if self._is_young(one)]
        told, untold = self._whole_figures(young) if young else ({}, set())
        others = [one for one in remote_ids if one not in young or one in untold]
        return told | self._public_figures(others) if others else told

    def _is_young(self, remote_id: str) -> bool:
        from contentkit.platforms.x_posts import PRIVATE_FOR, made_at

        return is_real(remote_id) and is_id(remote_id) and self._clock.now() - made_at(remote_id) < PRIVATE_FOR

    def _whole_figures(self, remote_ids: Sequence[str]) -> tuple[dict[str, Figures], set[str]]:
        """What X tells at once of young posts; and those that are to be asked for without what only their author sees."""
        from contentkit.platforms.x_posts import denied_in, missing_in, private_figures, public_figures

        exchange, asked = self._private(remote_ids, "public_metrics,non_public_metrics"), set(remote_ids)
        if exchange is None or not is_answer(exchange):
            return {}, asked
        posts = [one for one in posts_of(exchange) if one["id"] in asked]
        figures = {one["id"]: public_figures(one) for one in posts}
        gone = missing_in(exchange.json()) & asked - figures.keys()
        told = {**figures, **private_figures(figures, posts), **{one: Figures(deleted=True) for one in gone}}
        return told, denied_in(exchange.json()) & asked - told.keys()

    def _public_figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        """What everybody sees; of posts whose id says nothing of their age also the rest, where their date says that X has it."""
        from contentkit.platforms.x_posts import missing_in, private_figures, public_figures, young

        wish = {"ids": ",".join(remote_ids), "tweet.fields": "created_at,public_metrics"}
        exchange = self._going_on(self._reads.posts("/2/tweets", remote_ids, **wish))
        asked = set(remote_ids)
        posts = [one for one in posts_of(exchange) if one["id"] in asked]
        missing = missing_in(exchange.json()) & asked
        if exchange.status != 200 or not (posts or missing or is_answer(exchange)):
            raise self._unreadable(exchange, "does not show the figures")
        figures = {one["id"]: public_figures(one) for one in posts}
        told = exchange.server_time or exchange.received
        recent = [one["id"] for one in posts if told and not is_real(one["id"]) and young(one, told)]
        private = self._private(recent, "non_public_metrics")
        return {
            **figures,
            **private_figures(figures, posts_of(private) if private else ()),
            **{one: Figures(deleted=True) for one in missing - figures.keys()},
        }

    def audience(self) -> Audience:
        from contentkit.platforms.x_posts import audience_of

        me = self.identity()
        return replace(audience_of(self._me), server_time=me.server_time)

    def heard(self, mark: str) -> Hearing:
        return self._mentions.heard(mark, self.identity().remote_id)

    def heard_again(self, remote_ids: Sequence[str]) -> dict[str, Heard | None]:
        return self._mentions.heard_again(remote_ids)

    def answer(self) -> str:
        from contentkit.platforms.excerpts import excerpt_of

        return excerpt_of(self._session.changing)

    def close(self) -> None:
        self._session.close()

    def _create(self, message: Message) -> Exchange | None:
        """Asks for the post, once; what came of it."""
        from contentkit.platforms.x_signing import library

        self._session.forget()
        client = library(self._keys, self._session, _LIBRARY_HOST)
        # Whatever the library raises after the request is its opinion of the answer; the session has the answer itself.
        with suppress(Exception):
            client.create_tweet(
                text=message.text or None,
                in_reply_to_tweet_id=message.parent or None,
                media_ids=list(message.media) or None,
            )
        return self._session.last

    def _page(self, after: str, token: str, **wish: str) -> tuple[Exchange, str]:
        """One page of our posts, and what asks for the next one."""
        me = self.identity().remote_id
        parameters = {
            # Mostly there are a few: what may be billed is noted for as many as are asked for.
            "max_results": str(_PAGE if token else _LATEST),
            "exclude": "retweets",
            **_STATUS_FIELDS,
            **({"since_id": after} if is_real(after) else {}),
            **({"pagination_token": token} if token else {}),
            **wish,
        }
        exchange = self._going_on(self._reads.page(f"/2/users/{quote(me, safe='')}/tweets", **parameters))
        answer = exchange.json()
        if exchange.status != 200 or not isinstance(answer, dict) or not ("data" in answer or "meta" in answer):
            raise self._unreadable(exchange, "does not list our posts")
        meta = answer.get("meta")
        following = meta.get("next_token") if isinstance(meta, dict) else ""
        return exchange, following if isinstance(following, str) else ""

    def _private(self, remote_ids: Sequence[str], fields: str) -> Exchange | None:
        """What X answers when it is asked for figures that only the author sees, too; None where it does not want to tell them:
        that is no reason to lose the others."""
        if not remote_ids:
            return None
        try:
            exchange = self._reads.posts(
                "/2/tweets", remote_ids, **{"ids": ",".join(remote_ids), "tweet.fields": fields}
            )
        except Unavailable:
            return None
        return exchange if exchange.status == 200 else None

    def _status(self, post: Mapping[str, Any], exchange: Exchange) -> Status:
        from contentkit.platforms.x_posts import alts_of, author_of, parent_of, pictures_of, text_of

        author = author_of(post)
        return Status(
            remote_id=post["id"],
            url=self._url_of(post["id"], author),
            text=text_of(post),
            parent=parent_of(post) or self._replies.get(post["id"], ""),
            author=author,
            pictures=pictures_of(post),
            alts=alts_of(post, exchange),
        )

    def _url_of(self, remote_id: str, author: str) -> str:
        """The address of a post. To ask for the name of another author would cost a cent; X forwards from ``i``."""
        mine = not author or not self._identity or author == self._identity.remote_id
        handle = (self._identity.handle if self._identity else "") or self._account.handle
        return f"https://x.com/{quote(handle, safe='') if mine and handle else 'i'}/status/{remote_id}"

    def _going_on(self, exchange: Exchange) -> Exchange:
        """The same answer. Raises Unavailable when it says that nothing works on the account now."""
        from contentkit.platforms.x_fates import stops_reading

        if failure := stops_reading(exchange, self._session.host):
            raise failure
        return exchange

    def _unreadable(self, exchange: Exchange, what: str) -> Unavailable:
        from contentkit.platforms.x_fates import reason_of

        return Unavailable(
            f"{self._session.host}: {what}: {reason_of(exchange) or 'an odd answer'} (HTTP {exchange.status})"
        )
