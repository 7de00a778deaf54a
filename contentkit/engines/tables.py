"""Where an engine's tables are: in a schema of their own, beside everything that counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from contentkit.engines.tickets import PATIENCE, EngineAway

if TYPE_CHECKING:
    from psycopg import Connection

# Any number that nobody else locks.
_MAKING = 7_203_114_655_023


def schema_of(library: str) -> str:
    """The name of the schema for this very version of an engine: workers of another version have tables of their own.

    A ticket is not worth moving from one form of the tables to the next, and so none ever is.
    """
    return "_".join(("contentkit", library, *version(library).split("."))).replace("-", "_")


def connected_to(database: str, schema: str) -> str:
    """The connection string of ``database`` for what works in that schema alone: a host that is gone is noticed in 15 seconds."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    known = conninfo_to_dict(database)
    options = f"{known.get('options') or ''} -c search_path={schema}".strip()
    alive = {"keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 2}
    ours: dict[str, Any] = {"connect_timeout": int(PATIENCE), "application_name": "contentkit engine", **alive}
    return make_conninfo("", **{**ours, **known, "options": options})


@contextmanager
def away_if_lost(*errors: type[Exception]) -> Iterator[None]:
    """Turns what goes wrong between here and the database into EngineAway."""
    import psycopg

    lost: tuple[type[Exception], ...] = (psycopg.Error, *errors)
    try:
        yield
    except lost as error:
        words = str(error).strip() or str(error.__cause__ or type(error).__name__).strip()
        raise EngineAway(
            f"the engine's tables cannot be reached: {words.splitlines()[0]}", hint="is PostgreSQL running?"
        ) from error


@contextmanager
def making(database: str, schema: str, table: str) -> Iterator[Connection[tuple[object, ...]] | None]:
    """A connection with which to make the tables, while nobody else does; None where that table is there already."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(connected_to(database, schema), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_MAKING,))
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        there = connection.execute("SELECT to_regclass(%s)", (f"{schema}.{table}",)).fetchone()
        yield None if there and there[0] else connection
