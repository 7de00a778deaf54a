from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import EPOCH_NAME, check_identity, raise_counter, take_over
from contentkit.publishing.publications import State
from contentkit.publishing.schema import JOURNAL_NAME
from tests.publishing.stage import Stage

pytestmark = pytest.mark.sqlite

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def known(stage: Stage) -> Stage:
    """A stage whose journal this machine has written."""
    check_identity(stage.folder, stage.journal, "this-machine")
    stage.approve()
    raise_counter(stage.folder, stage.journal)
    return stage


def test_the_journal_of_this_machine_is_accepted_run_after_run(known: Stage) -> None:
    for _ in range(3):
        raise_counter(known.folder, known.journal)
        check_identity(known.folder, known.reopened(), "this-machine")


def test_a_restored_journal_is_noticed(known: Stage) -> None:
    known.journal.close()
    shutil.copy(known.folder / JOURNAL_NAME, known.folder / "backup")
    raise_counter(known.folder, known.reopened())
    known.journal.close()
    shutil.copy(known.folder / "backup", known.folder / JOURNAL_NAME)
    with pytest.raises(StateError, match="restored") as caught:
        check_identity(known.folder, known.reopened(), "this-machine")
    assert "takeover" in caught.value.hint


def test_a_lost_journal_is_noticed_and_not_begun_anew(known: Stage) -> None:
    known.journal.close()
    (known.folder / JOURNAL_NAME).unlink()
    for _ in range(2):
        with pytest.raises(StateError, match="lost"):
            check_identity(known.folder, known.reopened(), "this-machine")


def test_a_journal_copied_to_another_machine_is_noticed(known: Stage) -> None:
    with pytest.raises(StateError, match="another machine"):
        check_identity(known.folder, known.reopened(), "another-machine")


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"journal": "other", "counter": "1"}', b'{"counter": "x"}', None]
)
def test_a_damaged_or_missing_epoch_is_noticed(known: Stage, damage: bytes | None) -> None:
    path = known.folder / EPOCH_NAME
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(StateError):
        check_identity(known.folder, known.reopened(), "this-machine")


def test_a_crash_between_the_journal_and_the_epoch_is_no_alarm(known: Stage) -> None:
    known.journal.note({Fact.COUNTER: str(int(known.journal.known(Fact.COUNTER)) + 1)})
    check_identity(known.folder, known.reopened(), "this-machine")


def test_a_takeover_holds_what_was_planned_and_makes_the_journal_this_machines_own(known: Stage) -> None:
    journal = known.reopened()
    assert take_over(known.folder, journal, "another-machine", NOW) == 1
    check_identity(known.folder, known.reopened(), "another-machine")
    assert known.states() == [State.HELD, State.PLANNED, State.PLANNED]
    assert known.run() == []
    with pytest.raises(StateError):
        check_identity(known.folder, known.reopened(), "this-machine")


def test_a_takeover_after_a_loss_begins_an_empty_journal(known: Stage, tmp_path: Path) -> None:
    known.journal.close()
    (known.folder / JOURNAL_NAME).unlink()
    journal = known.reopened()
    assert take_over(known.folder, journal, "this-machine", NOW) == 0
    check_identity(known.folder, known.reopened(), "this-machine")
