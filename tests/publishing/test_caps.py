"""Our own limits of posts: in a run, a day, a month. What does not fit is not begun, and what has begun is ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit.models import Account, Caps, Lateness
from contentkit.publishing.caps import why_full
from contentkit.publishing.publications import State
from tests.publishing.stage import Stage, WoundClock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "state", clock=WoundClock(MORNING))
    yield stage
    stage.close()


def _cap(stage: Stage, caps: Caps) -> None:
    stage.accounts["mine"] = Account(name="mine", platform="console", caps=caps)


def _said(stage: Stage) -> list[tuple[str, str]]:
    return [(outcome.kind, outcome.reason) for outcome in stage.run()]


def test_a_run_leaves_what_is_beyond_its_cap_to_the_next_in_silence(stage: Stage) -> None:
    _cap(stage, Caps(run=3))
    for name in ("a", "b", "c"):
        stage.approve(name, texts=[f"{name} one", f"{name} two"])
    assert stage.run_until_settled(1) == ["sent", "sent"]
    assert [kind for kind, _ in _said(stage)] == ["sent", "sent"]
    assert [kind for kind, _ in _said(stage)] == ["sent", "sent"]
    assert len(stage.console()) == 6


def test_a_thread_that_the_day_has_no_room_for_waits_and_that_is_said_once(stage: Stage) -> None:
    _cap(stage, Caps(day=3))
    stage.approve("first", texts=["one", "two"])
    stage.approve("second", texts=["three", "four"], late=Lateness(within=20 * HOUR))
    said = _said(stage)
    why = "waits for the next day (UTC): contentkit.toml allows 3 in a day"
    assert [kind for kind, _ in said] == ["sent", "sent", "paused"]
    assert said[2] == ("paused", why)
    assert _said(stage) == []
    stage.clock.wind(15 * HOUR - MINUTE)
    assert (_said(stage), stage.rows("second")[0].reason) == ([], why)
    stage.clock.wind(2 * MINUTE)
    assert [kind for kind, _ in _said(stage)] == ["sent", "sent"]
    assert stage.console() == ["one", "two", "three", "four"]


def test_what_became_too_late_says_what_it_waited_for(stage: Stage) -> None:
    _cap(stage, Caps(day=1))
    stage.approve("first", texts=["one"])
    stage.approve("second", texts=["two"], late=Lateness(within=HOUR))
    stage.run()
    stage.clock.wind(2 * HOUR)
    ((kind, reason),) = _said(stage)
    assert (kind, reason.split("; ")[1]) == (
        "held",
        "waits for the next day (UTC): contentkit.toml allows 1 in a day",
    )


def test_a_thread_that_had_begun_is_ended_whatever_the_cap(stage: Stage) -> None:
    _cap(stage, Caps(day=2))
    stage.approve("begun", texts=["one", "two", "three"], sent={0: ("7", "console://mine/7")})
    thread = stage.journal.threads.find("begun", "mine")
    assert thread is not None
    assert why_full(stage.journal, thread, Caps(run=1, day=1, month=1), MORNING) == ""


@pytest.mark.parametrize("caps", [Caps(run=2), Caps(day=2), Caps(month=2)])
def test_a_thread_longer_than_a_cap_is_said_to_be(stage: Stage, caps: Caps) -> None:
    _cap(stage, caps)
    stage.approve(texts=["one", "two", "three"])
    ((kind, reason),) = _said(stage)
    assert (kind, reason[:39]) == ("paused", "has 3 parts, contentkit.toml allows 2 i")
    assert (stage.console(), stage.states()) == ([], [State.PLANNED] * 3)


def test_a_month_ends_with_its_last_day_of_utc(stage: Stage) -> None:
    _cap(stage, Caps(month=1))
    stage.approve("first", texts=["one"])
    stage.run()
    stage.clock.wind(timedelta(days=7, hours=14))
    stage.approve("second", texts=["two"])
    assert [kind for kind, _ in _said(stage)] == ["paused"]
    stage.clock.wind(2 * HOUR)
    assert [kind for kind, _ in _said(stage)] == ["sent"]


def test_what_was_certainly_not_sent_takes_no_room_and_what_may_have_been_does(stage: Stage) -> None:
    stage.approve("refused", texts=["one"])
    stage.approve("doubted", texts=["two"])
    for name in ("refused", "doubted"):
        row = stage.journal.publications.claim(stage.rows(name)[0], parent="", watermark="")
        assert row is not None
        if name == "refused":
            stage.journal.publications.postpone(row, "too many requests", None)
        else:
            stage.journal.publications.doubt(row, "no answer in time")
    assert stage.journal.history.left_since("mine", MORNING) == 1
    assert stage.journal.history.left_since("mine", MORNING + MINUTE) == 0
