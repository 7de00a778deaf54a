"""``contentkit scale remove``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the workspace is called.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Let a workspace publish nothing more. What it published, and who approved it, stays in the database.

    What a worker is just sending ends as it would have. 'import-workspace' with the same name opens it again.

    \b
    contentkit scale remove nixtla
    """
    from contentkit.cli.output import show_lines
    from contentkit.cli.person import can_be_asked
    from contentkit.cli.scale.reaching import database_here
    from contentkit.errors import NeedsPerson, StateError, UsageError
    from contentkit.publishing.postgres.workspaces import Standing, set_standing, workspace_named

    with database_here() as database:
        workspace = workspace_named(database, name)
        if workspace.state is Standing.MOVING:
            raise StateError(
                f"the journal of '{name}' is on its way here", hint="run 'contentkit migrate' to its end first"
            )
        if not yes and not can_be_asked():
            raise UsageError("somebody must be asked whether nothing more is to be published", hint="or add --yes")
        if not yes and not typer.confirm(f"Is '{name}' to publish nothing more?", err=True):
            raise NeedsPerson("nothing was changed")
        set_standing(database, workspace, Standing.CLOSED)
    show_lines(f"Workspace '{name}' publishes nothing more. Its history stays.")
