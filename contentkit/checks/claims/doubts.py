"""Doubts that the post drops: it may, we plan to, we think, in most cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from contentkit.checks.alignment import SaidSentence
from contentkit.checks.claims.beside import Beside
from contentkit.checks.clauses import Mark
from contentkit.checks.findings import Finding, error, warning

# What keeps a doubt of each kind: one of these in the post's sentence.
_KEPT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "possible": frozenset(("possible", "plan", "belief")),
        "plan": frozenset(("plan", "possible")),
        "belief": frozenset(("belief", "possible", "rough")),
        "habit": frozenset(("habit", "part", "rough", "possible")),
    }
)
_SHARE = 0.5
_SURE = 0.65
_FEWEST = 3
# A sentence of one telling word is the source's only when all of it is.
_SAME = 0.9


def check_doubts(beside: Beside) -> Iterator[Finding]:
    """CK221: an error where the rest of the sentence is the source's, a warning where it is likely."""
    if beside.own.asks:
        return
    for said in beside.matches:
        for mark in said.parsed.marks:
            if mark.kind in _KEPT:
                yield from _dropped(beside, said, mark)


def _scope(said: SaidSentence, mark: Mark) -> list[str]:
    """What is doubted: what stands behind the mark; where that is little, its clause, else its sentence."""
    behind = said.parsed.behind(mark)
    if len(behind) >= _FEWEST - 1:
        return behind
    clause = said.parsed.clause(mark)
    return clause if len(clause) >= _FEWEST - 1 else [root for root in said.parsed.roots if root]


def _dropped(beside: Beside, said: SaidSentence, mark: Mark) -> Iterator[Finding]:
    scope = _scope(said, mark)
    share = beside.share(scope, beside.own.content)
    shared = [root for root in scope if root in beside.own.content]
    if (
        share < _SHARE
        or not shared
        or _KEPT[mark.kind] & beside.own_hints(shared)
        or _is_said_firmly(beside, said, mark, shared)
    ):
        return
    message = f"the source is less sure: it says “{mark.words}” in {beside.place(said)}"
    together = len(beside.own.content & said.words)
    if together < 2 and beside.covered < _SAME:
        return
    sure = share >= _SURE and (together >= _FEWEST or (together >= 2 and beside.covered >= 0.6))
    make = error if sure else warning
    yield make("CK221", message, words=beside.said, at=beside.at(0), remedy=f"keep the doubt: “{mark.words}”")


def _is_said_firmly(beside: Beside, doubted: SaidSentence, mark: Mark, shared: list[str]) -> bool:
    """Whether another sentence says without the doubt what this one doubts."""
    return any(
        each is not doubted and not _KEPT[mark.kind] & each.parsed.hints and all(root in each.words for root in shared)
        for each in beside.near
    )
