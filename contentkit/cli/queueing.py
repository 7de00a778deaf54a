"""The queue from question to answer: as it was kept while nothing has changed since, else worked out anew.

Whoever asks for no more than the queue gets it without the command line being built.
"""

from __future__ import annotations

import os
import sys
import time

from contentkit.cli.answers import keep, kept_answer, place_of, tell
from contentkit.cli.queue_shown import form_of, show_again
from contentkit.whereabouts import root_above

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from contentkit.cli.answers import Answer
    from contentkit.cli.looking import Looked
    from contentkit.cli.project import Project
    from contentkit.cli.scene import Scene
    from contentkit.cli.wanted import Wanted
    from contentkit.views.queue import QueueRow

    Asked = Callable[[Project, datetime], Wanted]


def show_whole_queue(*, everything: bool, as_json: bool) -> None:
    """Shows the queue as nobody has narrowed it, once more where nothing has changed. Raises ContentkitError."""
    if not _told_again(everything=everything, as_json=as_json):
        from functools import partial

        show_queue(partial(wanted_of, everything=everything), as_json=as_json)


def _told_again(*, everything: bool, as_json: bool) -> bool:
    is_table, now = not as_json and sys.stdout.isatty(), time.time()
    try:
        root = root_above(os.getcwd())  # noqa: PTH109 - see contentkit.marks
    except OSError:
        return False
    form = form_of(everything=everything, in_json=as_json or is_table)
    answer = kept_answer(place_of(form, root, os.environ), os.environ, now) if root else None
    if answer is None:
        return False
    if is_table:
        return show_again(answer, now)
    tell(answer, now)
    return True


def show_queue(asked: Asked, *, as_json: bool) -> None:
    """Works out the queue and shows it; what was asked without naming anything is kept for the next time."""
    from dataclasses import replace

    from contentkit.cli.edited import after_edit, keep_calendar
    from contentkit.cli.looking import Looked
    from contentkit.cli.project import open_listed
    from contentkit.cli.queue_shown import rows_in, show_table
    from contentkit.clock import SystemClock

    clock = SystemClock()
    looked, is_table = Looked(os.environ, clock.now()), not as_json and sys.stdout.isatty()
    with looked.listening():
        project = replace(open_listed(), environment=looked)
        wanted = asked(project, looked.now)
        place = place_for(project, wanted, in_json=as_json or is_table)
        said = after_edit(place, project, looked, wanted, clock.now().timestamp()) if place else None
        answer, known = said or (worked_out(project, looked, wanted, as_json=as_json, is_table=is_table)[1], None)
    if is_table:
        rows = rows_in(answer)
        show_table(rows, answer, clock.now())
        # That there is nothing a person is told in words, of which JSON has none.
        place = place if rows else ""
    else:
        tell(answer, clock.now().timestamp())
    project.cited.keep()
    if found := keep(answer, place, looked):
        keep_calendar(place, project, known, found)


def place_for(project: Project, wanted: Wanted, *, in_json: bool) -> str:
    """Where the answer to this question is kept; empty where it is not.

    What a database of many teams holds changes without any file of this machine.
    """
    from contentkit.cli.journal import is_shared
    from contentkit.cli.wanted import is_plain

    if not is_plain(wanted) or is_shared(project):
        return ""
    form = form_of(everything=wanted.remembered_since is None, in_json=in_json)
    return place_of(form, str(project.root), project.environment)


def worked_out(
    project: Project, looked: Looked, wanted: Wanted, *, as_json: bool, is_table: bool = False
) -> tuple[Sequence[QueueRow], Answer]:
    """The rows that are wanted, and what is said with them, all of it looked at by ``looked``."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.queue_shown import answer_of
    from contentkit.cli.scene import Scene
    from contentkit.cli.standings import standings_of
    from contentkit.cli.wanted import refuse_unknown
    from contentkit.clock import SystemClock

    with journal_if_any(project, SystemClock()) as journal:
        scene = Scene(project, journal, looked.now)
        refuse_unknown(scene, wanted)
        rows = standings_of(scene, wanted)
        before, after = stopped_lines(scene), money_of(scene, rows)
    looked.at(scene.looked_for())
    if not rows and not as_json:
        after = [_nothing(project, wanted), *after]
    zone = project.calendar.zone.key
    return rows, answer_of(rows, before, after, zone, in_json=as_json or is_table)


def wanted_of(
    project: Project, now: datetime, *, names: Sequence[str] = (), accounts: Sequence[str] = (), founders: Sequence[str] = (),
    campaigns: Sequence[str] = (), states: Sequence[str] = (), since: str = "", until: str = "", everything: bool = False,
) -> Wanted:  # fmt: skip
    """What was asked for. Raises UsageError for a time that cannot be read."""
    from datetime import timedelta

    from contentkit.cli.wanted import Wanted

    # Who asks for something by name, or for a time that is past, does not want it forgotten.
    by_name = everything or bool(names or since or until)
    return Wanted(
        entries=frozenset(names),
        accounts=frozenset(accounts),
        founders=frozenset(founders),
        campaigns=frozenset(campaigns),
        states=frozenset("none" if state == "-" else state for state in states),
        since=_beginning_of(since, project, now) if since else None,
        until=_end_of(until, project, now) if until else None,
        remembered_since=None if by_name else now - timedelta(days=7),
    )


def _beginning_of(since: str, project: Project, now: datetime) -> datetime:
    from contentkit.calendar.spans import beginning_of

    return beginning_of(since, project.calendar.zone, now)


def _end_of(until: str, project: Project, now: datetime) -> datetime:
    from contentkit.calendar.spans import end_of

    return end_of(until, project.calendar.zone, now)


def _nothing(project: Project, wanted: Wanted) -> str:
    from contentkit.cli.wanted import is_plain

    if not project.calendar.entries:
        return "Nothing is on the calendar. Next: contentkit schedule DRAFT --at 'tomorrow 09:30'"
    if is_plain(wanted):
        return "Everything on the calendar is long out: contentkit queue --all"
    return "Nothing on the calendar is like that."


def stopped_lines(scene: Scene) -> list[str]:
    """What is said before anything else."""
    return [f"Publishing is stopped ({scene.stopped}). 'contentkit start' resumes it."] if scene.stopped else []


def money_of(scene: Scene, rows: Sequence[QueueRow]) -> list[str]:
    """What is still to be paid for these, where something costs."""
    from datetime import UTC

    accounts = scene.project.config.accounts.values()
    billed = [row for row in rows if row.cost]
    if scene.journal is None or (not billed and all(account.budget is None for account in accounts)):
        return []
    from contentkit.cli.costs import money_lines
    from contentkit.money.prices import NOTHING

    to_pay = {row.account: NOTHING for row in billed}
    for row in billed:
        to_pay[row.account] += row.cost or NOTHING
    return list(money_lines(scene.project, scene.journal, to_pay, scene.now.astimezone(UTC).date()))
