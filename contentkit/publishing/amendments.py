"""What becomes of parts that are out: edited in place, deleted, or deleted and published anew with other words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from contentkit.models import Media
from contentkit.publishing.publications import Publication, State
from contentkit.values import dataclass


class AmendmentKind(StrEnum):
    """``replace`` deletes a part and plans it anew with the new words, where a network cannot edit."""

    EDIT = "edit"
    DELETE = "delete"
    REPLACE = "replace"


# As a part's, but for two things. What the network does not show as done may be asked for again: doing it twice makes nothing
# twice. And what turns out to be as it should be needs no request at all.
AMENDMENT_MOVES: dict[State, tuple[State, ...]] = {
    State.PLANNED: (State.SENDING, State.SENT, State.HELD, State.SKIPPED),
    State.SENDING: (State.SENT, State.PLANNED, State.HELD, State.UNKNOWN),
    State.UNKNOWN: (State.SENT, State.PLANNED, State.HELD),
    State.HELD: (State.SENT, State.PLANNED, State.SKIPPED),
    State.SENT: (),
    State.SKIPPED: (),
}


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """One change of one part that is out. Times are aware UTC.

    ``publication`` is the journal's id of the part; ``approval`` the id of what approved the new words, 0 where it is only
    deleted. ``sent`` says that the network has it as it was decided: edited, or gone. ``doubted_boot``, ``doubted_uptime`` and
    ``looks`` are those of a doubt, as a publication has them. From ``entry`` to ``url`` it says of which part it is.
    """

    id: int
    publication: int
    entry: str
    account: str
    part: int
    parts: int
    remote_id: str
    url: str
    kind: AmendmentKind
    approval: int
    text: str
    media: tuple[Media, ...]
    warning: str
    language: str
    fingerprint: str
    decided_by: str
    why: str
    decided_at: datetime
    state: State
    reason: str
    attempts: int
    not_before: datetime | None
    changed_at: datetime
    doubted_boot: str
    doubted_uptime: float
    looks: int
    told: bool


@dataclass(frozen=True, kw_only=True)
class DecidedChange:
    """What a person decided about one part that is out.

    ``approval`` is the id of what approved the new words; 0 where the part is only deleted, or the approval comes with it.
    """

    row: Publication
    kind: AmendmentKind
    approval: int = 0
    text: str = ""
    media: tuple[Media, ...] = ()
    warning: str = ""
    language: str = ""


def change_name(amendment: Amendment) -> str:
    """What the ledger calls the attempt that an amendment is in."""
    part = f"{amendment.entry} {amendment.part + 1}/{amendment.parts}"
    return f"{part}, amendment {amendment.id}, attempt {amendment.attempts}"


def as_amended(row: Publication, amendment: Amendment) -> Publication:
    """The part as it would be approved with its new words: what is not out yet."""
    return replace(
        row,
        approval=amendment.approval,
        state=State.PLANNED,
        text=amendment.text,
        media=amendment.media,
        warning=amendment.warning,
        language=amendment.language,
        fingerprint=amendment.fingerprint,
    )
