"""Two numbers that say one thing: shares ("four in five", "26 of the 30"), times in two units ("two years and seven months")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contentkit.patterns import regex
from contentkit.words.quantities import Quantity, Reading, reading

_EVERY = r"(?:out\s+of|in\s+every|of\s+every|in|de\s+cada)"
_NOUNS = r"\s+(?:[^\W\d_]+\s+){0,2}?"
_BETWEEN = regex(
    rf"(?:{_NOUNS}{_EVERY}|\s+(?:of|de|entre))\s+(?:(?:the|our|their|its|los|las|nuestr[oa]s|sus|every)\s+)?", re.I
)
_ONE = regex(rf"(?<!\w)(?:one|una?|uno){_NOUNS}{_EVERY}\s+$", re.I)
_AND = regex(r"\s*,?\s+(?:and\s+|y\s+)?", re.I)
_BEFORE, _LARGEST_DENOMINATOR = 50, 10
_THINGS = frozenset(("any", "count"))
_DURATIONS = frozenset(("time", "months"))


def number_pairs(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """What neighbours among these numbers, or a "one in" before one of them, say together."""
    for index, right in enumerate(found):
        left = found[index - 1] if index else None
        if left and _units(left) & _units(right) & _DURATIONS and _AND.fullmatch(text, left.end, right.start):
            yield from _time(text, left, right)
        elif right.value >= 2 and _units(right) & _THINGS:
            before = text[max(0, right.start - _BEFORE) : right.start]
            if (
                left
                and left.value < right.value
                and _units(left) & _THINGS
                and _BETWEEN.fullmatch(text, left.end, right.start)
            ):
                yield _share(text, left.start, right, left.value)
            elif one := _ONE.search(before):
                yield _share(text, right.start - len(before) + one.start(), right, 1.0)


def share_readings(part: float, whole: float) -> frozenset[Reading]:
    """A share as a fraction and in per cent, exact and whole."""
    share = part / whole
    return frozenset((reading(share, "fraction"), reading(100 * share, "%"), reading(round(100 * share), "%")))


def _units(quantity: Quantity) -> set[str]:
    return {unit for _, unit in quantity.readings}


def _share(text: str, start: int, whole: Quantity, part: float) -> Quantity:
    readings = share_readings(part, whole.value)
    return Quantity(
        start=start, end=whole.end, value=part / whole.value, readings=readings, words=text[start : whole.end]
    )


def _time(text: str, left: Quantity, right: Quantity) -> Iterator[Quantity]:
    """The sum of a time and of a shorter one behind it."""
    sums = {
        reading(value + other, unit)
        for value, unit in left.readings
        for other, other_unit in right.readings
        if unit == other_unit and unit in _DURATIONS and value > other
    }
    if sums:
        words = text[left.start : right.end]
        value = next(iter(sums))[0]
        yield Quantity(start=left.start, end=right.end, value=value, readings=frozenset(sums), words=words)
