"""Numbers must stand in the source, with their unit, for the same thing, and as far as the source lets them go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contentkit.bounds import Bound, bound_of, rate_of
from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.reckoned import is_reckoned
from contentkit.checks.rounded import rounding_of
from contentkit.checks.told import Counterpart, Told, statement_around
from contentkit.moments import moments, without_moments
from contentkit.quantities import Quantity, Reading, quantities
from contentkit.shares import shares
from contentkit.text import one_line

_REMEDY = "correct it, cite the line that says it, or waive it by name"
_LIST_MARK = re.compile(r"^\W{0,3}\d{1,2}(?:[.)](?=\s|$)|/\d{0,2}(?=\s|$))")
_THREAD_MARK = re.compile(r"\(?\b\d{1,2}/\d{1,2}\)?\s*$")
# A writer counts what the thread itself lists, and says "the two" of what was named before.
_COUNTED_BY_WRITER = re.compile(
    r"\s+(?:\w+\s+)?(?:things|lessons|reasons|ways|steps|points|takeaways|tips|questions|parts|"
    r"cosas|lecciones|razones|pasos|puntos|claves)\b",
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
_FEW = 4
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
    marks = [match.span() for pattern in (_LIST_MARK, _THREAD_MARK) for match in pattern.finditer(text)]
    found = quantities(text, grounds.record.language)
    if len(found) > _MOST_NUMBERS:
        grounds = replace(grounds, most_told=0)
    whole: list[Quantity] = []
    for share in shares(text, found) if grounds.told else ():
        # "26 of the 30" is as well supported by its two numbers.
        parts = [each for each in found if share.start <= each.start < share.end]
        if len(parts) < 2 or not all(_stands(each, grounds) for each in parts):
            whole.append(share)
    for quantity in sorted((*whole, *found), key=lambda each: (each.start, -each.end)):
        is_part = any(share.start <= quantity.start < share.end for share in whole if share is not quantity)
        if not is_part and not _is_mark(quantity, marks) and not _is_part_of_name(text, quantity):
            statement = statement_around(text, quantity.start, quantity.end)
            yield from _check(Claim(quantity=quantity, sentence=sentence, statement=statement, others=found), grounds)


def _stands(quantity: Quantity, grounds: Grounds) -> bool:
    return any(not grounds.cited.isdisjoint(grounds.record.readings.get(each, ())) for each in _acceptable(quantity))


def _is_mark(quantity: Quantity, marks: list[tuple[int, int]]) -> bool:
    return any(start <= quantity.start < end for start, end in marks)


def _is_part_of_name(text: str, quantity: Quantity) -> bool:
    """The 2 of TimeGPT-2 is looked up with its name."""
    before = re.search(r"[^\s-]+-$", text[max(0, quantity.start - 40) : quantity.start])
    return bool(before) and before[0] != before[0].lower() if before else False


def _check(claim: Claim, grounds: Grounds) -> Iterator[Finding]:
    quantity = claim.quantity
    places = set().union(*(grounds.record.readings.get(each, set()) for each in _acceptable(quantity)))
    found = grounds.standing_of(places)
    beside = grounds.counterparts(claim.statement)
    if found == "cited":
        yield from _of_something_else(claim, beside, grounds)
        yield from _held_otherwise(claim, beside, grounds)
        return
    if _is_granted(claim, grounds):
        return
    rounded = list(_rounded(claim, grounds))
    if rounded or _is_rounded_well(claim, grounds):
        yield from rounded
        return
    other = list(_of_something_else(claim, beside, grounds))
    if found == "elsewhere" and not other:
        where = grounds.place_of(places)
        message = f"the cited lines do not say {claim.words}, but {where} does"
        yield warning("CK202", message, words=claim.words, at=claim.at, remedy=f"cite {where} too, if it is meant")
    elif found == "elsewhere":
        yield from other
    else:
        yield _unsupported(claim, grounds)


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


def _is_granted(claim: Claim, grounds: Grounds) -> bool:
    """Whether a writer may say it though no source does: "a year" of "this year", "the two", what two numbers give."""
    quantity, text = claim.quantity, claim.sentence.text
    article = _ARTICLE.fullmatch(quantity.words)
    if article:
        unit = article[1].lower()
        words = grounds.record.words
        return any(not grounds.near.isdisjoint(words.get(each, ())) for each in (unit, _PERIODS.get(unit, unit)))
    units = {unit for _, unit in quantity.readings}
    if (
        quantity.value <= _FEW
        and units <= _COUNTS
        and _POINTS_BACK.search(text, max(0, quantity.start - 12), quantity.start)
    ):
        return True
    near = [told for told in grounds.told if told.quantities or told.moments]
    return is_reckoned(quantity, claim.sentence.text, near)


def _rounded(claim: Claim, grounds: Grounds) -> Iterator[Finding]:
    """CK214 for what is rounded the wrong way, CK202 for what is rounded roughly and does not say so."""
    bound = _bound(claim)
    verdict, source = rounding_of(claim.quantity, bound, grounds.quantities)
    if verdict == "wrong way" and source:
        message = f"the source says {source.words}, and {claim.words} stands for {_SIDE[bound]}"
        remedy = f"say {source.words}, or round it the other way"
        yield error("CK214", message, words=claim.words, at=claim.at, remedy=remedy)
    elif verdict == "rough" and source:
        message = f"{claim.words} is rounded from {source.words}, and does not say so"
        yield warning("CK202", message, words=claim.words, at=claim.at, remedy="check that it may be rounded")


def _is_rounded_well(claim: Claim, grounds: Grounds) -> bool:
    return rounding_of(claim.quantity, _bound(claim), grounds.quantities)[0] == "right"


_SIDE = {"nearly": "less than that", "at most": "less than that", "at least": "more than that"}


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
    if best is None:
        return
    for one in beside:
        has_it = any(_agrees(claim.quantity, other) for other in one.told.quantities)
        if has_it and one.covered >= _AS_GOOD * best.covered:
            return
    rival = _rival(claim, best.told)
    if rival:
        where = grounds.record.stretches[best.told.stretch].place
        message = f"{where} says {rival.words} there, not {claim.words}: “{one_line(best.told.text, 70)}”"
        yield error(
            "CK211",
            message,
            words=claim.words,
            at=claim.at,
            remedy=f"say {rival.words}, or cite who says {claim.words}",
        )


def _rival(claim: Claim, told: Told) -> Quantity | None:
    """A number of the same kind in a sentence of the source that none of the post's agrees with."""
    kinds = _kinds(claim.quantity)
    for other in told.quantities:
        if kinds & _kinds(other) and not any(_agrees(own, other) for own in claim.others):
            return other
    return None


def _kinds(quantity: Quantity) -> set[str]:
    units = {unit for _, unit in quantity.readings} - _NOT_COMPARED
    return {"duration" if unit in _DURATIONS else "count" if unit in _COUNTS else unit for unit in units}


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
_COMPATIBLE = {"at most": {"nearly"}, "at least": set[str]()}
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
