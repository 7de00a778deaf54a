"""``contentkit scale``: many teams, one database; this room's other modules know what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.publishing.postgres.workspaces import Workspace


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show the workspaces of the database that machine.toml names: who may publish each, and where it lies on this host.

    \b
    contentkit scale
    contentkit scale status
    contentkit scale rename nixtla time
    contentkit scale remove time
    """
    import os

    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.cli.scale.homes import home_of
    from contentkit.cli.scale.reaching import database_here
    from contentkit.publishing.postgres.workspaces import all_workspaces
    from contentkit.views.workspaces import HEADINGS, workspaces_table

    with database_here() as database:
        workspaces = all_workspaces(database)
    homes = {one.name: home_of(one.project, os.environ) for one in workspaces}
    if as_json:
        show_json([{**_plain(one), "folder": str(homes[one.name] or "")} for one in workspaces])
        return
    rows = [
        (one.name, one.state.value, ", ".join(one.hosts) or "any host", str(homes[one.name] or "not here"))
        for one in workspaces
    ]
    if workspaces:
        show_rows([HEADINGS, *rows], lambda: workspaces_table(HEADINGS, rows))
    else:
        say("No workspace yet: contentkit import-workspace FOLDER --name NAME")


def _plain(one: Workspace) -> dict[str, object]:
    """What of a workspace others may read; not what tells its key from others."""
    return {
        "name": one.name, "project": one.project, "state": one.state.value, "hosts": list(one.hosts), "made_at": one.made_at,
        "moved_from": one.moved_from, "digest": one.digest,
    }  # fmt: skip
