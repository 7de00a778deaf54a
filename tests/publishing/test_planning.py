"""What an approval plans of a thread of which something is out, may be out, is being changed, or was taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import NeedsPerson
from contentkit.models import Account, Part, Rendition
from contentkit.platforms import Message
from contentkit.platforms.console import ConsoleConnection
from contentkit.publishing.identity import take_over
from contentkit.publishing.planning import planned_parts
from contentkit.publishing.publications import State
from contentkit.publishing.receipts import append_receipt, receipt_of
from tests.publishing.changes import corrected, published, retracted
from tests.publishing.stage import Stage


def _rendition(*texts: str) -> Rendition:
    parts = tuple(Part(text=text, post=number, length=len(text)) for number, text in enumerate(texts))
    account = Account(name="mine", platform="console")
    return Rendition(account=account, parts=parts, visibility="public", warning="", language="en")


def _with_receipts(stage: Stage, root: Path) -> None:
    for row in stage.rows():
        receipt = receipt_of(row, row.remote_id, row.url, row.changed_at, journal="j", clone="c")
        append_receipt(root, receipt)


def test_while_something_that_is_out_is_being_changed_nothing_is_planned(stage: Stage, tmp_path: Path) -> None:
    published(stage, "one")
    corrected(stage, {0: "uno"})
    with pytest.raises(NeedsPerson, match="is being changed"):
        planned_parts(tmp_path, stage.journal, "launch", [_rendition("uno", "two")])
    stage.run()
    planned = planned_parts(tmp_path, stage.journal, "launch", [_rendition("uno", "two")])
    assert [(part.text, part.sent is not None) for part in planned] == [("uno", True), ("two", False)]


def test_what_was_retracted_is_planned_anew_whatever_old_receipts_say(stage: Stage, tmp_path: Path) -> None:
    published(stage, "one", "two")
    _with_receipts(stage, tmp_path)
    stage.clock.wind(timedelta(hours=1))
    retracted(stage, 1)
    stage.run()
    planned = planned_parts(tmp_path, stage.journal, "launch", [_rendition("one", "zwei")])
    assert [(part.text, part.sent is not None) for part in planned] == [("one", True), ("zwei", False)]


# -- what may be out already, although this journal never sent it


def _taken_over(stage: Stage) -> None:
    stage.approve(texts=["one", "two"])
    take_over(stage.folder, stage.journal, "this-machine", stage.clock.now())


def _approvable(stage: Stage, root: Path, *texts: str) -> bool:
    try:
        planned_parts(root, stage.journal, "launch", [_rendition(*texts)])
    except NeedsPerson:
        return False
    return True


def test_what_was_planned_before_a_takeover_is_not_planned_anew_before_somebody_has_looked(
    stage: Stage, tmp_path: Path
) -> None:
    _taken_over(stage)
    with pytest.raises(
        NeedsPerson, match="launch on mine: the journal was lost, copied or restored: it may be"
    ) as caught:
        planned_parts(tmp_path, stage.journal, "launch", [_rendition("uno", "two")])
    assert "contentkit resolve launch --account mine" in caught.value.hint
    stage.journal.doubts.rule_out(stage.rows()[0], "Ana", "looked: nothing of it is there")
    assert _approvable(stage, tmp_path, "uno", "two")


def test_who_sends_it_again_or_leaves_it_out_has_looked(stage: Stage, tmp_path: Path) -> None:
    _taken_over(stage)
    stage.journal.publications.release(stage.rows()[0], "Ana", "looked: not there")
    assert _approvable(stage, tmp_path, "uno", "two")
    take_over(stage.folder, stage.journal, "this-machine", stage.clock.now())
    assert not _approvable(stage, tmp_path, "uno", "two")
    stage.journal.publications.skip(stage.rows(), "skipped by Ana")
    assert _approvable(stage, tmp_path, "uno", "two")


def test_what_follows_a_part_that_was_found_after_a_takeover_may_be_out_too(stage: Stage, tmp_path: Path) -> None:
    _taken_over(stage)
    stage.journal.publications.confirm(stage.rows()[0], "1", "sim://1", "Ana: found it")
    assert stage.states() == [State.SENT, State.PLANNED]
    with pytest.raises(NeedsPerson) as caught:
        planned_parts(tmp_path, stage.journal, "launch", [_rendition("one", "dos")])
    assert "wait for 'contentkit post'" in caught.value.hint


def test_what_was_held_before_a_takeover_may_have_been_sent_by_the_journal_that_is_lost(
    stage: Stage, tmp_path: Path
) -> None:
    stage.approve(texts=["one"])
    stage.journal.publications.hold(stage.rows()[0], "edited after the approval")
    assert _approvable(stage, tmp_path, "uno")
    take_over(stage.folder, stage.journal, "this-machine", stage.clock.now())
    assert not _approvable(stage, tmp_path, "uno")


def test_what_is_added_below_what_was_found_after_a_takeover_is_in_no_doubt(stage: Stage, tmp_path: Path) -> None:
    _taken_over(stage)
    for number, row in enumerate(stage.rows()):
        if row.state is State.PLANNED:
            stage.journal.publications.hold(row, "looked for")
        stage.journal.publications.confirm(stage.rows()[number], f"{number}", f"sim://{number}", "Ana: found it")
    assert _approvable(stage, tmp_path, "one", "two", "three")


def test_what_looks_as_if_it_was_published_already_is_looked_at_before_it_is_planned_anew(
    stage: Stage, tmp_path: Path
) -> None:
    stage.approve(texts=["one"])
    account = stage.accounts["mine"]
    ConsoleConnection(account, stage.folder / "mine.jsonl").publish(Message(text="one", key="by hand"))
    assert [outcome.kind for outcome in stage.run()] == ["held"]
    with pytest.raises(NeedsPerson, match="looks as if it was published already"):
        planned_parts(tmp_path, stage.journal, "launch", [_rendition("uno")])
