"""``contentkit start``."""

from __future__ import annotations


def command() -> None:
    """Publish again after 'contentkit stop'.

    What became too late meanwhile is held, not sent.

    \b
    contentkit start
    """
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import journal_of
    from contentkit.cli.output import show_lines
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.publishing.facts import Fact

    project, clock = open_project(), SystemClock()
    refuse_at_desk(project, clock, "publishing is started")
    with journal_of(project, clock) as journal:
        journal.note({Fact.STOPPED: ""})
    show_lines("Publishing goes on with the next 'contentkit post'.")
