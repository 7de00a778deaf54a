"""``contentkit cron install``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contentkit.cli.cron.jobs import Timetable
    from contentkit.cli.cron.schedulers import Scheduler


def command(
    scheduler: Annotated[
        str,
        typer.Option("--with", metavar="NAME", help="crontab, systemd or launchd; what the machine has when left out."),
    ] = "",
    every: Annotated[
        int | None, typer.Option(metavar="MINUTES", help="How often 'post' is started; each minute when left out.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Also where another machine publishes this project.")
    ] = False,
) -> None:
    """Have this machine publish what is due each minute, and ask for figures each hour.

    Writes lines of your crontab, timers of systemd or agents of launchd, for this project only, and shows them.
    Started again, it changes what is no longer as it would be written now. No secret stands in it.

    \b
    contentkit cron install --dry-run
    contentkit cron install --with crontab --every 5
    """
    from contentkit.cli.cron.jobs import timetable_of
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.output import say, show_lines
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock

    project = open_project()
    timetable = timetable_of(project)
    if not yes:
        refuse_at_desk(project, SystemClock(), "cron publishes", besides="--yes installs it here all the same; ")
    chosen, timetable = _chosen(timetable, scheduler, every)
    wanted, found = chosen.wanted(timetable), chosen.found(timetable)
    if wanted == found:
        say(f"{chosen.name}: everything is as it would be written now.")
        return
    show_lines(*_shown(wanted, found))
    if dry_run:
        say("Nothing was written.")
        return
    chosen.install(timetable)
    say(f"{chosen.name}: installed.", *chosen.advice(timetable))


def _chosen(timetable: Timetable, name: str, every: int | None) -> tuple[Scheduler, Timetable]:
    """What to install with, and how often. Without a word of the user's, it stays as it is installed.

    Raises UsageError for a rhythm that hours cannot keep, and where another scheduler has the project already.
    """
    from contentkit.cli.cron.jobs import RHYTHMS
    from contentkit.cli.cron.schedulers import best, named
    from contentkit.cli.cron.standing import standings
    from contentkit.errors import UsageError

    if every is not None and every not in RHYTHMS:
        raise UsageError(
            f"--every {every}: an hour has no such parts", hint=f"take one of {', '.join(map(str, RHYTHMS))}"
        )
    found = list(standings(timetable))
    chosen = named(name or found[0].scheduler, timetable) if name or found else best(timetable)
    others = [one.scheduler for one in found if one.scheduler != chosen.name]
    if others:
        raise UsageError(f"{others[0]} starts this project already", hint="run 'contentkit cron uninstall' first")
    return chosen, timetable.every(every or (found[0].every if found and found[0].every in RHYTHMS else 1))


def _shown(wanted: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """What is to be written and what is to go, name by name."""
    lines = [f"{name}  (goes)" for name in found if name not in wanted]
    for name, words in wanted.items():
        if found.get(name) != words:
            lines += [name, *(f"  {line}" for line in words.splitlines())]
    return lines
