from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.store.database import DATABASE_NAME, open_database
from tests.cli.shell import Shell

NONE_YET = "There is no contentkit.db yet: 'contentkit ingest' and 'contentkit sync' make it.\n"


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A project that read one note."""
    assert shell.run("ingest", "notes/call.md").code == 0
    return shell


def test_without_a_database_each_command_says_so_and_makes_none(shell: Shell) -> None:
    before = shell.files()
    assert (shell.run("db").code, shell.run("db").err) == (0, NONE_YET)
    assert shell.run("db", "--json").json is None
    path = shell.run("db", "path")
    assert (path.code, path.out, path.err) == (0, f"{shell.project / DATABASE_NAME}\n", NONE_YET)
    check = shell.run("db", "check")
    assert (check.code, check.out, check.err) == (0, "", NONE_YET)
    for arguments in (["backup"], ["export", "--csv", "out"]):
        ran = shell.run("db", *arguments)
        assert (ran.code, ran.out) == (1, "")
        assert f"there is nothing to {arguments[0].replace('backup', 'back up')}" in ran.err
    assert shell.files() == before


def test_a_pipe_gets_a_row_for_each_table_and_view(filled: Shell) -> None:
    ran = filled.run("db")
    heading, *rows = ran.rows
    known = {row[0]: dict(zip(heading, row, strict=True)) for row in rows}
    assert (known["passages"]["kind"], known["passages"]["rows"]) == ("table", "4")
    assert (known["campaigns"]["kind"], known["campaigns"]["rows"]) == ("view", "")
    assert known["sources"]["one row is"] == "a note, transcript or post as it was when it was read"
    assert re.fullmatch(rf"{filled.project / DATABASE_NAME}: [\d.]+ kB, form \d+\n", ran.err)


def test_a_terminal_of_80_columns_shows_it_in_time_for_people(filled: Shell) -> None:
    lines = filled.run_in_terminal("db").out.splitlines()
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip()) for line in lines) <= 80
    assert any(line.split()[:2] == ["passages", "4"] for line in lines)


def test_programs_get_where_it_is_how_large_and_in_which_form(filled: Shell) -> None:
    told = filled.run("db", "--json").json
    assert told["path"] == str(filled.project / DATABASE_NAME)
    assert told["bytes"] >= (filled.project / DATABASE_NAME).stat().st_size
    assert told["form"] == told["newest_form"]
    [passages] = [one for one in told["relations"] if one["name"] == "passages"]
    assert (passages["kind"], passages["rows"]) == ("table", 4)
    assert {one["rows"] for one in told["relations"] if one["kind"] == "view"} == {None}


def test_an_older_form_is_told_and_left_as_it_is(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.project / DATABASE_NAME)) as connection:
        connection.execute("PRAGMA application_id = 0x434B6974")
        connection.execute("PRAGMA user_version = 3")
    before = shell.files()
    assert "form 3 of " in shell.run("db").err
    assert shell.files() == before


def test_a_backup_lies_in_the_private_folder_of_this_machine_and_can_be_gone_back_to(filled: Shell) -> None:
    ran = filled.run("db", "backup")
    assert ran.code == 0
    copy = Path(ran.out.strip())
    assert copy.parent == filled.state / "backups"
    assert re.fullmatch(r"contentkit-\d{4}-\d\d-\d\dT\d{6}Z\.db", copy.name)
    assert (copy.parent.stat().st_mode & 0o777, copy.stat().st_mode & 0o777) == (0o700, 0o600)
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"):
        (filled.project / name).unlink(missing_ok=True)
    (filled.project / DATABASE_NAME).write_bytes(copy.read_bytes())
    assert filled.run("db", "check").code == 0
    assert ["passages", "table", "4"] in [row[:3] for row in filled.run("db").rows]


def test_a_backup_goes_to_a_folder_or_a_file_and_replaces_none(filled: Shell) -> None:
    (filled.project / "usb").mkdir()
    assert Path(filled.run("db", "backup", "usb").out.strip()).parent == Path("usb")
    assert filled.run("db", "backup", "usb/one.db").code == 0
    before = (filled.project / "usb/one.db").read_bytes()
    ran = filled.run("db", "backup", "usb/one.db")
    assert (ran.code, ran.out) == (1, "")
    assert "usb/one.db: exists already" in ran.err
    assert (filled.project / "usb/one.db").read_bytes() == before


def test_a_sound_database_is_told_and_a_broken_one_ends_with_1(filled: Shell) -> None:
    ran = filled.run("db", "check")
    assert (ran.code, ran.out, ran.err) == (0, "", "contentkit.db is sound.\n")
    assert not (filled.state / "journal.db").exists()
    with closing(sqlite3.connect(filled.project / DATABASE_NAME)) as connection:
        connection.execute("DROP VIEW campaigns")
        connection.execute("DELETE FROM sources")
        connection.commit()
    ran = filled.run("db", "check")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "contentkit.db: 4 rows of passages name what is not in sources",
        "contentkit.db: campaigns is missing",
    ]
    assert ran.err.startswith("  restore it from a backup")
    told = filled.run("db", "check", "--json")
    assert (told.code, len(told.json["faults"])) == (1, 2)


def test_tables_are_exported_as_csv(filled: Shell) -> None:
    ran = filled.run("db", "export", "--csv", "out", "passages", "campaigns")
    assert (ran.code, ran.out) == (0, "out/passages.csv\nout/campaigns.csv\n")
    assert ran.err == "passages: 4 rows\ncampaigns: 0 rows\n"
    assert len((filled.project / "out/passages.csv").read_text("utf-8").splitlines()) == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "as CSV or as Parquet?"),
        (["--csv", "a", "--parquet", "b"], "as CSV or as Parquet?"),
        (["--csv", "out", "passage"], "there is no table and no view 'passage'"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(filled: Shell, arguments: list[str], said: str) -> None:
    before = filled.files()
    ran = filled.run("db", "export", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert filled.files() == before


def test_a_database_that_is_a_link_is_not_followed(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    open_database(tmp_path / "elsewhere").close()
    (shell.project / DATABASE_NAME).symlink_to(tmp_path / "elsewhere" / DATABASE_NAME)
    for arguments in ([], ["backup"], ["check"], ["export", "--csv", "out"]):
        ran = shell.run("db", *arguments)
        assert ran.code == 1, arguments
        assert "contentkit.db: is no plain file" in ran.err


def test_datasette_is_told_what_everything_means_without_a_database(shell: Shell) -> None:
    told = shell.run("db", "metadata").json["databases"]["contentkit"]
    assert told["tables"]["published_parts"]["label_column"] in told["tables"]["published_parts"]["columns"]
    assert told["tables"]["snapshots"]["description"].startswith("One row is one reading of one publication. Rows are")
    assert all(one["columns"] and all(one["columns"].values()) for one in told["tables"].values())
    assert told["queries"]["what-did-it-cost"]["sql"].startswith("select month, account")
    assert not (shell.project / DATABASE_NAME).exists()
