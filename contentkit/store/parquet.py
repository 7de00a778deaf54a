"""A table or a view as a Parquet file: whole numbers, texts, moments in UTC and days as what they are."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contentkit.errors import StateError
from contentkit.store.contents import Relation, in_batches, rows_of
from contentkit.store.database import DATABASE_NAME

if TYPE_CHECKING:
    import pyarrow

_DECLARED = {"INTEGER": "integer", "TEXT": "text", "REAL": "real"}
_DAYS = ("day", "first_day", "last_day")


def write_parquet(connection: sqlite3.Connection, relation: Relation, file: Path) -> int:
    """Writes the file; returns the number of its rows.

    Raises StateError without pyarrow, and for what is no moment or no number but should be.
    """
    pyarrow = _pyarrow()
    schema = pyarrow.schema([(name, _type(pyarrow, name, kind)) for name, kind in _kinds(connection, relation).items()])
    count = 0
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in in_batches(rows_of(connection, relation)):
            columns = zip(schema, zip(*rows, strict=True), strict=True)
            arrays = [_array(pyarrow, relation, field, values) for field, values in columns]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
            count += len(rows)
    return count


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise StateError(
            "Parquet files are written by pyarrow, which is not installed", hint="pip install 'contentkit[parquet]'"
        ) from None
    return pyarrow


def _kinds(connection: sqlite3.Connection, relation: Relation) -> dict[str, str]:
    """Each column's kind: as it is declared; where a view computes it, as its values are."""
    kinds = {name: _DECLARED.get(declared, "") for name, declared in relation.columns.items()}
    unknown = [name for name, kind in kinds.items() if not kind]
    if unknown:
        seen = ", ".join(f"max(typeof({name}) = 'text'), max(typeof({name}) = 'real')" for name in unknown)
        found = connection.execute(f"SELECT {seen} FROM {relation.name}").fetchone()  # noqa: S608 - plain names
        for place, name in enumerate(unknown):
            has_text, has_real = found[2 * place], found[2 * place + 1]
            kinds[name] = "text" if has_text else "real" if has_real else "integer"
    return kinds


def _type(pyarrow: Any, name: str, kind: str) -> pyarrow.DataType:
    if kind == "text" and (name == "at" or name.endswith("_at")):
        return pyarrow.timestamp("us", tz="UTC")
    if kind == "text" and name in _DAYS:
        return pyarrow.date32()
    return {"integer": pyarrow.int64(), "real": pyarrow.float64(), "text": pyarrow.string()}[kind]


def _array(pyarrow: Any, relation: Relation, field: Any, values: tuple[object, ...]) -> Any:
    try:
        if pyarrow.types.is_temporal(field.type):
            return pyarrow.array(values, pyarrow.string()).cast(field.type)
        return pyarrow.array(values, field.type)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError) as error:
        what = str(error).partition("\n")[0]
        raise StateError(
            f"{DATABASE_NAME}: {relation.name}.{field.name}: {what}",
            hint="CSV takes it as it is: contentkit db export --csv",
        ) from None
