"""Numbers of the source that hold otherwise in the post: as another bound, per something else, before for after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from contentkit.checks.facts.numbers.claim import RANGE_JOINT, Claim
from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds
from contentkit.checks.records.told import Counterpart, Told
from contentkit.text import one_line
from contentkit.words.bounds import direction_of, rate_of, rates_of
from contentkit.words.quantities import Quantity

# What the source may say of a number that the post bounds so.
_COMPATIBLE: Mapping[str, Set[str]] = {
    "at most": frozenset(("at most", "nearly", "within")),
    "at least": frozenset(("at least",)),
    "nearly": frozenset(("nearly", "at most", "within", "about")),
}
_CONTRARY: Mapping[str, Set[str]] = {
    "at most": frozenset(("at least",)),
    "at least": frozenset(("at most", "nearly")),
    "nearly": frozenset(("at least",)),
}


def check_hold(claim: Claim, beside: Sequence[Counterpart], grounds: Grounds) -> Iterator[Finding]:
    """CK214 for the bound and for what it is counted per, CK216 for "a year later" where the source says before."""
    said = [
        (told, other)
        for told in ([one.told for one in beside] or grounds.told)
        for other in told.quantities
        if claim.quantity.agrees_with(other)
    ]
    if said:
        yield from _check_rate(claim, said, grounds)
        yield from _check_direction(claim, said, grounds)
        yield from _check_bound(claim, said, grounds)


def _check_rate(claim: Claim, said: Sequence[tuple[Told, Quantity]], grounds: Grounds) -> Iterator[Finding]:
    own = rate_of(claim.sentence.text, claim.quantity)
    rates = {rate for told, other in said for rate in rates_of(told.plain, other)}
    if own and own not in rates and rates - {""}:
        theirs = max(rates)
        per, said_per = (each if each == "total" else f"per {each}" for each in (own, theirs))
        message = f"{claim.words} {per}, where the source counts {said_per}; nearest: {_quoted(said, grounds)}"
        yield error("CK214", message, words=claim.words, at=claim.at, remedy=f"say {said_per}")


def _check_direction(claim: Claim, said: Sequence[tuple[Told, Quantity]], grounds: Grounds) -> Iterator[Finding]:
    own = direction_of(claim.sentence.text, claim.quantity)
    if own and {direction_of(told.plain, other) for told, other in said} == {"earlier" if own == "later" else "later"}:
        message = f"{claim.words} {own}, where the source has it the other way; nearest: {_quoted(said, grounds)}"
        yield error("CK216", message, words=claim.words, at=claim.at, remedy="say which came first as the source does")


def _check_bound(claim: Claim, said: Sequence[tuple[Told, Quantity]], grounds: Grounds) -> Iterator[Finding]:
    bounds = {told.bounds[other.start] for told, other in said}
    if claim.bound not in _COMPATIBLE or bounds & _COMPATIBLE[claim.bound] or _ends_range(claim, said):
        return
    message = f"the source does not say “{claim.bound}” of {claim.words}; nearest: {_quoted(said, grounds)}"
    # Where the source bounds it the other way this is false; else other words may bound it, and a person looks.
    found = error if bounds & _CONTRARY[claim.bound] else warning
    yield found("CK214", message, words=claim.words, at=claim.at, remedy="say how far it goes as the source does")


def _quoted(said: Sequence[tuple[Told, Quantity]], grounds: Grounds) -> str:
    told = said[0][0]
    return f"{grounds.record.stretches[told.stretch].place} “{one_line(told.text, 70)}”"


def _ends_range(claim: Claim, said: Sequence[tuple[Told, Quantity]]) -> bool:
    """Whether the number is the upper end of a range of the source and the post says "up to", or the lower and "at least"."""
    is_upper = claim.bound != "at least"
    for told, other in said:
        for left, right in zip(told.quantities, told.quantities[1:], strict=False):
            is_range = bool(RANGE_JOINT.fullmatch(told.plain[left.end : right.start]))
            if is_range and (right if is_upper else left) is other:
                return True
    return False
