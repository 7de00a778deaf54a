"""A row of numbers as a row of little bars."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"
_NOT_TOLD = "·"


def bars(values: Sequence[int | None], *, from_zero: bool) -> str:
    """One character for each value: the greatest is the highest; the lowest bar is the least, or 0. A dot: nobody told."""
    told = [value for value in values if value is not None]
    if not told:
        return _NOT_TOLD * len(values)
    low, high = 0 if from_zero else min(told), max(told)
    return "".join(_NOT_TOLD if value is None else _bar(value - low, high - low) for value in values)


def _bar(height: int, highest: int) -> str:
    return _BARS[round(height / highest * (len(_BARS) - 1))] if highest else _BARS[0]
