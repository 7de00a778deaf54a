"""Who answered or mentioned us on X. Each post and each author that an answer holds may cost; nothing else is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from contentkit.errors import Unavailable
from contentkit.patterns import regex
from contentkit.platforms import Heard, Hearing
from contentkit.platforms.billing import ReadsSpent
from contentkit.platforms.x_posts import (
    author_of,
    is_answer,
    is_real,
    is_repost,
    missing_in,
    parent_of,
    posts_of,
    text_of,
    users_of,
)

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange
    from contentkit.platforms.x_bill import BilledReads

# X wants no copies of what was deleted there a day ago: with an hour until the next run, and one for a machine that was busy.
KEEPS_WORDS = timedelta(hours=22)
AT_ONCE = 100
_LATEST = 10
_PAGE = 100
_PAGES = 5
_FIELDS = "author_id,created_at,entities,note_tweet,referenced_tweets"
_HANDLE = regex(r"[A-Za-z0-9_]{1,30}")
_LONGEST_NAME = 200
_LONGEST_TEXT = 30_000


class MentionReader:
    """Reads mentions over one connection. ``going_on`` raises when an answer says that nothing works now; ``unreadable`` is the
    error for one that is of no use."""

    def __init__(
        self,
        reads: BilledReads,
        going_on: Callable[[Exchange], Exchange],
        unreadable: Callable[[Exchange, str], Unavailable],
    ) -> None:
        self._reads = reads
        self._going_on = going_on
        self._unreadable = unreadable

    def heard(self, mark: str, me: str) -> Hearing:
        """Newest first: a page of 10, and after a mark up to four of 100. What is paid for is kept, if X tells no more.

        What the money does not reach for is passed over; a page that did not come is asked for again.
        """
        found: list[Heard] = []
        newest = token = ""
        for page in range(_PAGES if mark else 1):
            try:
                exchange, token = self._page(me, mark, token)
            except Unavailable as failure:
                if not page:
                    raise
                is_spent = isinstance(failure, ReadsSpent)
                return Hearing(heard=tuple(found), mark=newest or mark if is_spent else mark, more=is_spent)
            posts, users = posts_of(exchange), users_of(exchange)
            newest = newest or (posts[0]["id"] if posts else "")
            found += [_heard(one, users) for one in posts if author_of(one) != me and not is_repost(one)]
            if not token:
                break
        return Hearing(heard=tuple(found), mark=newest or mark, more=bool(token and mark))

    def heard_again(self, remote_ids: Sequence[str]) -> dict[str, Heard | None]:
        """At most a hundred; their authors are known, and not paid for again."""
        wish = {"ids": ",".join(remote_ids), "tweet.fields": _FIELDS}
        exchange = self._going_on(self._reads.posts("/2/tweets", remote_ids, **wish))
        if exchange.status != 200 or not is_answer(exchange):
            raise self._unreadable(exchange, "does not show posts")
        asked = set(remote_ids)
        found: dict[str, Heard | None] = dict.fromkeys(missing_in(exchange.json()) & asked)
        return found | {one["id"]: _heard(one, {}) for one in posts_of(exchange) if one["id"] in asked}

    def _page(self, me: str, mark: str, token: str) -> tuple[Exchange, str]:
        """One page of posts that mention us, and what asks for the next one."""
        exchange = self._going_on(
            self._reads.mentions(
                f"/2/users/{quote(me, safe='')}/mentions",
                **{
                    "max_results": str(_PAGE if token else _LATEST),
                    "tweet.fields": _FIELDS,
                    "expansions": "author_id",
                    **({"since_id": mark} if is_real(mark) else {}),
                    **({"pagination_token": token} if token else {}),
                },
            )
        )
        answer = exchange.json()
        if exchange.status != 200 or not isinstance(answer, dict) or not ("data" in answer or "meta" in answer):
            raise self._unreadable(exchange, "does not list who mentioned us")
        meta = answer.get("meta")
        following = meta.get("next_token") if isinstance(meta, dict) else ""
        return exchange, following if isinstance(following, str) else ""


def _heard(post: Mapping[str, Any], users: Mapping[str, Mapping[str, Any]]) -> Heard:
    author = users.get(author_of(post), {})
    told, name = author.get("username"), author.get("name")
    handle = told if isinstance(told, str) and _HANDLE.fullmatch(told) else ""
    return Heard(
        remote_id=post["id"],
        # X forwards from ``i``.
        url=f"https://x.com/{handle or 'i'}/status/{post['id']}",
        author=handle,
        author_name=name.strip()[:_LONGEST_NAME] if isinstance(name, str) else "",
        text=text_of(post)[:_LONGEST_TEXT],
        parent=parent_of(post),
        visibility="public",
        written_at=_written_at(post),
    )


def _written_at(post: Mapping[str, Any]) -> datetime | None:
    try:
        made = datetime.fromisoformat(str(post.get("created_at")))
    except ValueError:
        return None
    return made if made.tzinfo else made.replace(tzinfo=UTC)
