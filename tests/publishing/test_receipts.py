from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.publishing.receipts import (
    RECEIPTS_NAME,
    Receipt,
    all_receipts,
    append_receipt,
    newest,
    read_receipts,
    receipt_of,
    sent_by_another,
    without_receipt,
)
from tests.publishing.changes import corrected, published, retracted
from tests.publishing.stage import Stage

RECEIPT = Receipt(
    entry="launch",
    account="mine",
    part=0,
    parts=3,
    fingerprint="f" * 64,
    remote_id="1",
    url="https://x/1",
    at="2026-11-22T12:00:00Z",
)


def test_receipts_are_read_back_by_entry_account_and_part(tmp_path: Path) -> None:
    append_receipt(tmp_path, RECEIPT)
    append_receipt(tmp_path, replace(RECEIPT, part=1, remote_id="2"))
    assert {key: one.remote_id for key, one in read_receipts(tmp_path).items()} == {
        ("launch", "mine", 0): "1",
        ("launch", "mine", 1): "2",
    }


def test_there_are_none_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_receipts(tmp_path) == {}


def test_a_line_that_a_crash_cut_short_spoils_only_itself(tmp_path: Path) -> None:
    append_receipt(tmp_path, RECEIPT)
    with (tmp_path / RECEIPTS_NAME).open("ab") as file:
        file.write(b'{"entry": "lau')
    append_receipt(tmp_path, replace(RECEIPT, part=1))
    assert [part for _, _, part in read_receipts(tmp_path)] == [0, 1]


def test_hostile_lines_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / RECEIPTS_NAME).write_bytes(b'[]\n5\nnull\n{"entry": 1}\n\xff\xfe\n{"unknown": 2}\n')
    assert read_receipts(tmp_path) == {}


@pytest.mark.parametrize(
    "change",
    [
        {"part": "0"},
        {"part": [0]},
        {"part": True},
        {"parts": 0},
        {"part": -1},
        {"remote_id": ""},
        {"remote_id": 5},
        {"journal": 5},
    ],
)
def test_a_line_of_odd_types_is_no_receipt(change: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / RECEIPTS_NAME).write_text(json.dumps(vars(RECEIPT) | change) + "\n" + "[" * 100_000 + "\n")
    assert read_receipts(tmp_path) == {}


def test_a_receipt_holds_no_words(tmp_path: Path) -> None:
    append_receipt(tmp_path, RECEIPT)
    assert "text" not in (tmp_path / RECEIPTS_NAME).read_text()


def test_the_newest_receipt_is_the_latest_by_its_time_wherever_it_stands() -> None:
    late = replace(RECEIPT, at="2026-11-23T00:00:00+01:00")
    later = replace(RECEIPT, at="2026-11-22T23:30:00Z")
    assert newest([later, replace(RECEIPT, at="2026-11-23"), late, replace(RECEIPT, at="soon")]) == later
    assert newest([replace(RECEIPT, at="0001-01-01T00:00:00+23:00")]) is None


def test_of_two_receipts_of_one_second_the_newest_is_the_later_line() -> None:
    assert newest([RECEIPT, replace(RECEIPT, part=1)]) == replace(RECEIPT, part=1)


def test_another_publisher_is_one_whose_receipt_is_younger_than_our_last_post() -> None:
    theirs = replace(RECEIPT, journal="theirs")
    receipts = [replace(RECEIPT, journal="ours", at="2026-11-25T00:00:00Z"), theirs, RECEIPT]
    assert sent_by_another(receipts, "ours", datetime(2026, 11, 22, 11, 59, tzinfo=UTC)) == theirs
    assert sent_by_another(receipts, "ours", datetime(2026, 11, 22, 12, 0, tzinfo=UTC)) is None
    assert sent_by_another(receipts, "ours", None) == theirs
    assert sent_by_another([RECEIPT], "ours", None) is None


def test_the_marks_of_a_merge_conflict_spoil_nothing(tmp_path: Path) -> None:
    mine, theirs = (json.dumps(vars(replace(RECEIPT, part=part))) for part in (0, 1))
    (tmp_path / RECEIPTS_NAME).write_text(f"<<<<<<< HEAD\n{mine}\n=======\n{theirs}\n>>>>>>> 3f9a61c\n")
    assert [one.part for one in all_receipts(tmp_path)] == [0, 1]


def test_a_link_and_a_pipe_in_its_place_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "receipts.jsonl").symlink_to("/dev/zero")
    with pytest.raises(ContentError, match="cannot be read"):
        read_receipts(tmp_path)
    (tmp_path / "receipts.jsonl").unlink()
    os.mkfifo(tmp_path / "receipts.jsonl")
    with pytest.raises(ContentError, match="no plain file"):
        read_receipts(tmp_path)


def test_what_was_retracted_is_no_longer_out_wherever_its_line_stands(tmp_path: Path) -> None:
    lines = [replace(RECEIPT, retracted="2026-11-24T16:00:00Z"), RECEIPT, replace(RECEIPT, part=1, remote_id="2")]
    for one in lines:
        append_receipt(tmp_path, one)
    assert [part for _, _, part in read_receipts(tmp_path)] == [1]
    append_receipt(tmp_path, replace(RECEIPT, remote_id="3"))
    assert read_receipts(tmp_path)[("launch", "mine", 0)].remote_id == "3"


def test_a_time_of_retraction_that_is_none_makes_no_receipt(tmp_path: Path) -> None:
    append_receipt(tmp_path, RECEIPT)
    with (tmp_path / RECEIPTS_NAME).open("a") as file:
        file.write(json.dumps({**asdict(RECEIPT), "retracted": True}) + "\n")
    assert [one.retracted for one in read_receipts(tmp_path).values()] == [""]


def test_an_older_program_understands_the_line_of_a_part_that_is_out(tmp_path: Path) -> None:
    append_receipt(tmp_path, RECEIPT)
    assert "retracted" not in json.loads((tmp_path / RECEIPTS_NAME).read_bytes())


def test_receipts_that_a_crash_left_out_are_those_of_changed_and_ended_parts_too(stage: Stage, tmp_path: Path) -> None:
    published(stage, "one", "two", "three")
    for row in stage.rows():
        receipt = receipt_of(row, row.remote_id, row.url, row.changed_at, journal="j", clone="c")
        append_receipt(tmp_path, receipt)
    assert without_receipt(tmp_path, stage.journal.threads.living(), stage.journal.history.ended()) == []
    corrected(stage, {0: "eins"})
    retracted(stage, 2)
    stage.clock.wind(timedelta(hours=1))
    stage.run()
    missing = without_receipt(tmp_path, stage.journal.threads.living(), stage.journal.history.ended())
    assert [(row.part, row.state, row.text) for row in missing] == [(0, "sent", "eins"), (2, "skipped", "three")]
