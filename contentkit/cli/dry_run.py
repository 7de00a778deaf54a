"""``contentkit post --dry-run``: exactly what would be sent now, and what it would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.money.prices import Cost
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, Thread


def show_what_is_due(project: Project, clock: Clock, *, as_json: bool) -> None:
    """Prints the parts of all threads that are due; says why others would not go out."""
    from dataclasses import asdict

    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say, show_json, show_lines
    from contentkit.money.prices import dollars
    from contentkit.publishing.facts import Fact

    rows: list[tuple[Publication, Cost | None]] = []
    with journal_if_any(project, clock) as journal:
        if journal and journal.known(Fact.STOPPED):
            say(f"Publishing is stopped ({journal.known(Fact.STOPPED)}): nothing would be sent.")
        elif journal:
            say(*_changes(journal))
            rows = [(row, _cost_of(project, row)) for row in _due_parts(project, journal, clock)]
    if as_json:
        show_json([{**asdict(row), "cost": cost.total if cost else None} for row, cost in rows])
        return
    for row, cost in rows:
        price = f"  {dollars(cost.total)}" if cost else ""
        show_lines(f"--- {row.entry} {row.part + 1}/{row.parts} on {row.account} ({row.visibility}){price}")
        show_lines(*([f"[warning] {row.warning}"] if row.warning else []), row.text)
        show_lines(*(f"[picture] {one.path}: {one.alt}" for one in row.media))
    say(f"{len(rows)} part{'' if len(rows) == 1 else 's'} would be sent now; nothing was.", *_bill(rows))


def _changes(journal: Journal) -> Iterator[str]:
    """What of that which is out would be changed now."""
    from contentkit.publishing.publications import State

    what = {"edit": "edited", "delete": "deleted", "replace": "deleted, and posted anew"}
    for one in journal.amendments.due():
        verb = f"would be {what[one.kind]}" if one.state is State.PLANNED else "would be looked at, for its change"
        yield f"{one.entry} {one.part + 1}/{one.parts} on {one.account}: {verb}: {one.url or one.remote_id}"


def _cost_of(project: Project, row: Publication) -> Cost | None:
    from contentkit.cli.costs import cost_of_parts

    return cost_of_parts(project, project.account(row.account), [row])


def _bill(rows: Sequence[tuple[Publication, Cost | None]]) -> Iterator[str]:
    """What they would cost together, where they cost anything."""
    from contentkit.money.prices import NOTHING, dollars
    from contentkit.publishing.fares import looked_before

    costs = [(row, cost) for row, cost in rows if cost]
    if costs:
        parts = sum((cost.total for _, cost in costs), NOTHING)
        after = sum((cost.reading for _, cost in costs), NOTHING)
        threads = {(row.entry, row.account): looked_before(cost.prices) for row, cost in costs}
        looks = sum(threads.values(), after)
        yield f"  They would cost {dollars(parts)}, and at most {dollars(looks)} to see what is there before and after."


def _due_parts(project: Project, journal: Journal, clock: Clock) -> Iterator[Publication]:
    """The parts that would be sent now, as far as this machine can tell without a network; says why others would not."""
    from contentkit.cli.output import say
    from contentkit.publishing.publications import State
    from contentkit.publishing.publisher import due_now

    for thread in due_now(journal, clock.now()):
        why = why_kept(project, journal, thread, clock.now())
        if why:
            say(f"{thread.entry} on {thread.account}: would not be sent: {why}")
        else:
            yield from (row for row in thread.rows if row.state is State.PLANNED)


def why_kept(project: Project, journal: Journal, thread: Thread, now: datetime) -> str:
    """Why a thread whose time has come would not go out now, as far as this machine can tell without a network; else nothing."""
    from contentkit.cli.approving.holding import why_not
    from contentkit.cli.costs import why_too_dear, why_too_many

    return (
        _too_late(project, journal, thread, now)
        or why_not(project, journal, thread, now)
        or why_too_many(project, journal, thread, now)
        or why_too_dear(project, journal, thread)
    )


def _too_late(project: Project, journal: Journal, thread: Thread, now: datetime) -> str:
    from contentkit.publishing.stops import stops_of
    from contentkit.publishing.timing import may_move_on, why_too_late
    from contentkit.publishing.waiting import excused_until

    head = thread.head
    entry = next((one for one in project.calendar.entries if one.id == thread.entry), None)
    if entry is None or head is None:
        return ""
    why = why_too_late(thread, head, entry.late, now, excused_until(journal, head, now), stops_of(journal, now))
    if not why:
        return ""
    then = "moves on to its slot" if may_move_on(thread, head, entry.late) else "will be held"
    return f"{then}: {why}"
