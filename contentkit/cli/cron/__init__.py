"""``contentkit cron``: what starts contentkit on this machine; this room's other modules know one kind of starter each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.cron.standing import Standing


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show what starts this project's commands here, and whether it is as it would be written now.

    'cron install' writes it for crontab, for systemd or for launchd, 'cron uninstall' takes it out again.

    \b
    contentkit cron
    contentkit cron install --dry-run
    contentkit cron install
    """
    from contentkit.cli.cron.jobs import timetable_of
    from contentkit.cli.cron.standing import own_lines, standings
    from contentkit.cli.output import show_json
    from contentkit.cli.project import open_project

    timetable = timetable_of(open_project())
    found = list(standings(timetable))
    if as_json:
        show_json(found)
    else:
        _show(found, own_lines(timetable))


def _show(found: Sequence[Standing], own: Sequence[str]) -> None:
    from contentkit.cli.cron.standing import told
    from contentkit.cli.output import say, show_lines

    for one in found:
        show_lines(told(one), *(f"  {line}" for name in one.pieces for line in (name, *one.pieces[name].splitlines())))
    for line in own:
        show_lines(f"your crontab has a line of its own for this project: {line}")
    if not found and not own:
        say("Nothing starts this project here: contentkit cron install")
