"""Numbers that a writer works out from two of the source's: differences, sums, shares, factors, the time between two dates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from contentkit.checks.told import Told
from contentkit.moments import Moment
from contentkit.quantities import Quantity, Reading

_APART_WORDS = """
more|fewer|less|up|down|higher|lower|extra|another|difference|gap|cut|saved|gained|lost|added|dropped|fell|rose|grew|later|after|before|
earlier|over|between|increase|decrease|jump|left|remaining|other|rest|ahead|slower|faster|longer|shorter|worse|better|late|early|into|
más|menos|diferencia|después|antes|entre|subió|bajó|cayó|creció|ganó|perdió|demás|otros|otras|resto|restantes|tarde|temprano
"""
_TOGETHER_WORDS = """
total|altogether|together|combined|in all|all told|overall|both|sum|plus|between them|juntos|juntas|suman|sumados|en conjunto
"""
_MOST_NUMBERS = 24


def _whole_words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives.replace(chr(10), '')})(?!\w)", re.I)


_APART, _TOGETHER = _whole_words(_APART_WORDS), _whole_words(_TOGETHER_WORDS)


def is_reckoned(quantity: Quantity, statement: str, told: Sequence[Told]) -> bool:
    """Whether two numbers or dates of neighbouring sentences give this one, in a statement that says that it is worked out.

    Shares and factors say so by themselves.
    """
    found = [one.quantities for one in told[:_MOST_NUMBERS]]
    apart, together = bool(_APART.search(statement)), bool(_TOGETHER.search(statement))
    for left, right in _pairs(found):
        if (apart or together) and _sums(left, right, quantity.readings, apart, together):
            return True
        if _ratios(left, right, quantity.readings):
            return True
    return apart and _is_span(quantity, told)


def _pairs(found: Sequence[Sequence[Quantity]]) -> Iterator[tuple[Quantity, Quantity]]:
    """Every two numbers of a sentence, or of it and the next, in which neither stands twice."""
    for index, here in enumerate(found[:_MOST_NUMBERS]):
        behind = found[index + 1] if index + 1 < len(found) else ()
        close = [*here[:_MOST_NUMBERS], *behind[:_MOST_NUMBERS]]
        for first, one in enumerate(here[:_MOST_NUMBERS]):
            for other in close[first + 1 :]:
                yield one, other


def _sums(left: Quantity, right: Quantity, wanted: Collection[Reading], apart: bool, together: bool) -> bool:
    for value, unit in left.readings:
        for other, other_unit in right.readings:
            same = unit == other_unit or {unit, other_unit} <= {"any", "count"}
            if not same or value == other:
                continue
            difference, total = abs(value - other), value + other
            units = (
                {unit, other_unit}
                | ({"pp"} if unit == "%" else set())
                | ({"any", "count"} if unit == "count" else set())
            )
            for goal, goal_unit in wanted:
                if goal_unit in units and (
                    (apart and _is_close(goal, difference)) or (together and _is_close(goal, total))
                ):
                    return True
    return False


def _ratios(left: Quantity, right: Quantity, wanted: Collection[Reading]) -> bool:
    """Whether one is so many times, or so much per cent, of the other."""
    for value, unit in left.readings:
        for other, other_unit in right.readings:
            if unit != other_unit and not {unit, other_unit} <= {"any", "count"}:
                continue
            small, large = sorted((value, other))
            if small <= 0 or small == large:
                continue
            for goal, goal_unit in wanted:
                if (
                    goal_unit == "%"
                    and min(abs(goal - 100 * small / large), abs(goal - 100 * (1 - small / large))) <= 0.6
                ):
                    return True
                if goal_unit == "fraction" and abs(goal - small / large) <= 0.01:
                    return True
                if goal_unit == "x" and goal > 1 and abs(goal - large / small) <= 0.05 * goal:
                    return True
    return False


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def _is_span(quantity: Quantity, told: Sequence[Told]) -> bool:
    """Whether so many days, weeks, months or years lie between two dates of these sentences."""
    spans: set[Reading] = set()
    moments = [moment for one in told[:_MOST_NUMBERS] for moment in one.moments]
    for index, one in enumerate(moments[:_MOST_NUMBERS]):
        for other in moments[index + 1 : _MOST_NUMBERS]:
            spans |= _between(one, other)
    return not spans.isdisjoint(quantity.readings)


def _between(one: Moment, other: Moment) -> set[Reading]:
    first, second = dict(one.keys), dict(other.keys)
    found: set[Reading] = set()
    if "month" in first and "month" in second:
        months = int(second["month"]) - int(first["month"])
        years = int(second.get("year", 0)) - int(first.get("year", 0)) if "year" in first and "year" in second else 0
        found |= {
            (float(abs(months + 12 * years)), "months"),
            (float(abs(months) % 12), "months"),
            (float((months + 12) % 12), "months"),
        }
        if "day" in first and "day" in second:
            days = _days(first, second)
            found |= {(days * 86400.0, "time")} if days else set()
    if "year" in first and "year" in second:
        found.add((12.0 * abs(int(second["year"]) - int(first["year"])), "months"))
    return found


def _days(first: dict[str, str], second: dict[str, str]) -> int:
    year = int(first.get("year", second.get("year", 2023)))
    try:
        start = date(year, int(first["month"]), int(first["day"]))
        end = date(int(second.get("year", year)), int(second["month"]), int(second["day"]))
    except ValueError:
        return 0
    return abs((end - start).days)
