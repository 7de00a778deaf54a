"""Causes that the source does not give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning
from contentkit.checks.reading.clauses import Mark

_REMEDY = "say both without the reason, or cite who gave it"
# Shares of telling words: what a sentence must have of an effect to be about it, and what is next to nothing of a reason.
_SAYS, _HARDLY = 0.5, 0.2
_FEWEST = 2
_LITTLE = 0.35
_DOUBTS = frozenset(("belief", "possible"))


def check_causes(beside: Beside) -> Iterator[Finding]:
    """CK224 for a reason that the cited lines do not give, give for something else, or only guess."""
    if beside.own.asks:
        return
    yield from _unexplained(beside)
    for mark in (*beside.own.of("cause"), *beside.own.of("therefore")):
        clause = beside.own.clauses[mark.first]
        if clause in beside.own.asked or "denial" in beside.own.hints_in((clause,)):
            continue
        wrong, remedy = _wrong(beside, mark)
        if wrong:
            words, nearest = beside.words_of(mark), beside.grounds.nearest(beside.own.text, mark.start)
            yield warning("CK224", f"{wrong}: “{words}”{nearest}", words=words, at=beside.at(mark.start), remedy=remedy)


def _wrong(beside: Beside, mark: Mark) -> tuple[str, str]:
    """What is wrong with a reason, and what would mend it; empty where nothing is."""
    reason, effect = _sides(beside, mark)
    if len(reason) >= _FEWEST and effect and _is_new(beside, reason):
        return "the cited lines do not give this reason", _REMEDY
    if "cause" not in beside.hints_around:
        return "the cited lines do not say that one came of the other", _REMEDY
    if _is_guessed(beside, reason):
        return "the source is less sure of this reason", "say who thinks so, or that it may be so"
    if mark.kind == "cause" and _is_far(beside, reason, effect):
        return "the cited lines give another reason", _REMEDY
    return "", ""


def _unexplained(beside: Beside) -> Iterator[Finding]:
    """The answer to a why, behind its question or a colon, of which no sentence of the cited lines says much."""
    own = beside.own
    for mark in own.of("why"):
        asked = own.clauses[mark.first]
        if asked in own.asked:
            answer = own.answers
        elif asked in own.labels:
            within = own.sentences[mark.first]
            clauses = zip(own.clauses, own.sentences, strict=True)
            answer = frozenset(clause for clause, sentence in clauses if clause > asked and sentence == within)
        else:
            continue
        roots = sorted(own.roots_in(answer))
        if (
            len(roots) >= _FEWEST
            and max((beside.share(roots, each.words) for each in beside.cited), default=1) < _LITTLE
        ):
            words, at = beside.said_in(min(answer))
            nearest = beside.grounds.nearest(own.text, mark.start)
            message = f"the cited lines say little of this reason: “{words}”{nearest}"
            yield warning("CK224", message, words=words, at=at, remedy=_REMEDY)


def _sides(beside: Beside, mark: Mark) -> tuple[Sequence[str], Sequence[str]]:
    """The telling words of the reason and of what it is given for: before and behind it, or the other way round."""
    own = beside.own
    before = [root for number, root in enumerate(own.roots) if root and number < mark.first]
    behind = own.behind(mark)
    return (behind, before) if mark.kind == "cause" else (before, behind)


def _is_new(beside: Beside, reason: Sequence[str]) -> bool:
    """Whether no sentence of the cited lines says next to anything of the reason."""
    return all(beside.share(reason, each.words) < _HARDLY for each in beside.cited)


def _is_far(beside: Beside, reason: Sequence[str], effect: Sequence[str]) -> bool:
    """Whether the sentence that is about the effect gives a reason, and it and those beside it say little of this one."""
    for number, each in enumerate(beside.cited):
        if "cause" in each.parsed.hints and effect and beside.share(effect, each.words) >= _SAYS:
            around = frozenset[str]().union(*(said.words for said in beside.cited[max(0, number - 1) : number + 2]))
            return len(reason) >= _FEWEST and beside.share(reason, around) < _HARDLY
    return False


def _is_guessed(beside: Beside, reason: Sequence[str]) -> bool:
    """Whether somebody only believes in this reason wherever the cited lines give it, and the post says it firmly."""
    told = [each.parsed for each in beside.cited if beside.share(reason, each.words) >= _SAYS]
    doubted = all(any(mark.kind in _DOUBTS for mark in each.marks) for each in told)
    return bool(told) and doubted and _DOUBTS.isdisjoint(beside.own.hints)
