"""``contentkit scale rename``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the workspace is called now.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="What it is to be called.")],
) -> None:
    """Call a workspace by another name. Nothing else changes, on no host.

    \b
    contentkit scale rename nixtla time
    """
    from contentkit.cli.output import show_lines
    from contentkit.cli.scale.reaching import database_here
    from contentkit.publishing.postgres.workspaces import rename, workspace_named

    with database_here() as database:
        renamed = rename(database, workspace_named(database, name), other)
    show_lines(f"Workspace '{name}' is called '{renamed.name}' now.")
