"""Wall clocks as people write them, and the notes that they need.

A time in the calendar is what a clock on the wall of its zone shows. Twice a year that is not one instant: ``contentkit.walls``
says which one is taken, and here it comes with a note for the person who wrote it.

Python compares and subtracts two times of one zone by their walls, not as instants; hence the conversions to UTC here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from contentkit.distances import how_far
from contentkit.errors import ContentError, UsageError
from contentkit.patterns import regex
from contentkit.walls import instant_at

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
# Files of the zone database that are not places: this machine's own zone, and clocks that count leap seconds.
_NOT_A_PLACE = regex(r"^(localtime|posixrules|Factory|posix/.*|right/.*)$")

_DATE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_CLOCK = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
_OFFSET = r"([Zz]|[+-][0-9]{2}:?[0-9]{2})"
_AT = regex(rf"{_DATE}(?:[ Tt]+{_CLOCK}(?: ?{_OFFSET})?)?")
_CLOCK_ALONE = regex(_CLOCK)
_TODAY = regex(rf"(?:(?P<day>[a-z]+) +)?(?P<clock>{_CLOCK})", re.I)
_IN = regex(r"in +(?P<count>[0-9]{1,4}) *(?P<unit>m|min|mins|minutes?|h|hours?|d|days?|weeks?)", re.I)
_AT_FORMS = "write it as 2026-11-24 09:30, if need be with an offset: 2026-11-24 09:30+01:00"
_WHEN_FORMS = (
    "write '2026-11-24 09:30', '09:30', 'tomorrow 09:30', 'friday 09:30', 'in 2 hours', 'in 10 minutes' or 'now'"
)


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of this name. Raises ContentError that names the nearest one."""
    try:
        if not _NOT_A_PLACE.match(name):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass  # what zoneinfo raises for an unknown name, a path that leaves its folder, a folder
    raise ContentError(f"there is no time zone '{name}'", hint=_nearest_zone(name))


def _nearest_zone(name: str) -> str:
    import difflib
    from zoneinfo import available_timezones

    zones = sorted(zone for zone in available_timezones() if not _NOT_A_PLACE.match(zone))
    wanted = name.strip().replace(" ", "_").casefold()[:60]
    known = {zone.rpartition("/")[2].casefold(): zone for zone in zones} | {zone.casefold(): zone for zone in zones}
    close = difflib.get_close_matches(wanted, known, 1, 0.8)
    return f"did you mean '{known[close[0]]}'?" if close else "write it as Area/City, such as Europe/Madrid"


def at_wall(wall: datetime, zone: tzinfo) -> tuple[datetime, str]:
    """The instant at which a clock in ``zone`` shows ``wall`` (naive), and a note when that is not just one.

    Skipped times move forward by the gap, repeated ones are their first occurrence (see the module).
    """
    first = datetime.combine(wall, wall.time(), zone)
    again = time(wall.hour, wall.minute, wall.second, wall.microsecond, fold=1)
    if first.utcoffset() == datetime.combine(wall, again, zone).utcoffset():
        return first, ""
    at = instant_at(wall, zone)
    if at.replace(tzinfo=None, fold=0) != wall:
        return at, f"the clocks skip {wall:%H:%M} on this day: it goes out {show_time(at)}"
    return at, f"the clocks show {wall:%H:%M} twice on this day: it goes out the first time ({show_time(at)})"


def read_at(words: str, zone: tzinfo) -> tuple[datetime, str]:
    """A time as the calendar has it, wall clock in ``zone`` or with an offset: aware, in ``zone``, with a note.

    Raises ContentError (without a place) that says the form.
    """
    return moment_of(read_wall(words), zone)


def moment_of(wall: str, zone: tzinfo) -> tuple[datetime, str]:
    """The instant that ``read_wall`` read, aware, in ``zone``, with a note: at its offset, else on the wall of ``zone``."""
    moment = datetime.fromisoformat(wall)
    return (moment.astimezone(zone), "") if moment.tzinfo else at_wall(moment, zone)


def read_wall(words: str) -> str:
    """A time as the calendar has it, in the one way that approvals are bound to: what the clock on the wall shows, as ISO with
    seconds, and with an offset only where one is written. The zone's rules have no say in it.

    Raises ContentError (without a place) that says the form.
    """
    match = _AT.fullmatch(words.strip())
    if not match:
        raise ContentError(f"cannot read the time '{words}'", hint=_AT_FORMS)
    day, hour, minute, second, offset = match.groups()
    if not hour:
        raise ContentError(f"'{words}' is a date without a time", hint=_AT_FORMS)
    clock = f"{hour.zfill(2)}:{minute}:{second or '00'}"
    wall = f"{day}T{clock}"
    try:
        is_meant = clock < "24" and _FIRST_YEAR <= datetime.fromisoformat(wall).year <= _LAST_YEAR
    except ValueError:
        is_meant = False
    if not is_meant:
        _date(day), _clock(hour, minute, second)  # one of them says what is wrong
    return wall + _offset(offset) if offset else wall


def _offset(words: str) -> str:
    offset = words.upper().replace("Z", "+00:00").replace(":", "")
    try:
        datetime.fromisoformat(f"2000-01-01T00:00{offset}")
    except ValueError:
        raise ContentError(f"there is no offset '{words}'", hint=_AT_FORMS) from None
    return f"{offset[:3]}:{offset[3:]}"


def read_day(words: str) -> date:
    """A date such as 2026-12-24. Raises ContentError (without a place)."""
    if not re.fullmatch(_DATE, words):
        raise ContentError(f"cannot read the date '{words}'", hint="write it as 2026-12-24")
    return _date(words)


def _date(words: str) -> date:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise ContentError(f"there is no day {words}", hint="write it as year-month-day: 2026-11-24") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ContentError(f"the year {words[:4]} cannot be meant", hint=_AT_FORMS)
    return day


def read_clock(words: str) -> time:
    """A time of day such as 09:30 or 09:30:15. Raises ContentError (without a place)."""
    match = _CLOCK_ALONE.fullmatch(words)
    if not match:
        raise ContentError(f"cannot read the time of day '{words}'", hint="write it as 09:30")
    return _clock(*match.groups())


def _clock(hour: str, minute: str, second: str | None) -> time:
    try:
        return time(int(hour), int(minute), int(second or 0))
    except ValueError:
        words = f"{hour}:{minute}" + (f":{second}" if second else "")
        raise ContentError(f"there is no time {words}", hint="hours go from 00 to 23, minutes from 00 to 59") from None


def parse_when(words: str, zone: tzinfo, now: datetime) -> datetime:
    """A time as a person says it on the command line; aware, in ``zone``.

    A time of day, alone or with a day's name, is the next such moment. ``in`` hours and minutes are exact, rounded
    up to the full minute; ``in`` days and weeks keep the time on the wall.
    Raises UsageError that says the accepted forms.
    """
    said = " ".join(words.split()).lower()
    try:
        if said == "now":
            return now.astimezone(zone)
        if match := _IN.fullmatch(said):
            return _in(int(match["count"]), match["unit"][0], zone, now)
        if match := _TODAY.fullmatch(said):
            return _on_day(match["day"] or "", read_clock(match["clock"]), zone, now)
        return read_at(said, zone)[0]
    except ContentError as error:
        raise UsageError(error.message, hint=_WHEN_FORMS) from None


def _in(count: int, unit: str, zone: tzinfo, now: datetime) -> datetime:
    # The calendar counts in minutes; up, because a minute early is not what was asked for.
    minute = (now + timedelta(seconds=59, microseconds=999_999)).astimezone(UTC).replace(second=0, microsecond=0)
    if unit in "mh":
        return (minute + timedelta(minutes=count * {"m": 1, "h": 60}[unit])).astimezone(zone)
    days = count * {"d": 1, "w": 7}[unit]
    return at_wall(minute.astimezone(zone).replace(tzinfo=None, fold=0) + timedelta(days=days), zone)[0]


def _on_day(day: str, clock: time, zone: tzinfo, now: datetime) -> datetime:
    today, now = now.astimezone(zone).date(), now.astimezone(UTC)
    if day in ("today", "tomorrow"):
        return at_wall(datetime.combine(today + timedelta(days=day == "tomorrow"), clock), zone)[0]
    weekdays = {name: number for names in (DAYS, _DAY_NAMES) for number, name in enumerate(names)}
    if day and day not in weekdays:
        raise ContentError(f"there is no day '{day}'")
    coming = (today + timedelta(days=ahead) for ahead in range(9))
    wanted = (date_ for date_ in coming if not day or date_.weekday() == weekdays[day])
    moments = (at_wall(datetime.combine(date_, clock), zone)[0] for date_ in wanted)
    return next(moment for moment in moments if moment > now)


def as_written(at: datetime) -> str:
    """How the calendar says a time in its own zone: the wall clock, with the offset where that alone would mislead."""
    words = f"{at:%Y-%m-%d %H:%M:%S}" if at.second else f"{at:%Y-%m-%d %H:%M}"
    if isinstance(at.tzinfo, ZoneInfo) and read_at(words, at.tzinfo)[0].utcoffset() == at.utcoffset():
        return words
    return words + at.isoformat()[-6:]


def distance(at: datetime, now: datetime) -> str:
    """How far away a time is, in its largest fitting unit: 'in 3 h', 'in 2 days', '5 min ago', 'now'."""
    return how_far(at.astimezone(UTC) - now.astimezone(UTC))


def show_length(length: timedelta) -> str:
    """A length of time in its largest unit that leaves nothing over, in whole minutes: '90 min', '2 h', '1 day'."""
    minutes = int(length.total_seconds()) // 60
    if minutes % 1440 == 0 and minutes:
        return "1 day" if minutes == 1440 else f"{minutes // 1440} days"
    return f"{minutes // 60} h" if minutes % 60 == 0 and minutes else f"{minutes} min"


def show_time(at: datetime) -> str:
    """A time with its day and its zone, the same in every locale: 'Tue 24 Nov 09:30 CST'."""
    return f"{show_day(at)} {at:%H:%M} {at.tzname()}"


def show_day(day: date) -> str:
    """A day, the same in every locale: 'Tue 24 Nov'."""
    return f"{DAYS[day.weekday()].title()} {day.day} {_MONTHS[day.month - 1]}"
