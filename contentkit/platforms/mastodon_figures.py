"""The figures of own statuses, in the way that costs a server least: twenty at once, by pages, or one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

    A page of own statuses holds forty where a batch holds twenty: pages are turned as long as they bring more of what is going
    to be asked for than a batch would, and what they brought is kept until it is.

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
        self._ended = False
        self._expected: set[str] = set()
        self._pages_pay = True

    def batches(self, remote_ids: Sequence[str]) -> Iterator[Sequence[str]]:
        """The ids by twenties; from now on they are what is going to be asked for."""
        self._expected = set(remote_ids)
        for start in range(0, len(remote_ids), AT_ONCE):
            yield remote_ids[start : start + AT_ONCE]

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        """What the server says of each; one that it says nothing about is left out. Raises Unavailable."""
        self._turn_pages_that_pay(set(remote_ids))
        found = {one: self._seen[one] for one in remote_ids if one in self._seen}
        missing = [one for one in remote_ids if one not in found]
        # One that pages passed by is gone, most likely: only alone a server says so.
        if missing and not (found and len(missing) == 1):
            found |= self._together(missing)
        for remote_id in remote_ids:
            if remote_id not in found and (figures := self._alone(remote_id)):
                found[remote_id] = figures
        self._expected -= set(remote_ids)
        return {remote_id: found[remote_id] for remote_id in remote_ids if remote_id in found}

    def _turn_pages_that_pay(self, wanted: set[str]) -> None:
        """Turns pages while they are cheaper than batches, and bring some of what is wanted now."""
        while self._pages_pay and not self._ended and len(self._expected) > AT_ONCE and not self._has_seen(wanted):
            brought = self._turn_page()
            self._pages_pay = len(brought & self._expected) > AT_ONCE
            self._expected -= brought
            if not wanted & brought:
                return

    def _has_seen(self, wanted: set[str]) -> bool:
        # What a set has and a view of keys has not is found by reading all keys.
        return all(one in self._seen for one in wanted)

    def _turn_page(self) -> set[str]:
        """The ids on the next page."""
        page = self._page(self._oldest)
        told = _figures_by_id(page.statuses)
        self._seen |= told
        self._ended = page.older in ("", self._oldest)
        self._oldest = page.older or self._oldest
        return set(told)

    def _together(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        """Those that come with few requests."""
        told = self._at_once(remote_ids) if self._knows_batches else None
        return self._by_pages(remote_ids) if told is None else told

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
        while not self._ended and len(missing := {one for one in remote_ids if one not in self._seen}) > 1:
            if not missing & self._turn_page():
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
