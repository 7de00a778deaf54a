"""Shares that are said as two numbers: "four in five", "26 of the 30", "una de cada tres"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contentkit.quantities import Quantity, reading

_OF = r"(?:out\s+of|in\s+every|of\s+every|in|of|de\s+cada|de|entre)"
_BETWEEN = re.compile(
    rf"\s+(?:[^\W\d_]+\s+){{0,2}}?{_OF}\s+(?:(?:the|our|their|its|los|las|nuestr[oa]s|sus|every)\s+)?", re.I
)
_ONE = re.compile(rf"(?<!\w)(?:one|una?|uno){_BETWEEN.pattern}$", re.I)
_BEFORE = 50


def shares(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The shares that two neighbours among these numbers make, or a "one in" before one of them."""
    for index, whole in enumerate(found):
        if not {unit for _, unit in whole.readings} & {"any", "count"} or whole.value < 2:
            continue
        before = text[max(0, whole.start - _BEFORE) : whole.start]
        part = found[index - 1] if index else None
        if part and part.value < whole.value and _BETWEEN.fullmatch(text, part.end, whole.start):
            yield _share(text, part.start, whole, part.value)
        elif one := _ONE.search(before):
            yield _share(text, whole.start - len(before) + one.start(), whole, 1.0)


def _share(text: str, start: int, whole: Quantity, part: float) -> Quantity:
    share = part / whole.value
    readings = frozenset(
        (reading(share, "fraction"), reading(round(100 * share, 2), "%"), reading(round(100 * share), "%"))
    )
    return Quantity(start=start, end=whole.end, value=share, readings=readings, words=text[start : whole.end])
