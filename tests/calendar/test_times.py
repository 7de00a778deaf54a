"""Wall clocks and instants: over the transitions of several zones by hand, over all zones by property."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.calendar.times import (
    as_written,
    at_wall,
    distance,
    parse_when,
    read_at,
    read_wall,
    show_time,
    zone_of,
)
from contentkit.errors import ContentError, UsageError

MADRID = ZoneInfo("Europe/Madrid")
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})).map(ZoneInfo)
FROM, TO = datetime.fromisoformat("2000-01-02"), datetime.fromisoformat("2080-01-01")
WALLS = st.datetimes(FROM, TO).map(lambda wall: wall.replace(microsecond=0))


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        # plain
        ("America/Mexico_City", "2026-11-24 09:30", "2026-11-24T15:30Z"),
        ("America/Mexico_City", "2026-07-01 09:30", "2026-07-01T15:30Z"),  # no summer time since 2022
        ("Asia/Kolkata", "2026-11-24 09:30", "2026-11-24T04:00Z"),
        ("Asia/Kathmandu", "2026-11-24 09:30", "2026-11-24T03:45Z"),
        # spring forward: skipped, forward by the gap
        ("Europe/Madrid", "2026-03-29 01:59", "2026-03-29T00:59Z"),
        ("Europe/Madrid", "2026-03-29 02:00", "2026-03-29T01:00Z"),
        ("Europe/Madrid", "2026-03-29 02:30", "2026-03-29T01:30Z"),
        ("Europe/Madrid", "2026-03-29 03:00", "2026-03-29T01:00Z"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08T07:30Z"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:45Z"),  # a gap of half an hour
        ("Pacific/Apia", "2011-12-30 09:30", "2011-12-30T19:30Z"),  # a day that never was
        ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23T22:30Z"),  # skips midnight
        # fall back: repeated, the first occurrence
        ("Europe/Madrid", "2026-10-25 01:59", "2026-10-24T23:59Z"),
        ("Europe/Madrid", "2026-10-25 02:30", "2026-10-25T00:30Z"),
        ("Europe/Madrid", "2026-10-25 03:00", "2026-10-25T02:00Z"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30Z"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45Z"),
    ],
)
def test_a_wall_clock_and_its_zone_give_one_instant(zone: str, wall: str, instant: str) -> None:
    at, _ = read_at(wall, ZoneInfo(zone))
    assert at.astimezone(UTC) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("wall", "note"),
    [
        ("2026-03-29 02:30", "the clocks skip 02:30 on this day: it goes out Sun 29 Mar 03:30 CEST"),
        (
            "2026-10-25 02:30",
            "the clocks show 02:30 twice on this day: it goes out the first time (Sun 25 Oct 02:30 CEST)",
        ),
        ("2026-10-25 03:00", ""),
        ("2026-11-24 09:30", ""),
    ],
)
def test_a_time_that_is_skipped_or_repeated_comes_with_a_note(wall: str, note: str) -> None:
    assert read_at(wall, MADRID)[1] == note


@given(ZONES, WALLS)
def test_a_wall_clock_is_shown_again_unless_the_clocks_skip_it(zone: ZoneInfo, wall: datetime) -> None:
    at, note = at_wall(wall, zone)
    shown = at.replace(tzinfo=None, fold=0)
    assert shown == wall or (shown > wall and "skip" in note)
    # Only what no clock ever shows is moved.
    candidates = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    exists = any(moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall for moment in candidates)
    assert exists == (shown == wall)


@given(ZONES, WALLS)
def test_a_skipped_time_moves_by_the_gap_and_no_further(zone: ZoneInfo, wall: datetime) -> None:
    at, _ = at_wall(wall, zone)
    moved = at.replace(tzinfo=None, fold=0) - wall
    before = wall.replace(tzinfo=zone, fold=0).utcoffset()
    after = wall.replace(tzinfo=zone, fold=1).utcoffset()
    assert before is not None
    assert after is not None
    assert moved == max(after - before, timedelta(0))


@given(ZONES, WALLS)
def test_a_repeated_time_is_its_first_occurrence(zone: ZoneInfo, wall: datetime) -> None:
    at, note = at_wall(wall, zone)
    other = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if other.astimezone(zone).replace(tzinfo=None, fold=0) == wall == at.replace(tzinfo=None, fold=0):
        assert at.astimezone(UTC) <= other
        assert bool(note) == (at.astimezone(UTC) != other)


@given(ZONES, st.datetimes(FROM, TO, timezones=st.just(UTC)))
def test_every_instant_can_be_written_and_read_back(zone: ZoneInfo, moment: datetime) -> None:
    at = moment.replace(microsecond=0).astimezone(zone)
    assert read_at(as_written(at), zone)[0].astimezone(UTC) == at.astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "month", "day"),
    [("Europe/Madrid", 3, 29), ("Europe/Madrid", 10, 25), ("America/New_York", 11, 1), ("America/Santiago", 4, 5)],
)
def test_every_minute_around_a_transition_can_be_written_and_read_back(zone: str, month: int, day: int) -> None:
    start = datetime(2026, month, day, tzinfo=UTC) - timedelta(hours=6)
    for minute in range(18 * 60):
        at = (start + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))
        assert read_at(as_written(at), ZoneInfo(zone))[0].astimezone(UTC) == at.astimezone(UTC)


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("2026-11-24 09:30", "2026-11-24T08:30Z"),
        ("2026-11-24T09:30", "2026-11-24T08:30Z"),
        ("2026-11-24 9:30", "2026-11-24T08:30Z"),
        ("2026-11-24 09:30:15", "2026-11-24T08:30:15Z"),
        ("2026-11-24 09:30+01:00", "2026-11-24T08:30Z"),
        ("2026-11-24 09:30 -06:00", "2026-11-24T15:30Z"),
        ("2026-11-24T09:30:00Z", "2026-11-24T09:30Z"),
        ("2026-11-24T09:30:00+0530", "2026-11-24T04:00Z"),
    ],
)
def test_a_time_may_be_written_in_these_forms(words: str, instant: str) -> None:
    at, note = read_at(words, MADRID)
    assert at.astimezone(UTC) == datetime.fromisoformat(instant)
    assert at.tzinfo is MADRID
    assert not note


@pytest.mark.parametrize(
    ("words", "wall"),
    [
        ("2026-11-24 9:30", "2026-11-24T09:30:00"),
        ("2026-11-24T09:30:15", "2026-11-24T09:30:15"),
        ("2026-11-24 09:30 -06:00", "2026-11-24T09:30:00-06:00"),
        ("2026-11-24t09:30:00+0530", "2026-11-24T09:30:00+05:30"),
        ("2026-11-24T09:30:00z", "2026-11-24T09:30:00+00:00"),
    ],
)
def test_a_wall_clock_has_one_spelling(words: str, wall: str) -> None:
    assert read_wall(words) == wall


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("2026-11-24", "'2026-11-24' is a date without a time"),
        ("2026-02-30 09:30", "there is no day 2026-02-30"),
        ("2026-13-01 09:30", "there is no day 2026-13-01"),
        ("0206-11-24 09:30", "the year 0206 cannot be meant"),
        ("2026-11-24 24:00", "there is no time 24:00"),
        ("2026-11-24 09:60", "there is no time 09:60"),
        ("2026-11-24 09:30+99:00", "there is no offset '+99:00'"),
        ("24.11.2026 09:30", "cannot read the time '24.11.2026 09:30'"),
        ("2026-11-24 09:30 CET", "cannot read the time '2026-11-24 09:30 CET'"),
        ("2026-11-24 09:30pm", "cannot read the time '2026-11-24 09:30pm'"),
        ("２０２６-11-24 09:30", "cannot read the time '２０２６-11-24 09:30'"),
        ("", "cannot read the time ''"),
    ],
)
def test_a_time_that_cannot_be_read_says_why(words: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_at(words, MADRID)
    assert caught.value.message == message
    assert caught.value.hint


# Sunday, 22 November 2026, 10:00:30 in Madrid.
NOW = datetime(2026, 11, 22, 9, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "wall"),
    [
        ("now", "2026-11-22 10:00:30"),
        ("11:00", "2026-11-22 11:00"),
        ("09:30", "2026-11-23 09:30"),
        ("10:00", "2026-11-23 10:00"),
        ("9:30", "2026-11-23 09:30"),
        ("today 18:00", "2026-11-22 18:00"),
        ("today 09:30", "2026-11-22 09:30"),
        ("tomorrow 09:30", "2026-11-23 09:30"),
        ("Tomorrow  09:30", "2026-11-23 09:30"),
        ("friday 09:30", "2026-11-27 09:30"),
        ("Fri 09:30", "2026-11-27 09:30"),
        ("sunday 11:00", "2026-11-22 11:00"),
        ("sunday 09:30", "2026-11-29 09:30"),
        ("in 2 hours", "2026-11-22 12:01"),
        ("in 1 hour", "2026-11-22 11:01"),
        ("in 10 minutes", "2026-11-22 10:11"),
        ("in 90m", "2026-11-22 11:31"),
        ("in 2 days", "2026-11-24 10:01"),
        ("in 1 week", "2026-11-29 10:01"),
        ("2026-11-24 09:30", "2026-11-24 09:30"),
        ("2026-11-24T09:30Z", "2026-11-24 10:30"),
    ],
)
def test_a_time_is_understood_as_people_say_it(words: str, wall: str) -> None:
    at = parse_when(words, MADRID, NOW)
    assert at.replace(tzinfo=None) == datetime.fromisoformat(wall)
    assert at.tzinfo is MADRID


@pytest.mark.parametrize(
    "words",
    ["", "soon", "friday", "tomorrow", "frday 09:30", "2026-11-24", "in two hours", "in 5", "25:00", "in 99999 hours"],
)
def test_a_time_nobody_can_understand_names_the_accepted_forms(words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_when(words, MADRID, NOW)
    for form in ("2026-11-24 09:30", "09:30", "tomorrow 09:30", "friday 09:30", "in 2 hours", "now"):
        assert form in caught.value.hint


def test_hours_are_hours_and_days_keep_the_time_on_the_wall_when_the_clocks_change() -> None:
    saturday = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # noon in Madrid, the night before the clocks go back
    assert parse_when("in 24 hours", MADRID, saturday) == datetime(2026, 10, 25, 10, 0, tzinfo=UTC)
    assert parse_when("in 1 day", MADRID, saturday) == datetime(2026, 10, 25, 11, 0, tzinfo=UTC)


def test_the_next_such_time_is_found_within_the_hour_that_comes_twice() -> None:
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 in Madrid, for the second time
    for now in (second, second.astimezone(MADRID)):
        assert parse_when("02:30", MADRID, now) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(
    ZONES,
    st.datetimes(FROM, TO, timezones=st.just(UTC)),
    st.sampled_from(["", "mon ", "wednesday ", "sun "]),
    st.times(),
)
def test_the_next_such_time_is_always_ahead(zone: ZoneInfo, now: datetime, day: str, clock: object) -> None:
    at = parse_when(f"{day}{clock:%H:%M}", zone, now)
    assert now < at.astimezone(UTC) < now + timedelta(days=9)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "now"),
        (29, "now"),
        (-29, "now"),
        (30, "in 1 min"),
        (5 * 60, "in 5 min"),
        (-5 * 60, "5 min ago"),
        (59 * 60 + 29, "in 59 min"),
        (59 * 60 + 30, "in 1 h"),
        (3 * 3600, "in 3 h"),
        (-3 * 3600, "3 h ago"),
        (23 * 3600 + 1799, "in 23 h"),
        (24 * 3600, "in 1 day"),
        (47 * 3600, "in 2 days"),
        (-72 * 3600, "3 days ago"),
    ],
)
def test_a_distance_is_said_in_its_largest_fitting_unit(seconds: int, words: str) -> None:
    assert distance(NOW + timedelta(seconds=seconds), NOW) == words


def test_a_distance_counts_hours_that_pass_and_not_hours_on_the_wall() -> None:
    before = datetime(2026, 3, 29, 1, 0, tzinfo=MADRID)
    after = datetime(2026, 3, 29, 4, 0, tzinfo=MADRID)
    assert distance(after, before) == "in 2 h"


def test_a_time_is_shown_with_its_day_and_its_zone() -> None:
    assert show_time(datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("America/Mexico_City"))) == "Tue 24 Nov 09:30 CST"
    assert show_time(datetime(2026, 3, 1, 0, 5, tzinfo=ZoneInfo("America/Sao_Paulo"))) == "Sun 1 Mar 00:05 -03"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("America/Mexcio_City", "did you mean 'America/Mexico_City'?"),
        ("Mexico City", "did you mean 'America/Mexico_City'?"),
        ("europe/madrd", "did you mean 'Europe/Madrid'?"),
        ("Madrid", "did you mean 'Europe/Madrid'?"),
        ("GMT+25:00", "write it as Area/City, such as Europe/Madrid"),
        ("America", "write it as Area/City, such as Europe/Madrid"),
        ("../../etc/passwd", "write it as Area/City, such as Europe/Madrid"),
        ("/etc/localtime", "write it as Area/City, such as Europe/Madrid"),
        ("right/Europe/Madrid", None),
        ("localtime", None),
        ("", "write it as Area/City, such as Europe/Madrid"),
        ("a\0b", "write it as Area/City, such as Europe/Madrid"),
    ],
)
def test_an_unknown_zone_names_the_nearest(name: str, hint: str | None) -> None:
    with pytest.raises(ContentError) as caught:
        zone_of(name)
    assert caught.value.message == f"there is no time zone '{name}'"
    assert hint is None or caught.value.hint == hint
