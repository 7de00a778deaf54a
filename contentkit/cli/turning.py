"""A moment that notes until when whatever is asked of it has the same answer.

What a listing says follows from files and from the clock. Whether a file changed is easily told; the clock always did. So a
listing that is to be kept gets such a moment for its ``now``: each comparison with another time notes when it would come out
otherwise, and any question that it does not know notes that its answer may be another one at once. So nobody has to keep in
mind where in the program the clock is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

_AT_ONCE, _DAY = timedelta(0), timedelta(days=1)
# A day begins at a whole quarter of an hour in every zone there is.
_QUARTER = timedelta(minutes=15)


class Until:
    """How long all answers so far stay the same: ``left``, None while that is for ever."""

    def __init__(self) -> None:
        self.left: timedelta | None = None

    def note(self, left: timedelta) -> None:
        """An answer turns after this time; less than none says that it has turned for good."""
        if left >= _AT_ONCE and (self.left is None or left < self.left):
            self.left = left


class Moment(datetime):
    """Now, or a time that is so much before or after it: it moves on with the clock."""

    _plain: datetime
    _until: Until

    @classmethod
    def of(cls, at: datetime, until: Until) -> Moment:
        """This aware time, whose answers are noted in ``until``."""
        moment = cls.combine(at.date(), at.timetz())
        moment._plain, moment._until = at, until
        return moment

    def _meets(self, other: datetime) -> datetime:
        if not isinstance(other, Moment):
            self._until.note(other.astimezone(UTC) - self._plain.astimezone(UTC))
        return self._plain

    def __lt__(self, other: Any) -> bool:
        return self._meets(other) < _plain(other)

    def __le__(self, other: Any) -> bool:
        return self._meets(other) <= _plain(other)

    def __gt__(self, other: Any) -> bool:
        return self._meets(other) > _plain(other)

    def __ge__(self, other: Any) -> bool:
        return self._meets(other) >= _plain(other)

    def __add__(self, other: timedelta) -> Moment:
        return Moment.of(self._plain + other, self._until)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return Moment.of(self._plain - other, self._until)
        length = self._plain - _plain(other)
        return length if isinstance(other, Moment) else Span.of(length, self._until, grows=True)

    def __rsub__(self, other: datetime) -> timedelta:
        return Span.of(other - self._plain, self._until, grows=False)

    def astimezone(self, tz: tzinfo | None = None) -> Moment:
        return Moment.of(self._plain.astimezone(tz), self._until)

    def date(self) -> date:
        since_midnight = self._plain.astimezone(UTC) - datetime.min.replace(tzinfo=UTC)
        self._until.note(_QUARTER - since_midnight % _QUARTER)
        return self._plain.date()


class Span(timedelta):
    """How long it is from a moment to another time: it grows or shrinks with the clock."""

    _plain: timedelta
    _until: Until
    _grows: bool

    @classmethod
    def of(cls, length: timedelta, until: Until, *, grows: bool) -> Span:
        span = cls(length.days, length.seconds, length.microseconds)
        span._plain, span._until, span._grows = length, until, grows
        return span

    def _meets(self, other: timedelta) -> timedelta:
        ahead = _plain_span(other) - self._plain
        self._until.note(ahead if self._grows else -ahead)
        return self._plain

    def __lt__(self, other: timedelta) -> bool:
        return self._meets(other) < _plain_span(other)

    def __le__(self, other: timedelta) -> bool:
        return self._meets(other) <= _plain_span(other)

    def __gt__(self, other: timedelta) -> bool:
        return self._meets(other) > _plain_span(other)

    def __ge__(self, other: timedelta) -> bool:
        return self._meets(other) >= _plain_span(other)

    def __abs__(self) -> timedelta:
        # When it is nothing it begins to grow again.
        is_past = self._meets(_AT_ONCE) < _AT_ONCE
        return Span.of(abs(self._plain), self._until, grows=self._grows is not is_past)

    def __add__(self, other: timedelta) -> timedelta:
        return Span.of(self._plain + other, self._until, grows=self._grows)

    def __floordiv__(self, other: Any) -> Any:
        times, over = divmod(self._plain, other)
        self._until.note(other - over if self._grows else over)
        return times

    @property
    def days(self) -> int:
        return int(self // _DAY)


def _plain(one: datetime) -> datetime:
    return one._plain if isinstance(one, Moment) else one


def _plain_span(one: timedelta) -> timedelta:
    return one._plain if isinstance(one, Span) else one


def _unknown(name: str) -> Callable[..., Any]:
    """A question that may be answered otherwise at once."""

    def asked(self: Any, *words: Any, **named: Any) -> Any:
        self._until.note(_AT_ONCE)
        return getattr(self._plain, name)(*words, **named)

    return asked


def _unknown_property(name: str) -> property:
    def asked(self: Any) -> Any:
        self._until.note(_AT_ONCE)
        return getattr(self._plain, name)

    return property(asked)


for _name in (
    "replace", "isoformat", "strftime", "timestamp", "timetuple", "utctimetuple", "toordinal", "weekday", "isoweekday",
    "isocalendar", "ctime", "time", "timetz", "utcoffset", "dst", "tzname", "__eq__", "__ne__", "__hash__", "__format__",
    "__str__", "__repr__", "__reduce_ex__",
):  # fmt: skip
    setattr(Moment, _name, _unknown(_name))
for _name in ("year", "month", "day", "hour", "minute", "second", "microsecond", "fold"):
    setattr(Moment, _name, _unknown_property(_name))
for _name in (
    "total_seconds", "__radd__", "__sub__", "__rsub__", "__neg__", "__pos__", "__mul__", "__rmul__", "__truediv__",
    "__rtruediv__", "__rfloordiv__", "__mod__", "__rmod__", "__divmod__", "__rdivmod__", "__bool__", "__eq__", "__ne__",
    "__hash__", "__str__", "__repr__", "__reduce__",
):  # fmt: skip
    setattr(Span, _name, _unknown(_name))
for _name in ("seconds", "microseconds"):
    setattr(Span, _name, _unknown_property(_name))
