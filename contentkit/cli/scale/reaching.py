"""The database of many teams, as this machine's user named it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contentkit.errors import StateError
from contentkit.places import settings_folder
from contentkit.settings.machine import MACHINE_NAME, load_machine

if TYPE_CHECKING:
    from contentkit.publishing.postgres.connection import Connection, PostgresConnection


def database_named_here() -> str:
    """What machine.toml says. Raises StateError where it names none, and as ``load_machine``."""
    settings = settings_folder(os.environ)
    if address := load_machine(settings).database:
        return address
    version = "" if (settings / MACHINE_NAME).exists() else "version = 1\n  "
    raise StateError(
        f"{settings / MACHINE_NAME}: names no database",
        hint=f'write into it:\n  {version}[scale]\n  database = "host=db.example dbname=contentkit user=contentkit"',
    )


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """A connection to this database, whose tables are of today. Raises StateError."""
    try:
        from contentkit.publishing.postgres.connection import connect
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise StateError("PostgreSQL's driver is missing", hint="install contentkit[scale]") from None
    from contentkit.publishing.postgres.opening import bring_up_to_date

    connection = connect(address)
    try:
        bring_up_to_date(connection)
        yield connection
    finally:
        connection.close()


@contextmanager
def database_here() -> Iterator[PostgresConnection]:
    """The database that machine.toml names, outside of all workspaces. Raises StateError."""
    with connected(database_named_here()) as connection:
        from contentkit.publishing.postgres.connection import PostgresConnection

        yield PostgresConnection(connection)
