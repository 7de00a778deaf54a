"""Rounded numbers: whether a writer may say so much for what the source says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from contentkit.words.bounds import Bound
from contentkit.words.quantities import Quantity

Rounding = Literal["right", "rough", "wrong way", "none"]
# Shares of the value: how far "nearly 2,000" or "over 2,000" may be from what they round, and a number alone.
_FURTHEST: Mapping[Bound, float] = {
    "nearly": 0.06,
    "at most": 0.06,
    "at least": 0.1,
    "about": 0.08,
    "within": 0.06,
    "exactly": 0.03,
}
_ROUGHLY = 0.03
# "Half an hour" is what 29 minutes are called.
_HALF_AN_HOUR = 0.05
# "Less than a week" goes further down.
_LASTING, _NEARLY_A_SHARE, _OVER = 0.5, 0.12, 0.2
_OF_SHARES: Mapping[Bound, float] = {"nearly": _NEARLY_A_SHARE, "about": 0.1, "at most": _OVER, "at least": _OVER}
_COUNTS = frozenset(("any", "count"))


def rounding_of(quantity: Quantity, bound: Bound, sources: Iterable[Quantity]) -> tuple[Rounding, Quantity | None]:
    """How well a number with these words around it rounds one of the source's, and which.

    "wrong way": near enough, but "over" stands before what is more than the source says, or "nearly" before what is less.
    """
    best: tuple[Rounding, Quantity | None] = ("none", None)
    for source in sources:
        for value, unit in source.readings:
            for own, own_unit in quantity.readings:
                if unit != own_unit and not {unit, own_unit} <= _COUNTS:
                    continue
                # "A third" is 33% more or less.
                is_fraction = any(each == "fraction" for _, each in quantity.readings)
                verdict = _verdict(own, value, "fraction" if is_fraction else unit, bound)
                if _ORDER[verdict] > _ORDER[best[0]]:
                    best = (verdict, source)
    return best


_ORDER = {"none": 0, "wrong way": 1, "rough": 2, "right": 3}


def _verdict(own: float, value: float, unit: str, bound: Bound) -> Rounding:
    if own <= 0 or value <= 0 or own == value or not _is_rounder(own, value, unit, bound):
        return "none"
    off, furthest = (own - value) / own, _furthest(own, unit, bound)
    if abs(off) > furthest + _ROUGHLY:
        return "none"
    if (bound in ("nearly", "at most", "within") and off < 0) or (bound == "at least" and off > 0):
        return "wrong way"
    return "right" if abs(off) <= furthest else "rough"


def _furthest(own: float, unit: str, bound: Bound) -> float:
    """How far it may be from what it rounds, as a share of itself."""
    furthest = _FURTHEST["about" if bound == "exactly" and unit == "fraction" else bound]
    if unit == "time" and bound == "exactly":
        furthest = _HALF_AN_HOUR
    elif unit in ("time", "months") and bound in ("at most", "at least"):
        furthest = _LASTING
    elif unit == "fraction" and bound in _OF_SHARES:
        furthest = _OF_SHARES[bound]
    elif unit == "x" and bound in ("nearly", "about"):
        furthest = _NEARLY_A_SHARE
    elif bound == "at least" and _telling_digits(own) == 1:
        furthest = _OVER
    # "Nearly a thousand" goes further down than "nearly 800".
    return max(furthest, _FURTHEST["at least"]) if f"{own:g}".strip("0") == "1" else furthest


def _is_rounder(own: float, value: float, unit: str, bound: Bound) -> bool:
    """Whether it has fewer telling digits than the other, so that it may be that one rounded; a share only where words say so."""
    if unit == "%":
        return bound != "exactly"
    if unit == "fraction":
        return True
    if unit in ("time", "months") and bound != "exactly":
        return True
    fewest = _telling_digits(value) - (bound == "exactly")
    return _telling_digits(own) <= min(2, fewest)


def _telling_digits(value: float) -> int:
    return len(f"{value:.6g}".split("e")[0].replace(".", "").strip("0"))
