"""What is said of an entry after its calendar was changed, by what the journal knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.cli.after_changes import Standing, told_of, what_now
from tests.publishing.stage import Stage

HOLDS, VOID, NONE = Standing(by="Ana", holds=True), Standing(by="Ana"), Standing()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "state")
    yield stage
    stage.close()


def now(stage: Stage, standing: Standing = HOLDS) -> str:
    return what_now(stage.journal, stage.entries["launch"], standing, stage.clock.now())


def test_what_is_due_later_goes_out_then(stage: Stage) -> None:
    stage.approve(at=stage.clock.now() + timedelta(hours=3))
    assert now(stage).endswith(" UTC (in 3 h)")


def test_what_was_due_a_while_ago_goes_out_with_the_next_run(stage: Stage) -> None:
    stage.approve(at=stage.clock.now() - timedelta(minutes=5))
    assert now(stage).endswith("(5 min ago), goes out with the next run")


def test_what_was_due_too_long_ago_does_not_go_out_without_a_person(stage: Stage) -> None:
    stage.approve()
    stage.clock.wind(timedelta(hours=8))
    assert now(stage) == "approved by Ana, but missed: it was due 8 h ago"


def test_what_is_held_stays_held(stage: Stage) -> None:
    stage.approve()
    head = stage.journal.threads.open()[0].rows[0]
    stage.journal.publications.hold(head, "refused: too long")
    assert now(stage) == "approved by Ana, but held: refused: too long"


@pytest.mark.parametrize(("standing", "why"), [(VOID, "the approval of Ana is void"), (NONE, "not approved")])
def test_what_is_not_approved_does_not_go_out(stage: Stage, standing: Standing, why: str) -> None:
    stage.approve()
    assert now(stage, standing) == f"{why}: nothing goes out before it is approved"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (HOLDS, HOLDS, "the approval of Ana holds"),
        (VOID, HOLDS, "the approval of Ana holds again"),
        (HOLDS, VOID, "the approval of Ana is void"),
        (VOID, VOID, ""),
        (NONE, NONE, ""),
    ],
)
def test_what_became_of_an_approval_is_told_where_it_changed_or_holds(
    before: Standing, after: Standing, told: str
) -> None:
    assert told_of(before, after) == told
