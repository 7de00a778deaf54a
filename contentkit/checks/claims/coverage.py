"""Sentences of which the source says little."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning

_FEWEST = 6
_SHARE = 0.12


def check_coverage(beside: Beside) -> Iterator[Finding]:
    """CK226."""
    if beside.own.asks or len(beside.own.content) < _FEWEST:
        return
    said = frozenset().union(*(each.words for each in beside.near))
    known = [
        root
        for root, word in zip(beside.own.roots, beside.own.words, strict=True)
        if root in said or _stands(beside, word)
    ]
    if beside.share(sorted(beside.own.content), frozenset(known)) < _SHARE:
        remedy = "cite the lines that say it, or take it out"
        words, at = beside.clause(beside.own.content)
        yield warning("CK226", "the cited lines say next to nothing of this", words=words, at=at, remedy=remedy)


def _stands(beside: Beside, word: str) -> bool:
    """Whether the cited lines have the word as they stand in the file, with captions and the like."""
    return not beside.grounds.near.isdisjoint(beside.grounds.record.words.get(word, ()))
