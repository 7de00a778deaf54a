"""contentkit.db beside the calendar: SQLite made for people and Datasette. Nothing that publishing depends on."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from contentkit.errors import StateError
from contentkit.models import Source
from contentkit.store.drafted_tables import DRAFTED
from contentkit.store.feed_tables import FEEDS
from contentkit.store.figure_views import FIGURE_VIEWS
from contentkit.store.figures import FIGURES
from contentkit.store.figures_by_age import figures_by_age
from contentkit.store.model_usage import MODEL_USAGE
from contentkit.store.published_parts import published_parts
from contentkit.store.reply_tables import REPLIES
from contentkit.store.source_tables import SOURCES
from contentkit.store.spending import SPENDING
from contentkit.store.visit_tables import VISITS

if TYPE_CHECKING:
    from sqlite_utils import Database

DATABASE_NAME = "contentkit.db"
# SQLite keeps two more files beside a database that lets readers read: with rows in them, as long as somebody is in it.
DATABASE_FILES = (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm")
# What the file says of itself: "CKit".
_APPLICATION = 0x434B6974
_KNOWN = "SELECT 1 FROM sources WHERE path = ? AND digest = ?"
_REGISTER = """
INSERT INTO sources (path, digest, kind, title, author, written, language, link, redactions, read_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_REGISTER_PASSAGE = (
    "INSERT INTO passages (source, kind, speaker, first_line, last_line, text) VALUES (?, ?, ?, ?, ?, ?)"
)
# How long one command waits for another one's transaction, in seconds.
_PATIENCE = 5.0
# Free pages are given back when they are more than these, and one in so many of all.
_FEW_PAGES, _ONE_IN = 1_000, 5


def _sources_and_passages(database: Database) -> None:
    for statement in SOURCES:
        database.conn.execute(statement)


def _figures(database: Database) -> None:
    for statement in FIGURES:
        database.conn.execute(statement)
    database.conn.execute(f"PRAGMA application_id = {_APPLICATION}")


def _feeds(database: Database) -> None:
    for statement in FEEDS:
        database.conn.execute(statement)


def _spending(database: Database) -> None:
    for statement in SPENDING:
        database.conn.execute(statement)


def _drafted(database: Database) -> None:
    for statement in DRAFTED:
        database.conn.execute(statement)


def _model_usage(database: Database) -> None:
    for statement in MODEL_USAGE:
        database.conn.execute(statement)


def _figures_by_age(database: Database) -> None:
    figures_by_age(database.conn)


def _replies(database: Database) -> None:
    for statement in REPLIES:
        database.conn.execute(statement)


def _visits(database: Database) -> None:
    for statement in VISITS:
        database.conn.execute(statement)


def _figure_views(database: Database) -> None:
    for statement in FIGURE_VIEWS:
        database.conn.execute(statement)


def _published_parts(database: Database) -> None:
    published_parts(database.conn)


# Numbered by their place: the history reads top to bottom, each runs once, in one transaction.
STEPS = (
    _sources_and_passages, _figures, _feeds, _spending, _drafted, _model_usage, _figures_by_age, _replies, _visits,
    _figure_views, _published_parts,
)  # fmt: skip


class _Opened:
    """A database of sqlite-utils, which is imported as soon as more than the connection is asked for: that takes a tenth of
    a second, two where numpy is installed, and who reads figures asks for nothing else."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection
        connection.execute("PRAGMA recursive_triggers = ON")  # as sqlite-utils has it

    def close(self) -> None:
        self.conn.close()

    def __getattr__(self, name: str) -> Any:
        from sqlite_utils import Database

        return getattr(Database(self.conn, execute_plugins=False), name)


def take_steps(connection: sqlite3.Connection, form: int) -> None:
    """Brings an empty database to this form."""
    for step in STEPS[:form]:
        step(cast("Database", _Opened(connection)))


def open_database(root: Path) -> Database:
    """The project's database, created or brought up to date. Raises StateError when it cannot be used."""
    refuse_links(root)
    try:
        # Transactions are begun and ended here, in so many words.
        connection = sqlite3.connect(root / DATABASE_NAME, isolation_level=None, timeout=_PATIENCE)
        try:
            database = cast("Database", _Opened(connection))
            _refuse_foreign(database)
            _refuse_newer(database)
            _let_readers_read(connection)
            _bring_up_to_date(database)
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StateError(f"{DATABASE_NAME}: cannot be used: {error}", hint=remedy(error)) from None
    return database


def has_database(root: Path) -> bool:
    """Whether there is one; a look makes none."""
    return (root / DATABASE_NAME).exists()


@contextmanager
def database_in(root: Path) -> Iterator[Database]:
    """The project's database for a while. Raises StateError for whatever cannot be done with the file."""
    database = open_database(root)
    try:
        yield database
    except sqlite3.IntegrityError:
        raise  # the tables refuse what the program should not have asked: its fault, not the disk's
    except sqlite3.DatabaseError as error:
        raise StateError(f"{DATABASE_NAME}: cannot be used: {error}", hint=remedy(error)) from None
    finally:
        database.close()


def refuse_links(root: Path) -> None:
    """Raises StateError where the database would be a file elsewhere, or none at all: what git brings may be a link."""
    for name in DATABASE_FILES:
        path = root / name
        if path.is_symlink() or (name == DATABASE_NAME and path.exists() and not path.is_file()):
            raise StateError(f"{name}: is no plain file", hint="look where it leads, and take it away")


def remedy(error: Exception) -> str:
    """What to do about a database that cannot be used."""
    if any(words in str(error) for words in ("unable to open", "readonly", "disk I/O")):
        return "its folder must be writable for you and on a local disk: SQLite keeps two more files beside it"
    if "locked" in str(error):
        return "another command is writing: try again when it has ended"
    if "already exists" in str(error):
        return "contentkit needs this name for a table of its own: give yours another one"
    if "constraint failed" in str(error):
        return "a row of it is not as contentkit wrote it: correct that, or restore the file from a backup"
    return "check its permissions and the space on the disk; a damaged one is restored from a backup"


def _refuse_foreign(database: Database) -> None:
    """Raises StateError for a database of another program, or another one of ours.

    The first format did not say whose it is, and of a file without tables that claims a newer one nobody can tell.
    """
    database.conn.execute("BEGIN")
    version, application = _version(database), database.conn.execute("PRAGMA application_id").fetchone()[0]
    tables = {name for (name,) in database.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.conn.execute("COMMIT")
    nameless = {0: not tables, 1: {"sources", "passages"} <= tables}.get(version, version > len(STEPS) and not tables)
    if application != _APPLICATION and (application or not nameless):
        raise StateError(f"{DATABASE_NAME}: is a database, but not one of these", hint="move it away")


def _refuse_newer(database: Database) -> None:
    if _version(database) > len(STEPS):
        raise StateError(
            f"{DATABASE_NAME}: written by a newer contentkit (format {_version(database)}, this one knows {len(STEPS)})",
            hint="update contentkit",
        )


def _let_readers_read(connection: sqlite3.Connection) -> None:
    """Write-ahead logging, read back: whoever looks into the database never waits for a writer, nor a writer for them."""
    deadline = time.monotonic() + _PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            # SQLite changes the mode only when nobody else is in the file, and does not wait for that by itself.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            if mode != "wal":
                raise StateError(
                    f"{DATABASE_NAME}: SQLite cannot use write-ahead logging here",
                    hint="put the project on a local disk: network shares cannot do it",
                )


def _bring_up_to_date(database: Database) -> None:
    """Takes the steps that are missing. SQLite does not look after references meanwhile: a table that others refer to is made
    anew in its place, with all its rows."""
    began = _version(database)
    if began == len(STEPS):
        return
    database.conn.execute("PRAGMA foreign_keys = OFF")
    while _version(database) < len(STEPS):
        with transaction(database):
            # Another command may have done this step while we waited for the lock.
            done = _version(database)
            if done < len(STEPS):
                aside = _set_aside(database.conn, done) if began else []
                STEPS[done](database)
                for statement in aside:
                    database.conn.execute(statement)
                database.conn.execute(f"PRAGMA user_version = {done + 1}")
    _give_room_back(database.conn)


def _set_aside(connection: sqlite3.Connection, form: int) -> list[str]:
    """Takes out the views that are not of this form, with their triggers; returns what makes them again.

    People and Datasette keep views of their own here, and SQLite renames no table while a view asks for what is not there.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as plain:
        take_steps(plain, form)
        ours = {name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    made = connection.execute(
        "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY rowid"
    )
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    theirs = [(name, sql) for name, sql in made if name not in ours | tables]
    for name in {name: None for name, _ in theirs}:
        connection.execute('DROP VIEW "{}"'.format(name.replace('"', '""')))
    return [sql for _, sql in theirs]


def _give_room_back(connection: sqlite3.Connection) -> None:
    """Tables that were made anew leave their old pages behind. Where the disk has no room for the copy that it takes to give them
    back, or somebody else is writing, they stay, and what comes next is written there."""
    free, pages = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    if free > max(_FEW_PAGES, pages // _ONE_IN):
        with suppress(sqlite3.OperationalError):
            connection.execute("VACUUM")


def _version(database: Database) -> int:
    return int(database.conn.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """All or nothing, and nobody else writes meanwhile."""
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.conn.execute("COMMIT")
    finally:
        if database.conn.in_transaction:
            database.conn.execute("ROLLBACK")


def has_source(database: Database, path: str) -> bool:
    """Whether any content of this path is known."""
    return database.conn.execute("SELECT 1 FROM sources WHERE path = ?", [path]).fetchone() is not None


def register_source(database: Database, source: Source, now: datetime) -> bool:
    """Stores a source with its passages unless exactly this content is known under this path. True when it was new.

    Raises StateError when the database cannot be written; then nothing of the source is in it.
    """
    try:
        with transaction(database):
            if database.conn.execute(_KNOWN, [source.path, source.digest]).fetchone():
                return False
            number = database.conn.execute(_REGISTER, _source_row(source, now)).lastrowid
            database.conn.executemany(_REGISTER_PASSAGE, _passage_rows(source, number))
    except (sqlite3.Error, OSError) as error:
        hint = "nothing of it was stored; make room, or wait for the other command"
        raise StateError(f"{DATABASE_NAME}: cannot be written: {error}", hint=hint) from None
    return True


def _passage_rows(source: Source, number: int | None) -> Iterator[tuple[object, ...]]:
    for passage in source.passages:
        yield number, passage.kind, passage.speaker or None, passage.first, passage.last, passage.text


def _source_row(source: Source, now: datetime) -> tuple[object, ...]:
    return (
        source.path, source.digest, source.kind, source.title or None, source.author or None,
        source.written.isoformat() if source.written else None, source.language or None, source.link or None,
        source.redactions, now.astimezone(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip
