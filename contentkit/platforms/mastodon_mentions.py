"""Who answered or mentioned us on a server that speaks Mastodon's API, by its notifications."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from contentkit.errors import Refused, Unavailable
from contentkit.platforms import Heard, Hearing
from contentkit.platforms.counts import id_in
from contentkit.platforms.mastodon_answers import path_part, status_in, url_of
from contentkit.stamps import moment_of

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange

_PAGE = 40
_PAGES = 10
_LONGEST_NAME = 200
_LONGEST_TEXT = 10_000
# Words that were written to few are theirs: they are not copied into a file that others may open.
_FOR_FEW = ("private", "direct")
_UNKNOWN = (404, 405, 501)
_GONE = (404, 410)


class MentionReader:
    """Reads mentions over one connection. ``read`` asks for a path; it raises Unavailable.

    ``unreadable`` is the error for an answer that is of no use.
    """

    def __init__(
        self, server: str, read: Callable[..., Exchange], unreadable: Callable[[Exchange, str], Unavailable]
    ) -> None:
        self._server = server
        self._read = read
        self._unreadable = unreadable

    def heard(self, mark: str, me: str) -> Hearing:
        """What was told after this mark, from the oldest on; without a mark, the latest page."""
        found: dict[str, Heard] = {}
        for _ in range(_PAGES if mark else 1):
            page = self._page(mark)
            newest = id_in(page[0]) if page else ""
            found |= {one.remote_id: one for told in page if (one := self._heard_in(told, me))}
            if not newest or newest == mark:  # the end, or a server that does not turn pages
                return Hearing(heard=tuple(found.values()), mark=mark or newest)
            mark = newest
        return Hearing(heard=tuple(found.values()), mark=mark)

    def heard_again(self, remote_ids: Sequence[str]) -> dict[str, Heard | None]:
        """Each asked for alone: only so a server says clearly that one is gone."""
        found: dict[str, Heard | None] = {}
        for remote_id in remote_ids:
            exchange = self._read(f"/api/v1/statuses/{path_part(remote_id)}")
            answer = exchange.json()
            if exchange.status in _GONE and exchange.error:
                found[remote_id] = None
            elif exchange.status == 200 and isinstance(answer, dict) and id_in(answer) == remote_id:
                found[remote_id] = self._heard(answer)
        return found

    def _page(self, mark: str) -> list[dict[str, Any]]:
        """Notifications, the newest first: those right above the mark."""
        wish = {"types[]": ["mention"], "limit": str(_PAGE), **({"min_id": mark} if mark else {})}
        exchange = self._read("/api/v1/notifications", **wish)
        answer = exchange.json()
        if exchange.status == 403:
            raise Refused(
                "the token does not allow reading who answered (read:notifications)",
                hint="'contentkit accounts add NAME' signs in anew",
            )
        if exchange.status in _UNKNOWN:
            raise Refused("this server does not tell who answered")
        if exchange.status != 200 or not isinstance(answer, list):
            raise self._unreadable(exchange, "does not list who answered")
        return [one for one in answer if isinstance(one, dict) and id_in(one)]

    def _heard_in(self, notification: dict[str, Any], me: str) -> Heard | None:
        """What a notification is about; None when it is no mention by somebody else. Some servers list every kind."""
        status = notification.get("status")
        if notification.get("type") != "mention" or not isinstance(status, dict) or not id_in(status):
            return None
        author = status.get("account")
        return None if id_in(author) == me else self._heard(status)

    def _heard(self, answer: dict[str, Any]) -> Heard:
        status = status_in({**answer, "id": id_in(answer)})
        author = answer.get("account")
        account: dict[str, Any] = author if isinstance(author, dict) else {}
        visibility = str(answer.get("visibility") or "")[:_LONGEST_NAME]
        is_open = visibility not in _FOR_FEW
        handle = _name_in(account, "acct") or _name_in(account, "username")
        return Heard(
            remote_id=status.remote_id,
            url=self._address(answer, handle, status.remote_id),
            author=handle,
            author_name=_name_in(account, "display_name"),
            text=status.text[:_LONGEST_TEXT] if is_open else None,
            warning=(status.warning or "")[:_LONGEST_TEXT] if is_open else "",
            parent=status.parent,
            visibility=visibility,
            written_at=_written_at(answer),
        )

    def _address(self, answer: dict[str, Any], handle: str, remote_id: str) -> str:
        """Where the account's owner can answer it: our server shows those of other servers, too."""
        told = url_of(answer)
        if _origin(told) == _origin(self._server):
            return told
        return f"{self._server}/@{quote(handle, safe='@')}/{path_part(remote_id)}" if handle else self._server


def _origin(address: str) -> tuple[str, str]:
    with suppress(ValueError):
        parts = urlsplit(address)
        return parts.scheme, parts.netloc
    return "", ""


def _name_in(account: dict[str, Any], key: str) -> str:
    told = account.get(key)
    return told.strip()[:_LONGEST_NAME] if isinstance(told, str) else ""


def _written_at(answer: dict[str, Any]) -> datetime | None:
    with suppress(ValueError):
        made = moment_of(str(answer.get("created_at")))
        return made if made.tzinfo else None
    return None
