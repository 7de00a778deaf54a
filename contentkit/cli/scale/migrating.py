"""A project's journal moves from this machine to PostgreSQL: closed here, taken in there, set aside here, opened there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from contentkit.cli.scale.reaching import connected, database_named_here
from contentkit.errors import StateError, UsageError
from contentkit.places import machine_id, make_private_folder
from contentkit.publishing.lock import Occupied, publisher_lock
from contentkit.publishing.moving import Contents, columns_of, contents_of, digest_of
from contentkit.publishing.schema import MOVED_NAME
from contentkit.publishing.setting_aside import (
    close_to_move,
    has_journal_to_move,
    is_set_aside,
    rows_to_move,
    set_aside,
)
from contentkit.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.publishing.postgres.connection import Connection
    from contentkit.publishing.postgres.workspaces import Workspace

Step = Literal["would move", "moved", "nothing to do"]


@dataclass(frozen=True, kw_only=True)
class Migration:
    """What was moved into which workspace, or would be: each table's rows and digest, and one digest for all."""

    workspace: str
    step: Step
    tables: Mapping[str, Contents]
    digest: str
    set_aside: str


def would_migrate(project: Project) -> Migration:
    """What ``migrate`` would move; changes nothing. Raises StateError as it does."""
    with connected(database_named_here()) as connection:
        workspace = _workspace_of(connection, project)
        if _is_done(project, workspace):
            return _outcome(project.state, workspace, "nothing to do", {})
    with rows_to_move(project.state) as execute:
        return _outcome(project.state, workspace, "would move", contents_of(execute, columns_of(execute)))


def migrate(project: Project, clock: Clock, patience: float = 10) -> Migration:
    """Moves the journal; goes on where an earlier run was killed.

    Raises UsageError where a publisher is at work and does not end within ``patience`` seconds, StateError where there is no
    workspace that waits for this journal, where the journal is not this machine's own, and where one row would not arrive as it
    is.
    """
    folder = make_private_folder(project.state)
    try:
        with publisher_lock(folder, clock.now(), patience=patience), connected(database_named_here()) as connection:
            workspace = _workspace_of(connection, project)
            if _is_done(project, workspace):
                return _outcome(folder, workspace, "nothing to do", {})
            return _outcome(folder, workspace, "moved", _moved(connection, workspace, folder, clock))
    except Occupied:
        raise UsageError("'contentkit post' is at work", hint="try again when it has ended") from None


def _moved(connection: Connection, workspace: Workspace, folder: Path, clock: Clock) -> Mapping[str, Contents]:
    from contentkit.publishing.postgres.arrival import take_in
    from contentkit.publishing.postgres.connection import PostgresConnection
    from contentkit.publishing.postgres.workspaces import Standing, set_standing

    came_from = workspace.moved_from
    if has_journal_to_move(folder):
        came_from = close_to_move(folder, clock, machine_id())
    with rows_to_move(folder) as execute:
        tables = take_in(connection, workspace, execute, came_from)
    if has_journal_to_move(folder):
        set_aside(folder)
    set_standing(PostgresConnection(connection), workspace, Standing.OPEN)
    return tables


def _workspace_of(connection: Connection, project: Project) -> Workspace:
    from contentkit.publishing.postgres.connection import PostgresConnection
    from contentkit.publishing.postgres.workspaces import imported_workspace

    return imported_workspace(PostgresConnection(connection), project.config.project)


def _is_done(project: Project, workspace: Workspace) -> bool:
    """Whether nothing is left to move. Raises StateError where what should be moved is not here."""
    from contentkit.publishing.postgres.workspaces import Standing

    refuse_two_journals(project.state, workspace)
    if workspace.state is not Standing.MOVING:
        return True
    if not has_journal_to_move(project.state) and not is_set_aside(project.state):
        raise StateError(
            f"{project.state}: holds no journal of this project",
            hint="run it on the machine that has published it so far",
        )
    return False


def refuse_two_journals(folder: Path, workspace: Workspace) -> None:
    """Raises StateError where a journal lies in this private folder, and the workspace has its own: both would be sent."""
    from contentkit.publishing.postgres.workspaces import Standing

    if workspace.state is not Standing.MOVING and has_journal_to_move(folder):
        raise StateError(
            f"{folder}: holds a journal, and so does the workspace '{workspace.name}': two cannot become one",
            hint="look which of them published last, and move the other one's file away",
        )


def _outcome(folder: Path, workspace: Workspace, step: Step, tables: Mapping[str, Contents]) -> Migration:
    digest = digest_of(tables) if tables else workspace.digest
    return Migration(
        workspace=workspace.name, step=step, tables=tables, digest=digest, set_aside=str(folder / MOVED_NAME)
    )
