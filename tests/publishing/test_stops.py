"""Publishing that a person stops and starts again: nothing leaves meanwhile, and nothing is held because of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit.models import Lateness
from contentkit.publishing.facts import Fact
from contentkit.publishing.publications import Publication, State
from contentkit.publishing.publisher import publish_due
from contentkit.publishing.stops import Stops, start, stop, stops_of
from contentkit.publishing.surroundings import Opening
from tests.publishing.stage import THREAD, Stage

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _stopped_for(stage: Stage, span: timedelta) -> None:
    """Nothing goes out for so long, with a run each hour."""
    stop(stage.journal, stage.clock.now(), "wrong figures")
    while span > timedelta():
        stage.clock.wind(min(span, HOUR))
        span -= HOUR
        assert stage.run() == []
    start(stage.journal, stage.clock.now())


def _kinds(stage: Stage) -> list[str]:
    return [outcome.kind for outcome in stage.run()]


def _stop_after_the_first_part(stage: Stage) -> None:
    def record(row: Publication, remote_id: str, url: str) -> None:
        stop(stage.journal, stage.clock.now(), "wrong figures")

    outcomes = publish_due(stage.journal, replace(stage.surroundings(), record=record), stage.clock)
    assert [outcome.kind for outcome in outcomes] == ["sent"]


def test_a_stop_in_mid_thread_lets_no_other_part_leave(stage: Stage) -> None:
    stage.approve()
    _stop_after_the_first_part(stage)
    assert stage.run() == []
    assert (stage.console(), stage.states()) == (list(THREAD[:1]), [State.SENT, State.PLANNED, State.PLANNED])


@pytest.mark.parametrize("hours", [1, 3, 23])
def test_a_thread_that_a_person_stopped_goes_on_when_they_start_again(stage: Stage, hours: int) -> None:
    stage.approve()
    _stop_after_the_first_part(stage)
    _stopped_for(stage, hours * HOUR)
    assert (_kinds(stage), stage.console()) == (["sent", "sent"], list(THREAD))


def test_a_thread_that_stood_for_more_than_a_day_is_left_to_a_person(stage: Stage) -> None:
    stage.approve()
    _stop_after_the_first_part(stage)
    _stopped_for(stage, 30 * HOUR)
    (outcome,) = stage.run()
    assert (outcome.kind, outcome.reason) == ("held", "the thread stopped 30 h ago, 30 h of it stopped by a person")


def test_what_was_due_meanwhile_goes_out_as_if_no_time_had_passed(stage: Stage) -> None:
    stage.approve(late=Lateness(within=HOUR), at=stage.clock.now() + MINUTE)
    _stopped_for(stage, 5 * HOUR)
    assert _kinds(stage) == ["sent"] * 3


def test_only_the_stop_is_excused_and_not_the_time_beside_it(stage: Stage) -> None:
    stage.approve(late=Lateness(within=HOUR))
    stage.clock.wind(40 * MINUTE)
    _stopped_for(stage, 5 * HOUR)
    stage.clock.wind(30 * MINUTE)
    (outcome,) = stage.run()
    assert (outcome.kind, outcome.reason) == ("held", "missed: it was due 6 h ago, 5 h of it stopped by a person")


def test_what_must_not_be_late_is_held_and_what_may_move_on_does(stage: Stage) -> None:
    opening = stage.clock.now() + 7 * HOUR
    stage.opening = lambda after: Opening(at=opening, words="the next morning")
    stage.approve("strict", late=Lateness(policy="hold"), texts=["one"])
    stage.approve("moving", late=Lateness(policy="next slot"), texts=["two"])
    _stopped_for(stage, HOUR)
    assert sorted(_kinds(stage)) == ["held", "moved"]


def test_late_threads_keep_their_distance_after_a_stop(stage: Stage) -> None:
    stage.approve("one", texts=["one"])
    stage.approve("two", texts=["two"])
    _stopped_for(stage, 3 * HOUR)
    assert len(_kinds(stage)) == 1
    stage.clock.wind(31 * MINUTE)
    assert len(_kinds(stage)) == 1
    assert sorted(stage.console()) == ["one", "two"]


def test_stops_add_up_and_the_one_that_goes_on_counts_up_to_now(stage: Stage) -> None:
    since = stage.clock.now()
    _stopped_for(stage, HOUR)
    stage.clock.wind(HOUR)
    stop(stage.journal, stage.clock.now(), "")
    stage.clock.wind(30 * MINUTE)
    stop(stage.journal, stage.clock.now(), "another reason")
    stop(stage.journal, stage.clock.now(), "")
    stage.clock.wind(30 * MINUTE)
    now = stage.clock.now()
    stops = stops_of(stage.reopened(), now)
    assert abs(stops.within(since, now) - 2 * HOUR) < MINUTE
    assert f"since {now - HOUR:%Y-%m-%d %H:%M} UTC: another reason" == stage.journal.known(Fact.STOPPED)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [(-9, 9, 3), (-1, 1, 1), (2, 3, 0.5), (-9, -1, 0), (9, 11, 0), (1, 1, 0)],
)
def test_only_what_lies_within_counts(since: float, until: float, hours: float) -> None:
    stops = Stops(spans=((NOON, NOON + 2 * HOUR), (NOON + 2.5 * HOUR, NOON + 3.5 * HOUR)))
    assert stops.within(NOON + since * HOUR, NOON + until * HOUR) == hours * HOUR


def test_a_start_without_a_stop_and_a_stop_of_an_older_contentkit_excuse_nothing(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "state")
    start(stage.journal, stage.clock.now())
    stage.journal.note({Fact.STOPPED: "since 2026-11-22 10:00 UTC"})
    start(stage.journal, stage.clock.now())
    assert stops_of(stage.journal, stage.clock.now()) == Stops()
    stage.close()
