"""A moment says until when what was asked of it has the same answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.calendar.times import distance
from contentkit.cli.turning import Moment, Until

_NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_KATHMANDU = ZoneInfo("Asia/Kathmandu")
_Question = Callable[[datetime, datetime, timedelta], Any]
# What listings ask of the clock, of a time and of a length.
_QUESTIONS: list[_Question] = [
    lambda now, at, length: at < now,
    lambda now, at, length: now <= at,
    lambda now, at, length: at.astimezone(_KATHMANDU) > now,
    lambda now, at, length: now >= at + length,
    lambda now, at, length: now - at > length,
    lambda now, at, length: at - now <= length,
    lambda now, at, length: at < now - length,
    lambda now, at, length: now + length < at,
    lambda now, at, length: distance(at, now),
    lambda now, at, length: distance(at, now - length),
    lambda now, at, length: now.astimezone(_KATHMANDU).date(),
    lambda now, at, length: max(at, now) == at,
    lambda now, at, length: abs(now - at) < length,
]


@settings(max_examples=300, deadline=None)
@given(
    question=st.sampled_from(_QUESTIONS),
    at=st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40)).map(lambda ahead: _NOW + ahead),
    length=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9)),
    later=st.floats(min_value=0, max_value=1, exclude_max=True),
)
def test_until_then_the_answer_stays(question: _Question, at: datetime, length: timedelta, later: float) -> None:
    until = Until()
    answer = question(Moment.of(_NOW, until), at, length)
    assert answer == question(_NOW, at, length)
    left = timedelta(days=80) if until.left is None else until.left
    before = timedelta(microseconds=int(left // timedelta(microseconds=1) * later))
    assert question(_NOW + before, at, length) == answer


def test_it_is_known_how_long_an_answer_stays() -> None:
    def left(question: Callable[[datetime], Any]) -> timedelta | None:
        until = Until()
        question(Moment.of(_NOW, until))
        return until.left

    in_an_hour = _NOW + timedelta(hours=1)
    assert left(lambda now: now < in_an_hour) == timedelta(hours=1)
    assert left(lambda now: now > _NOW - timedelta(hours=1)) is None, "past is past"
    assert left(lambda now: distance(in_an_hour + timedelta(hours=2), now)) == timedelta(minutes=30)
    assert left(lambda now: now.date()) == timedelta(minutes=15)


@pytest.mark.parametrize(
    "question",
    [
        lambda now: f"{now:%H:%M}",
        lambda now: now.hour,
        lambda now: now.isoformat(),
        lambda now: now.timestamp(),
        lambda now: now.replace(minute=0),
        lambda now: now == _NOW,
        lambda now: (now - _NOW).total_seconds(),
        lambda now: (now - _NOW).seconds,
        lambda now: (now - _NOW) / timedelta(hours=1),
        lambda now: str(now - _NOW),
    ],
)
def test_any_other_question_may_be_answered_otherwise_at_once(question: Callable[[datetime], Any]) -> None:
    until = Until()
    assert question(Moment.of(_NOW, until)) == question(_NOW)
    assert until.left == timedelta(0)
