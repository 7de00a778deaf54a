"""Errors of the disk and of the system, wherever a run meets them: told as what they are, and nothing left in doubt."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from contentkit.errors import StateError
from contentkit.publishing.outcomes import Outcome
from contentkit.publishing.publications import State, Thread
from contentkit.publishing.publisher import publish_due
from contentkit.publishing.records import Approval
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD, Stage

TOO_MANY = OSError(errno.EMFILE, os.strerror(errno.EMFILE), "seal.key")


def _run_in_doubt(stage: Stage, error: Exception) -> list[Outcome]:
    """A run in which reading why an approval may not count ends with this error, for one account of several."""

    def doubt(approval: Approval, thread: Thread) -> str:
        if thread.account == "mine":
            raise error
        return ""

    return publish_due(stage.journal, replace(stage.surroundings(), doubt=doubt), stage.clock)


def test_what_the_system_refuses_is_trouble_that_names_the_file(stage: Stage) -> None:
    stage.approve(accounts=("mine", "other"))
    outcomes = _run_in_doubt(stage, TOO_MANY)
    assert [(one.kind, one.reason) for one in outcomes if one.account == "mine"] == [
        ("trouble", "seal.key: Too many open files")
    ]
    assert stage.states() == [State.PLANNED] * 3
    assert stage.states(account="other") == [State.SENT] * 3


def test_an_error_of_a_library_that_only_looks_like_one_of_the_system_is_a_fault(stage: Stage) -> None:
    stage.approve()
    assert [one.kind for one in _run_in_doubt(stage, OSError("no such adapter"))] == ["fault"]


@pytest.mark.parametrize(
    "error", [sqlite3.DatabaseError("database disk image is malformed"), sqlite3.OperationalError("disk I/O error")]
)
def test_a_journal_that_cannot_be_read_ends_the_run(stage: Stage, error: sqlite3.DatabaseError) -> None:
    stage.approve()
    with pytest.raises(StateError, match=str(error)):
        _run_in_doubt(stage, error)


@pytest.mark.parametrize("error", [sqlite3.IntegrityError("constraint failed"), sqlite3.ProgrammingError("closed")])
def test_what_the_journal_should_not_have_been_asked_is_a_fault(stage: Stage, error: sqlite3.DatabaseError) -> None:
    stage.approve()
    assert [one.kind for one in _run_in_doubt(stage, error)] == ["fault"]


@pytest.mark.parametrize("error", [TOO_MANY, StateError("full"), sqlite3.DatabaseError("malformed")])
def test_whatever_fails_between_the_intent_and_the_first_byte_leaves_no_doubt(stage: Stage, error: Exception) -> None:
    stage.approve()

    def mark() -> NoReturn:
        raise error

    with suppress(StateError):
        publish_due(stage.journal, replace(stage.surroundings(), mark=mark), stage.clock)
    assert stage.states() == [State.PLANNED] * 3
    assert stage.console() == []
    assert [one.kind for one in stage.run()] == ["sent"] * 3


def test_the_receipt_that_a_killed_run_left_out_is_written_by_the_next_one(tmp_path: Path) -> None:
    project = ProjectOnDisk.made(tmp_path / "project")
    project.write_draft(list(THREAD))
    project.approve_now()
    project.run("post")
    receipts = project.root / "receipts.jsonl"
    complete = receipts.read_text().splitlines()
    assert len(complete) == len(THREAD)
    # As it was between the last confirmation and its receipt.
    receipts.write_text("".join(f"{line}\n" for line in complete[:-1]))
    with closing(sqlite3.connect(project.state / "journal.db")) as raw, raw:
        raw.execute("DELETE FROM meta WHERE key = 'receipts written'")
    assert project.run("post").stdout == ""
    assert receipts.read_text().splitlines() == complete
    written = receipts.stat().st_mtime_ns
    project.run("post")
    assert receipts.stat().st_mtime_ns == written
