"""The figures of own statuses, in the way that costs a server least: twenty at once, by pages, or one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from contentkit.errors import Unavailable
from contentkit.platforms import Figures
from contentkit.platforms.counts import id_in
from contentkit.platforms.mastodon_answers import figures_in, path_part

if TYPE_CHECKING:
    from contentkit.platforms.mastodon_pages import Page
    from contentkit.platforms.session import Exchange

# What ``GET /api/v1/statuses`` of Mastodon 4.3 allows; more are an error.
AT_ONCE = 20
_UNKNOWN_ENDPOINT = (400, 404, 405, 501)
_GONE = (404, 410)


class FigureReader:
    """Reads figures over one connection, and remembers which way its server knows.

    ``read`` asks for a path; it raises Unavailable. ``page`` gives one page of the own statuses, newest first.
    ``unreadable`` is the error for an answer that is of no use.
    """

    def __init__(
        self,
        read: Callable[..., Exchange],
        page: Callable[[str], Page],
        unreadable: Callable[[Exchange, str], Unavailable],
    ) -> None:
        self._read = read
        self._page = page
        self._unreadable = unreadable
        self._knows_batches = True
        self._seen: dict[str, Figures] = {}
        self._oldest = ""

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        """What the server says of each; one that it says nothing about is left out. Raises Unavailable."""
        found = self._at_once(remote_ids) if self._knows_batches else None
        if found is None:
            found = self._by_pages(remote_ids)
        for remote_id in remote_ids:
            if remote_id not in found and (figures := self._alone(remote_id)):
                found[remote_id] = figures
        return {remote_id: found[remote_id] for remote_id in remote_ids if remote_id in found}

    def _at_once(self, remote_ids: Sequence[str]) -> dict[str, Figures] | None:
        """Those that the server shows; None when it does not know how."""
        exchange = self._read("/api/v1/statuses", **{"id[]": list(remote_ids)})
        answer = exchange.json()
        if exchange.status == 200 and isinstance(answer, list):
            return _figures_by_id(answer)
        # Some servers answer what they do not know with a page for browsers.
        if exchange.status in (*_UNKNOWN_ENDPOINT, 200):
            self._knows_batches = False
            return None
        raise self._unreadable(exchange, "does not show figures")

    def _by_pages(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        """Those among the newest own statuses. A page is one request: it must bring one at least, or the rest is read alone."""
        while len(missing := {one for one in remote_ids if one not in self._seen}) > 1:
            page = self._page(self._oldest)
            self._seen |= _figures_by_id(page.statuses)
            self._oldest = page.older or self._oldest
            if not missing & self._seen.keys():
                break
        return {one: self._seen[one] for one in remote_ids if one in self._seen}

    def _alone(self, remote_id: str) -> Figures | None:
        """One status; only here a server says clearly that it is gone. None when it says nothing of use."""
        exchange = self._read(f"/api/v1/statuses/{path_part(remote_id)}")
        if exchange.status in _GONE and exchange.error:
            return Figures(deleted=True)
        answer = exchange.json()
        if exchange.status == 200 and isinstance(answer, dict) and id_in(answer) == remote_id:
            return figures_in(answer)
        return None


def _figures_by_id(answers: Sequence[Any]) -> dict[str, Figures]:
    return {told: figures_in(answer) for answer in answers if (told := id_in(answer))}
