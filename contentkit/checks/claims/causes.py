"""Causes that the source does not give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.checks.alignment import SaidSentence
from contentkit.checks.claims.beside import Beside
from contentkit.checks.clauses import Mark
from contentkit.checks.findings import Finding, error, warning

_REMEDY = "say both without the reason, or cite who gave it"
_SHARE = 0.4
_FEWEST = 2


def check_causes(beside: Beside) -> Iterator[Finding]:
    """CK224: an error where the cited lines give no reason, a warning where theirs is another."""
    if beside.own.asks:
        return
    for mark in (*beside.own.of("cause"), *beside.own.of("therefore")):
        if "denial" in beside.own.hints_in((beside.own.clauses[mark.first],)):
            continue
        words = beside.words_of(mark)
        nearest = beside.grounds.nearest(beside.own.text, mark.start)
        if "cause" not in beside.hints_around:
            message = f"the cited lines do not say that one came of the other: “{words}”{nearest}"
            make = error if mark.kind == "cause" else warning
            yield make("CK224", message, words=words, at=beside.at(mark.start), remedy=_REMEDY)
        elif mark.kind == "cause" and (_is_new(beside, mark) or _is_apart(beside, mark)):
            message = f"the cited lines give another reason: “{words}”{nearest}"
            yield warning("CK224", message, words=words, at=beside.at(mark.start), remedy=_REMEDY)


def _is_apart(beside: Beside, mark: Mark) -> bool:
    """Whether the cited lines say both, but far from one another, or side by side without a reason."""
    behind, before = beside.own.behind(mark), beside.own.before(mark)
    causes = [number for number, each in enumerate(beside.cited) if _says(beside, behind, each)]
    effects = [number for number, each in enumerate(beside.cited) if _says(beside, before, each)]
    if not causes or not effects or len(behind) < _FEWEST or len(before) < _FEWEST:
        return False
    return not any(
        one == other
        or (abs(one - other) == 1 and "cause" in beside.cited[one].parsed.hints | beside.cited[other].parsed.hints)
        for one in causes
        for other in effects
    )


def _says(beside: Beside, roots: Sequence[str], said: SaidSentence) -> bool:
    return bool(roots) and beside.share(roots, said.words) >= _SHARE


def _is_new(beside: Beside, mark: Mark) -> bool:
    """Whether the cited lines say next to nothing of what stands behind a "because"."""
    behind = beside.own.behind(mark)
    said = frozenset().union(*(each.words for each in beside.cited))
    return len(behind) > _FEWEST and beside.share(behind, said) < _SHARE
