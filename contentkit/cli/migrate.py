"""``contentkit migrate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.scale.migrating import Migration


def command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be moved, and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Move this machine's journal of the project to PostgreSQL, into its workspace.

    Every approval, publication, attempt, amendment, receipt of money and revocation, with its number, is written and compared
    row by row in one transaction. Killed at any moment, it sends nothing from either side, and is run again. Then the journal
    here is set aside under another name. There is no way back but 'contentkit takeover' with approvals given anew.

    \b
    contentkit migrate --dry-run
    contentkit migrate
    """
    from contentkit.cli.output import show_json
    from contentkit.cli.project import open_project
    from contentkit.cli.scale.migrating import migrate, would_migrate
    from contentkit.clock import SystemClock

    project = open_project()
    done = would_migrate(project) if dry_run else migrate(project, SystemClock())
    show_json(done) if as_json else _show(done)


def _show(done: Migration) -> None:
    from contentkit.cli.output import say, show_lines

    if done.step == "nothing to do":
        show_lines(f"The journal of '{done.workspace}' is on PostgreSQL. Nothing was to be done.")
        return
    show_lines(*(f"{table}: {one.rows}" for table, one in done.tables.items()), f"all: {done.digest}")
    if done.step == "would move":
        say(f"Into the workspace '{done.workspace}'. Nothing was changed.")
        return
    say(
        f"'{done.workspace}' publishes from PostgreSQL now: the rows there were compared with these.",
        f"{done.set_aside}: the journal that was here; nothing is sent from it any more.",
    )
