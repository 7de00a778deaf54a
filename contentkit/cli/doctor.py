"""``contentkit doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.views.doctor import Finding


def command(
    cron: Annotated[
        bool, typer.Option("--cron", help="Look as cron would, and print a crontab line that works.")
    ] = False,
    online: Annotated[bool, typer.Option("--online", help="Also ask each account's network who we are there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Look whether everything is as it must be; change nothing.

    The machine, the project's files, git, the journal, the accounts. Asks no network without --online. Exits 4 when
    something needs a person, 1 when something is broken.

    \b
    contentkit doctor
    contentkit doctor --cron
    """
    from contentkit.cli.doctor_cron import crontab_line, look_as_cron
    from contentkit.cli.output import say, show_json, show_lines, show_rows
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.views.doctor import finding_cells, findings_table, fine, summary

    if cron and online:
        raise UsageError("--cron and --online look for different things", hint="run one after the other")
    clock = SystemClock()
    if cron:
        project = open_project()
        found, line = list(_guarded("cron", lambda: look_as_cron(project, clock))), crontab_line(project)
    else:
        found, line = list(_all(clock, online=online)), ""
    if as_json:
        show_json([*found, *([fine("crontab line", line)] if line else [])])
    else:
        show_rows([finding_cells(one) for one in found], lambda: findings_table(found))
        if line:
            show_lines("", line)
            say("", "Put the last line into your crontab: crontab -e")
        say(summary(found))
    raise typer.Exit(_exit_code(found))


def _exit_code(found: Sequence[Finding]) -> int:
    from contentkit.cli.main import DONE, FAILED, PERSON_NEEDED

    levels = {one.level for one in found}
    if "error" in levels:
        return FAILED
    return PERSON_NEEDED if "warning" in levels else DONE


def _all(clock: Clock, *, online: bool) -> Iterator[Finding]:
    """Everything, in the order in which one thing rests on the other."""
    from contentkit.cli.doctor_machine import look_at_machine

    yield from look_at_machine()
    found: list[Project] = []
    yield from _guarded("project", lambda: _project(found))
    for project in found:
        yield from _about(project, clock, online=online)


def _project(found: list[Project]) -> Iterator[Finding]:
    """The project, which is put into ``found`` when there is one."""
    from contentkit.cli.project import open_project
    from contentkit.views.doctor import fine

    found.append(open_project())
    accounts = len(found[0].config.accounts)
    name, root = found[0].config.project, found[0].root
    yield fine("project", f"'{name}' in {root}, {accounts} account{'' if accounts == 1 else 's'}")


def _about(project: Project, clock: Clock, *, online: bool) -> Iterator[Finding]:
    from contentkit.cli.doctor_accounts import look_at_accounts, look_at_drafter, look_online
    from contentkit.cli.doctor_files import look_at_calendar, look_at_people
    from contentkit.cli.doctor_git import look_at_git
    from contentkit.cli.doctor_publisher import look_at_clock, look_at_database, look_at_journal, look_at_state

    now: datetime = clock.now()
    yield from _guarded("people", lambda: look_at_people(project))
    yield from _guarded("calendar", lambda: look_at_calendar(project, now))
    yield from _guarded("git", lambda: look_at_git(project))
    yield from _guarded("state folder", lambda: look_at_state(project))
    yield from _guarded("journal", lambda: look_at_journal(project, clock))
    yield from _guarded("clock", lambda: look_at_clock(project, now))
    yield from _guarded("database", lambda: look_at_database(project))
    yield from _guarded("drafter", lambda: look_at_drafter(project))
    yield from look_at_accounts(project, clock)
    if online:
        yield from look_online(project, clock)


def _guarded(about: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a look finds; what stops it is a finding too, and the other looks go on."""
    from contentkit.errors import ContentkitError, NeedsPerson
    from contentkit.views.doctor import error, warning

    try:
        yield from look()
    except ContentkitError as problem:
        told = warning if isinstance(problem, NeedsPerson) else error
        yield told(about, problem.message, problem.hint)
    except OSError as problem:
        place = f"{problem.filename}: " if problem.filename else ""
        yield error(about, f"{place}{problem.strerror or problem}", "check that it is there and may be read")
