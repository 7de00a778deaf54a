"""Numbers must stand in the source, with their unit, for the same thing, and as far as the source lets them go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contentkit.bounds import Bound, bound_of, rate_of
from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.reckoned import is_points, is_reckoned, outcomes
from contentkit.checks.rounded import rounding_of
from contentkit.checks.told import Counterpart, Told, statement_around
from contentkit.checks.versions import claimed_versions
from contentkit.checks.words import folded, stem
from contentkit.moments import moments, without_moments
from contentkit.number_pairs import number_pairs
from contentkit.quantities import Quantity, Reading, quantities
from contentkit.text import one_line
from contentkit.versions import without_versions

_REMEDY = "correct it, cite the line that says it, or waive it by name"
_LIST_MARK = re.compile(r"^\W{0,3}\d{1,2}(?:[.)](?=\s|$)|/\d{0,2}(?=\s|$))")
_THREAD_MARK = re.compile(r"\(?\b\d{1,2}/\d{1,2}\)?\s*$")
# A writer counts what the thread itself lists, and says "the two" of what was named before.
_COUNTED_BY_WRITER = re.compile(
    r"\s+(?:\w+\s+)?(?:things|lessons|reasons|ways|steps|points|takeaways|tips|questions|parts|"
    r"cosas|lecciones|razones|pasos|puntos|claves)\b",
    re.I,
)
_FOLLOWING = re.compile(r"[\s-]{1,2}([^\W\d_]+)")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_BEFORE_TIMES_WORDS = """
for in within took take takes after over about almost nearly than spent only just lasted every under and or of but not even to is
was by durante en dentro tras casi solo unos hace cada menos más de es fue por
"""
_BEFORE_TIMES = frozenset(_BEFORE_TIMES_WORDS.split())
_MISSING = re.compile(
    r"(?<!\w)(?:missing|left|lack\w*|remain\w*|not|no|without|rest|untranslated|open|falta\w*|queda\w*|sin|resto)(?!\w)",
    re.I,
)
_POINTS_BACK = re.compile(
    r"(?<!\w)(?:the|these|those|both|other|between|all|any|of us|los|las|estos|estas|esos|esas|ambos|ambas|otros|otras|de)\s+$",
    re.I,
)
_ARTICLE = re.compile(r"(?:an?|un|una)\s+([^\W\d_]+)$", re.I)
_PERIODS = {
    "second": "second", "minute": "minute", "hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly",
    "quarter": "quarterly", "year": "annual", "decade": "decade", "segundo": "segundo", "minuto": "minuto", "hora": "hora",
    "día": "diario", "semana": "semanal", "mes": "mensual", "año": "anual", "década": "decada",
}  # fmt: skip
_FEW = 3
_COUNTS = frozenset(("any", "count"))
_DURATIONS = frozenset(("time", "months"))
_NOT_COMPARED = frozenset(("ordinal", "decade", "value", "clock"))
# Shares of a statement's words: what a sentence of the source must say to be the one that it comes from.
_SAME_STATEMENT, _AS_GOOD = 0.4, 0.75
_FEWEST_SHARED = 2
# So many numbers of a sentence are compared closely.
_MOST_NUMBERS = 40


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A number of a post: the sentence it stands in, what that states around it, all numbers of the sentence."""

    quantity: Quantity
    sentence: Sentence
    statement: str
    others: Sequence[Quantity]

    @property
    def at(self) -> int:
        return self.sentence.at + self.quantity.start

    @property
    def words(self) -> str:
        return self.quantity.words


def check_numbers(sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    """CK201, CK202, CK211, CK214."""
    text = without_moments(sentence.text, moments(sentence.text))
    text = without_versions(text, claimed_versions(sentence, grounds))
    marks = [match.span() for pattern in (_LIST_MARK, _THREAD_MARK) for match in pattern.finditer(text)]
    found = quantities(text, grounds.record.language)
    if len(found) > _MOST_NUMBERS:
        grounds = replace(grounds, most_told=0)
    whole = [pair for pair in number_pairs(text, found) if grounds.told and _is_one(pair, found, grounds)]
    for quantity in sorted((*whole, *found), key=lambda each: (each.start, -each.end)):
        is_part = any(share.start <= quantity.start < share.end for share in whole if share is not quantity)
        if not is_part and not _is_mark(quantity, marks) and not _is_part_of_name(text, quantity):
            statement = statement_around(text, quantity.start, quantity.end)
            yield from _check(Claim(quantity=quantity, sentence=sentence, statement=statement, others=found), grounds)


def _is_one(pair: Quantity, found: Sequence[Quantity], grounds: Grounds) -> bool:
    """Whether two numbers are looked up as one: "26 of the 30" is as well supported by each of them."""
    parts = [each for each in found if pair.start <= each.start < pair.end]
    return len(parts) < 2 or not all(_stands(each, grounds) for each in parts)


def _stands(quantity: Quantity, grounds: Grounds) -> bool:
    return any(not grounds.cited.isdisjoint(grounds.record.readings.get(each, ())) for each in _acceptable(quantity))


def _is_mark(quantity: Quantity, marks: list[tuple[int, int]]) -> bool:
    return any(start <= quantity.start < end for start, end in marks)


def _is_part_of_name(text: str, quantity: Quantity) -> bool:
    """The 2 of TimeGPT-2 is looked up with its name."""
    before = re.search(r"[^\s-]+-$", text[max(0, quantity.start - 40) : quantity.start])
    return bool(before) and before[0] != before[0].lower() if before else False


def _check(claim: Claim, grounds: Grounds) -> Iterator[Finding]:
    places = set().union(*(grounds.record.readings.get(each, set()) for each in _acceptable(claim.quantity)))
    found = grounds.standing_of(places)
    if _is_rate(claim):
        return
    beside = grounds.counterparts(claim.statement)
    other = list(_of_something_else(claim, beside, grounds))
    if found == "cited":
        yield from other or _held_otherwise(claim, beside, grounds)
    elif _is_worked_out(claim, grounds):
        return
    elif rounded := list(_rounded(claim, grounds)):
        yield from filter(None, rounded)
    elif other or _is_counted(claim):
        yield from (replace(each, check="CK201") if found == "nowhere" else each for each in other)
    elif found == "nowhere":
        yield _unsupported(claim, grounds)
    else:
        where = grounds.place_of(places)
        message = f"the cited lines do not say {claim.words}, but {where} does"
        yield warning("CK202", message, words=claim.words, at=claim.at, remedy=f"cite {where} too, if it is meant")


def _acceptable(quantity: Quantity) -> set[Reading]:
    """What a source may say for this quantity to be its: a bare number stands for any unit, a count for a bare number."""
    accepted = set(quantity.readings)
    for value, unit in quantity.readings:
        if unit in ("any", "ordinal"):
            accepted.add((value, "value"))
        if unit == "count":
            accepted.add((value, "any"))
    return accepted


def _agrees(quantity: Quantity, other: Quantity) -> bool:
    return not _acceptable(quantity).isdisjoint((*other.readings, (other.value, "value"))) or not _acceptable(
        other
    ).isdisjoint((*quantity.readings, (quantity.value, "value")))


def _bound(claim: Claim) -> Bound:
    return bound_of(claim.sentence.text, claim.quantity)


def _is_rate(claim: Claim) -> bool:
    """Whether it only says per what something is counted: the "a week" of "two posts a week"."""
    if not _ARTICLE.fullmatch(claim.words):
        return False
    before = _LAST_WORD.search(claim.sentence.text, max(0, claim.quantity.start - 25), claim.quantity.start)
    return bool(before) and before[1].lower() not in _BEFORE_TIMES if before else False


def _is_worked_out(claim: Claim, grounds: Grounds) -> bool:
    """Whether a writer may say it though no source does: "a year" of "this year", what two numbers give, "the two"."""
    quantity = claim.quantity
    article = _ARTICLE.fullmatch(quantity.words)
    if article:
        unit = article[1].lower()
        words = grounds.record.words
        if any(not grounds.near.isdisjoint(words.get(each, ())) for each in (unit, _PERIODS.get(unit, unit))):
            return True
    is_outcome = is_reckoned(quantity, claim.sentence.text, grounds.reckoned)
    return is_outcome or _is_the_rest(claim, grounds) or _is_meant(claim, grounds)


def _is_counted(claim: Claim) -> bool:
    """Whether a writer counts so far without saying so (two storms), or points back to a number: "the last of the 17"."""
    if not {unit for _, unit in claim.quantity.readings} <= _COUNTS:
        return False
    start = claim.quantity.start
    return claim.quantity.value <= _FEW or bool(_POINTS_BACK.search(claim.sentence.text, max(0, start - 12), start))


def _is_the_rest(claim: Claim, grounds: Grounds) -> bool:
    """Whether the source says how much is missing of a hundred per cent."""
    rest = {(100 - value, "%") for value, unit in claim.quantity.readings if unit == "%"}
    return any(
        _MISSING.search(told.text) and rest & other.readings
        for told in grounds.told
        for other in told.quantities
        if rest
    )


def _rounded(claim: Claim, grounds: Grounds) -> Iterator[Finding | None]:
    """None for a number that is rounded well; CK214 for the wrong way, CK202 for roughly, CK215 for points as per cent."""
    if is_points(claim.quantity, claim.sentence.text, grounds.reckoned):
        message = f"{claim.words} is what two shares differ by, so these are percentage points, not per cent"
        yield error("CK215", message, words=claim.words, at=claim.at, remedy="say points, or work out the per cent")
        return
    bound = _bound(claim)
    verdict, source = rounding_of(claim.quantity, bound, _roundable(claim, bound, grounds))
    if verdict == "right":
        yield None
    elif verdict == "wrong way" and source:
        message = f"the source says {source.words}, and {claim.words} stands for {_SIDE[bound]}"
        remedy = f"say {source.words}, or round it the other way"
        yield error("CK214", message, words=claim.words, at=claim.at, remedy=remedy)
    elif verdict == "rough" and source:
        message = f"{claim.words} is rounded from {source.words}, and does not say so"
        yield warning("CK202", message, words=claim.words, at=claim.at, remedy="check that it may be rounded")


def _roundable(claim: Claim, bound: Bound, grounds: Grounds) -> list[Quantity]:
    """What a number may be rounded from: the numbers of the cited lines, their shares, with words that round what they give."""
    found = [*grounds.quantities, *grounds.reckoned.shares]
    return found if bound == "exactly" else [*found, *outcomes(claim.sentence.text, grounds.reckoned)]


_SIDE = {"nearly": "less than that", "at most": "less than that", "at least": "more than that"}


def _is_meant(claim: Claim, grounds: Grounds) -> bool:
    """Whether the cited lines say the bare number, and somewhere near its unit: "the 99 per cent? No, 93."."""
    units = {unit for unit in claim.quantity.units if unit[1] not in _COUNTS}
    is_said = any(other.is_bare and other.value == claim.quantity.value for other in grounds.quantities)
    if not units or not is_said:
        return False
    told = (one for number in sorted(grounds.near) for one in grounds.record.told(number))
    return any(units & other.units for one in told for other in one.quantities)


def _unsupported(claim: Claim, grounds: Grounds) -> Finding:
    same_value = grounds.record.readings.get((claim.quantity.value, "value"))
    if same_value:
        message = f"{claim.words}: {grounds.place_of(same_value)} has this number, but with another unit"
        return error("CK201", message, words=claim.words, at=claim.at, remedy=_REMEDY)
    if _COUNTED_BY_WRITER.match(claim.sentence.text, claim.quantity.end):
        message = f"no source counts {claim.words} of them"
        return warning("CK202", message, words=claim.words, at=claim.at, remedy="count them again")
    message = f"no source says {claim.words}{grounds.nearest(claim.sentence.text, claim.quantity.start)}"
    return error("CK201", message, words=claim.words, at=claim.at, remedy=_REMEDY)


def _of_something_else(claim: Claim, beside: Sequence[Counterpart], grounds: Grounds) -> Iterator[Finding]:
    """CK211: the sentence that the statement comes from has another number of this kind, which the post does not give."""
    best = next((one for one in beside if len(one.shared) >= _FEWEST_SHARED and one.covered >= _SAME_STATEMENT), None)
    if best is None or _is_said_of_the_same(claim, grounds):
        return
    for one in beside:
        has_it = any(_agrees(claim.quantity, other) for other in one.told.quantities)
        if has_it and one.covered >= _AS_GOOD * best.covered:
            return
    rival = _rival(claim, best.told)
    if rival:
        where = grounds.record.stretches[best.told.stretch].place
        message = (
            f"{claim.words}, where the source says {rival.words}; nearest: {where} “{one_line(best.told.text, 70)}”"
        )
        yield error(
            "CK211",
            message,
            words=claim.words,
            at=claim.at,
            remedy=f"say {rival.words}, or cite who says {claim.words}",
        )


def _is_said_of_the_same(claim: Claim, grounds: Grounds) -> bool:
    """Whether the cited lines count just so many of what the post counts: three libraries, wherever they do."""
    counted = _counted(claim.sentence.text, claim.quantity)
    return bool(counted) and any(
        _agrees(claim.quantity, other) and _counted(told.plain, other) == counted
        for told in grounds.told
        for other in told.quantities
    )


def _counted(text: str, quantity: Quantity) -> str:
    """The stem of the word behind a number."""
    following = _FOLLOWING.match(text, quantity.end)
    return stem(folded(following[1])) if following and len(following[1]) > 3 else ""


def _rival(claim: Claim, told: Told) -> Quantity | None:
    """A number of the same kind in a sentence of the source that none of the post's agrees with."""
    kinds = _kinds(claim.quantity)
    for other in told.quantities:
        if not kinds & _kinds(other) or any(_agrees(own, other) for own in claim.others):
            continue
        if rounding_of(claim.quantity, _bound(claim), [other])[0] != "right":
            return other
    return None


def _kinds(quantity: Quantity) -> set[str]:
    units = {unit for _, unit in quantity.readings} - _NOT_COMPARED
    return {"duration" if unit in _DURATIONS else unit for unit in units}


def _held_otherwise(claim: Claim, beside: Sequence[Counterpart], grounds: Grounds) -> Iterator[Finding]:
    """CK214 where the source says "at least" of the number and the post "up to", or the source says neither; or per what."""
    said = [
        (told, other)
        for told in ([one.told for one in beside] or grounds.told)
        for other in told.quantities
        if _agrees(claim.quantity, other)
    ]
    if not said:
        return
    own_rate, own_bound = rate_of(claim.sentence.text, claim.quantity), _bound(claim)
    rates = {rate_of(told.plain, other) for told, other in said}
    told, other = said[0]
    where = grounds.record.stretches[told.stretch].place
    if own_rate and own_rate not in rates and rates - {""}:
        message = f"{where} counts {other.words} per {max(rates)}, the post per {own_rate}: “{one_line(told.text, 60)}”"
        yield error("CK214", message, words=claim.words, at=claim.at, remedy=f"say per {max(rates)}")
    bounds = {bound_of(told.plain, other) for told, other in said}
    if (
        own_bound in _OPPOSITE
        and own_bound not in bounds
        and not bounds & _COMPATIBLE[own_bound]
        and not _ends_range(claim, said)
    ):
        message = f"{where} does not say {own_bound} {claim.words}: “{one_line(told.text, 70)}”"
        yield error("CK214", message, words=claim.words, at=claim.at, remedy="say how far it goes as the source does")


_OPPOSITE = {"at most": "at least", "at least": "at most"}
_COMPATIBLE = {"at most": {"nearly", "within"}, "at least": set[str]()}
_RANGE_END = re.compile(r"\s*(?:to|and|or|y|o|a|hasta|[-–—])\s*$", re.I)


def _ends_range(claim: Claim, said: Sequence[tuple[Told, Quantity]]) -> bool:
    """Whether the number is the upper end of a range of the source and the post says "up to", or the lower and "at least"."""
    is_upper = _bound(claim) == "at most"
    for told, other in said:
        for left, right in zip(told.quantities, told.quantities[1:], strict=False):
            is_range = bool(_RANGE_END.fullmatch(told.plain[left.end : right.start]))
            if is_range and (right if is_upper else left) is other:
                return True
    return False
