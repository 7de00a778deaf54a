"""Numbers that the source gives, but of something else: another of their kind stands where the post takes them from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contentkit.checks.facts.exchanged import exchanged
from contentkit.checks.facts.numbers.claim import COUNTS, FEW, Claim, kinds_of, stands
from contentkit.checks.facts.rounded import rounding_of
from contentkit.checks.findings import Finding, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.reading.words import folded, stem
from contentkit.checks.records.told import Counterpart, Told, is_of_another, telling_words
from contentkit.patterns import regex
from contentkit.text import one_line
from contentkit.words.quantities import Quantity

_FOLLOWING = regex(r"[\s-]{1,2}([^\W\d_]+)")
# Shares of a statement's words: what a sentence of the source must say to be the one that it comes from.
_SAME_STATEMENT, _AS_GOOD = 0.4, 0.75
_FEWEST_SHARED = 2
# Behind a sentence so few others, of so few telling words, go on about the same.
_SOON, _SHORT = 3, 3
# Numbers that are exchanged are of one scale.
_ONE_SCALE = 50


def check_thing(claim: Claim, beside: Sequence[Counterpart], grounds: Grounds) -> Iterator[Finding]:
    """CK211: the sentence that the statement comes from has another number of this kind, which the post does not give."""
    best = next((one for one in beside if len(one.shared) >= _FEWEST_SHARED and one.covered >= _SAME_STATEMENT), None)
    if best is None or _is_said_of_the_same(claim, best.told, grounds):
        return
    if any(_is_said_together(claim, one.told) for one in beside) or _goes_on(claim, best.told, grounds):
        return
    said = [
        (one.told, other)
        for one in beside
        if one.covered >= _AS_GOOD * best.covered
        for other in one.told.figures
        if claim.quantity.agrees_with(other)
    ]
    rival = _beside(claim, said, best.told) if said else _rival(claim, best.told, stands(claim.quantity, grounds))
    if rival:
        where = grounds.record.stretches[best.told.stretch].place
        message = (
            f"{claim.words}, where the source says {rival.words}; nearest: {where} “{one_line(best.told.text, 70)}”"
        )
        yield warning(
            "CK211",
            message,
            words=claim.words,
            at=claim.at,
            remedy=f"say {rival.words}, or cite who says {claim.words}",
        )


def _is_said_together(claim: Claim, told: Told) -> bool:
    """Whether a sentence of the source has this number and another one of the post's sentence."""
    agreeing = [own for own in (*claim.own, claim.quantity) if any(own.agrees_with(other) for other in told.figures)]
    return claim.quantity in agreeing and any(own.value != claim.quantity.value for own in agreeing)


def _goes_on(claim: Claim, told: Told, grounds: Grounds) -> bool:
    """Whether the number stands in a short sentence soon behind, which speaks of the same: "It was nearer 150"."""
    sentences = list(grounds.told)
    at = next(number for number, one in enumerate(sentences) if one is told)
    counted = {"", _counted(claim.sentence.text, claim.quantity)}
    return any(
        claim.quantity.agrees_with(other) and _counted(one.plain, other) in counted
        for one in sentences[at + 1 : at + 1 + _SOON]
        if len(one.words) <= _SHORT
        for other in one.figures
    )


def _beside(claim: Claim, said: Sequence[tuple[Told, Quantity]], told: Told) -> Quantity | None:
    """Another number of the same sentence, which is that of what the post speaks of: "30 were tried, 26 compiled"."""
    words = telling_words(claim.statement)
    own = [other for one, other in said if one is told]
    if len(own) < len(said):
        return None
    for other in told.quantities:
        if not kinds_of(claim.quantity) & kinds_of(other) or any(each.agrees_with(other) for each in claim.others):
            continue
        if all(is_of_another(words, told, (each.start, each.end), (other.start, other.end)) for each in own):
            return other
    return None


def _is_said_of_the_same(claim: Claim, beside: Told, grounds: Grounds) -> bool:
    """Whether the cited lines count just so many of what the post counts, the sentence beside it no other number of them."""
    counted = _counted(claim.sentence.text, claim.quantity)
    if any(
        _counted(beside.plain, other) == counted and not claim.quantity.agrees_with(other)
        for other in beside.quantities
    ):
        return False
    return bool(counted) and any(
        claim.quantity.agrees_with(other) and _counted(told.plain, other) == counted
        for told in grounds.told
        for other in told.quantities
    )


def _counted(text: str, quantity: Quantity) -> str:
    """The stem of the word behind a number."""
    following = _FOLLOWING.match(text, quantity.end)
    return stem(folded(following[1])) if following and len(following[1]) > 3 else ""


def _rival(claim: Claim, told: Told, is_cited: bool) -> Quantity | None:
    """A number of the same kind in a sentence of the source that none of the post's agrees with.

    For what the cited lines do not say at all, "31 still open" and "the 13 that are open" are of one kind.
    """
    kinds = kinds_of(claim.quantity)
    for other in told.figures:
        is_alike = kinds & kinds_of(other) or (not is_cited and kinds <= COUNTS and kinds_of(other) <= COUNTS)
        if is_alike and claim.quantity.value <= FEW and kinds <= COUNTS:
            # A writer counts so far: two storms are none of 311 gauges.
            is_alike = _counted(claim.sentence.text, claim.quantity) == _counted(told.plain, other)
        if not is_alike or any(own.agrees_with(other) for own in claim.others):
            continue
        if rounding_of(claim.quantity, claim.bound, [other])[0] != "right":
            return other
    return None


def rival_in(claim: Claim, told: Iterable[Told]) -> Quantity | None:
    """A number of just the claim's unit, or of the things that it counts, which none of the post's agrees with."""
    kinds, counted = kinds_of(claim.quantity) - COUNTS, _counted(claim.sentence.text, claim.quantity)
    for each in told:
        for other in each.figures:
            is_alike = kinds & kinds_of(other) if kinds else counted and counted == _counted(each.plain, other)
            if is_alike and not any(own.agrees_with(other) for own in claim.others):
                return other
    return None


def _may_change_places(one: Quantity, other: Quantity) -> bool:
    return bool(kinds_of(one) & kinds_of(other)) or (kinds_of(one) | kinds_of(other)) <= COUNTS


def check_exchange(found: Sequence[tuple[Sentence, str, list[Quantity]]], grounds: Grounds) -> Iterator[Finding]:
    """CK211: two numbers of the post that have changed places. Takes each sentence with its text and its numbers."""
    # Its dates say of what a number is as well as its other words.
    facts = [(sentence.text, quantity) for sentence, _, numbers in found for quantity in numbers]
    places = {id(quantity): sentence.at + quantity.start for sentence, _, numbers in found for quantity in numbers}
    told = [(each, other) for each in grounds.told for other in each.quantities]
    for one, other, said in exchanged(facts, told, Quantity.agrees_with, grounds.record.rarity):
        low, high = sorted((abs(one.value), abs(other.value)))
        if _may_change_places(one, other) and low > 0 and high <= _ONE_SCALE * low:
            where = grounds.record.stretches[said.stretch].place
            message = f"{one.words} and {other.words} have changed places; nearest: {where} “{one_line(said.text, 70)}”"
            yield warning(
                "CK211", message, words=one.words, at=places[id(one)], remedy="put each where the source has it"
            )
