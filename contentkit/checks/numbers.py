"""Numbers must stand in the source with their unit, dates in the cited lines or beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.record import Standing
from contentkit.moments import Moment, moments, without_moments
from contentkit.quantities import Quantity, quantities

_REMEDY = "correct it, cite the line that says it, or waive it by name"
_LIST_MARK = re.compile(r"^\W{0,3}\d{1,2}(?:[.)](?=\s|$)|/\d{0,2}(?=\s|$))")
_THREAD_MARK = re.compile(r"\(?\b\d{1,2}/\d{1,2}\)?\s*$")
_LONGEST_ROUNDING = 25
_ROUNDED = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|over|under|some|approximately|more than|less than|just under|just over|"
    r"casi|unos|unas|más de|menos de|cerca de|alrededor de|aproximadamente)\s+[$€£]?$|~\s?[$€£]?$",
    re.I,
)
# A writer counts what the thread itself lists.
_COUNTED_BY_WRITER = re.compile(
    r"\s+(?:\w+\s+)?(?:things|lessons|reasons|ways|steps|points|takeaways|tips|questions|parts|"
    r"cosas|lecciones|razones|pasos|puntos|claves)\b",
    re.I,
)
_DATE_KINDS = {
    "clock": "time of day",
    "relative": "relative date",
}


def check_numbers(sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    """CK201 to CK203."""
    text = sentence.text
    dates = moments(text)
    for moment in dates:
        yield from _check_moment(moment, sentence, grounds)
    text = without_moments(text, dates)
    marks = [match.span() for pattern in (_LIST_MARK, _THREAD_MARK) for match in pattern.finditer(text)]
    for quantity in quantities(text, grounds.record.language):
        if not _is_mark(quantity, marks) and not _is_part_of_name(text, quantity):
            yield from _check_quantity(quantity, sentence, grounds)


def _is_mark(quantity: Quantity, marks: list[tuple[int, int]]) -> bool:
    return any(start <= quantity.start < end for start, end in marks)


def _is_part_of_name(text: str, quantity: Quantity) -> bool:
    """The 2 of TimeGPT-2 is looked up with its name."""
    before = re.search(r"[^\s-]+-$", text[max(0, quantity.start - 40) : quantity.start])
    return bool(before) and before[0] != before[0].lower() if before else False


def _check_quantity(quantity: Quantity, sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    where = {each: grounds.record.readings.get(each, set()) for each in _acceptable(quantity)}
    places = set().union(*where.values())
    found = grounds.standing_of(places)
    at = sentence.at + quantity.start
    if found == "elsewhere":
        message = f"the cited lines do not say {quantity.words}, but {grounds.place_of(places)} does"
        yield warning(
            "CK202", message, words=quantity.words, at=at, remedy=f"cite {grounds.place_of(places)} too, if it is meant"
        )
    elif found == "nowhere":
        yield _unsupported(quantity, sentence, grounds)


def _acceptable(quantity: Quantity) -> set[tuple[float, str]]:
    """What a source may say for this quantity to be its: a bare number stands for any unit, a count for a bare number."""
    accepted = set(quantity.readings)
    for value, unit in quantity.readings:
        if unit in ("any", "ordinal"):
            accepted.add((value, "value"))
        if unit == "count":
            accepted.add((value, "any"))
    return accepted


def _unsupported(quantity: Quantity, sentence: Sentence, grounds: Grounds) -> Finding:
    at, words = sentence.at + quantity.start, quantity.words
    same_value = grounds.record.readings.get((quantity.value, "value"))
    if same_value:
        message = f"{words}: {grounds.place_of(same_value)} has this number, but with another unit"
        return error("CK201", message, words=words, at=at, remedy=_REMEDY)
    if _ROUNDED.search(sentence.text, max(0, quantity.start - _LONGEST_ROUNDING), quantity.start):
        near = _rounded_from(quantity, grounds)
        if near:
            return warning(
                "CK202",
                f"{words} is rounded from what {near} says",
                words=words,
                at=at,
                remedy="check that it may be rounded",
            )
    if _COUNTED_BY_WRITER.match(sentence.text, quantity.end):
        return warning("CK202", f"no source counts {words} of them", words=words, at=at, remedy="count them again")
    message = f"no source says {words}{grounds.nearest(sentence.text, quantity.start)}"
    return error("CK201", message, words=words, at=at, remedy=_REMEDY)


def _rounded_from(quantity: Quantity, grounds: Grounds) -> str:
    """Where a number within a tenth of this one stands, with the same unit, in the cited lines."""
    for (value, unit), places in grounds.record.readings.items():
        if unit != "value" and grounds.standing_of(places) == "cited":
            for own, own_unit in quantity.readings:
                if {unit, own_unit} <= {unit, "any", "count"} and abs(value - own) <= 0.1 * abs(own):
                    return grounds.place_of(places & grounds.cited)
    return ""


def _check_moment(moment: Moment, sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    for key in moment.keys if moment.keys[0][0] != "clock" else moment.keys[:1]:
        places = grounds.record.moments.get(key, set())
        if key[0] in ("year", "day"):
            places = places | grounds.record.readings.get((float(key[1]), "value"), set())
        if places and not grounds.near.isdisjoint(places):
            continue
        found: Standing = "elsewhere" if places else "nowhere"
        yield _wrong_date(moment, key[0], found, places, sentence, grounds)
        return


def _wrong_date(
    moment: Moment, kind: str, found: Standing, places: set[int], sentence: Sentence, grounds: Grounds
) -> Finding:
    words = moment.words
    if found == "elsewhere":
        message = (
            f"the cited lines do not say this {_DATE_KINDS.get(kind, kind)}: {words}; {grounds.place_of(places)} does"
        )
        remedy = f"cite {grounds.place_of(places)} too, if it is meant"
    else:
        message, remedy = (
            f"no source says this {_DATE_KINDS.get(kind, kind)}: {words}{grounds.nearest(sentence.text, moment.start)}",
            _REMEDY,
        )
    return error("CK203", message, words=words, at=sentence.at + moment.start, remedy=remedy)
