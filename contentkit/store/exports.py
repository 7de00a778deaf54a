"""Tables and views as files for other programs, all of one moment, row by row: none of them has to fit into memory.

In CSV a text stands in quotation marks and a number does not; nothing at all stands for what is not known, and ``""`` for an
empty text. A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, in which somebody else's words
could do things: an apostrophe before it says that it is none. Parquet keeps texts letter for letter.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from contentkit.errors import ContentError, StateError, UsageError
from contentkit.files import place_new
from contentkit.store.contents import Relation, in_batches, relations_in, rows_of
from contentkit.store.database import DATABASE_NAME, refuse_links, remedy
from contentkit.store.reading import one_moment
from contentkit.strict_yaml import nearest
from contentkit.text import no_formula
from contentkit.values import dataclass

Form = Literal["csv", "parquet"]


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A file that was written: from which table or view, with how many rows."""

    name: str
    file: Path
    rows: int


def export(
    root: Path, folder: Path, form: Form, names: Sequence[str], told: Callable[[Exported], None]
) -> list[Exported]:
    """Writes these tables and views of the project's database, or all if none is named, each to a file of its name.

    ``told`` is told of each. The files get their names when all of them are written. Raises UsageError for a name that is none of
    them, ContentError where a file is there already, StateError when the database cannot be read or a file not be written.
    """
    refuse_links(root)
    with ExitStack() as stack:
        connection = stack.enter_context(one_moment(root / DATABASE_NAME, remedy))
        wanted = _named(relations_in(connection), names)
        files = [folder / f"{one.name}.{form}" for one in wanted]
        _refuse_taken(files)
        _make(folder)
        written = []
        for relation, file in zip(wanted, files, strict=True):
            temporary = stack.enter_context(_temporary(file))
            written.append(
                (temporary, Exported(name=relation.name, file=file, rows=_write(connection, relation, temporary, form)))
            )
            told(written[-1][1])
        for temporary, one in written:
            place_new(temporary, one.file)
    return [one for _, one in written]


def _named(known: Sequence[Relation], names: Sequence[str]) -> list[Relation]:
    by_name = {one.name: one for one in known}
    for name in names:
        if name not in by_name:
            raise UsageError(f"there is no table and no view '{name}'", hint=nearest(name, by_name))
    return [by_name[name] for name in dict.fromkeys(names)] if names else list(known)


def _refuse_taken(files: Sequence[Path]) -> None:
    taken = [file for file in files if os.path.lexists(file)]
    if taken:
        raise ContentError(
            f"{taken[0]}: exists already", hint="name an empty folder, or one of today: an export replaces nothing"
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None


@contextmanager
def _temporary(file: Path) -> Iterator[Path]:
    """A file of its owner's beside what it will be; gone in the end where it did not become that."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=file.parent)
    except OSError as error:
        raise _unwritable(file, error) from None
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _write(connection: sqlite3.Connection, relation: Relation, temporary: Path, form: Form) -> int:
    from contentkit.store.parquet import write_parquet

    try:
        count = (write_csv if form == "csv" else write_parquet)(connection, relation, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise _unwritable(temporary.parent / f"{relation.name}.{form}", error) from None
    return count


def write_csv(connection: sqlite3.Connection, relation: Relation, file: Path) -> int:
    """Writes a table or a view as CSV in UTF-8 with a line of headings; returns the number of its rows."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(_line(relation.columns))
        for rows in in_batches(rows_of(connection, relation)):
            out.writelines(map(_line, rows))
            count += len(rows)
    return count


def _line(cells: Iterable[object]) -> str:
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return '"' + no_formula(value).replace('"', '""') + '"'


def _unwritable(path: Path, error: OSError) -> StateError:
    return StateError(f"{path}: cannot be written: {error.strerror or error}", hint="make room, or name another folder")
