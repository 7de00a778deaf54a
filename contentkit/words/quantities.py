"""Numbers as quantities: 1,000 is 1k is a thousand, 40 ms is not 40%, twice is 2x is double. English and Spanish.

A number can be read in more than one way (4m: four million, four minutes), so a quantity has several readings;
two quantities agree when they share one. A reading is a value and a class of units, the value in the class's own unit:
``time`` in seconds up to weeks, ``months`` beyond, ``%``, ``pp`` (points of per cent), ``x`` (factors), ``fraction``,
``$`` and other currencies, ``bytes``, ``metres``, ``kilograms``,
``count`` (what follows is a thing), ``any`` (nothing follows that says).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache

from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.number_words import spelled_numbers
from contentkit.words.within import FIGURE, Opened, words_within

Reading = tuple[float, str]
Unit = tuple[float, str]


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number in a text: where it stands, its bare value, every way to read it with its unit.

    ``units`` are the (factor, class) pairs of the words behind it, which it shares with bare numbers beside it,
    ``scale`` what a "million" behind it makes of it.
    """

    start: int
    end: int
    value: float
    readings: frozenset[Reading]
    words: str
    units: frozenset[Unit] = frozenset()
    scale: float = 1.0

    @cached_property
    def said(self) -> frozenset[Reading]:
        """Its readings, and its bare value whatever the unit."""
        return self.readings | {(self.value, "value")}

    @cached_property
    def accepted(self) -> frozenset[Reading]:
        """What another text may say for it: a bare number stands for any unit, a count for a bare number."""
        accepted = set(self.readings)
        for value, unit in self.readings:
            if unit in ("any", "ordinal"):
                accepted.add((value, "value"))
            if unit == "count":
                accepted.add((value, "any"))
        return frozenset(accepted)

    def agrees_with(self, other: Quantity) -> bool:
        """Whether two numbers may be one."""
        return not self.accepted.isdisjoint(other.said) or not other.accepted.isdisjoint(self.said)

    def measured_as(self, other: Quantity) -> Quantity:
        """A bare number with the other's units too: "it was 21 per cent, now it is 6"."""
        return _with_units(self, other.units) if self.is_bare and other.units else self

    @property
    def is_bare(self) -> bool:
        return any(unit == "any" for _, unit in self.readings)


_SCALES = {
    "k": 1e3, "thousand": 1e3, "mil": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6, "millon": 1e6, "millón": 1e6,
    "millones": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9, "trillion": 1e12, "trillions": 1e12,
}  # fmt: skip
_MINUTE, _HOUR, _DAY, _WEEK = 60.0, 3600.0, 86400.0, 604800.0


def _units() -> dict[str, tuple[Unit, ...]]:
    """Word to the (factor, class) pairs that it may mean."""
    table: dict[str, tuple[Unit, ...]] = {}
    for factor, unit, words in (
        (1, "%", "%|percent|per cent|pct|por ciento"),
        (1, "pp", "pp|percentage points|percentage point|percent points|puntos porcentuales"),
        (1, "x", "x|×|times|time|veces|vez|fold"),
        (1e-9, "time", "ns|nanoseconds|nanosecond"),
        (1e-6, "time", "µs|μs|us|microseconds|microsecond|microsegundos"),
        (1e-3, "time", "ms|msec|milliseconds|millisecond|milisegundos|milisegundo"),
        (1, "time", "s|sec|secs|seconds|second|segundos|segundo"),
        (_MINUTE, "time", "min|mins|minutes|minute|minutos|minuto"),
        (_HOUR, "time", "h|hr|hrs|hours|hour|horas|hora"),
        (_DAY, "time", "d|days|day|días|día|dias|dia"),
        (_WEEK, "time", "w|weeks|week|semanas|semana"),
        (1, "months", "mo|mos|months|month|meses|mes"),
        (3, "months", "quarters|trimestres"),
        (12, "months", "y|yr|yrs|years|year|años|año"),
        (120, "months", "decades|decade|décadas|década"),
        (1, "$", "dollars|dollar|bucks|usd|dólares|dolares|dólar"),
        (1, "€", "€|euros|euro|eur"),
        (1, "£", "£|pounds|gbp|libras"),
        (1, "pesos", "pesos|peso|mxn"),
        (1, "clock", "am|pm|a.m|p.m|o'clock"),
        *((factor, "bytes", f"{name}|{spelled}bytes|{spelled}byte") for factor, name, spelled in
          ((1e3, "kb", "kilo"), (1e6, "mb", "mega"), (1e9, "gb", "giga"), (1e12, "tb", "tera"), (1e15, "pb", "peta"))),
        (0.01, "metres", "cm|centimetres|centimeters|centímetros"),
        (1, "metres", "metres|metre|meters|meter|metros|metro"),
        (1e3, "metres", "km|kilometres|kilometre|kilometers|kilometer|kilómetros|kilómetro|kilometros"),
        (1609.344, "metres", "miles|mile|millas|milla"),
        (1e-3, "kilograms", "grams|gram|gramos|gramo"),
        (1, "kilograms", "kg|kilos|kilo|kilograms|kilogram|kilogramos"),
        (1e3, "kilograms", "tonnes|tonne|tons|ton|toneladas|tonelada"),
    ):  # fmt: skip
        for word in words.split("|"):
            table[word] = (*table.get(word, ()), (float(factor), unit))
    table["points"] = table["puntos"] = ((1.0, "count"), (1.0, "pp"))
    table["m"] = ((_MINUTE, "time"), (1.0, "count"))
    table |= dict.fromkeys(("mega", "megas"), ((1e6, "bytes"),)) | dict.fromkeys(("giga", "gigas"), ((1e9, "bytes"),))
    return table


_UNITS = _units()
_LONE_LETTERS = frozenset("dwymx")
_OCCASIONS = frozenset(("times", "time", "veces", "vez"))
_COMPARED = regex(
    r"\s+(?:as|faster|more|less|slower|fewer|the|smaller|bigger|larger|higher|lower|cheaper|longer|shorter|better|worse|más|menos)(?!\w)"
)
_BELOW_SCALE = 1000
_OFTEN = frozenset(("twice", "thrice"))
_NEVER_SHARED = frozenset(("any", "count", "ordinal", "decade"))

_NUMBER = Opened(
    [FIGURE],
    regex(
        r"(?<!\w)(?<!\d[.,])"
        r"(?:\d{1,3}(?:[,.'’\u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d{1,9}(?!\d))?|\d{1,30}(?:[.,]\d{1,30})?)"
        r"(?![\d]|[.,]\d)"
    ),
)
_CURRENCY, _LONGEST_CURRENCY = regex(r"(?<!\w)(?<!\d[.,])([$€£¥₹])[ ]?$"), 2
_SPACED = regex(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?![\w])")
_SCALE = regex(
    r"(?:(k|m|b|bn|mn)|[ \u00a0-]?(thousand|mil|millions?|mill[oó]n(?:es)?|billions?|trillions?|bn|mn))(?!\w)", re.I
)
_UNIT = regex(
    r"(?:\s+de)?([\s\u00a0-]{0,2})(?:(?<=\s)(?:working|business|full|whole|calendar|straight|consecutive|solid|long|more|extra|"
    r"additional|further|short|good)\s)?("
    + "|".join(sorted((re.escape(word).replace(r"\ ", r"\s") for word in _UNITS), key=len, reverse=True))
    + r")(?!\w)",
    re.I,
)
_TIME = regex(r"[\s-](?:hours?|years?|days?|minutes?|seconds?|months?|hora|año)(?!\w)", re.I)
_HALF = regex(r"[\s-]+(?:and[\s-]+a[\s-]+half|y\s+medi[oa])(?!\w)", re.I)
_FACTOR_OF, _LONGEST_FACTOR = regex(r"(?<!\w)factor\s+(?:of|de)\s+[^\s.,;]{1,12}$", re.I), 28
_DECADE = regex(r"['’]?s(?!\w)")
_ORDINAL = regex(r"(?:st|nd|rd|th|º|ª|er)(?!\w)")
_NEXT_WORD = regex(r"[\s-]{1,2}([^\W\d_]+)")
_RANGE = regex(
    r"\s*(?:to|and|or|y|o|a|hasta|down to|up to|until|vs\.?|versus|[-–—→/,]|-+>|=>|instead of|en vez de)\s*(?:[$€£¥₹]\s?)?",
    re.I,
)
# After one of these a number has nothing that it counts: "from 40 to 25".
_NOT_THINGS_WORDS = """
to and or in on at of for from by with than the a an is are was were be per each out more less as but so if when while which that
then into after before over under during since until i we you he she it they now today here there ago back not like too each also
de del en y o por para con que el la los las un una al es son fue eran se lo más mas menos como si cuando pero desde hasta ya
"""
_NOT_THINGS = frozenset(_NOT_THINGS_WORDS.split())


def quantities(text: str, language: str) -> list[Quantity]:
    """Every quantity of a text, in order. ``language`` (en, es or empty) decides which number words are known."""
    return list(_quantities(text, language))


@lru_cache(maxsize=4096)
def _quantities(text: str, language: str) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    for quantity in sorted((*_digits(text, language), *_spelled(text, language)), key=lambda each: each.start):
        # The half of "two and a half" and the hundred of "por ciento" are no numbers of their own.
        if not found or quantity.start >= found[-1].end:
            found.append(quantity)
    return tuple(_with_ranges(text, found))


def _digits(text: str, language: str) -> Iterator[Quantity]:
    # In Spanish thousands stand apart, too: "58 000", "1 150".
    if FIGURE not in words_within(text):
        return
    for match in _NUMBER.finditer(_SPACED.sub(_held_together, text) if language == "es" else text):
        start = match.start()
        before = _CURRENCY.search(text, max(0, start - _LONGEST_CURRENCY), start)
        values = _values(match[0], language)
        yield _measured(text, before.start() if before else start, match.end(), values, before[1] if before else "")


def _held_together(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\u202f")


def _values(digits: str, language: str) -> list[float]:
    """How these digits can be read, the likeliest first: 1,000 is a thousand, in Spanish 1.000 is, and 1,5 is one and a half."""
    plain = re.sub(r"['’\u00a0\u202f]", "", digits)
    marks = [character for character in plain if character in ",."]
    if not marks:
        return [float(plain)]
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain) and len(set(marks)) == 1
    if len(set(marks)) == 2 or (len(marks) > 1 and not grouped):
        last = max(plain.rfind(","), plain.rfind("."))
        return [float(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])]
    whole, decimal = float(re.sub(r"[.,]", "", plain)), float(plain.replace(",", ".")) if len(marks) == 1 else None
    if not grouped:
        return [decimal if decimal is not None else whole]
    if decimal is None or (marks[0] == "," and language != "es"):
        return [whole]
    if language == "en":
        return [decimal]
    # 1.250 may be one and a quarter; nobody writes three as 3.000.
    return [whole] if decimal.is_integer() else [whole, decimal]


def _spelled(text: str, language: str) -> Iterator[Quantity]:
    for start, end, value, unit in spelled_numbers(text, language):
        if unit == "fraction" and _TIME.match(text, end):
            # Half an hour, "the first half year": no half of anything.
            yield _measured(text, start, end, [value], "")
        elif unit:
            words = text[start:end]
            readings = _factors(value, unit)
            if words.lower() == "a quarter":
                # Three months, or one in four.
                readings |= _factors(0.25, "fraction")
            if words.lower() in _OFTEN and not _COMPARED.match(text, end):
                readings |= {reading(value, "count")}
            yield Quantity(start=start, end=end, value=value, readings=readings, words=words)
        else:
            yield _measured(text, start, end, [value], "")


def _factors(value: float, unit: str) -> frozenset[Reading]:
    readings = {reading(value, unit)}
    if unit == "fraction":
        # Half of the users are 50% of them.
        readings.add(reading(value * 100, "%"))
    return frozenset(readings)


def reading(value: float, unit: str) -> Reading:
    """A reading whose value survives arithmetic: 0.1 + 0.2 is 0.3."""
    return float(f"{value:.9g}"), unit


def _measured(text: str, start: int, end: int, values: list[float], currency: str) -> Quantity:
    """The quantity of a number that can be read as any of these values, with the scale and the unit behind it."""
    half = _HALF.match(text, end)
    if half:
        values, end = [value + 0.5 for value in values], half.end()
    readings: set[Reading] = set()
    units: set[Unit] = set()
    last = end
    scales = _scales(text, end)
    for scale, after in scales:
        measures, unit_end = _measures(text, after, currency, values[0])
        behind = _HALF.match(text, unit_end) if unit_end > after and not half else None
        if behind:
            # "Two hours and a half".
            half, values, unit_end = behind, [value + 0.5 for value in values], behind.end()
        units |= measures
        readings |= {reading(value * scale * factor, name) for value in values for factor, name in measures}
        last = max(last, unit_end)
    value = reading(values[0] * scales[0][0], "")[0]
    words = text[start:last]
    return Quantity(
        start=start,
        end=last,
        value=value,
        readings=frozenset(readings),
        words=words,
        units=frozenset(units),
        scale=scales[-1][0],
    )


def _scales(text: str, end: int) -> list[tuple[float, int]]:
    """(scale, where it ends) of what stands behind a number; 4m may be four million or four minutes."""
    match = _SCALE.match(text, end)
    if not match:
        return [(1.0, end)]
    scaled = (_SCALES[(match[1] or match[2]).lower()], match.end())
    return [(1.0, end), scaled] if match[1] == "m" else [scaled]


def _measures(text: str, end: int, currency: str, value: float) -> tuple[set[Unit], int]:
    """The units that a number has by what stands around it, and where they end."""
    if currency:
        return {(1.0, currency)}, end
    if _FACTOR_OF.search(text, max(0, end - _LONGEST_FACTOR), end):
        return {(1.0, "x")}, end
    if _ORDINAL.match(text, end):
        return {(1.0, "ordinal"), (1.0, "any")}, end
    decade = _DECADE.match(text, end) if value % 10 == 0 else None
    units: set[Unit] = {(1.0, "decade")} if decade else set()
    unit = _UNIT.match(text, end)
    if unit and not (unit[1] and unit[2].lower() in _LONE_LETTERS):
        named = " ".join(unit[2].lower().split())
        # "Three times" counts what happened, but for "three times faster".
        happened = {(1.0, "count")} if named in _OCCASIONS and not _COMPARED.match(text, unit.end()) else set()
        return units.union(_UNITS[named], happened), unit.end()
    if decade:
        return units, decade.end()
    following = _NEXT_WORD.match(text, end)
    counts = following and following[1].lower() not in _NOT_THINGS
    return {(1.0, "count" if counts else "any")}, end


def _with_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """In "from 40 to 25 ms" both numbers are milliseconds; in "$5 to 10" both are dollars."""
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        if left.is_bare and not right.is_bare and _RANGE.fullmatch(text, left.end, right.start):
            found[index] = _with_units(left, right.units)
        if (
            left.scale == 1 < right.scale
            and left.value < _BELOW_SCALE
            and _RANGE.fullmatch(text, left.end, right.start)
        ):
            # From 1.2 to 1.8 million.
            found[index] = _scaled(found[index], right)
    for index in range(1, len(found)):
        left, right = found[index - 1], found[index]
        if right.is_bare and not left.is_bare and _RANGE.fullmatch(text, left.end, right.start):
            found[index] = _with_units(right, left.units)
    return found


def _scaled(quantity: Quantity, other: Quantity) -> Quantity:
    units = {(1.0, "any"), *other.units}
    lent = {reading(quantity.value * other.scale * factor, name) for factor, name in units}
    return replace(quantity, readings=quantity.readings | lent)


def _with_units(quantity: Quantity, units: Collection[Unit]) -> Quantity:
    lent = {reading(quantity.value * factor, name) for factor, name in units if name not in _NEVER_SHARED}
    return replace(quantity, readings=quantity.readings | lent)


def with_neighbours_units(found: list[Quantity]) -> list[Quantity]:
    """Bare numbers with the units of those right beside them: a speaker who says "it was 40, then 25 ms" means both."""
    lent = []
    for index, quantity in enumerate(found):
        units = {unit for other in found[max(0, index - 1) : index + 2] for unit in other.units}
        lent.append(_with_units(quantity, units) if quantity.is_bare else quantity)
    return lent
