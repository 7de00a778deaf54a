"""What happened in a run of the publisher and that a person may want to read."""

from __future__ import annotations

from typing import Literal, cast

from contentkit.publishing.amendments import Amendment
from contentkit.publishing.publications import Publication
from contentkit.publishing.records import Notice
from contentkit.values import dataclass

OutcomeKind = Literal[
    "sent",
    "found",
    "held",
    "unknown",
    "skipped",
    "edited",
    "deleted",
    "moved",
    "doubled",
    "altered",
    "trouble",
    "paused",
    "unapproved",
    "rival",
    "expiring",
    "expired",
    "fault",
]

_FOR_PERSONS = (
    "held",
    "unknown",
    "skipped",
    "doubled",
    "altered",
    "paused",
    "unapproved",
    "rival",
    "expiring",
    "expired",
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Something that happened in this run and that a person may want to read.

    ``part`` counts from 0. ``publication``, ``notice`` and ``amendment`` are the journal's ids of what is told by this. A
    ``fault`` is a bug. ``live`` is where the thread begins of which this part is not out, and earlier ones are.
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
    amendment: int = 0
    live: str = ""

    @property
    def needs_person(self) -> bool:
        return self.kind in _FOR_PERSONS


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


def outcome_about_change(amendment: Amendment, kind: OutcomeKind, *, reason: str = "") -> Outcome:
    """The outcome that says what became of a change of a part that is out."""
    return Outcome(
        kind=kind,
        entry=amendment.entry,
        account=amendment.account,
        part=amendment.part,
        parts=amendment.parts,
        text=amendment.text,
        url=amendment.url,
        reason=reason,
        amendment=amendment.id,
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
