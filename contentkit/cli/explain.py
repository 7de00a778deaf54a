"""``contentkit explain``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    name: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry of the calendar.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell the whole story of one entry: what, when, why it stands as it does, who acts next.

    What it waits for, who approved it and whether that holds, what was done about it so far, and what to type.

    \b
    contentkit explain launch
    contentkit explain launch --json | jq '.rows[].next'
    """
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import show_json, show_sentences
    from contentkit.cli.project import open_project
    from contentkit.cli.scene import Scene
    from contentkit.cli.story import story_of
    from contentkit.clock import SystemClock
    from contentkit.views.explain import story_lines

    project, clock = open_project(), SystemClock()
    entry, now = project.calendar.entry(name), clock.now()
    with journal_if_any(project, clock) as journal:
        story = story_of(Scene(project, journal, now), entry)
    if as_json:
        show_json(story)
    else:
        show_sentences(*story_lines(story, now, project.calendar.zone))
