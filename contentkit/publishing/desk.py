"""What the publisher asks of the project's files and of this machine, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, cast

from contentkit.media import MediaFile
from contentkit.models import Account, Entry, Limits
from contentkit.platforms import Connection
from contentkit.publishing.publications import Publication
from contentkit.publishing.records import Approval, Notice


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """An entry as the files have it now: None when it was removed. ``digest`` is of the files as they are; ``moved`` is true
    when only the time differs from what was approved; ``problem`` says why there is no digest."""

    entry: Entry | None
    digest: str = ""
    moved: bool = False
    problem: str = ""


OutcomeKind = Literal[
    "sent",
    "found",
    "held",
    "unknown",
    "skipped",
    "doubled",
    "altered",
    "trouble",
    "paused",
    "unapproved",
    "rival",
    "fault",
]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Something that happened in this run and that a person may want to read.

    ``part`` counts from 0. ``publication`` and ``notice`` are the journal's ids of what is told by this. A ``fault`` is a bug.
    """

    kind: OutcomeKind
    entry: str
    account: str
    part: int = 0
    parts: int = 0
    text: str = ""
    url: str = ""
    reason: str = ""
    publication: int = 0
    notice: int = 0

    @property
    def needs_person(self) -> bool:
        return self.kind in ("held", "unknown", "skipped", "doubled", "altered", "paused", "unapproved", "rival")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the publisher asks of the project's files and of this machine, as functions of the command line.

    ``inspect`` takes an entry's id and its approval; ``genuine`` tells whether an approval was sealed here;
    ``account`` gives the configured account or None; ``connect`` opens it; ``length`` counts text and warning as its
    network does under these limits; ``media`` reads a picture as it will be sent; ``record`` writes the receipt of a
    part; ``mark`` makes an older copy of the journal recognisable; ``interrupted`` is true once the run should end after
    the part in hand.
    """

    inspect: Callable[[str, Approval], Inspection]
    genuine: Callable[[Approval], bool]
    account: Callable[[str], Account | None]
    connect: Callable[[Account], Connection]
    length: Callable[[Account, str, str, Limits], int]
    media: Callable[[str], MediaFile]
    record: Callable[[Publication, str, str], None]
    mark: Callable[[], None]
    interrupted: Callable[[], bool]
    settle: timedelta


def outcome_about(row: Publication, kind: OutcomeKind, *, url: str = "", reason: str = "") -> Outcome:
    """The outcome that says what became of a part."""
    return Outcome(
        kind=kind,
        entry=row.entry,
        account=row.account,
        part=row.part,
        parts=row.parts,
        text=row.text,
        url=url,
        reason=reason,
        publication=row.id,
    )


def outcome_of(notice: Notice) -> Outcome:
    """The outcome that says a notice of the journal."""
    return Outcome(
        kind=cast("OutcomeKind", notice.kind),
        entry=notice.entry,
        account=notice.account,
        part=notice.part,
        parts=notice.parts,
        url=notice.url,
        reason=notice.reason,
        notice=notice.id,
    )
