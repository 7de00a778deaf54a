"""What a server really has: the ground truth that tests compare a publisher's belief with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class MediaRecord:
    """One upload as the server keeps it. ``kind`` is ``image``, ``gifv`` or ``video``; ``status_id`` is empty until it is used.

    ``polls_left`` is how often a look at it still finds it in processing; ``broken`` when processing will fail.
    """

    id: str
    data: bytes
    description: str
    filename: str
    kind: str
    mime: str
    polls_left: int = 0
    broken: bool = False
    status_id: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusRecord:
    """One status as the server keeps it. ``key`` is the Idempotency-Key it came with; empty when none or not known.

    ``replies`` are those of strangers, without the account's own continuation; ``quotes`` are None where they are not counted.
    ``edits`` are the texts that it had before, oldest first.
    """

    id: str
    text: str
    created_at: datetime
    in_reply_to_id: str | None = None
    visibility: str = "public"
    spoiler_text: str = ""
    language: str = ""
    key: str = ""
    pictures: tuple[MediaRecord, ...] = ()
    replies: int = 0
    reblogs: int = 0
    favourites: int = 0
    quotes: int | None = None
    deleted: bool = False
    edits: tuple[str, ...] = ()
    edited_at: datetime | None = None


def threads(records: Sequence[StatusRecord]) -> list[list[str]]:
    """The texts of each thread in reply order, oldest thread first, without deleted statuses.

    Everything that stands is listed once: a status whose parent is gone heads a thread of its own, and one that was
    posted twice stands there twice: ``[["one", "two", "two"]]``.
    """
    living = [record for record in records if not record.deleted]
    ids = {record.id for record in living}
    return [_below(record, living) for record in living if record.in_reply_to_id not in ids]


def _below(top: StatusRecord, records: Sequence[StatusRecord]) -> list[str]:
    replies = [record for record in records if record.in_reply_to_id == top.id]
    return [top.text, *(text for reply in replies for text in _below(reply, records))]
