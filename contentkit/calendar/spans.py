"""From when to when, as a person asks for it: whole days by their names, or moments."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from contentkit.calendar.times import DAYS, at_wall, parse_when, read_day
from contentkit.errors import ContentError, UsageError
from contentkit.patterns import regex

_DAY = timedelta(days=1)
_AGO = regex(r"(?P<count>[0-9]{1,4}) +(?P<unit>days?|weeks?) +ago", re.I)
_AHEAD = regex(r"in +(?P<count>[0-9]{1,4}) +(?P<unit>days?|weeks?)", re.I)
_HINT = "write '2026-11-24', 'today', 'friday', '3 days ago', 'in 2 weeks', or a moment: 'tomorrow 09:30'"


def beginning_of(words: str, zone: tzinfo, now: datetime) -> datetime:
    """The first moment that ``words`` mean: of a day its midnight. Aware, in ``zone``. Raises UsageError that says the forms."""
    day = _day(words, zone, now)
    return _moment(words, zone, now) if day is None else _midnight(day, zone)


def end_of(words: str, zone: tzinfo, now: datetime) -> datetime:
    """The last moment that ``words`` mean: of a day the one before the next midnight. Aware, in ``zone``. Raises UsageError."""
    day = _day(words, zone, now)
    if day is None:
        return _moment(words, zone, now)
    return _midnight(day + _DAY, zone) - timedelta(microseconds=1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return at_wall(datetime.combine(day, time()), zone)[0]


def _moment(words: str, zone: tzinfo, now: datetime) -> datetime:
    try:
        return parse_when(words, zone, now)
    except UsageError as error:
        raise UsageError(error.message, hint=_HINT) from None


def _day(words: str, zone: tzinfo, now: datetime) -> date | None:
    """The day that is meant, the coming one of a name; None for a moment."""
    said, today = " ".join(words.split()).lower(), now.astimezone(zone).date()
    names = {"yesterday": today - _DAY, "today": today, "tomorrow": today + _DAY}
    if said in names:
        return names[said]
    if len(said) >= len(DAYS[0]) and said in _SPELLED:
        ahead = (_SPELLED[said] - today.weekday()) % 7
        return today + ahead * _DAY
    for pattern, sign in ((_AGO, -1), (_AHEAD, 1)):
        if match := pattern.fullmatch(said):
            days = int(match["count"]) * (7 if match["unit"].startswith("week") else 1)
            return today + sign * days * _DAY
    try:
        return read_day(said)
    except ContentError as error:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
            raise UsageError(error.message, hint=error.hint) from None
        return None


_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPELLED = {name: number for names in (DAYS, _LONG) for number, name in enumerate(names)}
