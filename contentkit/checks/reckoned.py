"""Numbers that a writer works out from two of the source's: differences, sums, shares, factors, the time between two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contentkit.checks.told import Told
from contentkit.moments import Moment
from contentkit.number_pairs import share_readings
from contentkit.quantities import Quantity, Reading, reading

_APART_WORDS = """
more|fewer|less|up|down|higher|lower|extra|another|difference|gap|cut|saved|gained|lost|added|dropped|fell|rose|grew|later|after|before|
earlier|over|between|increase|decrease|jump|left|remaining|other|rest|ahead|slower|faster|longer|shorter|worse|better|late|early|into|
within|lasted|took|growth|rise|decline|behind|below|above|apart|lead|

más|menos|diferencia|después|antes|entre|subió|bajó|cayó|creció|ganó|perdió|demás|otros|otras|resto|restantes|tarde|temprano|tras|duró|debajo|encima|detrás|delante|ventaja|crecimiento|aumento|subida|bajada|crecer
"""
_TOGETHER_WORDS = """
total|altogether|together|combined|in all|all told|overall|both|sum|plus|between them|juntos|juntas|suman|sumados|
en conjunto|en total
"""
# So many numbers of a sentence, and so many sentences, are worked with, so that a hostile source stays cheap.
_MOST_NUMBERS, _MOST_SENTENCES, _MOST_OUTCOMES = 12, 80, 400
_COUNTS = frozenset(("any", "count"))


def _whole_words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives.replace(chr(10), '')})(?!\w)", re.I)


_APART, _TOGETHER = _whole_words(_APART_WORDS), _whole_words(_TOGETHER_WORDS)


# "More than 99%" compares nothing.
_BOUNDS = re.compile(r"(?<!\w)(?:(?:more|less|fewer)\s+than|(?:más|menos)\s+de)(?=\s+[\d$€£])", re.I)


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """What two numbers or dates of one sentence, or of sentences close by, give.

    How far ``apart`` numbers are, how long the ``spans`` between dates, how much numbers are ``together``, the ``factors`` and
    per cent between them, the ``shares`` that one is of the other; and the ``ages`` of the dates.
    """

    apart: frozenset[Reading]
    spans: frozenset[Reading]
    together: frozenset[Reading]
    factors: tuple[Reading, ...]
    shares: tuple[Quantity, ...]
    ages: frozenset[Reading]


def reckoned_from(told: Sequence[Told], day: date | None) -> Reckoned:
    """What a writer can work out from these sentences, which were said on this day."""
    apart, together, factors, shares = set[Reading](), set[Reading](), list[Reading](), list[Quantity]()
    telling = [one for one in told if one.quantities or one.moments][:_MOST_SENTENCES]
    for left, right, between in _pairs([one.quantities for one in telling]):
        for (value, unit), (other, other_unit) in _alike(left, right):
            apart.update(_with_units(abs(value - other), unit, other_unit))
            together.update(_with_units(value + other, unit, other_unit))
            small, large = sorted((value, other))
            if small > 0 and not between:
                factors += [
                    reading(large / small, "x"),
                    reading(100 * (1 - small / large), "%"),
                    reading(100 * (large / small - 1), "%"),
                ]
                if {unit, other_unit} <= _COUNTS:
                    shares.append(_share(left, small, large))
    ages, spans = set[Reading](), set[Reading]()
    for one, after in _neighbours([each.moments for each in telling]):
        spans |= _between(one, after)
    for moment in (each for one in telling for each in one.moments[:_MOST_NUMBERS]):
        ages |= _age(moment, day) if day else set()
    return Reckoned(
        apart=frozenset(apart),
        spans=frozenset(spans),
        together=frozenset(together),
        factors=tuple(factors),
        shares=tuple(shares),
        ages=frozenset(ages),
    )


def is_reckoned(quantity: Quantity, statement: str, reckoned: Reckoned) -> bool:
    """Whether a statement that says that it compares or adds up gives what comes out of it."""
    apart, together = _APART.search(_BOUNDS.sub(" ", statement)), _TOGETHER.search(statement)
    if (apart and quantity.readings & (reckoned.apart | reckoned.spans)) or (
        together and quantity.readings & reckoned.together
    ):
        return True
    if quantity.readings & reckoned.ages:
        return True
    if apart and any(_is_lasting(goal, span) for goal in quantity.readings for span in reckoned.spans):
        return True
    if any(_is_share(goal, each) for goal in quantity.readings for each in reckoned.shares):
        return True
    return any(
        _is_factor(goal, factor) for goal in quantity.readings for factor in reckoned.factors if apart or goal[1] == "x"
    )


def outcomes(statement: str, reckoned: Reckoned) -> list[Quantity]:
    """What comes out of a comparison or an addition, for a statement that rounds it."""
    found = [*reckoned.apart, *reckoned.spans, *reckoned.factors] if _APART.search(statement) else []
    found += reckoned.together if _TOGETHER.search(statement) else []
    return [
        Quantity(start=0, end=0, value=value, readings=frozenset(((value, unit),)), words=f"{value:.3g}")
        for value, unit in found[:_MOST_OUTCOMES]
    ]


def is_points(quantity: Quantity, statement: str, reckoned: Reckoned) -> bool:
    """Whether a change in per cent is one of percentage points: from 36% to 44% are eight points."""
    points = {(value, "pp") for value, unit in quantity.readings if unit == "%"}
    return bool(_APART.search(statement)) and not points.isdisjoint(reckoned.apart)


def _is_share(goal: Reading, share: Quantity) -> bool:
    """Whether it is just this share, in whole per cent."""
    return goal[1] == "%" and any(unit == "%" and abs(goal[0] - value) <= 0.6 for value, unit in share.readings)


def _age(moment: Moment, day: date) -> set[Reading]:
    """How many years ago a year was, where it is two at least."""
    years = day.year - int(dict(moment.keys).get("year", day.year))
    return {(12.0 * years, "months")} if years >= 2 else set()


def _is_lasting(goal: Reading, span: Reading) -> bool:
    """Whether a time in days is one in months: 92 days are three months."""
    if {goal[1], span[1]} != {"time", "months"}:
        return False
    days, months = (goal[0] / 86400, span[0]) if goal[1] == "time" else (span[0] / 86400, goal[0])
    return months >= 1 and abs(days / 30.44 - months) <= 0.15 * months


def _is_factor(goal: Reading, factor: Reading) -> bool:
    if goal[1] != factor[1]:
        return False
    return abs(goal[0] - factor[0]) <= (0.05 * goal[0] if goal[1] == "x" else 0.6)


def _pairs(found: Sequence[Sequence[Quantity]]) -> Iterator[tuple[Quantity, Quantity, int]]:
    """Every two numbers of a sentence, or of it and one of the next two, and how many stand between them."""
    for index, here in enumerate(found):
        behind = [number for after in found[index + 1 : index + 3] for number in after]
        close = [*here[:_MOST_NUMBERS], *behind[:_MOST_NUMBERS]]
        for first, one in enumerate(here[:_MOST_NUMBERS]):
            for between, other in enumerate(close[first + 1 :]):
                yield one, other, between


def _alike(left: Quantity, right: Quantity) -> Iterator[tuple[Reading, Reading]]:
    """Their readings of one kind that differ."""
    for one in left.readings:
        for other in right.readings:
            if (one[1] == other[1] or {one[1], other[1]} <= _COUNTS) and one[0] != other[0]:
                yield one, other


def _with_units(value: float, unit: str, other_unit: str) -> Iterator[Reading]:
    """Two shares differ by points; two counts by a count."""
    if unit == "%":
        yield reading(value, "pp")
        return
    for each in _COUNTS if {unit, other_unit} <= _COUNTS else (unit,):
        yield reading(value, each)


def _share(quantity: Quantity, part: float, whole: float) -> Quantity:
    words = f"{part:g} of {whole:g}"
    return Quantity(
        start=quantity.start, end=quantity.end, value=part / whole, readings=share_readings(part, whole), words=words
    )


def _neighbours(found: Sequence[Sequence[Moment]]) -> Iterator[tuple[Moment, Moment]]:
    """Every two of the first dates."""
    dates = [moment for moments in found for moment in moments[:_MOST_NUMBERS]][: 2 * _MOST_NUMBERS]
    for index, one in enumerate(dates):
        for other in dates[index + 1 :]:
            yield one, other


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
            found |= {(86400.0 * each, "time") for each in {days, 365 - days}}
    if "clock" in first and "clock" in second:
        found.add((abs(_seconds(first["clock"]) - _seconds(second["clock"])), "time"))
    return found - {(0.0, "months"), (0.0, "time")}


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
