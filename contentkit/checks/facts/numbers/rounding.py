"""Rounded numbers of a post: well, roughly, the wrong way; and points that are called per cent."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.facts.numbers.claim import Claim
from contentkit.checks.facts.reckoned import is_points, outcomes, shares_in
from contentkit.checks.facts.rounded import rounding_of
from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds
from contentkit.words.quantities import Quantity

_SIDE = {"nearly": "less than that", "at most": "less than that", "at least": "more than that"}


def check_points(claim: Claim, grounds: Grounds) -> Iterator[Finding]:
    """CK215: points as per cent."""
    if is_points(claim.quantity, claim.sentence.text, grounds.reckoned):
        message = f"{claim.words} is what two shares differ by, so these are percentage points, not per cent"
        yield error("CK215", message, words=claim.words, at=claim.at, remedy="say points, or work out the per cent")


def check_rounding(claim: Claim, grounds: Grounds, *, by_chance: bool = False) -> Iterator[Finding | None]:
    """None for a number that is rounded well; CK214 for the wrong way, CK202 for roughly.

    Where it would be ``by_chance`` what two numbers give, it is compared with the numbers themselves only.
    """
    bound = claim.bound
    verdict, source = rounding_of(claim.quantity, bound, _roundable(claim, grounds, by_chance=by_chance))
    if verdict == "right":
        yield None
    elif verdict == "wrong way" and source:
        message = f"the source says {source.words}, and {claim.words} stands for {_SIDE[bound]}"
        remedy = f"say {source.words}, or round it the other way"
        yield error("CK214", message, words=claim.words, at=claim.at, remedy=remedy)
    elif verdict == "rough" and source and bound == "nearly":
        message = f"the source says {source.words}, which is not nearly {claim.words}"
        yield error("CK214", message, words=claim.words, at=claim.at, remedy=f"say {source.words}, or round it less")
    elif verdict == "rough" and source:
        message = f"{claim.words} is rounded from {source.words}, and does not say so"
        yield warning("CK202", message, words=claim.words, at=claim.at, remedy="check that it may be rounded")


def _roundable(claim: Claim, grounds: Grounds, *, by_chance: bool) -> list[Quantity]:
    """What a number may be rounded from: the numbers of the cited lines, their shares, with words that round what they give."""
    text, found = claim.sentence.text, list(grounds.quantities)
    is_share = any(unit == "fraction" for _, unit in claim.quantity.readings)
    if by_chance and not is_share:
        return found
    found += shares_in(text, grounds.reckoned)
    return found if claim.bound == "exactly" or is_share else [*found, *outcomes(text, grounds.reckoned)]
