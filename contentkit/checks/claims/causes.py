"""Causes that the source does not give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.checks.claims.beside import Beside
from contentkit.checks.clauses import Mark
from contentkit.checks.findings import Finding, error, warning

_REMEDY = "say both without the reason, or cite who gave it"
# Shares of telling words: what a sentence must have of an effect to be about it, and of a reason to give it.
_SAYS, _GIVES, _HARDLY = 0.5, 0.34, 0.2
_FEWEST = 2


def check_causes(beside: Beside) -> Iterator[Finding]:
    """CK224: an error where the cited lines give no reason or quite another, a warning where it is less plain."""
    if beside.own.asks:
        return
    for mark in (*beside.own.of("cause"), *beside.own.of("therefore")):
        if "denial" in beside.own.hints_in((beside.own.clauses[mark.first],)):
            continue
        reason, effect = _sides(beside, mark)
        words, at = beside.words_of(mark), beside.at(mark.start)
        nearest = beside.grounds.nearest(beside.own.text, mark.start)
        about = [
            number for number, each in enumerate(beside.cited) if effect and beside.share(effect, each.words) >= _SAYS
        ]
        given = max((beside.share(reason, _words(beside, number)) for number in about), default=1.0)
        if len(reason) >= _FEWEST and given < _GIVES:
            message = f"the cited lines give another reason, or none: “{words}”{nearest}"
            make = error if given < _HARDLY and len(about) < len(beside.cited) else warning
            yield make("CK224", message, words=words, at=at, remedy=_REMEDY)
        elif "cause" not in beside.hints_around:
            message = f"the cited lines do not say that one came of the other: “{words}”{nearest}"
            make = error if mark.kind == "cause" and _stands(beside, reason) else warning
            yield make("CK224", message, words=words, at=at, remedy=_REMEDY)


def _sides(beside: Beside, mark: Mark) -> tuple[Sequence[str], Sequence[str]]:
    """The telling words of the reason and of what it is given for: before and behind it, or the other way round."""
    own = beside.own
    before = [root for number, root in enumerate(own.roots) if root and number < mark.first]
    behind = own.behind(mark)
    return (behind, before) if mark.kind == "cause" else (before, behind)


def _words(beside: Beside, number: int) -> frozenset[str]:
    """The words of a sentence and of those on its sides."""
    return frozenset[str]().union(*(each.words for each in beside.cited[max(0, number - 1) : number + 2]))


def _stands(beside: Beside, roots: Sequence[str]) -> bool:
    """Whether the cited lines speak of this at all."""
    said = frozenset[str]().union(*(each.words for each in beside.cited))
    return bool(roots) and beside.share(roots, said) >= _SAYS
