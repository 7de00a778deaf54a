"""``contentkit doctor``: this room's other modules look, each at one thing; here they are asked in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.errors import ContentkitError
    from contentkit.views.doctor import Finding


def command(
    cron: Annotated[
        bool, typer.Option("--cron", help="Look as cron would, and print crontab lines that work.")
    ] = False,
    online: Annotated[
        bool, typer.Option("--online", help="Also ask each account's network who we are there; X bills a cent for it.")
    ] = False,
    alert: Annotated[bool, typer.Option("--alert", help="Send a test to the alert command of machine.toml.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Look whether everything is as it must be; change nothing.

    The machine, the project's files, git, the journal, the accounts. Asks no network without --online. Exits 4 when
    something needs a person, 1 when something is broken.

    \b
    contentkit doctor
    contentkit doctor --cron
    """
    from contentkit.cli.cron.crontab import crontab_lines
    from contentkit.cli.cron.jobs import timetable_of
    from contentkit.cli.doctor.cron import look_as_cron
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError

    if cron + online + alert > 1:
        raise UsageError("--cron, --online and --alert look for different things", hint="run one after the other")
    clock = SystemClock()
    if cron:
        project = open_project()
        found = list(_guarded("cron", lambda: look_as_cron(project, clock)))
        lines = crontab_lines(timetable_of(project))
    elif alert:
        from contentkit.cli.doctor.alerts import try_alert

        project = open_project()
        found, lines = list(_guarded("alerts", lambda: try_alert(project, clock))), []
    else:
        found, lines = list(_all(clock, online=online)), []
    if as_json:
        _show_json(found, lines)
    else:
        _show(found, lines)
    raise typer.Exit(_exit_code(found))


def _show_json(found: Sequence[Finding], lines: Sequence[str]) -> None:
    from contentkit.cli.output import show_json
    from contentkit.views.doctor import fine

    show_json([*found, *(fine("crontab line", line) for line in lines)])


def _show(found: Sequence[Finding], lines: Sequence[str]) -> None:
    """The findings, and the crontab lines if there are any."""
    from contentkit.cli.output import say, show_lines, show_rows
    from contentkit.views.doctor import finding_cells, findings_table, summary

    show_rows([finding_cells(one) for one in found], lambda: findings_table(found))
    if lines:
        show_lines("", *lines)
        what = "line" if len(lines) == 1 else "two lines"
        say("", f"Put the last {what} into your crontab: contentkit cron install, or by hand: crontab -e")
    say(summary(found))


def _exit_code(found: Sequence[Finding]) -> int:
    from contentkit.cli.main import DONE, FAILED, PERSON_NEEDED

    levels = {one.level for one in found}
    if "error" in levels:
        return FAILED
    return PERSON_NEEDED if "warning" in levels else DONE


def _all(clock: Clock, *, online: bool) -> Iterator[Finding]:
    """Everything, in the order in which one thing rests on the other."""
    from contentkit.cli.doctor.machine import look_at_machine
    from contentkit.cli.project import open_project
    from contentkit.errors import ContentkitError

    yield from look_at_machine()
    try:
        project = open_project()
    except (ContentkitError, OSError) as problem:
        yield _finding("project", problem)
        return
    yield from _about(project, clock)
    if online:
        from contentkit.cli.doctor.online import look_online

        yield from look_online(project, clock)


def _about(project: Project, clock: Clock) -> Iterator[Finding]:
    from contentkit.cli.doctor.accounts import look_at_accounts
    from contentkit.cli.doctor.alerts import look_at_alerts
    from contentkit.cli.doctor.approvals import look_at_policy
    from contentkit.cli.doctor.clock import look_at_clock
    from contentkit.cli.doctor.database import look_at_database
    from contentkit.cli.doctor.drafter import look_at_drafter
    from contentkit.cli.doctor.files import (
        look_at_calendar,
        look_at_checks,
        look_at_confidential,
        look_at_people,
        look_at_settings,
    )
    from contentkit.cli.doctor.git import look_at_git
    from contentkit.cli.doctor.journal import look_at_journal
    from contentkit.cli.doctor.state import look_at_state

    now = clock.now()
    yield from look_at_settings(project)
    yield from _guarded("checks", lambda: look_at_checks(project))
    yield from _guarded("people", lambda: look_at_people(project))
    yield from _guarded("confidential", lambda: look_at_confidential(project))
    yield from _guarded("calendar", lambda: look_at_calendar(project, now))
    yield from _guarded("git", lambda: look_at_git(project))
    yield from _guarded("state folder", lambda: look_at_state(project))
    yield from _guarded("whose approval counts", lambda: look_at_policy(project))
    yield from _guarded("journal", lambda: look_at_journal(project, clock))
    yield from _guarded("alerts", lambda: look_at_alerts(project))
    yield from _guarded("clock", lambda: look_at_clock(project, now))
    yield from _guarded("database", lambda: look_at_database(project))
    yield from _guarded("drafter", lambda: look_at_drafter(project))
    yield from look_at_accounts(project, clock)


def _guarded(about: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a look finds; what stops it is a finding too, and the other looks go on."""
    from contentkit.errors import ContentkitError

    try:
        yield from look()
    except (ContentkitError, OSError) as problem:
        yield _finding(about, problem)


def _finding(about: str, problem: ContentkitError | OSError) -> Finding:
    """What stopped a look."""
    from contentkit.errors import NeedsPerson
    from contentkit.views.doctor import error, warning

    if isinstance(problem, OSError):
        place = f"{problem.filename}: " if problem.filename else ""
        return error(about, f"{place}{problem.strerror or problem}", "check that it is there and may be read")
    told = warning if isinstance(problem, NeedsPerson) else error
    return told(about, problem.message, problem.hint)
