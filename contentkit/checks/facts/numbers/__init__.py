"""Numbers must stand in the source, with their unit, for the same thing, and as far as the source lets them go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.checks.facts.numbers.claim import Claim, stands
from contentkit.checks.facts.numbers.held import check_hold
from contentkit.checks.facts.numbers.rounding import check_points, check_rounding
from contentkit.checks.facts.numbers.something_else import check_exchange, check_thing, rival_in
from contentkit.checks.facts.numbers.worked_out import (
    is_by_chance,
    is_counted,
    is_elapsed,
    is_rate,
    is_worked_out,
    may_follow,
)
from contentkit.checks.facts.versions import claimed_versions
from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.records.told import statement_around
from contentkit.patterns import regex
from contentkit.words.moments import without_moments
from contentkit.words.number_pairs import number_pairs
from contentkit.words.quantities import Quantity
from contentkit.words.versions import without_versions

__all__ = ["check_numbers"]

_REMEDY = "correct it, cite the line that says it, or waive it by name"
_LIST_MARK = regex(r"^\W{0,3}\d{1,2}(?:[.)](?=\s|$)|/\d{0,2}(?=\s|$))")
_THREAD_MARK = regex(r"\(?\b\d{1,2}/\d{1,2}\)?\s*$")
_BEFORE_HYPHEN = regex(r"[^\s-]+-$")
# A writer counts what the thread itself lists.
_COUNTED_BY_WRITER = regex(
    r"\s+(?:\w+\s+)?(?:things|lessons|reasons|ways|steps|points|takeaways|tips|questions|parts|"
    r"cosas|lecciones|razones|pasos|puntos|claves)\b",
    re.I,
)
# So many numbers of a post are compared closely.
_MOST_NUMBERS = 40


def check_numbers(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK201, CK202, CK211, CK214 and CK215."""
    found = [(sentence, *_numbers_of(sentence, grounds)) for sentence in post]
    every = [quantity for _, _, numbers in found for quantity in numbers]
    if len(every) <= _MOST_NUMBERS:
        yield from check_exchange(found, grounds)
    for sentence, text, numbers in found:
        yield from _check_sentence(sentence, text, numbers, every, grounds)


def _numbers_of(sentence: Sentence, grounds: Grounds) -> tuple[str, list[Quantity]]:
    """A sentence without its dates and versions, and the numbers that are left."""
    text = without_moments(sentence.text, sentence.moments)
    text = without_versions(text, claimed_versions(sentence, grounds))
    return text, grounds.numbers_in(text)


def _check_sentence(
    sentence: Sentence, text: str, found: Sequence[Quantity], every: Sequence[Quantity], grounds: Grounds
) -> Iterator[Finding]:
    if not found:
        return
    marks = [match.span() for pattern in (_LIST_MARK, _THREAD_MARK) for match in pattern.finditer(text)]
    if len(every) > _MOST_NUMBERS:
        grounds = replace(grounds, most_told=0)
    whole = [pair for pair in number_pairs(text, found) if grounds.told and _is_one(pair, found, grounds)]
    for quantity in sorted((*whole, *found), key=lambda each: (each.start, -each.end)):
        is_part = any(share.start <= quantity.start < share.end for share in whole if share is not quantity)
        if not is_part and not _is_mark(quantity, marks) and not _is_part_of_name(text, quantity):
            statement = statement_around(text, quantity.start, quantity.end)
            claim = Claim(quantity=quantity, sentence=sentence, statement=statement, own=found, others=every)
            yield from _check(claim, grounds)


def _is_one(pair: Quantity, found: Sequence[Quantity], grounds: Grounds) -> bool:
    """Whether two numbers are looked up as one: "26 of the 30" is as well supported by each of them."""
    parts = [each for each in found if pair.start <= each.start < pair.end]
    return len(parts) < 2 or not all(stands(each, grounds) for each in parts)


def _is_mark(quantity: Quantity, marks: list[tuple[int, int]]) -> bool:
    return any(start <= quantity.start < end for start, end in marks)


def _is_part_of_name(text: str, quantity: Quantity) -> bool:
    """The 2 of TimeGPT-2 is looked up with its name."""
    if text[quantity.start - 1 : quantity.start] != "-":
        return False
    before = _BEFORE_HYPHEN.search(text[max(0, quantity.start - 40) : quantity.start])
    return before is not None and before[0] != before[0].lower()


def _check(claim: Claim, grounds: Grounds) -> Iterator[Finding]:
    if is_rate(claim):
        return
    beside = grounds.counterparts(claim.statement)
    other = list(check_thing(claim, beside, grounds))
    by_chance = bool(other) and is_by_chance(claim)
    if stands(claim.quantity, grounds):
        yield from other or check_hold(claim, beside, grounds)
    elif points := list(check_points(claim, grounds)):
        yield from points
    elif is_worked_out(claim, grounds, by_chance=by_chance):
        return
    elif rounded := list(check_rounding(claim, grounds, by_chance=by_chance)):
        yield from filter(None, rounded)
    else:
        yield from _elsewhere_or_nowhere(claim, other, grounds)


def _elsewhere_or_nowhere(claim: Claim, other: Sequence[Finding], grounds: Grounds) -> Iterator[Finding]:
    places = set().union(*(grounds.record.readings.get(each, set()) for each in claim.quantity.accepted))
    if other or is_counted(claim):
        yield from other if places else (replace(each, check="CK201", severity="error") for each in other)
    elif not places or _has_another_unit(claim, grounds):
        yield _unsupported(claim, grounds)
    else:
        yield _elsewhere(claim, grounds.place_of(places), grounds)


def _elsewhere(claim: Claim, where: str, grounds: Grounds) -> Finding:
    """A number of other lines: an error where the cited ones have another of its unit, which the post does not give."""
    remedy = f"cite {where} too, if it is meant"
    rival = rival_in(claim, grounds.told)
    if rival:
        message = f"{claim.words} stands in {where}, and the cited lines say {rival.words}"
        return error("CK211", message, words=claim.words, at=claim.at, remedy=f"say {rival.words}, or {remedy}")
    message = f"the cited lines do not say {claim.words}, but {where} does"
    if is_elapsed(claim) and any(told.moments for told in grounds.told):
        return warning(
            "CK211", f"{message}; it does not come out of their dates", words=claim.words, at=claim.at, remedy=remedy
        )
    return warning("CK202", message, words=claim.words, at=claim.at, remedy=remedy)


def _has_another_unit(claim: Claim, grounds: Grounds) -> bool:
    """Whether the cited lines have just this number, of something else: five months, not five semesters."""
    return any(
        other.value == claim.quantity.value and not claim.quantity.agrees_with(other) for other in grounds.quantities
    )


def _unsupported(claim: Claim, grounds: Grounds) -> Finding:
    same_value = grounds.record.readings.get((claim.quantity.value, "value"))
    if same_value:
        message = f"{claim.words}: {grounds.place_of(same_value)} has this number, but with another unit"
        return error("CK201", message, words=claim.words, at=claim.at, remedy=_REMEDY)
    if _COUNTED_BY_WRITER.match(claim.sentence.text, claim.quantity.end):
        message = f"no source counts {claim.words} of them"
        return warning("CK202", message, words=claim.words, at=claim.at, remedy="count them again")
    message = f"no source says {claim.words}{grounds.nearest(claim.sentence.text, claim.quantity.start)}"
    if may_follow(claim, grounds):
        return warning("CK201", message, words=claim.words, at=claim.at, remedy=_REMEDY)
    return error("CK201", message, words=claim.words, at=claim.at, remedy=_REMEDY)
