"""What the journal lets happen to parts that are out, whatever a program believes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

import pytest

from contentkit.errors import StateError
from contentkit.publishing.amendments import AMENDMENT_MOVES, Amendment, AmendmentKind, DecidedChange
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.publications import PlannedPart, Publication, State, fingerprint
from contentkit.publishing.records import Approval
from contentkit.publishing.schema import JOURNAL_NAME
from tests.publishing.stage import Stage


def _raw(stage: Stage) -> sqlite3.Connection:
    return sqlite3.connect(stage.folder / JOURNAL_NAME, isolation_level=None)


def _out(stage: Stage, texts: Sequence[str] = ("one", "two", "three")) -> list[Publication]:
    stage.approve(texts=texts)
    stage.run()
    return stage.rows()


def _retract(stage: Stage, rows: Sequence[Publication]) -> list[Amendment]:
    changes = [DecidedChange(row=row, kind=AmendmentKind.DELETE) for row in rows]
    return stage.journal.amendments.decide(changes, by="Ana", why="wrong figures")


def _edited(row: Publication, text: str, kind: AmendmentKind = AmendmentKind.EDIT) -> DecidedChange:
    return DecidedChange(row=row, kind=kind, approval=row.approval, text=text, media=row.media, language=row.language)


def _correct(stage: Stage, row: Publication, text: str, kind: AmendmentKind = AmendmentKind.EDIT) -> Amendment:
    [amendment] = stage.journal.amendments.decide([_edited(row, text, kind)], by="Ana", why="")
    return amendment


def _carried_out(stage: Stage, amendment: Amendment) -> None:
    claimed = stage.journal.amendments.claim(amendment)
    assert claimed is not None
    stage.journal.amendments.done(claimed, "seen")


@pytest.mark.sqlite
def test_the_database_allows_only_the_moves_of_an_amendment(stage: Stage) -> None:
    _retract(stage, _out(stage, ["one"]))
    raw = _raw(stage)
    name = "only_legal_moves_of_amendments"
    [(trigger,)] = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchall()
    allowed = set()
    for old in State:
        for new in State:
            raw.execute(f"DROP TRIGGER {name}")
            raw.execute("UPDATE amendments SET state = ?, reason = 'because'", (old,))
            raw.execute(trigger)
            try:
                raw.execute("UPDATE amendments SET state = ?", (new,))
                allowed.add((old, new))
            except sqlite3.IntegrityError:
                pass
    raw.close()
    assert allowed == {(old, new) for old, targets in AMENDMENT_MOVES.items() for new in (old, *targets)}


@pytest.mark.parametrize(
    "column", ["kind", "approval", "text", "media", "warning", "language", "fingerprint", "decided_by", "decided_at"]
)
@pytest.mark.sqlite
def test_what_was_decided_cannot_be_changed(stage: Stage, column: str) -> None:
    _retract(stage, _out(stage, ["one"]))
    raw = _raw(stage)
    with pytest.raises(sqlite3.IntegrityError, match="what was decided"):
        raw.execute(f"UPDATE amendments SET {column} = 'edit'")
    with pytest.raises(sqlite3.IntegrityError, match="history"):
        raw.execute("DELETE FROM amendments")
    raw.close()


@pytest.mark.sqlite
def test_new_words_need_an_approval(stage: Stage) -> None:
    row = _out(stage, ["one"])[0]
    change = DecidedChange(row=row, kind=AmendmentKind.EDIT, text="other")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        stage.journal.amendments.decide([change], by="Ana", why="")


@pytest.mark.sqlite
def test_a_published_part_ends_or_changes_only_with_a_change_that_is_done(stage: Stage) -> None:
    row = _out(stage, ["one"])[0]
    _correct(stage, row, "uno")
    raw = _raw(stage)
    with pytest.raises(sqlite3.IntegrityError, match="what was approved"):
        raw.execute("UPDATE publications SET text = 'uno', fingerprint = ?", (fingerprint("uno"),))
    with pytest.raises(sqlite3.IntegrityError, match="state machine"):
        raw.execute("UPDATE publications SET state = 'skipped'")
    raw.close()


@pytest.mark.sqlite
def test_after_a_done_edit_the_part_has_the_new_words_and_only_these(stage: Stage) -> None:
    row = _out(stage, ["one"])[0]
    amendment = _correct(stage, row, "uno")
    assert stage.rows()[0] == row
    _carried_out(stage, amendment)
    changed = stage.rows()[0]
    assert (changed.text, changed.fingerprint, changed.state) == ("uno", fingerprint("uno"), State.SENT)
    assert (changed.remote_id, changed.key, changed.changed_at) == (row.remote_id, row.key, row.changed_at)
    raw = _raw(stage)
    with pytest.raises(sqlite3.IntegrityError, match="what was approved"):
        raw.execute("UPDATE publications SET text = 'eins'")
    raw.close()


def test_a_thread_is_deleted_from_its_end(stage: Stage) -> None:
    rows = _out(stage)
    third, second, first = _retract(stage, rows)
    claim = stage.journal.amendments.claim
    assert [claim(first), claim(second)] == [None, None]
    _carried_out(stage, third)
    assert claim(first) is None
    _carried_out(stage, second)
    _carried_out(stage, first)
    assert stage.rows() == []
    assert stage.journal.history.why_skipped("launch", "mine") == "retracted by Ana"
    assert stage.journal.history.remote_ids("mine") == {row.remote_id for row in rows}


def test_a_part_that_is_held_keeps_what_it_hangs_under(stage: Stage) -> None:
    last, first = _retract(stage, _out(stage, ["one", "two"]))
    stage.journal.amendments.hold(last, "refused")
    assert stage.journal.amendments.claim(first) is None
    stage.journal.amendments.skip([stage.journal.amendments.fresh(last)], "it may stay")
    assert stage.journal.amendments.claim(first) is not None


def test_what_is_not_out_of_a_retracted_thread_is_skipped(stage: Stage) -> None:
    stage.approve()
    claimed = stage.journal.publications.claim(stage.rows()[0], parent="", watermark="")
    assert claimed is not None
    stage.journal.publications.confirm(claimed, "1", "", "sent")
    _retract(stage, stage.rows()[:1])
    assert stage.states() == [State.SENT]
    assert stage.journal.publications.untold() == []


def test_nothing_goes_out_under_what_is_to_be_deleted(stage: Stage) -> None:
    stage.approve()
    first, second, _ = stage.rows()
    claimed = stage.journal.publications.claim(first, parent="", watermark="")
    assert claimed is not None
    stage.journal.publications.confirm(claimed, "1", "", "sent")
    amendment = _correct(stage, stage.rows()[0], "uno", AmendmentKind.REPLACE)
    assert stage.journal.publications.claim(second, parent="1", watermark="") is None
    _carried_out(stage, amendment)
    new = stage.rows()[0]
    assert (new.text, new.state, new.part) == ("uno", State.PLANNED, 0)
    assert stage.journal.publications.claim(second, parent="1", watermark="") is None
    assert stage.journal.publications.claim(new, parent="", watermark="") is not None


def test_a_replaced_part_is_planned_anew_with_a_key_of_its_own(stage: Stage) -> None:
    old = _out(stage, ["one"])[0]
    stage.clock.wind(timedelta(days=3))
    _carried_out(stage, _correct(stage, old, "one", AmendmentKind.REPLACE))
    [new] = stage.rows()
    assert (new.state, new.remote_id, new.attempts, new.due) == (State.PLANNED, "", 0, old.due)
    assert new.key != old.key
    assert new.released_at is not None
    assert new.released_at - old.due >= timedelta(days=3)


def test_one_change_of_a_part_at_a_time(stage: Stage) -> None:
    row = _out(stage, ["one"])[0]
    first = _correct(stage, row, "uno")
    with pytest.raises(StateError, match="being changed already"):
        _correct(stage, row, "eins")
    _carried_out(stage, first)
    _correct(stage, stage.rows()[0], "eins")


def test_a_doubt_in_a_thread_lets_nothing_else_of_it_be_changed(stage: Stage) -> None:
    rows = _out(stage, ["one", "two"])
    first, second = _correct(stage, rows[0], "uno"), _correct(stage, rows[1], "dos")
    claimed = stage.journal.amendments.claim(first)
    assert claimed is not None
    assert stage.journal.amendments.claim(second) is None
    stage.journal.amendments.doubt(claimed, "no answer")
    assert stage.journal.amendments.claim(second) is None


def test_a_change_is_claimed_once_not_while_stopped_and_not_before_its_wait_is_over(stage: Stage) -> None:
    amendment = _correct(stage, _out(stage, ["one"])[0], "uno")
    amendments = stage.journal.amendments
    stage.journal.note({Fact.STOPPED: "now"})
    assert (amendments.claim(amendment), amendments.due()) == (None, [])
    stage.journal.note({Fact.STOPPED: ""})
    assert amendments.due() == [amendment]
    claimed = amendments.claim(amendment)
    assert claimed is not None
    assert amendments.claim(amendment) is None
    amendments.postpone(claimed, "slow down", stage.clock.now() + timedelta(minutes=5))
    assert (amendments.claim(amendment), amendments.due()) == (None, [])
    stage.clock.wind(timedelta(minutes=6))
    assert [one.id for one in amendments.due()] == [amendment.id]
    assert amendments.claim(amendment) is not None
    assert amendments.tries(amendment) == 2


@pytest.mark.parametrize("missing", [0, 1])
def test_what_would_leave_a_part_without_the_one_before_is_refused(stage: Stage, missing: int) -> None:
    rows = _out(stage)
    with pytest.raises(StateError, match="went out meanwhile"):
        _retract(stage, rows[: missing + 1])
    assert stage.journal.amendments.open() == []


def test_while_a_part_may_be_on_its_way_nothing_before_it_is_deleted(stage: Stage) -> None:
    stage.approve()
    first, second, _ = stage.rows()
    claimed = stage.journal.publications.claim(first, parent="", watermark="")
    assert claimed is not None
    stage.journal.publications.confirm(claimed, "1", "", "sent")
    assert stage.journal.publications.claim(second, parent="1", watermark="1") is not None
    with pytest.raises(StateError, match="part 2 may be on its way"):
        _retract(stage, stage.rows()[:1])


def test_only_what_is_out_is_changed(stage: Stage) -> None:
    stage.approve(texts=["one"])
    with pytest.raises(StateError, match="no longer published"):
        _retract(stage, stage.rows())


def test_what_a_killed_run_was_at_is_in_doubt_and_told(stage: Stage) -> None:
    amendment = _correct(stage, _out(stage, ["one"])[0], "uno")
    stage.journal.amendments.claim(amendment)
    stage.reopened().recover()
    [open_one] = stage.journal.amendments.untold()
    assert open_one.state is State.UNKNOWN
    stage.journal.mark_told([], amendments=[(open_one.id, State.UNKNOWN)])
    assert stage.journal.amendments.untold() == []


def test_a_verb_on_a_change_that_somebody_else_moved_fails_loudly(stage: Stage) -> None:
    amendment = _correct(stage, _out(stage, ["one"])[0], "uno")
    stage.journal.amendments.skip([amendment], "no longer wanted")
    with pytest.raises(MovedMeanwhile, match="no longer planned"):
        stage.journal.amendments.hold(amendment, "refused")


def test_a_change_that_another_run_has_found_meanwhile_is_looked_for_no_more(stage: Stage) -> None:
    amendments = stage.journal.amendments
    claimed = amendments.claim(_correct(stage, _out(stage, ["one"])[0], "uno"))
    assert claimed is not None
    doubted = amendments.doubt(claimed, "no answer")
    amendments.done(doubted, "found")
    with pytest.raises(MovedMeanwhile, match="no longer unknown"):
        amendments.looked(doubted, "not as it should be")


def test_the_doubts_of_a_change_are_none_of_the_part(stage: Stage) -> None:
    row = _out(stage, ["one"])[0]
    claimed = stage.journal.amendments.claim(_correct(stage, row, "uno"))
    assert claimed is not None
    stage.journal.amendments.doubt(claimed, "no answer")
    assert not stage.journal.doubts.was_in_doubt(row)
    stage.clock.wind(timedelta(hours=1))
    assert not stage.journal.history.left_within("mine", timedelta(minutes=30), stage.clock.now())
    moves = [(one["move"], one["amendment"]) for one in stage.journal.history.of_part(row.id)]
    assert moves[-3:] == [(move, claimed.id) for move in ("edit decided", "planned>sending", "sending>unknown")]


def test_an_approval_decides_the_changes_of_what_is_out_in_the_same_breath(stage: Stage) -> None:
    row = _out(stage, ["one"])[0]
    approval = Approval(
        id=0, entry="launch", digest="sha256:2", manifest="{}", by="Bo", at=stage.clock.now(), trust="local", seal="s"
    )
    planned = [
        PlannedPart(
            account="mine", part=part, parts=2, post=part, text=text, warning="", visibility="public", language="en"
        )
        for part, text in enumerate(["uno", "two"])
    ]
    change = DecidedChange(row=row, kind=AmendmentKind.EDIT, text="uno", language="en")
    number = stage.journal.approvals.plan("project", approval, row.due, planned, changes=[change], why="a slip")
    [amendment] = stage.journal.amendments.of_entry("launch")
    assert (amendment.approval, amendment.decided_by, amendment.why) == (number, "Bo", "a slip")
    assert [(one.text, one.approval) for one in stage.rows()] == [("one", row.approval), ("two", number)]
    _carried_out(stage, amendment)
    assert [(one.text, one.approval) for one in stage.rows()] == [("uno", number), ("two", number)]


def test_a_held_change_is_tried_again_when_a_person_says_so(stage: Stage) -> None:
    amendment = _correct(stage, _out(stage, ["one"])[0], "uno")
    amendments = stage.journal.amendments
    claimed = amendments.claim(amendment)
    assert claimed is not None
    amendments.hold(claimed, "refused")
    assert amendments.due() == []
    amendments.release(amendments.fresh(amendment), "Ana", "the server was mended")
    assert amendments.tries(amendment) == 0
    assert amendments.claim(amendment) is not None
