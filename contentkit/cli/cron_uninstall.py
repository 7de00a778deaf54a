"""``contentkit cron uninstall``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and change nothing.")] = False,
) -> None:
    """Take out again what 'contentkit cron install' wrote for this project, and nothing else.

    Nothing is started by itself any more; what is planned stays planned.

    \b
    contentkit cron uninstall
    """
    from contentkit.cli.cron.jobs import timetable_of
    from contentkit.cli.cron.schedulers import usable
    from contentkit.cli.cron.standing import own_lines
    from contentkit.cli.output import say, show_lines
    from contentkit.cli.project import open_project

    timetable = timetable_of(open_project())
    gone = {one.name: found for one in usable(timetable) if (found := one.found(timetable))}
    for scheduler in usable(timetable):
        if scheduler.name in gone:
            show_lines(*gone[scheduler.name])
            if not dry_run:
                scheduler.uninstall(timetable)
    for line in own_lines(timetable):
        say(f"your crontab has a line of its own for this project: {line}")
    if not gone:
        say("Nothing is installed for this project here.")
    else:
        say("Nothing was changed." if dry_run else f"{', '.join(gone)}: taken out.")
