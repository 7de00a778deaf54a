"""``contentkit review``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.reviewing.desk import Desk

_SCREENLESS = ("dumb", "unknown")


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ENTRY]...", help="Entries of the calendar; all that are not out when left out."),
    ] = None,
    account: Annotated[str, typer.Option(metavar="NAME", help="Only what goes to this account.")] = "",
    founder: Annotated[str, typer.Option(metavar="NAME", help="Only drafts of this founder.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who reviews; git's user.name when left out.")] = "",
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Question by question, line by line: for screen readers and simple terminals."),
    ] = False,
) -> None:
    """Look through what waits for an approval, on one screen, and decide.

    What is not approved comes first. Beside the list stands the thread as it will look, below it what the selected post rests
    on. Keys approve, pause, edit, move and waive, as the commands of these names do; '?' shows them.

    \b
    contentkit review
    contentkit review launch
    contentkit review --account our-mastodon
    contentkit review --plain
    """
    import os

    desk = _desk(names or [], account, founder, by)
    if plain or os.environ.get("TERM", "dumb") in _SCREENLESS:
        from contentkit.cli.reviewing.plain import walk

        walk(desk)
        return
    _end(_on_screen(desk))


def _desk(names: list[str], account: str, founder: str, by: str) -> Desk:
    """What is reviewed, and by whom. Raises UsageError where nobody can be asked, ContentError for an unknown name."""
    import sys

    from contentkit.cli.approving.signing import name_for_signing
    from contentkit.cli.person import can_be_asked, name_of_person
    from contentkit.cli.project import entries_named, open_project
    from contentkit.cli.reviewing.deciding import signs
    from contentkit.cli.reviewing.desk import Desk
    from contentkit.cli.reviewing.items import Wanted
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.strict_yaml import nearest

    project = open_project()
    if not (can_be_asked() and sys.stdout.isatty()):
        hint = "in a script: contentkit queue, contentkit preview ENTRY, contentkit approve ENTRY --yes"
        raise UsageError("a review needs somebody at a terminal", hint=hint)
    entries = entries_named(project, names)
    if account:
        project.account(account)
    if founder and founder not in project.people:
        raise UsageError(f"people.yaml has no '{founder}'", hint=nearest(founder, project.people))
    wanted = Wanted(names=[entry.id for entry in entries], account=account, founder=founder)
    person = name_for_signing if signs(project) else name_of_person
    return Desk(project, wanted, by.strip() or person(project.root), SystemClock())


def _on_screen(desk: Desk) -> str:
    from contentkit.errors import StateError

    try:
        from contentkit.views.review.app import run_review
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "textual":
            raise
        hint = "contentkit review --plain does without; from a clone of contentkit: pipx install --force '.[review]'"
        raise StateError("the full-screen review needs the package textual", hint=hint) from None
    return run_review(desk)


def _end(ending: str) -> None:
    """Ends as a program does that was ended in this way."""
    import os
    import signal

    if ending == "interrupted":
        raise KeyboardInterrupt
    if ending == "terminated":
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)
