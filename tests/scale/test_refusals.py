"""What SQLite's tables refuse, PostgreSQL's refuse, and in the same words: whatever a program believes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
import pytest

from contentkit.errors import StateError
from contentkit.publishing.amendments import AMENDMENT_MOVES, AmendmentKind, DecidedChange
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.publications import MOVES, State
from contentkit.publishing.records import Revocation
from tests.publishing.stage import Stage
from tests.scale.stages import Workspaces, stages_on

STATEMENTS = (
    *(f"UPDATE publications SET {name} = 'other'" for name in ("text", "media", "warning", "visibility", "key", "due", "zone")),
    "UPDATE publications SET state = 'unknown' WHERE state = 'planned'",
    "UPDATE publications SET state = 'planned' WHERE state = 'sent'",
    "UPDATE publications SET state = 'sent' WHERE state = 'planned'",
    "UPDATE publications SET state = 'held', reason = '' WHERE state = 'planned'",
    "UPDATE publications SET moved_to = NULL",
    "UPDATE publications SET part = parts",
    "UPDATE publications SET remote_id = 'same' WHERE state = 'planned'",
    "UPDATE publications SET part = 0 WHERE state = 'planned'",
    "UPDATE publications SET approval = 999",
    "UPDATE attempts SET detail = 'nothing happened'",
    "DELETE FROM attempts",
    "DELETE FROM approvals",
    "DELETE FROM revocations",
    "UPDATE revocations SET upto = 0",
    "DELETE FROM amendments",
    "UPDATE amendments SET why = 'other'",
    "UPDATE amendments SET state = 'unknown'",
    "INSERT INTO amendments (publication, kind, decided_by, decided_at, changed_at)"
    " SELECT id, 'edit', 'x', 'x', 'x' FROM publications",
    "INSERT INTO amendments (publication, kind, decided_by, decided_at, changed_at)"
    " SELECT id, 'delete', 'x', 'x', 'x' FROM publications WHERE state = 'sent'",
    "UPDATE ledger SET micros = 1",
    "DELETE FROM ledger",
    "INSERT INTO ledger (at, day, account, operation, resource, micros) VALUES ('x', 'x', 'x', 'x', 'x', 0)",
    "INSERT INTO claims VALUES (999)",
)  # fmt: skip


def _worked(folder: Path) -> Stage:
    """A stage of which a part is out and is to be deleted, two wait, and one approval was taken back."""
    stage = Stage(folder)
    stage.approve(texts=["one"])
    stage.run()
    row = stage.rows()[0]
    stage.journal.amendments.decide([DecidedChange(row=row, kind=AmendmentKind.DELETE)], by="Ana", why="")
    stage.approve("second", texts=["a", "b"])
    now = stage.clock.now()
    taken = Revocation(id=0, entry="x", digest="d", upto=1, by="Ana", at=now, trust="local", reason="", seal="s")
    stage.journal.approvals.revoke(taken, ())
    with stage.journal._db.transaction():
        stage.journal._db.execute(
            "INSERT INTO ledger (at, day, account, operation, resource, micros) VALUES ('x', 'x', 'x', 'x', 'x', 5)"
        )
    return stage


@pytest.fixture
def stages(workspaces: Workspaces, tmp_path: Path) -> Iterator[Sequence[Stage]]:
    """The same on SQLite and on PostgreSQL."""
    here = _worked(tmp_path / "sqlite")
    with stages_on(workspaces):
        yield here, _worked(tmp_path / "postgres")
    here.close()


def _refusal(stage: Stage, statement: str) -> str:
    """Why the database does not carry this out; empty where it does. Nothing of it stays."""
    try:
        with stage.journal._db.transaction():
            stage.journal._db.execute(statement)
            raise StateError("carried out")
    except StateError:
        return ""
    except (sqlite3.IntegrityError, psycopg.IntegrityError) as error:
        return str(error).splitlines()[0]


def test_both_databases_refuse_the_same(stages: Sequence[Stage]) -> None:
    kinds = ("CHECK", "UNIQUE", "FOREIGN KEY", "check constraint", "unique constraint", "foreign key constraint")
    for statement in STATEMENTS:
        here, there = (_refusal(stage, statement) for stage in stages)
        assert here, f"SQLite lets it happen: {statement}"
        assert there, f"PostgreSQL lets it happen: {statement}"
        assert here == there or any(kind in here for kind in kinds), (statement, here, there)


@pytest.mark.parametrize(("table", "moves"), [("publications", MOVES), ("amendments", AMENDMENT_MOVES)])
def test_both_databases_know_the_same_moves(
    stages: Sequence[Stage], table: str, moves: dict[State, set[State]]
) -> None:
    for stage in stages:
        legal = {old: {new for new in State if new != old and _may_move(stage, table, old, new)} for old in State}
        assert legal == {old: set(moves[old]) - {old} for old in State}


def _may_move(stage: Stage, table: str, old: State, new: State) -> bool:
    """Whether a row may go from one state to the other; it comes to the first by ways that are open to it."""
    row = f"(SELECT max(id) FROM {table})"
    database = stage.journal._db
    try:
        with database.transaction():
            _bring(stage, table, row, old)
            database.execute(f"UPDATE {table} SET state = ?, reason = 'because' WHERE id = {row}", (new,))
            raise StateError("it may")
    except StateError:
        return True
    except (sqlite3.IntegrityError, psycopg.IntegrityError):
        return False


def _bring(stage: Stage, table: str, row: str, state: State) -> None:
    way = {"sending": ["sending"], "unknown": ["sending", "unknown"], "sent": ["sending", "sent"]}
    if table == "publications":
        stage.journal._db.execute(f"UPDATE publications SET remote_id = '77' WHERE id = {row}")
    for step in way.get(state, [] if state == "planned" else [str(state)]):
        stage.journal._db.execute(f"UPDATE {table} SET state = ?, reason = 'because' WHERE id = {row}", (step,))


def test_both_databases_have_the_same_columns(stages: Sequence[Stage], workspaces: Workspaces) -> None:
    here, _ = stages
    with connect(workspaces.address) as connection:
        database = PostgresConnection(connection)
        for row in here.journal._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            table = row["name"]
            columns = {
                one["name"]: bool(one["notnull"] or one["pk"])
                for one in here.journal._db.execute(f"PRAGMA table_info({table})")
            }
            others = database.execute(
                "SELECT column_name AS name, is_nullable AS nullable FROM information_schema.columns WHERE table_name = ?",
                (table,),
            ).fetchall()
            found = {one["name"]: one["nullable"] == "NO" for one in others}
            assert found.pop("workspace"), table
            assert found == columns, table
