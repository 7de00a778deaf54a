"""Other people on the compatible server: what they wrote to our account, and the notifications that tell of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tests.servers.records import StatusRecord


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """``host`` is empty for somebody on the same server; ``name`` is what they call themselves."""

    id: str
    username: str
    host: str = ""
    name: str = ""

    @property
    def acct(self) -> str:
        return f"{self.username}@{self.host}" if self.host else self.username


@dataclass(frozen=True, kw_only=True)
class NeighbourStatus(StatusRecord):
    """A status of somebody else; ``notification`` is the id of the one that told our account of it."""

    author: Neighbour
    notification: str


class Neighbours:
    """Everybody else and their statuses, in the order in which they came. Thread-safe. ``new_id`` gives ids that rise."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._lock = threading.Lock()
        self._people: dict[str, Neighbour] = {}
        self._records: dict[str, NeighbourStatus] = {}

    def write(
        self, text: str, *, by: str, name: str, parent: str, visibility: str, warning: str, at: datetime | None
    ) -> NeighbourStatus:
        """A status that mentions our account; ``by`` is ``ana`` or ``ana@elsewhere.example``."""
        username, _, host = by.partition("@")
        with self._lock:
            author = self._people.setdefault(
                by, Neighbour(id=self._new_id(), username=username, host=host, name=name or username.title())
            )
            record = NeighbourStatus(
                id=self._new_id(),
                text=text,
                created_at=at or datetime.now(UTC),
                in_reply_to_id=parent or None,
                visibility=visibility,
                spoiler_text=warning,
                author=author,
                notification=self._new_id(),
            )
            self._records[record.id] = record
            return record

    def get(self, status_id: str) -> NeighbourStatus | None:
        """The status, if it stands."""
        with self._lock:
            record = self._records.get(status_id)
        return record if record and not record.deleted else None

    def edit(self, status_id: str, text: str) -> None:
        """Raises KeyError for an unknown id."""
        with self._lock:
            self._records[status_id] = replace(self._records[status_id], text=text)

    def delete(self, status_id: str) -> None:
        """Its notification goes with it. Raises KeyError for an unknown id."""
        with self._lock:
            self._records[status_id] = replace(self._records[status_id], deleted=True)

    def notified(self, *, limit: int, min_id: str = "", since_id: str = "", max_id: str = "") -> list[NeighbourStatus]:
        """Newest first, by the ids of the notifications: the oldest above ``min_id``, or the newest above ``since_id``."""
        with self._lock:
            standing = [one for one in self._records.values() if not one.deleted]
        above = max(min_id, since_id)
        found = [
            one
            for one in sorted(standing, key=lambda one: one.notification)
            if one.notification > above and (not max_id or one.notification < max_id)
        ]
        return list(reversed(found[:limit] if min_id else found[-limit:]))
