"""Months, weekdays, years, seasons, clock times and relative dates of a text. English and Spanish.

Full dates say everything they imply: 2026-02-03 is a February, a 2026 and a Tuesday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from functools import lru_cache

from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.clocks import clocks
from contentkit.words.within import FIGURE, Opened, even, words_within

Key = tuple[str, str]
_REMEMBERED = 256


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A date or a part of one: where it stands, its words, what it says as (kind, value) pairs."""

    start: int
    end: int
    keys: tuple[Key, ...]
    words: str


_ENGLISH_MONTHS = "january february march april may june july august september october november december"
_SPANISH_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_ENGLISH_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_SPANISH_WEEKDAYS = "lunes martes miércoles jueves viernes sábado domingo"


def _numbered(*lists: str) -> dict[str, int]:
    return {name: number for names in lists for number, name in enumerate(names.split(), 1)}


_LONG_MONTH = _numbered(_ENGLISH_MONTHS, _SPANISH_MONTHS) | {"setiembre": 9}
_MONTH = _LONG_MONTH | {name[:3]: number for name, number in _numbered(_ENGLISH_MONTHS).items()} | {"sept": 9}
_LONG_WEEKDAY = _numbered(_ENGLISH_WEEKDAYS, _SPANISH_WEEKDAYS)
_WEEKDAY = _LONG_WEEKDAY | {"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5}
# The words that name a month or a day of the week in full, in lower case.
CALENDAR_WORDS = frozenset(_LONG_MONTH) | frozenset(_LONG_WEEKDAY)
_SEASON = {
    "spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
    "primavera": "spring", "verano": "summer", "otoño": "autumn", "invierno": "winter",
}  # fmt: skip
_RELATIVE = {
    "yesterday": "yesterday", "ayer": "yesterday", "tomorrow": "tomorrow",
    "pasado": "last", "pasada": "last", "anterior": "last", "last": "last", "past": "last", "previous": "last",
    "próximo": "next", "próxima": "next", "next": "next", "coming": "next", "viene": "next",
    "this": "this", "current": "this", "este": "this", "esta": "this",
    "year": "year", "año": "year", "month": "month", "mes": "month", "week": "week", "semana": "week", "quarter": "quarter",
    "trimestre": "quarter", "night": "night", "weekend": "weekend",
}  # fmt: skip
_ISO = Opened([FIGURE], regex(r"(?<![\w-])(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?![\w-])"))
_SLASHED = Opened([FIGURE], regex(r"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\w/])"))
_CLOCK = Opened(
    [FIGURE], regex(r"(?<![\w:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\w|:\w)(?:\s?([ap])\.?m\b)?", re.I)
)
_LONG_MONTHS = "|".join(_LONG_MONTH)
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_NAMED_DATE = Opened(
    [*_MONTH, FIGURE],
    regex(
        rf"(?<!\w)(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+(?:of|de))?\s+)?"
        rf"(?P<month>(?i:{_LONG_MONTHS})|(?:{_SHORT_MONTHS})\b\.?)(?!\w)"
        rf"(?:\s+(?P<after>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:%]|[.,]\d))?(?:,?\s+(?:(?:of|de|del)\s+)?(?P<year>(?:19|20)\d\d)(?!\w))?"
    ),
)
_WEEKDAY_NAME = Opened(
    [*_WEEKDAY, *(f"{name}s" for name in _WEEKDAY)],
    regex(rf"(?<!\w)(?:(?i:{'|'.join(_LONG_WEEKDAY)})|Mon|Tues?|Wed|Thu(?:rs?)?|Fri)(?:s|'s)?(?!\w)"),
)
_YEAR = Opened([FIGURE], regex(r"(?<![\w.,$€£-])(?:(?:19|20)\d\d)(?![\w%]|[.,]\d)|(?<=[a-z]-)(?:19|20)\d\d(?!\w)"))
_BEFORE_A_SEASON = "in|this|that|last|next|by|since|until|after|before|over|during|en|la|el|del|este|esta|ese|esa|of"
_SEASON_NAME = Opened(
    _BEFORE_A_SEASON.split("|"),
    regex(
        rf"(?<!\w)(?:{_BEFORE_A_SEASON})\s+(?:the\s+)?({'|'.join(_SEASON)})"
        # "The Fall Festival" has its own date.
        r"(?!\w|\s(?-i:[A-Z]))",
        re.I,
    ),
)
_QUARTER = Opened(["q1", "q2", "q3", "q4"], regex(r"(?<!\w)Q([1-4])(?!\w)"))
_RELATIVE_DATE = Opened(
    _RELATIVE.keys() | {"the"},
    regex(
        r"(?<!\w)(?:(?P<day>yesterday|tomorrow|ayer)"
        r"|(?<!its )(?<!our )(?<!his )(?<!her )(?<!their )(?<!your )(?<!my )(?<!the )(?:(?:this|the)\s+)?"
        r"(?P<which>last|next|past|previous|coming|this|current)\s+(?P<what>year|month|week|quarter|night|weekend)"
        r"(?!\s+(?:of|before|in\s+which))"
        r"|(?P<cual>próxim[oa]|este|esta|pasad[oa])\s+(?P<que>año|mes|semana|trimestre)"
        r"|(?P<cosa>año|mes|semana|trimestre)\s+(?:que\s+)?(?P<pasado>pasad[oa]|anterior|viene|próxim[oa]))(?!\w)",
        re.I,
    ),
)
# A day that shares its month with the day behind or before it: "6 and 7 February", "May 15–23".
_DAY_BEFORE = regex(
    r"(?<![\w.,])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s*(?:and|y|to|al?|&|-|–|,|or|o)\s*(?:(?:el|the)\s+)?$", re.I
)
_DAY_BEHIND = regex(r"\s*(?:and|y|to|al?|&|-|–)\s*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)", re.I)
_WHICH = "first|second|third|final|every|each|primer|primera|segundo|segunda|tercer|tercera|cada"
_PERIOD = Opened(
    _WHICH.split("|"),
    regex(
        rf"(?<!\w)(?P<which>{_WHICH})\s+"
        r"(?P<what>minute|hour|day|week|month|quarter|year|minuto|hora|día|semana|mes|trimestre|año)(?!\w)",
        re.I,
    ),
)
# A date in words has one of these in it.
_RELATIVE_WORDS = """
minute hour day week month quarter year minuto hora día semana mes trimestre año night weekend yesterday tomorrow ayer
"""
_UNITS = frozenset(_RELATIVE_WORDS.split())
# "may" and "march" are verbs, "mar" and "dec" are parts of names: only with a number, or capitalised after a preposition.
_DOUBTFUL = frozenset(("may", "march", "mar", "jan", "dec", "jun", "sep", "august"))
_MONTH_BEFORE = regex(
    r"(?:\b(?:in|by|since|until|of|from|to|last|next|this|early|late|mid|during|before|after|and|through|till)|[-/])\s?$",
    re.I,
)


def moments(text: str) -> list[Moment]:
    """What a reader takes for a date, without overlaps, in order."""
    return _apart(found for found in _all(text) if not _is_doubtful(text, found))


def every_moment(text: str) -> list[Moment]:
    """All of the above and what may be a date: a source supports whatever it can be read as."""
    return _apart(_all(text))


def without_moments(text: str, found: Sequence[Moment]) -> str:
    """The text with these moments blanked out, so that their digits are not read as quantities."""
    pieces, end = [], 0
    for moment in found:
        pieces += [text[end : moment.start], " " * (moment.end - moment.start)]
        end = moment.end
    return "".join(pieces) + text[end:]


def _apart(found: Iterable[Moment]) -> list[Moment]:
    """The moments in order, the longest where two of them overlap."""
    kept: list[Moment] = []
    for moment in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return kept


@lru_cache(maxsize=_REMEMBERED)
def _all(said: str) -> tuple[Moment, ...]:
    """Whatever may be a date: a source and a post are read for those that are one, and for all."""
    return tuple(_each(said))


def _each(said: str) -> Iterator[Moment]:
    text = even(said)
    yield from _named(text)
    yield from _relative(text)
    for start, end, times in clocks(text):
        keys = tuple(("clock", time) for time in times)
        yield Moment(start=start, end=end, keys=keys, words=said[start:end])
    yield from _in_digits(text)


def _in_digits(text: str) -> Iterator[Moment]:
    for match in _ISO.finditer(text):
        yield from _moment(match, _dated(match[1], match[2], match[3]))
    for match in _SLASHED.finditer(text):
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        yield from _moment(match, _dated(year, match[1], match[2]) + _dated(year, match[2], match[1]))
    for match in _CLOCK.finditer(text):
        hour = int(match[1]) + (12 if (match[3] or "").lower() == "p" and int(match[1]) < 12 else 0)
        yield from _moment(match, (("clock", f"{hour}:{match[2]}"), ("clock", f"{int(match[1])}:{match[2]}")))
    for match in _YEAR.finditer(text):
        yield from _moment(match, (("year", match[0]),))
    for match in _QUARTER.finditer(text):
        yield from _moment(match, (("quarter", match[1]),))


def _named(text: str) -> Iterator[Moment]:
    for match in _found(_NAMED_DATE, _MONTH.keys(), text):
        month = str(_MONTH[match["month"].lower().rstrip(".")])
        yield from _moment(match, _dated(match["year"], month, match["after"] or match["day"]))
        yield from _days_beside(text, match, month)
    for match in _WEEKDAY_NAME.finditer(text):
        yield from _moment(match, (("weekday", str(_WEEKDAY[_singular(match[0])])),))
    for match in _found(_SEASON_NAME, _SEASON.keys(), text):
        yield from _moment(match, (("season", _SEASON[match[1].lower()]),))


def _relative(text: str) -> Iterator[Moment]:
    for match in _found(_PERIOD, _UNITS, text):
        yield from _moment(match, (("period", f"{match['which']} {match['what']}".lower()),))
    for match in _found(_RELATIVE_DATE, _UNITS, text):
        said = [_RELATIVE[word.lower()] for word in match.groups() if word]
        yield from _moment(match, (("relative", " ".join(sorted(said))),))


def _found(pattern: Opened, words: Set[str], text: str) -> Iterator[re.Match[str]]:
    """Where a pattern stands of which every match has one of these words in it."""
    return iter(()) if words.isdisjoint(words_within(text)) else pattern.finditer(text)


def _days_beside(text: str, date_: re.Match[str], month: str) -> Iterator[Moment]:
    """The other day of a date that names two: "6 and 7 February", "May 15–23"."""
    before = _DAY_BEFORE.search(text, max(0, date_.start() - 12), date_.start()) if date_["day"] else None
    behind = _DAY_BEHIND.match(text, date_.end()) if date_["after"] else None
    for match in (each for each in (before, behind) if each):
        keys = _dated(date_["year"], month, match["day"])
        yield Moment(start=match.start("day"), end=match.end("day"), keys=keys, words=match["day"])


def _singular(weekday: str) -> str:
    lower = weekday.lower().removesuffix("'s")
    return lower if lower in _WEEKDAY else lower.removesuffix("s")


def _dated(year: str | None, month: str, day: str | None) -> tuple[Key, ...]:
    """What a date says; nothing when there is no such month."""
    if not 1 <= int(month) <= 12:
        return ()
    keys: list[Key] = [("month", str(int(month)))]
    if day:
        keys.append(("day", str(int(day))))
    if year:
        keys.append(("year", year))
    return tuple(keys)


def implied(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    """What a source says by a date without saying it: the weekday of a full one, quarter and season of a month.

    The season is that of either half of the world.
    """
    said = dict(keys)
    found: list[Key] = []
    if "month" in said:
        month = int(said["month"])
        found += [("date", f"{month}-{said['day']}")] if "day" in said else []
        found += [("quarter", str((month + 2) // 3)), *(("season", name) for name in _SEASONS[month % 12 // 3])]
    try:
        day = date(int(said["year"]), int(said["month"]), int(said["day"]))
    except (KeyError, ValueError):
        return tuple(found)
    return (*found, ("weekday", str(day.isoweekday())))


_SEASONS = (("winter", "summer"), ("spring", "autumn"), ("summer", "winter"), ("autumn", "spring"))


def meant(key: Key, today: date) -> tuple[Key, ...]:
    """What a relative date means on a day: "last month" in November is a October. Empty where it names no month or year."""
    step = {"last": -1, "next": 1, "this": 0}
    words = key[1].split()
    if len(words) != 2 or key[0] != "relative":
        return ()
    turn = next((step[word] for word in words if word in step), None)
    if turn is None:
        return ()
    if "year" in words:
        return (("year", str(today.year + turn)),)
    if "month" in words:
        month = today.month - 1 + turn
        return (("month", str(month % 12 + 1)),)
    if "quarter" in words:
        return (("quarter", str(((today.month - 1) // 3 + turn) % 4 + 1)),)
    return ()


def _moment(match: re.Match[str], keys: tuple[Key, ...]) -> Iterator[Moment]:
    if keys:
        yield Moment(start=match.start(), end=match.end(), keys=keys, words=match[0])


def _is_doubtful(text: str, moment: Moment) -> bool:
    word = moment.words.rstrip(".")
    if word.lower() not in _DOUBTFUL:
        return False
    return not (word[0].isupper() and _MONTH_BEFORE.search(text, max(0, moment.start - 12), moment.start))
