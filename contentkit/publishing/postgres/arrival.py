"""A journal that comes from SQLite: all of it is written and compared in one transaction, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping

from contentkit.errors import StateError
from contentkit.publishing.facts import Fact
from contentkit.publishing.moving import TABLES, Contents, Execute, columns_of, contents_of, copy_rows, digest_of
from contentkit.publishing.postgres.connection import Connection, PostgresConnection
from contentkit.publishing.postgres.workspaces import Standing, Workspace, workspace_of

# New rows get numbers, and the counter goes on, so far beyond what came: what another workspace draws meanwhile comes before.
_GAP = 1000


def take_in(connection: Connection, workspace: Workspace, source: Execute, came_from: str) -> dict[str, Contents]:
    """Takes the journal with this id into a workspace that is ``moving``; returns what it holds, table by table.

    What an earlier run has taken in is compared anew. The workspace publishes nothing until somebody opens it. Raises StateError,
    and has written nothing, where one row is not as it was.
    """
    database, columns = PostgresConnection(connection, workspace.id), columns_of(source)
    here = contents_of(source, columns)
    with database.transaction():
        known = workspace_of(database, workspace.project)
        if known is None or known.state is not Standing.MOVING:
            raise StateError(f"the workspace '{workspace.name}' waits for no journal", hint="see 'contentkit scale'")
        if not known.digest:
            _take_in(database, source, columns)
            database.execute(
                "UPDATE workspaces SET digest = ?, moved_from = ? WHERE id = ?",
                (digest_of(here), came_from, workspace.id),
            )
        _refuse_differences(workspace, here, contents_of(database.execute, columns))
    return here


def _take_in(database: PostgresConnection, source: Execute, columns: Mapping[str, tuple[str, ...]]) -> None:
    for table in TABLES:
        if database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608 - no words from outside
            raise StateError(
                f"the workspace has rows of its own in {table}", hint="import the project under another name"
            )
    copy_rows(source, database.execute, columns)
    # A counter that went back would be taken for that of an older copy.
    database.execute(
        f"""SELECT setval('counter', reached + {_GAP}) FROM (SELECT value::bigint AS reached FROM meta WHERE key = ?) AS noted
            WHERE coalesce(pg_sequence_last_value('counter'), 0) < reached""",  # noqa: S608 - no words from outside
        (Fact.COUNTER,),
    )
    for table, key in TABLES.items():
        if key == "id":
            database.execute(
                f"""SELECT setval(place, (SELECT max(id) FROM {table}) + {_GAP})
                    FROM pg_get_serial_sequence('{table}', 'id') AS place
                    WHERE coalesce(pg_sequence_last_value(place::regclass), 0) < (SELECT max(id) FROM {table})"""  # noqa: S608
            )


def _refuse_differences(workspace: Workspace, here: Mapping[str, Contents], there: Mapping[str, Contents]) -> None:
    for table, wanted in here.items():
        found = there[table]
        if found != wanted:
            raise StateError(
                f"the workspace '{workspace.name}': {table} has {found.rows} rows with the digest {found.digest[:12]},"
                f" and the journal has {wanted.rows} with {wanted.digest[:12]}",
                hint="nothing was moved; please report it",
            )
