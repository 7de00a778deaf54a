"""How long it is from one date of a source to another, and how long ago its dates were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from contentkit.checks.records.told import Told
from contentkit.words.moments import Moment
from contentkit.words.quantities import Quantity, Reading

# So many dates of a sentence, and so many in all, are worked with, so that a hostile source stays cheap.
_MOST_OF_A_SENTENCE, _MOST = 12, 24
_DAY = 86400.0
_LONGEST_MONTH = 31


def spans_of(told: Sequence[Told], day: date | None) -> frozenset[Reading]:
    """The times between any two of the first dates of these sentences, and from each of their years to this day."""
    dates = [moment for one in told for moment in one.moments[:_MOST_OF_A_SENTENCE]][:_MOST]
    found = set[Reading]()
    for index, one in enumerate(dates):
        found |= _age(one, day) if day else set()
        for other in dates[index + 1 :]:
            found |= _between(one, other)
    for index, sentence in enumerate(told[:_MOST]):
        close = [number for each in told[index : index + 2] for number in each.quantities]
        found |= set(_within_a_month(sentence.moments, close))
    return frozenset(found - {(0.0, "months"), (0.0, "time")})


def _within_a_month(dates: Sequence[Moment], numbers: Sequence[Quantity]) -> Iterator[Reading]:
    """The days from a date to a day that stands without its month: "17 August … the 3rd"."""
    ordinals = [value for number in numbers for value, unit in number.readings if unit == "ordinal"]
    for moment in dates:
        day = dict(moment.keys).get("day")
        for value in ordinals if day else ():
            if value <= _LONGEST_MONTH:
                yield (_DAY * abs(value - int(day or 0)), "time")


def _between(one: Moment, other: Moment) -> set[Reading]:
    """How long it is from one date to the other, in days, months and hours, as far as both say it."""
    first, second = dict(one.keys), dict(other.keys)
    found: set[Reading] = set()
    years = abs(int(second["year"]) - int(first["year"])) if "year" in first and "year" in second else 0
    if years:
        found.add((12.0 * years, "months"))
    if "month" in first and "month" in second:
        months = int(second["month"]) - int(first["month"])
        found |= {(float(abs(months + 12 * turn)), "months") for turn in ({years, -years} if years else {0, 1, -1})}
        if "day" in first and "day" in second:
            days = _days(first, second)
            # From December to January it is not eleven months.
            # With the first and the last of them from the 15th to the 23rd are nine.
            found |= {(_DAY * each, "time") for each in {days, days + 1, 365 - days}}
    if "clock" in first and "clock" in second:
        found.add((abs(_seconds(first["clock"]) - _seconds(second["clock"])), "time"))
    return found


def _seconds(clock: str) -> float:
    hours, minutes = clock.split(":")
    return 3600.0 * int(hours) + 60.0 * int(minutes)


def _days(first: dict[str, str], second: dict[str, str]) -> int:
    year = first.get("year", second.get("year", "2023"))
    try:
        start = date(int(year), int(first["month"]), int(first["day"]))
        end = date(int(second.get("year", year)), int(second["month"]), int(second["day"]))
    except ValueError:
        return 0
    return abs((end - start).days)


def _age(moment: Moment, day: date) -> set[Reading]:
    """How many years ago a year was, where it is two at least."""
    years = day.year - int(dict(moment.keys).get("year", day.year))
    return {(12.0 * years, "months")} if years >= 2 else set()
