"""Tables and views as files: CSV that says what is not known, Parquet with types."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet
import pytest

from contentkit.errors import ContentError, StateError, UsageError
from contentkit.store import contents
from contentkit.store.database import DATABASE_NAME, open_database
from contentkit.store.exports import Exported, Form, export
from tests.store.parts import add_part

FORMS: list[Form] = ["csv", "parquet"]
HOSTILE = [
    '=HYPERLINK("https://x.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    'a "word", a\r\nline',
    "¿Qué? 🙂",
    "'",
    "NULL",
]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        yield connection


def fill(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO entries (id, campaign, title) VALUES ('launch', 'spring', '')")
    add_part(
        connection, account="ours", platform="x", published_at="2026-11-20T09:00:00Z", id=1, entry="launch", part=0, parts=1,
        post=0, remote_id="5", url="",
    )  # fmt: skip
    for number, likes in enumerate((0, None, 7), 1):
        connection.execute(
            "INSERT INTO snapshots (publication, number, age, taken, likes) VALUES (1, ?, 24, 1795000000 + ?, ?)",
            (number, number, likes),
        )
    connection.execute(
        """INSERT INTO visits (analytics, tags, first_day, last_day, utm_source, visits, imported_at)
           VALUES ('ga4', 'utm_source', '2026-11-01', '2026-11-30', '', 3, '2026-12-01T00:00:00Z')"""
    )


def written(root: Path, form: Form, *names: str) -> list[Exported]:
    told: list[Exported] = []
    done = export(root, root / "out", form, names, told.append)
    assert told == done
    return done


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("form", FORMS)
def test_every_table_and_view_is_written_if_none_is_named(
    database: sqlite3.Connection, tmp_path: Path, form: Form
) -> None:
    fill(database)
    done = {one.name: one for one in written(tmp_path, form)}
    assert set(done) == {one.name for one in contents.relations_in(database)}
    assert (done["snapshots"].rows, done["campaigns"].rows, done["feeds"].rows) == (3, 2, 0)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.{form}" for name in done}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}


def test_in_csv_nothing_is_unknown_and_an_empty_text_is_empty(database: sqlite3.Connection, tmp_path: Path) -> None:
    fill(database)
    written(tmp_path, "csv", "entries", "snapshots")
    head, row = (tmp_path / "out/entries.csv").read_text("utf-8").splitlines()
    assert head.startswith('"id","draft","title","campaign",')
    assert row == '"launch",,"","spring",,,,,,'
    counted = [line[7] for line in lines(tmp_path / "out/snapshots.csv")]
    assert counted == ["likes", "0", "", "7"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_is_a_formula_and_all_of_it_comes_back(
    database: sqlite3.Connection, tmp_path: Path, words: str
) -> None:
    database.execute("INSERT INTO entries (id, title) VALUES ('launch', ?)", (words,))
    written(tmp_path, "csv", "entries")
    written(tmp_path, "parquet", "entries")
    [_, row] = lines(tmp_path / "out/entries.csv")
    assert row[2] == (f"'{words}" if words[0] in "=+-@\t" else words)
    assert pyarrow.parquet.read_table(tmp_path / "out/entries.parquet")["title"].to_pylist() == [words]


def test_numbers_below_zero_stay_numbers(database: sqlite3.Connection, tmp_path: Path) -> None:
    database.execute(
        "INSERT INTO reads (day, platform, account, kind, remote_id, counts_as)"
        " VALUES ('2026-11-01', 'x', 'a', 'status', '5', -1)"
    )
    written(tmp_path, "csv", "reads")
    assert (tmp_path / "out/reads.csv").read_text("utf-8").endswith(',"5",-1\n')


def test_parquet_has_whole_numbers_days_and_moments(database: sqlite3.Connection, tmp_path: Path) -> None:
    fill(database)
    written(tmp_path, "parquet")
    [post] = pyarrow.parquet.read_table(tmp_path / "out/publications.parquet").to_pylist()
    assert (post["published_at"], post["part"], post["text"]) == (datetime(2026, 11, 20, 9, tzinfo=UTC), 0, None)
    [visit] = pyarrow.parquet.read_table(tmp_path / "out/visits.parquet").to_pylist()
    assert (visit["first_day"], visit["utm_source"], visit["utm_medium"]) == (date(2026, 11, 1), "", None)
    schema = pyarrow.parquet.read_schema(tmp_path / "out/campaigns.parquet")
    kinds = {name: str(schema.field(name).type) for name in ("campaign", "n", "mean_engagement", "first_published_at")}
    assert kinds == {
        "campaign": "string", "n": "int64", "mean_engagement": "double", "first_published_at": "timestamp[us, tz=UTC]",
    }  # fmt: skip


def test_what_is_no_moment_is_told_by_its_column(database: sqlite3.Connection, tmp_path: Path) -> None:
    database.execute("INSERT INTO feeds (address, asked_at) VALUES ('https://a.example', 'yesterday')")
    with pytest.raises(StateError, match=r"contentkit\.db: feeds\.asked_at: .*yesterday") as caught:
        written(tmp_path, "parquet")
    assert "--csv" in caught.value.hint
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("form", FORMS)
def test_more_rows_than_are_held_at_once_are_all_written(
    database: sqlite3.Connection, tmp_path: Path, form: Form
) -> None:
    database.execute(
        """WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 45000)
           INSERT INTO entry_sources SELECT 'launch', printf('notes/%06d.md', n) FROM counted"""
    )
    [one] = written(tmp_path, form, "entry_sources")
    names = (
        [row[1] for row in lines(one.file)[1:]]
        if form == "csv"
        else pyarrow.parquet.read_table(one.file)["source"].to_pylist()
    )
    assert one.rows == 45000
    assert names == [f"notes/{number:06}.md" for number in range(1, 45001)]


def test_an_export_replaces_nothing_and_then_writes_nothing(database: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/feeds.csv").write_text("mine")
    with pytest.raises(ContentError, match=r"feeds\.csv: exists already"):
        written(tmp_path, "csv", "entries", "feeds")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["feeds.csv"]
    assert (tmp_path / "out/feeds.csv").read_text() == "mine"


def test_a_name_that_is_no_table_is_told_with_the_nearest(database: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table and no view 'snapshot'") as caught:
        written(tmp_path, "csv", "snapshot")
    assert "snapshots" in caught.value.hint
    assert not (tmp_path / "out").exists()


def test_a_table_whose_name_is_a_path_is_passed_over(database: sqlite3.Connection, tmp_path: Path) -> None:
    database.execute('CREATE TABLE "../outside" (a)')
    written(tmp_path, "csv")
    assert not (tmp_path / "outside.csv").exists()
    with pytest.raises(UsageError):
        export(tmp_path, tmp_path / "other", "csv", ["../outside"], lambda one: None)


def test_all_files_are_of_one_moment_while_others_write(database: sqlite3.Connection, tmp_path: Path) -> None:
    fill(database)

    def write(_: Exported) -> None:
        database.execute("INSERT INTO entries (id) VALUES (hex(randomblob(4)))")

    done = export(tmp_path, tmp_path / "out", "csv", ["feeds", "entries"], write)
    assert [one.rows for one in done] == [0, 1]
    assert database.execute("SELECT count(*) FROM entries").fetchone() == (3,)
