from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.calendar.spans import beginning_of, end_of
from contentkit.errors import UsageError

MEXICO = ZoneInfo("America/Mexico_City")
# A Tuesday in Mexico, a Wednesday in UTC.
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", 24),
        ("yesterday", 23),
        ("Tomorrow", 25),
        ("tue", 24),
        ("monday", 30),
        ("3 days ago", 21),
        ("1 week ago", 17),
        ("in 2  days", 26),
        ("2026-11-07", 7),
    ],
)
def test_a_day_is_meant_from_midnight_to_midnight_on_the_calendars_wall(words: str, day: int) -> None:
    first = datetime(2026, 11, day, tzinfo=MEXICO)
    assert beginning_of(words, MEXICO, NOW) == first
    assert end_of(words, MEXICO, NOW) == first + timedelta(days=1, microseconds=-1)


@pytest.mark.parametrize("words", ["tomorrow 09:30", "in 3 hours", "2026-11-24 09:30", "now"])
def test_a_moment_is_its_own_beginning_and_end(words: str) -> None:
    assert beginning_of(words, MEXICO, NOW) == end_of(words, MEXICO, NOW)


def test_a_day_of_25_hours_ends_with_its_last() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    first, last = (of("2026-10-25", madrid, NOW) for of in (beginning_of, end_of))
    assert last.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=25, microseconds=-1)


@pytest.mark.parametrize("words", ["", "someday", "2026-13-01", "2026-02-30", "0 ago", "days ago", "in 3 days ago"])
def test_what_means_no_time_is_refused_with_the_forms(words: str) -> None:
    with pytest.raises(UsageError) as caught:
        beginning_of(words, MEXICO, NOW)
    assert "2026-11-24" in caught.value.hint


@given(words=st.text(max_size=40))
def test_any_words_are_a_time_or_refused(words: str) -> None:
    for of in (beginning_of, end_of):
        with suppress(UsageError):
            assert of(words, MEXICO, NOW).tzinfo is not None
