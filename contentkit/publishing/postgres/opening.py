"""Opening a workspace's journal on PostgreSQL: durable, of a known format, and isolated from the other teams'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import psycopg

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.publishing.journal import Journal
from contentkit.publishing.postgres.connection import Connection, PostgresConnection, connect, told
from contentkit.publishing.postgres.counter import SequenceCounter
from contentkit.publishing.postgres.schema import LEAST, STEPS

if TYPE_CHECKING:
    from contentkit.publishing.postgres.lanes import Lease

# By this lock one program at a time brings the tables up to date.
_UPDATING = 0x636B7570


class TooOld(StateError):
    """The tables were changed in a way that this program does not know."""


def open_journal(address: str, workspace: int, clock: Clock, machine: str, lease: Lease | None = None) -> Journal:
    """The journal of this workspace in the database at this address, whose tables are made or brought up to date when needed.

    Raises StateError when it cannot be reached, is newer than this program, or cannot be made durable.
    """
    connection = connect(address)
    try:
        bring_up_to_date(connection)
        return journal_on(connection, workspace, clock, machine, lease)
    except BaseException:
        connection.close()
        raise


def journal_on(
    connection: Connection,
    workspace: int,
    clock: Clock,
    machine: str,
    lease: Lease | None = None,
    *,
    sends: bool = True,
) -> Journal:
    """The journal of this workspace on a connection that is open; closing it closes that.

    ``sends`` is false where this host is not among those that may publish the workspace: it can do everything else.
    """
    database = PostgresConnection(connection, workspace, lease, holder=machine if sends else "")
    return Journal(database, clock, machine, SequenceCounter(database))


def bring_up_to_date(connection: Connection, steps: Sequence[str] = STEPS) -> None:
    """Makes the tables, or the steps of them that are missing. Raises StateError when they are newer than this program."""
    try:
        if _version(connection) == len(steps):
            return
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_UPDATING,))
            connection.execute("CREATE TABLE IF NOT EXISTS format (version INT NOT NULL, least INT NOT NULL)")
            # Another program may have done it while we waited for the lock.
            done = _version(connection)
            for step in steps[done:]:
                connection.execute(step.encode())
            if done < len(steps):
                connection.execute("DELETE FROM format")
                connection.execute("INSERT INTO format VALUES (%s, %s)", (len(steps), LEAST))
    except psycopg.Error as error:
        hint = "see that this role owns the database, and run again"
        raise StateError(f"the database: its tables cannot be made: {told(error)}", hint=hint) from error


def _version(connection: Connection) -> int:
    """The number of steps that the tables have. Raises StateError where this program would do them harm."""
    if connection.execute("SELECT to_regclass('format') IS NULL AS is_new").fetchone()["is_new"]:  # type: ignore[index]
        return 0
    return refuse_newer(connection)


def refuse_newer(database: Connection | PostgresConnection) -> int:
    """The number of steps that the tables have: more than this program knows are fine as long as none of them minds it.

    Raises TooOld where one does.
    """
    row = database.execute("SELECT version, least FROM format").fetchone()
    if row is not None and row["least"] > len(STEPS):
        raise TooOld(
            f"the database: written by a newer contentkit (format {row['version']}, this one knows {len(STEPS)})",
            hint="update contentkit",
        )
    return int(row["version"]) if row else 0
