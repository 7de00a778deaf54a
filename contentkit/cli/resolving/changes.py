"""What a person decides about a held change of what is out: an edit, a deletion or a replacement that did not come about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contentkit.errors import UsageError
from contentkit.publishing.amendments import Amendment, AmendmentKind
from contentkit.publishing.publications import State
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.cli.resolving.deciding import Decision
    from contentkit.clock import Clock
    from contentkit.publishing.journal import Journal

TO_BE = {
    AmendmentKind.EDIT: "to be edited",
    AmendmentKind.DELETE: "to be deleted",
    AmendmentKind.REPLACE: "to be deleted and posted anew",
}


@dataclass(frozen=True, kw_only=True)
class HeldChanges:
    """The changes of one thread that a person has to decide about, and those of it that wait for them."""

    held: tuple[Amendment, ...]
    waiting: tuple[Amendment, ...]

    @property
    def entry(self) -> str:
        return self.held[0].entry

    @property
    def account(self) -> str:
        return self.held[0].account


def held_changes(project: Project, journal: Journal, clock: Clock, entry: str, account: str) -> HeldChanges | None:
    """What of this entry is held, or was in doubt for longer than the settle time; None where nothing is.

    Raises UsageError where that is so on several accounts.
    """
    found: dict[str, list[Amendment]] = {}
    for one in journal.amendments.open():
        if one.entry == entry and account in ("", one.account):
            found.setdefault(one.account, []).append(one)
    held = {name: ones for name, ones in found.items() if any(_is_held(project, clock, one) for one in ones)}
    if len(held) > 1:
        hint = f"name one with --account: {', '.join(held)}"
        raise UsageError(f"changes of {entry} are held on several accounts", hint=hint)
    if not held:
        return None
    [ones] = held.values()
    mine = tuple(one for one in ones if _is_held(project, clock, one))
    return HeldChanges(held=mine, waiting=tuple(one for one in ones if one.state is State.PLANNED))


def _is_held(project: Project, clock: Clock, one: Amendment) -> bool:
    settled = clock.now() - one.changed_at > project.config.settle
    return one.state is State.HELD or (one.state is State.UNKNOWN and settled)


def change_lines(changes: HeldChanges) -> Iterator[str]:
    """What is known of them, and what each decision does."""
    for one in changes.held:
        yield f"{one.entry} {one.part + 1}/{one.parts} on {one.account}: {TO_BE[one.kind]}, decided by {one.decided_by}"
        if not one.url or one.url not in one.reason:
            yield f"  {one.url or one.remote_id}"
        yield f"  {one.reason}"
        yield from (f"  + {line}" for line in one.text.split("\n") if one.text)
    resolve = f"contentkit resolve {changes.entry} --account {changes.account}"
    yield f"  {resolve} --again   try once more to make it so"
    yield f"  {resolve} --skip    leave it on the network as it is there"


def settle_changes(
    journal: Journal, changes: HeldChanges, decision: Decision, person: str, reason: str
) -> Iterator[str]:
    """Does what was decided; says it, a line for each change. Raises UsageError for what makes no sense here."""
    refuse_senseless(changes, decision)
    held = [_held(journal, one) for one in changes.held]
    if decision.way == "again":
        for one in held:
            journal.amendments.release(one, person, reason or "try again")
            yield f"{_where(one)}: planned again; the next 'contentkit post' does it"
        return
    # A deletion waits for those of the parts below it: where one is left, so are they.
    left = [*held, *(changes.waiting if any(one.kind is not AmendmentKind.EDIT for one in held) else ())]
    journal.amendments.skip(left, f"left by {person}: {reason}" if reason else f"left by {person}")
    yield from (f"{_where(one)}: left on the network as it is there: {one.url or one.remote_id}" for one in left)


def refuse_senseless(changes: HeldChanges, decision: Decision) -> None:
    """Raises UsageError for a decision that is about a part that may have been sent."""
    if decision.way in ("published", "not sent"):
        raise UsageError(
            f"{changes.entry} on {changes.account}: it is out; what is held is its change",
            hint="--again tries that once more, --skip leaves it as it is there",
        )


def _held(journal: Journal, one: Amendment) -> Amendment:
    """The same, held: what was looked for long enough waits for nobody but a person."""
    if one.state is State.UNKNOWN:
        journal.amendments.hold(one, f"may be done, and nobody could tell ({one.reason})")
    journal.mark_told((), (), [(one.id, State.HELD)])
    return journal.amendments.fresh(one)


def _where(one: Amendment) -> str:
    return f"{one.entry} {one.part + 1}/{one.parts} on {one.account}"
