"""Numbers that a writer works out from two of the source's: differences, sums, shares, factors, the time between two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from contentkit.checks.records.spans import spans_of
from contentkit.checks.records.told import Told
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.number_pairs import share_readings
from contentkit.words.quantities import Quantity, Reading, reading, with_neighbours_units

_COMPARED_WORDS = """
more|fewer|less|up|down|higher|lower|extra|another|difference|gap|cut|saved|gained|lost|added|dropped|fell|rose|grew|
increase|decrease|jump|left|remaining|other|rest|ahead|slower|faster|longer|shorter|worse|better|
growth|rise|decline|behind|below|above|apart|lead|climb|climbed|climbs|risen|fallen|dropped|shrank|shrunk|improve|improved|improves|
reduced|raised|lowered|jumped|gone|went|

más|menos|diferencia|subió|bajó|subieron|bajaron|cayó|creció|ganó|perdió|demás|otros|otras|resto|restantes|queda|quedan|faltan|
debajo|encima|detrás|delante|ventaja|crecimiento|aumento|subida|bajada|crecer|subido|bajado|caído|crecido|aumentó|aumentado|
redujo|reducido|mejora|mejoró|mejorado|empeora|empeoró|sube|baja
"""
# Between two times; between other numbers they say little.
_ELAPSED_WORDS = """
later|after|before|earlier|over|between|late|early|into|within|lasted|took|después|antes|entre|tarde|temprano|tras|duró
"""
_TOGETHER_WORDS = """
total|altogether|together|combined|in all|all told|overall|both|sum|plus|between them|juntos|juntas|suman|sumados|
en conjunto|en total
"""
# So many numbers of a sentence, and so many sentences, are worked with, so that a hostile source stays cheap.
_MOST_NUMBERS, _MOST_SENTENCES, _MOST_OUTCOMES = 12, 80, 400
_COUNTS = frozenset(("any", "count"))
_LEAST_PART, _FURTHEST_SHARE = 5, 2


def _whole_words(alternatives: str) -> re.Pattern[str]:
    return regex(rf"(?<!\w)(?:{alternatives.replace(chr(10), '')})(?!\w)", re.I)


_COMPARED, _TOGETHER = _whole_words(_COMPARED_WORDS), _whole_words(_TOGETHER_WORDS)
_APART = _whole_words(f"{_COMPARED_WORDS}|{_ELAPSED_WORDS}")


# "More than 99%", "more than half" compare nothing.
_BOUNDS = regex(
    r"(?<!\w)(?:(?:more|less|fewer)\s+than|(?:más|menos)\s+de)"
    r"(?=\s+(?:[\d$€£]|half|(?:an?|one|two|three|four)\s+(?:third|quarter|fifth|tenth|hundred|thousand|dozen|million)"
    r"|la\s+mitad|(?:un|una|dos|tres|la|las)\s+(?:tercio|cuarto|quinto|tercera|cuarta|docena)|mil|cien))",
    re.I,
)
# "The third that is not": what is left of a whole.
_DENIED = regex(
    r"(?<!\w)(?:not?(?![:,.;!?])|never|none|without|\w+n['’]t|sin|nunca|falta\w*|lack\w*|missing)(?!\w)", re.I
)


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """What two numbers or dates of one sentence, or of sentences close by, give.

    How far ``apart`` numbers are and how much they are ``together``, the ``factors`` and per cent between them, the ``shares``
    that one is of the other, the ``gaps``: shares of what is between them, the ``parts`` of a count that a share makes, the
    ``spans`` of time between dates.
    """

    apart: frozenset[Reading]
    together: frozenset[Reading]
    factors: tuple[Reading, ...]
    shares: tuple[Quantity, ...]
    gaps: tuple[Quantity, ...]
    parts: tuple[float, ...]
    spans: frozenset[Reading]


def reckoned_from(told: Sequence[Told], day: date | None) -> Reckoned:
    """What a writer can work out from these sentences, which were said on this day."""
    apart, together, factors = set[Reading](), set[Reading](), list[Reading]()
    shares, gaps, parts = list[Quantity](), list[Quantity](), list[float]()
    telling = [one for one in told if one.quantities or one.moments][:_MOST_SENTENCES]
    for left, right, between in _pairs([with_neighbours_units(one.quantities) for one in telling]):
        parts += _parts(left, right) if not between else ()
        for one, other in _alike(left, right):
            apart.update(_with_units(abs(one[0] - other[0]), one[1], other[1]))
            together.update(_with_units(one[0] + other[0], one[1], other[1]))
            is_measured = not {one[1], other[1]} <= _COUNTS
            if between <= is_measured and min(one[0], other[0]) > 0:
                small, large = sorted((one[0], other[0]))
                factors += _factors(small, large)
                is_share = one[1] != "fraction" and (small > 1 or is_measured)
                shares += [_share(left, small, large)] if is_share else []
                gaps.append(_share(left, large - small, large))
                gaps += [_share(left, large - small, small)] if large < 2 * small else []
            elif 0 < between <= _FURTHEST_SHARE and min(one[0], other[0]) > 1:
                shares.append(_fraction(left, *sorted((one[0], other[0]))))
    for sentence in telling:
        together |= _totals(sentence.quantities)
    return Reckoned(
        apart=frozenset(apart),
        together=frozenset(together),
        factors=tuple(factors),
        shares=tuple(shares),
        gaps=tuple(gaps),
        parts=tuple(parts),
        spans=spans_of(telling, day),
    )


def is_reckoned(quantity: Quantity, statement: str, reckoned: Reckoned) -> bool:
    """Whether a number comes out of two of the source's; differences and sums only where the statement says so."""
    apart, together = _sets_apart(statement), _adds_up(statement)
    if (apart and quantity.readings & reckoned.apart) or (together and quantity.readings & reckoned.together):
        return True
    if quantity.readings & reckoned.spans or {each for each in quantity.readings if each[1] == "pp"} & reckoned.apart:
        return True
    if apart and any(is_as_long(goal, span) for goal in quantity.readings for span in reckoned.spans):
        return True
    if any(_is_share(goal, each) for goal in quantity.readings for each in shares_in(statement, reckoned)):
        return True
    if any(_is_part(goal, each) for goal in quantity.readings for each in reckoned.parts):
        return True
    return any(
        _is_factor(goal, factor) for goal in quantity.readings for factor in reckoned.factors if apart or goal[1] == "x"
    )


def shares_in(statement: str, reckoned: Reckoned) -> Sequence[Quantity]:
    """The shares that a statement may speak of: of what is left only where it denies or compares something."""
    return (*reckoned.shares, *reckoned.gaps) if compares(statement) or _denies(statement) else reckoned.shares


def compares(statement: str, *, times: bool = True) -> bool:
    """Whether it says that numbers are compared or added up; ``times`` may lie apart, too: "within", "after"."""
    return _sets_apart(statement, times=times) or _adds_up(statement)


# A long sentence is asked this once, and not for each of its numbers.
@lru_cache(maxsize=1024)
def _sets_apart(statement: str, *, times: bool = True) -> bool:
    return bool((_APART if times else _COMPARED).search(_BOUNDS.sub(" ", statement)))


@lru_cache(maxsize=1024)
def _says_apart(statement: str) -> bool:
    """As ``_sets_apart``; "more than half" counts as well."""
    return bool(_APART.search(statement))


@lru_cache(maxsize=1024)
def _adds_up(statement: str) -> bool:
    return bool(_TOGETHER.search(statement))


@lru_cache(maxsize=1024)
def _denies(statement: str) -> bool:
    return bool(_DENIED.search(statement))


def outcomes(statement: str, reckoned: Reckoned) -> list[Quantity]:
    """What comes out of a comparison or an addition, for a statement that rounds it."""
    found = [each for each in reckoned.factors if each[1] == "x"]
    found += [*reckoned.apart, *reckoned.spans, *reckoned.factors] if _says_apart(statement) else []
    found += reckoned.together if _adds_up(statement) else []
    return [
        Quantity(start=0, end=0, value=value, readings=frozenset(((value, unit),)), words=f"{value:.3g}")
        for value, unit in found[:_MOST_OUTCOMES]
    ]


def is_points(quantity: Quantity, statement: str, reckoned: Reckoned) -> bool:
    """Whether a change in per cent is one of percentage points: from 36% to 44% are eight points."""
    points = {(value, "pp") for value, unit in quantity.readings if unit == "%"}
    return _says_apart(statement) and not points.isdisjoint(reckoned.apart)


def _fraction(quantity: Quantity, part: float, whole: float) -> Quantity:
    """A share of numbers further apart: in words a quarter is one, in per cent it would be chance."""
    share = _share(quantity, part, whole)
    return replace(share, readings=frozenset(each for each in share.readings if each[1] == "fraction"))


def _totals(numbers: Sequence[Quantity]) -> set[Reading]:
    """The sum of all counts of a sentence that has several."""
    counts = [number.value for number in numbers if _is_count(number)]
    return {reading(sum(counts), each) for each in _COUNTS} if len(counts) > 2 else set()


def _is_count(number: Quantity) -> bool:
    return {unit for _, unit in number.readings} <= _COUNTS


def _factors(small: float, large: float) -> list[Reading]:
    change = 100 * (1 - small / large), 100 * (large / small - 1)
    return [reading(large / small, "x"), *(reading(each, "%") for each in change)]


def _parts(left: Quantity, right: Quantity) -> Iterator[float]:
    """Half of 264, 44% of 731."""
    for share, unit in (*left.readings, *right.readings):
        for whole, counted in (*left.readings, *right.readings):
            if unit == "fraction" and counted in _COUNTS:
                yield share * whole
            elif unit == "%" and counted in _COUNTS:
                yield share / 100 * whole


def _is_part(goal: Reading, part: float) -> bool:
    return goal[1] in _COUNTS and part >= _LEAST_PART and abs(goal[0] - part) <= 0.5


def _is_share(goal: Reading, share: Quantity) -> bool:
    """Whether it is just this share, in whole per cent or as a fraction."""
    nearness = {"%": 0.6, "fraction": 0.01}
    return goal[1] in nearness and any(
        unit == goal[1] and abs(goal[0] - value) <= nearness[unit] for value, unit in share.readings
    )


def is_as_long(goal: Reading, span: Reading) -> bool:
    """Whether a time in days is one in months: 92 days are three months, eight weeks are two."""
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
    """Their readings of one kind that differ; a bare number may be of the other's unit."""
    left, right = left.measured_as(right), right.measured_as(left)
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
