from __future__ import annotations

import os
import sqlite3
import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.opening import open_journal
from contentkit.publishing.publications import MOVES, State
from contentkit.publishing.schema import JOURNAL_NAME, STEPS
from tests.publishing.stage import Stage, WoundClock


def _raw(stage: Stage) -> sqlite3.Connection:
    return sqlite3.connect(stage.folder / JOURNAL_NAME, isolation_level=None)


def test_the_journal_is_durable_and_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        journal = open_journal(tmp_path, WoundClock(), "here")
    finally:
        os.umask(before)
    names = ("journal_mode", "synchronous", "foreign_keys")
    values = {name: journal._db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    journal.close()
    assert values == {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1}
    assert stat.S_IMODE((tmp_path / JOURNAL_NAME).stat().st_mode) == 0o600


def test_a_journal_from_a_newer_program_is_refused_unchanged(tmp_path: Path) -> None:
    open_journal(tmp_path, WoundClock(), "here").close()
    raw = sqlite3.connect(tmp_path / JOURNAL_NAME)
    raw.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    raw.close()
    before = (tmp_path / JOURNAL_NAME).read_bytes()
    with pytest.raises(StateError, match="newer contentkit"):
        open_journal(tmp_path, WoundClock(), "here")
    assert (tmp_path / JOURNAL_NAME).read_bytes() == before


def _written_before_pictures(folder: Path) -> None:
    raw = sqlite3.connect(folder / JOURNAL_NAME)
    raw.executescript((Path(__file__).parent / "journals" / "format-1.sql").read_text())
    raw.close()


def _tables(folder: Path) -> list[tuple[str, str]]:
    open_journal(folder, WoundClock(), "this-machine").close()
    raw = sqlite3.connect(folder / JOURNAL_NAME)
    tables = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    raw.close()
    return tables


def test_a_journal_from_before_pictures_gets_the_tables_of_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    _written_before_pictures(tmp_path / "old")
    assert _tables(tmp_path / "old") == _tables(tmp_path / "new")


def test_a_journal_from_before_pictures_keeps_all_it_knew(tmp_path: Path) -> None:
    _written_before_pictures(tmp_path)
    raw = sqlite3.connect(tmp_path / JOURNAL_NAME)
    before = list(raw.iterdump())
    raw.close()
    open_journal(tmp_path, WoundClock(), "this-machine").close()
    raw = sqlite3.connect(tmp_path / JOURNAL_NAME)
    for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {trigger}")
    for column in ("media", "wall", "zone", "moved_to"):
        raw.execute(f"ALTER TABLE publications DROP COLUMN {column}")
    for column in ("answer", "amendment"):
        raw.execute(f"ALTER TABLE attempts DROP COLUMN {column}")
    after = list(raw.iterdump())
    raw.close()
    assert [line for line in before if line.startswith("INSERT")] == [
        line for line in after if line.startswith("INSERT")
    ]


@pytest.mark.sqlite
def test_a_thread_from_before_pictures_goes_on_where_it_was(tmp_path: Path) -> None:
    _written_before_pictures(tmp_path)
    stage = Stage(tmp_path)
    assert [thread.entry for thread in stage.journal.threads.open()] == ["doubted", "held", "planned"]
    head = stage.rows("planned")[0]
    assert head.media == ()
    assert stage.journal.publications.claim(head, parent="", watermark="") is not None
    stage.close()


def test_a_damaged_journal_is_an_error_and_not_a_new_journal(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(StateError, match="cannot be used"):
        open_journal(tmp_path, WoundClock(), "here")


def test_a_journal_in_wal_mode_is_brought_back(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / JOURNAL_NAME)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("CREATE TABLE x (y)")
    raw.execute("DROP TABLE x")
    raw.close()
    journal = open_journal(tmp_path, WoundClock(), "here")
    assert journal._db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    journal.close()


def test_two_programs_that_start_together_make_one_journal(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    barrier = threading.Barrier(4)

    def start() -> None:
        barrier.wait()
        try:
            open_journal(tmp_path, WoundClock(), "here").close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.sqlite
def test_the_database_itself_allows_only_the_moves_of_the_state_machine(stage: Stage) -> None:
    stage.approve(texts=["one"])
    raw = _raw(stage)
    [(trigger,)] = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'only_legal_moves'").fetchall()
    raw.close()
    allowed = set()
    for old in State:
        for new in State:
            if old is new:
                continue
            raw = _raw(stage)
            raw.execute("DROP TRIGGER only_legal_moves")
            raw.execute("UPDATE publications SET state = ?, remote_id = '1', reason = 'because'", (old,))
            raw.execute(trigger)
            try:
                raw.execute("UPDATE publications SET state = ?", (new,))
                allowed.add((old, new))
            except sqlite3.IntegrityError:
                pass
            raw.close()
    assert allowed == {(old, new) for old, targets in MOVES.items() for new in targets}


@pytest.mark.parametrize("column", ["text", "media", "warning", "visibility", "language", "key", "due"])
@pytest.mark.sqlite
def test_what_was_approved_cannot_be_changed_in_the_journal(stage: Stage, column: str) -> None:
    stage.approve()
    raw = _raw(stage)
    with pytest.raises(sqlite3.IntegrityError, match="what was approved"):
        raw.execute(f"UPDATE publications SET {column} = 'other'")
    raw.close()


@pytest.mark.sqlite
def test_attempts_are_history(stage: Stage) -> None:
    stage.approve(texts=["one"])
    stage.run()
    raw = _raw(stage)
    for statement in ("DELETE FROM attempts", "UPDATE attempts SET detail = 'nothing happened'"):
        with pytest.raises(sqlite3.IntegrityError, match="history"):
            raw.execute(statement)
    raw.close()
    assert [one["move"] for one in stage.journal.history.of_part(1)] == ["planned>sending", "sending>sent"]


def test_each_attempt_is_noted_with_its_number_whatever_its_caller_has_read(stage: Stage) -> None:
    stage.approve(texts=["one"])
    (planned,) = stage.rows()
    for number in (1, 2):
        attempt = stage.journal.publications.claim(planned, parent="", watermark="")
        assert attempt is not None
        assert attempt.attempts == number
        stage.journal.publications.postpone(attempt, "not now", None)
    noted = [one["detail"] for one in stage.journal.history.of_part(planned.id) if one["move"] == "planned>sending"]
    assert noted == ["attempt 1", "attempt 2"]


def test_a_part_is_claimed_once_by_however_many_programs(stage: Stage) -> None:
    stage.approve(texts=["one"])
    row = stage.rows()[0]
    journals = [stage.reopened() for _ in range(2)]
    claims = [journal.publications.claim(row, parent="", watermark="") for journal in journals]
    assert [claim is not None for claim in claims] == [True, False]


def test_a_later_part_cannot_be_claimed_before_the_earlier_one_is_sent(stage: Stage) -> None:
    stage.approve()
    first, second, _ = stage.rows()
    assert stage.journal.publications.claim(second, parent="x", watermark="") is None
    claimed = stage.journal.publications.claim(first, parent="", watermark="")
    assert claimed is not None
    assert stage.journal.publications.claim(second, parent="x", watermark="") is None
    stage.journal.publications.confirm(claimed, "1", "", "sent")
    assert stage.journal.publications.claim(second, parent="1", watermark="") is not None


def test_nothing_is_claimed_after_stop_nor_before_the_wait_is_over(stage: Stage) -> None:
    stage.approve(texts=["one"])
    row = stage.rows()[0]
    stage.journal.note({Fact.STOPPED: "now"})
    assert stage.journal.publications.claim(row, parent="", watermark="") is None
    stage.journal.note({Fact.STOPPED: ""})
    claimed = stage.journal.publications.claim(row, parent="", watermark="")
    assert claimed is not None
    stage.journal.publications.postpone(claimed, "slow down", stage.clock.now() + timedelta(minutes=5))
    row = stage.rows()[0]
    assert stage.journal.publications.claim(row, parent="", watermark="") is None
    stage.clock.wind(timedelta(minutes=6))
    assert stage.journal.publications.claim(row, parent="", watermark="") is not None


def test_a_verb_on_a_row_that_somebody_else_moved_fails_loudly(stage: Stage) -> None:
    stage.approve(texts=["one"])
    row = stage.rows()[0]
    stage.journal.publications.hold(row, "for a reason")
    with pytest.raises(StateError, match="no longer planned"):
        stage.journal.publications.hold(row, "again")


def test_a_wait_does_not_touch_a_part_that_is_on_its_way(stage: Stage) -> None:
    stage.approve(texts=["one"])
    planned = stage.rows()[0]
    stage.journal.publications.claim(planned, parent="", watermark="")
    stage.journal.waits.grant(planned, "the picture is processed", stage.clock.now() + timedelta(hours=1))
    row = stage.rows()[0]
    assert (row.reason, row.not_before) == ("", None)


@pytest.mark.sqlite
def test_an_intent_that_cannot_be_written_gives_no_right_to_send(stage: Stage) -> None:
    stage.approve(texts=["one"])
    row = stage.rows()[0]
    blocker = _raw(stage)
    blocker.execute("BEGIN EXCLUSIVE")
    stage.journal._db.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StateError, match="locked"):
        stage.journal.publications.claim(row, parent="", watermark="")
    blocker.execute("ROLLBACK")
    blocker.close()
    assert stage.states() == [State.PLANNED]


def test_approving_anew_replaces_what_has_not_left_and_keeps_what_has(stage: Stage) -> None:
    stage.approve(texts=["one", "two", "three"])
    first = stage.rows()[0]
    claimed = stage.journal.publications.claim(first, parent="", watermark="")
    assert claimed is not None
    stage.journal.publications.confirm(claimed, "1", "", "sent")
    stage.approve(texts=["one", "zwei"], digest="sha256:2")
    assert [(row.text, row.state, row.parts) for row in stage.rows()] == [
        ("one", State.SENT, 2),
        ("zwei", State.PLANNED, 2),
    ]
    assert stage.journal.approvals.numbered(stage.rows()[1].approval).digest == "sha256:2"


def test_a_wait_for_absence_starts_again_after_a_reboot(stage: Stage) -> None:
    stage.approve(texts=["one"])
    claimed = stage.journal.publications.claim(stage.rows()[0], parent="", watermark="")
    assert claimed is not None
    row = stage.journal.doubts.looked(stage.journal.publications.doubt(claimed, "no answer"), "not there")
    assert (row.looks, row.doubted_boot) == (1, "boot-1")
    stage.clock.reboot()
    row = stage.journal.doubts.looked(row, "not there")
    assert (row.looks, row.doubted_boot, row.doubted_uptime) == (1, "boot-1+", 10.0)


def test_what_another_run_has_found_meanwhile_is_looked_for_no_more(stage: Stage) -> None:
    stage.approve(texts=["one"])
    claimed = stage.journal.publications.claim(stage.rows()[0], parent="", watermark="")
    assert claimed is not None
    row = stage.journal.publications.doubt(claimed, "no answer")
    stage.journal.publications.confirm(row, "1", "", "found")
    with pytest.raises(MovedMeanwhile):
        stage.journal.doubts.looked(row, "not there")
    assert [(row.state, row.looks) for row in stage.rows()] == [(State.SENT, 0)]


def test_what_became_of_a_part_since_it_was_told_is_still_to_tell(stage: Stage) -> None:
    stage.approve(texts=["one"])
    claimed = stage.journal.publications.claim(stage.rows()[0], parent="", watermark="")
    assert claimed is not None
    row = stage.journal.publications.doubt(claimed, "no answer")
    stage.journal.publications.hold(row, "another run looked for it in vain")
    stage.journal.mark_told([(row.id, State.UNKNOWN)])
    assert [one.state for one in stage.journal.publications.untold()] == [State.HELD]
    stage.journal.mark_told([(row.id, State.HELD)])
    assert stage.journal.publications.untold() == []


def test_where_boots_have_no_names_an_uptime_that_went_back_tells_of_one(stage: Stage) -> None:
    stage.approve(texts=["one"])
    claimed = stage.journal.publications.claim(stage.rows()[0], parent="", watermark="")
    assert claimed is not None
    row = stage.journal.doubts.looked(stage.journal.publications.doubt(claimed, "no answer"), "not there")
    stage.clock.sleep(-900)
    row = stage.journal.doubts.looked(row, "not there")
    assert (row.looks, row.doubted_uptime) == (1, stage.clock.uptime())
