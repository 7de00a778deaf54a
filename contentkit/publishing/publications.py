"""What the journal holds, as values: publications, the threads they form, and the states they may be in."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from contentkit.models import Media
from contentkit.text import normalised
from contentkit.values import dataclass


class State(StrEnum):
    """Where a publication is. ``sent`` and ``skipped`` are ends."""

    PLANNED = "planned"
    SENDING = "sending"
    UNKNOWN = "unknown"
    HELD = "held"
    SENT = "sent"
    SKIPPED = "skipped"


# From the state machine in docs/publishing.md; the journal's own trigger holds every writer to it.
MOVES: dict[State, tuple[State, ...]] = {
    State.PLANNED: (State.SENDING, State.HELD, State.SKIPPED),
    State.SENDING: (State.SENT, State.PLANNED, State.HELD, State.UNKNOWN),
    State.UNKNOWN: (State.SENT, State.HELD),
    State.HELD: (State.SENT, State.PLANNED, State.SKIPPED),
    State.SENT: (),
    State.SKIPPED: (),
}


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One part on its way. Times are aware UTC; ``due`` is when its time comes, ``moved_from`` when that was before it was late
    and moved on, None where it did not. ``parent`` and ``remote_id`` are the network's opaque ids.

    ``lookalike`` is the id of a status that a person was asked about and said is another one. ``told`` is false from
    the moment a person is needed until the message about it was written out.
    """

    id: int
    approval: int
    entry: str
    account: str
    part: int
    parts: int
    post: int
    due: datetime
    text: str
    media: tuple[Media, ...]
    warning: str
    visibility: str
    language: str
    fingerprint: str
    key: str
    state: State
    reason: str
    attempts: int
    parent: str
    remote_id: str
    url: str
    watermark: str
    not_before: datetime | None
    changed_at: datetime
    doubted_boot: str
    doubted_uptime: float
    looks: int
    released_at: datetime | None
    lookalike: str
    told: bool
    moved_from: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The living publications of one entry on one account, in order."""

    entry: str
    account: str
    rows: tuple[Publication, ...]

    @property
    def due(self) -> datetime:
        return self.rows[0].due

    @property
    def head(self) -> Publication | None:
        """The first part that is not sent: the only one that may move."""
        return next((row for row in self.rows if row.state is not State.SENT), None)

    @property
    def planned_head(self) -> Publication | None:
        """The head, where it only waits for its turn."""
        head = self.head
        return head if head is not None and head.state is State.PLANNED else None

    @property
    def approval(self) -> int:
        """The id of the approval that its next step rests on: a part that is out may have an older one."""
        return (self.head or self.rows[0]).approval

    @property
    def started(self) -> bool:
        """True once any part may have left."""
        return any(row.state in (State.SENT, State.SENDING, State.UNKNOWN) for row in self.rows)

    @property
    def last_sent(self) -> Publication | None:
        return next((row for row in reversed(self.rows) if row.state is State.SENT), None)


@dataclass(frozen=True, kw_only=True)
class PlannedPart:
    """A part that an approval plans. ``sent`` carries id and URL when a receipt proves that it is already out."""

    account: str
    part: int
    parts: int
    post: int
    text: str
    warning: str
    visibility: str
    language: str
    media: tuple[Media, ...] = ()
    sent: tuple[str, str] | None = None


def attempt_name(row: Publication) -> str:
    """What the ledger calls the attempt that a part is in."""
    return f"{row.entry} {row.part + 1}/{row.parts}, publication {row.id}, attempt {row.attempts}"


def fingerprint(text: str) -> str:
    """What is compared to recognise a published status as ours, whatever the network did to spaces and links."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def media_json(media: Iterable[Media]) -> str:
    """Pictures as the journal keeps them: path, digest of what is sent, alt text."""
    return json.dumps([[one.path, one.digest, one.alt] for one in media], ensure_ascii=False)


def pictures_mark(media: Iterable[Media]) -> str:
    """What tells the pictures of a part, with their alt texts, from others; where their files lie is no part of it."""
    return hashlib.sha256(json.dumps([[one.digest, one.alt] for one in media]).encode()).hexdigest()


def media_of(words: str) -> tuple[Media, ...]:
    """The pictures that ``media_json`` wrote."""
    if words == "[]":
        return ()
    return tuple(Media(path=path, digest=digest, alt=alt) for path, digest, alt in json.loads(words))


def idempotency_key(project: str, entry: str, planned: PlannedPart, approval: int) -> str:
    """The Idempotency-Key of one part.

    The words are part of it, because Mastodon compares the key only and would answer with the old status after an
    edit; so is the approval, because some servers keep the error of a refused attempt under its key.
    """
    content = "\0".join(
        (
            project,
            entry,
            planned.account,
            str(planned.part),
            str(approval),
            planned.text,
            planned.warning,
            planned.visibility,
            media_json(planned.media),
        )
    )
    return "ck1-" + b32encode(hashlib.sha256(content.encode()).digest()).decode().rstrip("=").lower()[:40]
