"""``contentkit takeover``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Make this machine the publisher, after its journal was lost, copied or restored.

    Everything that was planned is held: a lost journal cannot know what is out already. Look at the accounts, then
    resolve or approve again. Make sure first that no other machine publishes this project.

    \b
    contentkit takeover
    """
    from contentkit.cli.output import show_lines
    from contentkit.cli.person import can_be_asked
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import NeedsPerson, UsageError
    from contentkit.places import machine_id, make_private_folder
    from contentkit.publishing.identity import is_ours, take_over
    from contentkit.publishing.lock import Occupied, publisher_lock
    from contentkit.publishing.opening import open_journal

    if not yes and not can_be_asked():
        raise UsageError(
            "a takeover needs somebody to ask", hint="make sure no other machine publishes, then add --yes"
        )
    project, clock = open_project(), SystemClock()
    if not yes and not typer.confirm("Is it certain that no other machine publishes this project?", err=True):
        raise NeedsPerson("nothing was taken over", hint="find out first: two publishers may post twice")
    folder = make_private_folder(project.state)
    try:
        with publisher_lock(folder, clock.now()):
            journal = open_journal(folder, clock, machine_id())
            try:
                if is_ours(folder, journal, machine_id()):
                    show_lines("This machine is the publisher already. Nothing was changed.")
                    return
                held = take_over(folder, journal, machine_id())
            finally:
                journal.close()
    except Occupied:
        raise UsageError("'contentkit post' is at work", hint="try again when it has ended") from None
    threads = "1 planned thread is" if held == 1 else f"{held} planned threads are"
    show_lines(f"This machine is the publisher now. {threads} held: see 'contentkit status'.")
