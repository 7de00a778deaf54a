"""The journal of a workspace, opened for a command: the same verbs, in the database of many teams."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contentkit.cli.project import Project
from contentkit.cli.scale.homes import this_host
from contentkit.cli.scale.reaching import connected
from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.places import HOME_NAME, machine_id, make_private_folder
from contentkit.publishing.journal import Journal
from contentkit.publishing.schema import MOVED_NAME

if TYPE_CHECKING:
    from contentkit.publishing.postgres.connection import PostgresConnection


@contextmanager
def shared_journal_of(project: Project, clock: Clock, *, to_send: bool = False) -> Iterator[Journal]:
    """The journal of the project's workspace, by the database's clock.

    Raises StateError when the database cannot be reached, does not know the workspace, or is not the one last seen here; and
    ``to_send``, where this host may not publish it.
    """
    with _opened(project, clock, to_send=to_send) as (journal, database):
        from contentkit.publishing.postgres.identity import check_database

        check_database(make_private_folder(project.state), journal, database)
        yield journal


def take_over_shared(project: Project, clock: Clock) -> int | None:
    """Makes the database as it is the workspace's own for this host; returns how many threads are held. None: it was already."""
    from contentkit.publishing.postgres.identity import is_ours, take_over_database

    folder = make_private_folder(project.state)
    with _opened(project, clock) as (journal, database):
        if is_ours(folder, journal, database):
            return None
        return take_over_database(folder, journal, database, journal.clock.now())


@contextmanager
def _opened(project: Project, clock: Clock, *, to_send: bool = False) -> Iterator[tuple[Journal, PostgresConnection]]:
    with connected(_address(project)) as connection:
        from contentkit.publishing.postgres.clock import DatabaseClock
        from contentkit.publishing.postgres.connection import PostgresConnection
        from contentkit.publishing.postgres.opening import journal_on
        from contentkit.publishing.postgres.workspaces import refuse_to_send, workspace_with_journal

        database = PostgresConnection(connection)
        workspace = workspace_with_journal(database, project.config.project)
        if to_send:
            refuse_to_send(workspace, this_host())
        sends = workspace.may_run_on(this_host())
        there = DatabaseClock(database, clock)
        journal = journal_on(connection, workspace.id, there, machine_id(), sends=sends)
        try:
            yield journal, database
        finally:
            journal.close()


def _address(project: Project) -> str:
    if project.machine.database:
        return project.machine.database
    raise StateError(
        f"{project.state / HOME_NAME}: this project's journal lies in a database of many teams, and machine.toml names none",
        hint=f"name it again; or, to publish from this machine alone: 'contentkit scale remove', then move this file and"
        f" {MOVED_NAME} away, then 'contentkit takeover'",
    )
