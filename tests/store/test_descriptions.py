"""Every table, view and column of contentkit.db is described, and the queries of the documentation run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.store.contents import Relation, relations_in
from contentkit.store.database import DATABASE_NAME, open_database
from contentkit.store.descriptions import descriptions, questions


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection:
        yield connection


@pytest.fixture
def relations(connection: sqlite3.Connection) -> dict[str, Relation]:
    return {one.name: one for one in relations_in(connection)}


def test_every_table_and_view_is_described_and_none_that_is_not_there(relations: dict[str, Relation]) -> None:
    assert set(descriptions()) == set(relations)


def test_every_column_is_described(relations: dict[str, Relation]) -> None:
    known = descriptions()
    silent = [
        f"{name}.{column}" for name, one in relations.items() for column in one.columns if not known[name].of(column)
    ]
    assert silent == []


def test_no_column_is_described_that_is_not_there(relations: dict[str, Relation]) -> None:
    known = descriptions()
    columns = {column for one in relations.values() for column in one.columns}
    assert {
        f"{name}.{column}" for name in known for column in known[name].own if column not in relations[name].columns
    } == set()
    assert set(known["reads"].usual) <= columns


@pytest.mark.parametrize("question", questions())
def test_the_queries_of_the_documentation_run(connection: sqlite3.Connection, question: str) -> None:
    assert question.endswith("?")
    assert connection.execute(questions()[question]).description


def test_every_reference_to_a_row_is_one_that_sqlite_keeps(connection: sqlite3.Connection) -> None:
    kept = {
        (name, column, table)
        for name in descriptions()
        for table, column in connection.execute('SELECT "table", "from" FROM pragma_foreign_key_list(?)', (name,))
    }
    assert {
        ("snapshots", "publication", "published_parts"),
        ("published_parts", "entry", "entries"),
        ("published_parts", "account", "accounts"),
        ("published_parts", "owner", "owners"),
        ("entry_sources", "entry", "entries"),
        ("passages", "source", "sources"),
        ("feed_items", "feed", "feeds"),
        ("drafted_posts", "drafting", "draftings"),
        ("drafted_sources", "drafting", "draftings"),
        ("ledger", "takes_back", "ledger"),
        ("replies", "answers_to", "published_parts"),
    } <= kept
