"""The hours that clocks skip and those they show twice: every transition of ten zones, any transition of all zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contentkit.calendar.openings import openings
from contentkit.calendar.slots import Slot
from contentkit.calendar.times import as_written, at_wall, read_at
from contentkit.walls import instant_at, instant_of
from tests.calendar.transitions import Transition, transitions_of, walls_around

# Half an hour, two hours, quarters of an hour, at midnight, twice around Ramadan, none at all; where tomorrow begins first.
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Santiago", "America/St_Johns", "Antarctica/Troll", "Asia/Gaza",
    "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Madrid", "Pacific/Apia", "Pacific/Chatham",
)  # fmt: skip
TRANSITIONS = [transition for name in ZONES for transition in transitions_of(name)]
_ids = [f"{transition.zone.key}-{transition.instant:%Y-%m-%d}" for transition in TRANSITIONS]
ALL_ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
SPREAD = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
FIRST = datetime.fromisoformat("2026-01-01")


def test_these_zones_change_their_clocks_in_unlike_ways() -> None:
    by_zone = {name: {abs(one.after - one.before) for one in transitions_of(name)} for name in ZONES}
    assert by_zone["Australia/Lord_Howe"] == {timedelta(minutes=30)}
    assert by_zone["Antarctica/Troll"] == {timedelta(hours=2)}
    assert by_zone["Asia/Kolkata"] == by_zone["Pacific/Apia"] == set()
    assert len(TRANSITIONS) >= 30


@pytest.mark.parametrize("transition", TRANSITIONS, ids=_ids)
def test_each_minute_around_a_transition_is_the_instant_that_a_clock_shows_first(transition: Transition) -> None:
    for wall, shown in walls_around(transition).items():
        at, note = at_wall(wall, transition.zone)
        if len(shown) == 1:
            assert (at.astimezone(UTC), note) == (shown[0], "")
        elif shown:
            assert at.astimezone(UTC) == min(shown)
            assert f"show {wall:%H:%M} twice" in note
        else:
            # As if nobody had touched the clocks: forward by the gap on the wall.
            assert at.astimezone(UTC) == (wall - transition.before).replace(tzinfo=UTC)
            assert at.replace(tzinfo=None) == wall + transition.after - transition.before
            assert f"skip {wall:%H:%M}" in note
        assert at == instant_of(wall.isoformat(), transition.zone.key)


@pytest.mark.parametrize("transition", TRANSITIONS, ids=_ids)
def test_each_instant_around_a_transition_can_be_written_and_read_back(transition: Transition) -> None:
    for minute in range(-200, 200):
        at = (transition.instant + minute * MINUTE).astimezone(transition.zone)
        assert read_at(as_written(at), transition.zone)[0].astimezone(UTC) == at.astimezone(UTC)


@pytest.mark.parametrize("transition", TRANSITIONS, ids=_ids)
def test_a_slot_around_a_transition_opens_once_a_day_and_spreads_over_minutes_that_pass(transition: Transition) -> None:
    after = transition.instant - timedelta(days=3)
    for wall in list(walls_around(transition))[::15]:
        slot = daily(wall.time(), transition.zone)
        found = list(openings([slot], after, days=7))
        assert all(one.instant < other.instant for one, other in pairwise(found))
        assert [one.day for one in found] == [found[0].day + timedelta(days=ahead) for ahead in range(len(found))]
        for opening in found:
            on_wall = datetime.combine(opening.day, slot.time)
            assert opening.at == instant_at(on_wall, transition.zone)
            later = slot.moment(opening.day, "launch").astimezone(UTC) - opening.instant
            assert timedelta() <= later <= SPREAD
            assert slot.window(opening.day) == (
                opening.instant,
                opening.instant + SPREAD + MINUTE - timedelta(microseconds=1),
            )


def daily(clock: time, zone: ZoneInfo) -> Slot:
    return Slot(name="daily", days=tuple(range(7)), time=clock, accounts=("a",), zone=zone, spread=SPREAD)


def test_a_day_that_never_was_opens_with_the_next_one_and_its_spread_ends() -> None:
    # Samoa went from the 29th to the 31st of December 2011.
    slot = daily(time(9, 30), ZoneInfo("Pacific/Apia"))
    skipped, next_day = slot.opens(date(2011, 12, 30)), slot.opens(date(2011, 12, 31))
    assert skipped == next_day
    assert "skip" in slot.note(date(2011, 12, 30))


@st.composite
def near_transitions(draw: st.DrawFn) -> tuple[ZoneInfo, datetime, bool]:
    """A zone, a wall clock (a minute) mostly near a change of its clocks, and whether the clocks skip it."""
    name = draw(ALL_ZONES)
    transitions = transitions_of(name, 2026, 1)
    if not transitions:
        return ZoneInfo(name), FIRST + draw(st.integers(0, 365 * 24 * 60)) * MINUTE, False
    transition = draw(st.sampled_from(transitions))
    wall = transition.wall + draw(st.integers(-240, 240)) * MINUTE
    return transition.zone, wall, transition.wall <= wall < transition.wall + (transition.after - transition.before)


@settings(max_examples=300, deadline=None)
@given(near_transitions())
def test_a_wall_shows_itself_unless_the_clocks_skip_it(drawn: tuple[ZoneInfo, datetime, bool]) -> None:
    zone, wall, skipped = drawn
    at, note = at_wall(wall, zone)
    assert (at.replace(tzinfo=None, fold=0) == wall) == (not skipped)
    assert ("skip" in note) == skipped


@settings(max_examples=300, deadline=None)
@given(near_transitions(), st.integers(1, 300))
def test_later_on_the_wall_is_later_unless_the_clocks_skip_it(
    drawn: tuple[ZoneInfo, datetime, bool], later: int
) -> None:
    zone, wall, skipped = drawn
    second = wall + later * MINUTE
    assume(not skipped and "skip" not in at_wall(second, zone)[1])
    assert instant_at(wall, zone).astimezone(UTC) < instant_at(second, zone).astimezone(UTC)


@settings(max_examples=300, deadline=None)
@given(near_transitions(), st.integers(0, 360), st.text(max_size=20))
def test_spread_minutes_are_stable_and_within_their_bounds(
    drawn: tuple[ZoneInfo, datetime, bool], spread: int, name: str
) -> None:
    zone, wall, _ = drawn
    days = tuple(range(7))
    slot = Slot(name="s", days=days, time=wall.time(), accounts=("a",), zone=zone, spread=spread * MINUTE)
    at, opens = slot.moment(wall.date(), name).astimezone(UTC), slot.opens(wall.date()).astimezone(UTC)
    assert opens <= at <= opens + spread * MINUTE
    assert (at - opens) % MINUTE == timedelta()
    assert at == slot.moment(wall.date(), name).astimezone(UTC)
    first, last = slot.window(wall.date())
    assert first <= at <= last
