"""The journal's rows as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from contentkit.publishing.amendments import Amendment, AmendmentKind
from contentkit.publishing.publications import Publication, State, media_of
from contentkit.stamps import moment_if_any, moment_of
from contentkit.values import dataclass
from contentkit.walls import instant_of

if TYPE_CHECKING:
    from contentkit.publishing.statements import Row


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved what, when. ``manifest`` is the canonical JSON that ``digest`` hashes; ``seal`` proves it was made here."""

    id: int
    entry: str
    digest: str
    manifest: str
    by: str
    at: datetime
    trust: str
    seal: str


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """What somebody took back: the entry's approvals up to the id ``upto``, what has this digest, what was signed until ``at``.

    ``seal`` proves that it was noted here.
    """

    id: int
    entry: str
    digest: str
    upto: int
    by: str
    at: datetime
    trust: str
    reason: str
    seal: str


@dataclass(frozen=True, kw_only=True)
class AccountState:
    """What the journal knows of an account: who it is, and what stands in its way since when."""

    name: str
    remote_id: str = ""
    handle: str = ""
    trouble: str = ""
    paused: bool = False
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a person must be told; ``id`` is 0 until the journal has it."""

    kind: str
    account: str
    reason: str
    entry: str = ""
    part: int = 0
    parts: int = 0
    url: str = ""
    id: int = 0


def approval_of(row: Row) -> Approval:
    return Approval(
        id=row["id"],
        entry=row["entry"],
        digest=row["digest"],
        manifest=row["manifest"],
        by=row["approved_by"],
        at=moment_of(row["approved_at"]),
        trust=row["trust"],
        seal=row["seal"],
    )


def revocation_of(row: Row) -> Revocation:
    return Revocation(
        id=row["id"],
        entry=row["entry"],
        digest=row["digest"],
        upto=row["upto"],
        by=row["revoked_by"],
        at=moment_of(row["revoked_at"]),
        trust=row["trust"],
        reason=row["reason"],
        seal=row["seal"],
    )


def account_of(row: Row) -> AccountState:
    return AccountState(
        name=row["name"],
        remote_id=row["remote_id"],
        handle=row["handle"],
        trouble=row["trouble"],
        paused=bool(row["paused"]),
        since=moment_if_any(row["since"]),
    )


def publication_of(row: Row) -> Publication:
    return _publication(tuple(row.keys()), tuple(row))


# A run reads its few threads again before each step, and mostly finds the very same rows.
@lru_cache(maxsize=256)
def _publication(names: tuple[str, ...], row: tuple[Any, ...]) -> Publication:
    values = dict(zip(names, row, strict=True))
    approved_for, moved_to = _approved_moment(values), moment_if_any(values.pop("moved_to"))
    del values["wall"], values["zone"]
    values.update(
        state=State(values["state"]),
        media=media_of(values["media"]),
        due=moved_to or approved_for,
        moved_from=approved_for if moved_to else None,
        changed_at=moment_of(values["changed_at"]),
        not_before=moment_if_any(values["not_before"]),
        released_at=moment_if_any(values["released_at"]),
        told=bool(values["told"]),
    )
    return Publication(**values)


def amendment_of(row: Row) -> Amendment:
    values = _values(row)
    values.update(
        kind=AmendmentKind(values["kind"]),
        approval=values["approval"] or 0,
        media=media_of(values["media"]),
        state=State(values["state"]),
        decided_at=moment_of(values["decided_at"]),
        not_before=moment_if_any(values["not_before"]),
        changed_at=moment_of(values["changed_at"]),
        told=bool(values["told"]),
    )
    return Amendment(**values)


def _values(row: Row) -> dict[str, Any]:
    """The row by the names of its columns. Asked for a name, a row looks through all of them: nine times as long for these."""
    return dict(zip(row.keys(), row, strict=True))


def _approved_moment(row: Mapping[str, str]) -> datetime:
    """When the approved clock shows its time, by the rules of today; the moment of old where these are not known."""
    if not row["wall"]:
        return moment_of(row["due"])
    try:
        return instant_of(row["wall"], row["zone"]).astimezone(UTC)
    except (ValueError, KeyError, OSError, OverflowError):
        return moment_of(row["due"])


def notice_of(row: Row) -> Notice:
    return Notice(
        kind=row["kind"],
        entry=row["entry"],
        account=row["account"],
        part=row["part"],
        parts=row["parts"],
        url=row["url"],
        reason=row["reason"],
        id=row["id"],
    )
