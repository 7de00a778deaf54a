"""Mastodon and the servers that speak its API.

All requests go through our own session. Mastodon.py asks for the same (tests compare the two), but its exceptions do not tell
whether a status was created, it rejects shapes that compatible servers send, and takes two milliseconds to parse a status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contentkit.clock import Clock, SystemClock
from contentkit.counters.mastodon import links_in, mastodon_length
from contentkit.errors import ContentError, Refused, Unavailable, Uncertain
from contentkit.models import Account, Limits
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
from contentkit.platforms.counts import id_in
from contentkit.platforms.mastodon_answers import audience_in, is_older, limits_in, path_part, status_in
from contentkit.platforms.mastodon_figures import AT_ONCE, FigureReader
from contentkit.platforms.mastodon_media import Uploads
from contentkit.platforms.mastodon_mentions import MentionReader
from contentkit.platforms.shown import cut_link

if TYPE_CHECKING:
    from contentkit.platforms.mastodon_pages import Page
    from contentkit.platforms.own import LeftOut, OwnStatus
    from contentkit.platforms.session import Exchange, WatchedSession

_PAGE = 40
# A name in full or a number; whatever is longer does not belong into anybody's settings.
_LONGEST_ID = 200
_PAGES = 5
_PAGES_BACK = 25
# Of a link, Mastodon's own pages show so many characters.
_SHOWN_OF_LINK = 30


class Mastodon(Platform):
    """The platform ``mastodon``."""

    name = "mastodon"
    secrets = ("token",)
    limits = Limits()
    server_example = "https://mastodon.social"
    # Whoever follows us gets the whole thread; the public timelines get its beginning.
    replies = "unlisted"
    tags_language = True
    edits = True

    def length(self, text: str, warning: str, limits: Limits) -> int:
        return mastodon_length(text, warning, url_length=limits.url_length)

    def links(self, text: str) -> Sequence[tuple[int, int]]:
        return links_in(text)

    def shown_link(self, link: str) -> str:
        """As Mastodon's own pages show it; other programs may cut elsewhere."""
        return cut_link(link, _SHOWN_OF_LINK)

    def sign_in(
        self, server: str, tell: Callable[[str], None], ask: Callable[[str], str], *, proxy: str = ""
    ) -> dict[str, str]:
        from contentkit.platforms.mastodon_login import sign_in

        return sign_in(server, tell, ask, proxy=proxy)

    def connect(self, account: Account, secrets: Mapping[str, str], state: Path) -> MastodonConnection:  # noqa: ARG002 - a console's need
        if not account.server:
            raise ContentError(
                f"contentkit.toml: account '{account.name}' does not say its server",
                hint='add server = "https://mastodon.social"',
            )
        from contentkit.platforms.session import WatchedSession

        token = secrets["token"]
        session = WatchedSession(account.server, secrets=[token], proxy=account.proxy)
        return MastodonConnection(account, token, session)


class MastodonConnection(Connection):
    """One account on one server. ``clock`` is for waiting until the server has processed a picture."""

    batch = AT_ONCE
    # Nobody asks for more, but what strangers wrote is not ours to keep for good.
    keeps_words = timedelta(days=90)
    again_at_once = 10

    def __init__(
        self,
        account: Account,
        token: str,
        session: WatchedSession,
        clock: Clock = SystemClock(),  # noqa: B008 - it keeps nothing
    ) -> None:
        self._account = account
        self._token = token
        from contentkit.platforms.session import Bearer

        self._session = session
        self._session.auth = Bearer(token)
        self._me = ""
        self._told: dict[str, Any] = {}
        # What the server told us that it created as a reply; some never say so of a status.
        self._replies: dict[str, str] = {}
        self._media = Uploads(session, clock)
        self._figures = FigureReader(self._read, self._page, self._unreadable)
        self._mentions = MentionReader(session.server, self._read, self._unreadable)

    def identity(self) -> Identity:
        answer = self._myself()
        handle = answer.get("acct") or answer.get("username") or ""
        heard = self._session.last
        return Identity(remote_id=self._me, handle=str(handle), server_time=heard.server_time if heard else None)

    def limits(self) -> Limits:
        """The instance's limits; what the account's configuration says where the instance is silent."""
        known = self._account.limits
        for path in ("/api/v2/instance", "/api/v1/instance"):
            exchange = self._read(path)
            answer = exchange.json()
            if exchange.status == 200 and isinstance(answer, dict):
                return limits_in(answer, known)
        return known

    def remarks(self) -> list[str]:
        from contentkit.platforms.mastodon_rights import PATH, remarks_in

        return remarks_in(self._read(PATH))

    def upload(self, attachment: Attachment) -> str:
        return self._media.upload(attachment)

    def publish(self, message: Message) -> Status:
        from contentkit.platforms.http_requests import form_body
        from contentkit.platforms.session import answer_of

        self._session.forget()
        # Whatever is raised after the request is an opinion of the answer; the session has the answer itself.
        with suppress(Exception):
            self._session.request(
                "POST",
                f"{self._session.server}/api/v1/statuses",
                body=form_body(_form_of(message)),
                headers={"Idempotency-Key": message.key},
            )
        try:
            answer = answer_of(self._session.last, self._session.host)
        except Refused as refusal:
            raise self._media.why_refused(refusal, message.media) from None
        if str(answer.get("in_reply_to_id", message.parent) or "") != message.parent:
            raise Uncertain(f"{self._session.host}: created a status, but not as the reply that was asked for")
        self._replies[answer["id"]] = message.parent
        return replace(status_in(answer, message.text), parent=message.parent)

    def edit(self, remote_id: str, message: Message, alts: Sequence[str]) -> Status:
        """The pictures that a status keeps have to be named: those that are not are taken off."""
        from contentkit.platforms.session import answer_of

        pictures = self._pictures(remote_id, alts)
        described = [
            {"id": picture["id"], "description": alt}
            for picture, alt in zip(pictures, alts, strict=True)
            if (picture.get("description") or "") != alt
        ]
        exchange = self._session.change(
            "PUT",
            f"/api/v1/statuses/{path_part(remote_id)}",
            status=message.text,
            spoiler_text=message.warning,
            sensitive=bool(message.warning),
            media_ids=[picture["id"] for picture in pictures],
            **({"language": message.language} if message.language else {}),
            **({"media_attributes": described} if described else {}),
        )
        answer = answer_of(exchange, self._session.host)
        if answer["id"] != remote_id:
            raise Uncertain(f"{self._session.host}: answered with another status than the one that was to be changed")
        return status_in(answer, message.text)

    def delete(self, remote_id: str) -> None:
        from contentkit.platforms.session import answer_of, failure_of

        exchange = self._session.change("DELETE", f"/api/v1/statuses/{path_part(remote_id)}")
        if exchange is None or exchange.failure is not None:
            answer_of(exchange, self._session.host)  # raises
        elif exchange.status in (404, 410) and exchange.error:
            return
        elif not 200 <= exchange.status < 300:
            raise failure_of(exchange, self._session.host)
        # Servers differ in what they tell of the status that was; that it is gone is looked at anyway.
        elif not isinstance(exchange.json(), dict):
            raise Uncertain(f"{self._session.host}: does not say that the post is deleted (HTTP {exchange.status})")

    def _pictures(self, remote_id: str, alts: Sequence[str]) -> list[dict[str, Any]]:
        """The pictures of a status as the server lists them. Raises Refused when they are not as many as their alt texts."""
        exchange = self._read(f"/api/v1/statuses/{path_part(remote_id)}")
        answer = exchange.json()
        if exchange.status in (404, 410) and exchange.error:
            raise Refused(f"{self._session.host}: {exchange.error} (HTTP {exchange.status})")
        attached = answer.get("media_attachments") if isinstance(answer, dict) else None
        pictures = [one for one in attached or () if isinstance(one, dict) and isinstance(one.get("id"), str)]
        if exchange.status != 200 or not isinstance(answer, dict) or len(pictures) != len(attached or ()):
            raise self._unreadable(exchange, "does not show a status")
        if len(pictures) != len(alts):
            raise Refused(f"{self._session.host}: the post has {len(pictures)} pictures there, and {len(alts)} here")
        return pictures

    def allowance(self) -> Allowance | None:
        from contentkit.platforms.session import allowance_in

        return allowance_in(self._session.changing)

    def find(self, remote_id: str) -> Status | None:
        exchange = self._read(f"/api/v1/statuses/{path_part(remote_id)}")
        answer = exchange.json()
        if exchange.status in (404, 410) and exchange.error:
            return None
        if exchange.status != 200 or not isinstance(answer, dict) or id_in(answer) != remote_id:
            raise self._unreadable(exchange, "does not show a status")
        return self._status(answer)

    def recent(self, after: str) -> list[Status]:
        """Newest first, back to ``after`` by the order of the list, never by comparing ids; at most five pages of 40."""
        found: dict[str, Status] = {}
        for page in self._pages(_PAGES if after else 1):
            for answer in page.statuses:
                # Some servers list first what is pinned: when ``after`` is that, what is new stands below it.
                if answer["id"] == after and (found or not answer.get("pinned")):
                    return list(found.values())
                if answer["id"] != after:
                    found.setdefault(answer["id"], self._status(answer))
            if after in {answer["id"] for answer in page.statuses}:
                break
        return list(found.values())

    def since(self, moment: datetime) -> list[Status]:
        """Newest first, until the server tells of an older one or of none; at most 25 pages of 40."""
        found: dict[str, Status] = {}
        for page in self._pages(_PAGES_BACK):
            found |= {answer["id"]: self._status(answer) for answer in page.statuses if answer["id"] not in found}
            if not page.older or (page.statuses and is_older(page.statuses[-1], moment)):
                return list(found.values())
        raise Refused(
            f"{self._session.host}: there are more than {len(found)} posts since then", hint="look at the account"
        )

    def recalled(
        self,
        since: datetime | None,
        until: datetime | None,  # noqa: ARG002 - servers page by ids, and only some of them tell the time
        most: int,
    ) -> Iterator[list[OwnStatus | LeftOut]]:
        from contentkit.platforms.mastodon_timeline import recalled_in

        me = self._me or self.identity().remote_id
        for page in self._pages(-(-most // _PAGE)):
            yield [recalled_in(answer, me) for answer in page.statuses]
            if since and page.statuses and is_older(page.statuses[-1], since):
                return

    def words(self, remote_id: str) -> str | None:
        """The words as they were sent, where the server keeps them (Mastodon 3.5, GoToSocial), else None.

        A server that shows them to nobody may call that 401, which then says nothing of the token.
        """
        exchange = self._session.read(f"/api/v1/statuses/{path_part(remote_id)}/source")
        answer = exchange.json()
        if exchange.status == 429:
            raise self._failure(exchange)
        if exchange.status != 200 or not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
            return None
        return str(answer["text"])

    def batches(self, remote_ids: Sequence[str]) -> Iterator[Sequence[str]]:
        return self._figures.batches(remote_ids)

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        return self._figures.figures(remote_ids)

    def audience(self) -> Audience:
        """What the question who we are was answered with, once; else a request of its own."""
        answer, self._told = self._told or self._myself(), {}
        return audience_in(answer)

    def heard(self, mark: str) -> Hearing:
        return self._mentions.heard(mark, self._me or self.identity().remote_id)

    def heard_again(self, remote_ids: Sequence[str]) -> dict[str, Heard | None]:
        return self._mentions.heard_again(remote_ids)

    def answer(self) -> str:
        from contentkit.platforms.excerpts import excerpt_of

        return excerpt_of(self._session.changing)

    def close(self) -> None:
        self._session.close()

    def _myself(self) -> dict[str, Any]:
        """Our account as the server shows it to us."""
        exchange = self._read("/api/v1/accounts/verify_credentials")
        answer, me = exchange.json(), id_in(exchange.json())
        if exchange.status != 200 or not isinstance(answer, dict) or not me:
            raise self._unreadable(exchange, "does not say who we are")
        if len(me) > _LONGEST_ID:
            raise self._unreadable(exchange, "says who we are with an id that has no end")
        self._me, self._told = me, answer
        return answer

    def _status(self, answer: dict[str, Any]) -> Status:
        """The status of a JSON object; its parent as we know it, where the server never says one."""
        status = status_in(answer)
        if "in_reply_to_id" in answer:
            return status
        return replace(status, parent=self._replies.get(status.remote_id, ""))

    def _pages(self, most: int) -> Iterator[Page]:
        """Pages of own statuses, newest first; after the last one of all, ``older`` is empty."""
        before = ""
        for _ in range(most):
            page = self._page(before)
            if page.older == before:  # this server does not turn pages
                page = replace(page, older="")
            yield page
            if not page.older:
                return
            before = page.older

    def _page(self, before: str) -> Page:
        from contentkit.platforms.mastodon_pages import page_of

        me = self._me or self.identity().remote_id
        parameters = {
            "limit": str(_PAGE),
            "exclude_reblogs": "true",
            # Asked for expressly, because some servers leave replies out, and a thread is made of them.
            "exclude_replies": "false",
            **({"max_id": before} if before else {}),
        }
        exchange = self._read(f"/api/v1/accounts/{path_part(me)}/statuses", **parameters)
        page = page_of(exchange)
        if page is None:
            raise self._unreadable(exchange, "does not list our statuses")
        return page

    def _read(self, path: str, **parameters: str | list[str]) -> Exchange:
        exchange = self._session.read(path, **parameters)
        if exchange.status in (401, 429):
            raise self._failure(exchange)
        return exchange

    def _failure(self, exchange: Exchange) -> Unavailable:
        """Why nothing works on the account now."""
        from contentkit.platforms.session import failure_of

        failure = failure_of(exchange, self._session.host)
        assert isinstance(failure, Unavailable)
        return failure

    def _unreadable(self, exchange: Exchange, what: str) -> Unavailable:
        return Unavailable(
            f"{self._session.host}: {what}: {exchange.error or 'an odd answer'} (HTTP {exchange.status})"
        )


def _form_of(message: Message) -> list[tuple[str, str]]:
    """What creates this status, as a form: the one shape that all servers take."""
    optional = {
        "in_reply_to_id": message.parent,
        "spoiler_text": message.warning,
        "language": message.language,
    }
    # Where nothing is said of it, an account's own settings may hide all that it posts.
    sensitive = "1" if message.warning else "0"
    form = [("status", message.text), ("visibility", message.visibility), ("sensitive", sensitive)]
    form += [(name, value) for name, value in optional.items() if value]
    return form + [("media_ids[]", one) for one in message.media]
