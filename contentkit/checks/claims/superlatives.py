"""Superlatives and absolutes that the cited lines do not have, in these words or in others."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, error, warning

_REMEDY = "say it as the source does"


def check_superlatives(beside: Beside) -> Iterator[Finding]:
    """CK220: an error where nothing in the cited lines can stand for it, a warning where nothing beside its words does."""
    families = beside.lexicon.absolutes
    for mark in beside.own.marks:
        if mark.kind in families:
            yield from _unsupported(beside, mark.kind, beside.words_of(mark), mark.start)
    for words, start, root in superlatives(beside):
        yield from _unsupported_most(beside, words, start, root)


def _unsupported(beside: Beside, kind: str, words: str, start: int) -> Iterator[Finding]:
    if kind in beside.hints_around:
        return
    at = beside.at(start)
    nearest = beside.grounds.nearest(beside.own.text, start)
    if kind not in beside.hints_cited and kind not in beside.hints_near:
        yield error("CK220", f"nothing in the cited lines says “{words}”{nearest}", words=words, at=at, remedy=_REMEDY)
    else:
        yield warning(
            "CK220", f"the cited lines do not say “{words}” of this{nearest}", words=words, at=at, remedy=_REMEDY
        )


def superlatives(beside: Beside) -> Iterator[tuple[str, int, str]]:
    """The superlatives of a sentence: their words, their offset, the root of what is compared."""
    own, known = beside.own, beside.lexicon.superlatives
    taken = {number for mark in own.marks for number in range(mark.first, mark.last + 1)}
    for number, word in enumerate(own.words):
        if word in known and number not in taken:
            yield word, own.starts[number], known[word]


def _unsupported_most(beside: Beside, words: str, start: int, root: str) -> Iterator[Finding]:
    said = [each.parsed for each in beside.near]
    known = beside.lexicon.superlatives
    if any(known.get(word) == root for each in said for word in each.words):
        return
    at = beside.at(start)
    nearest = beside.grounds.nearest(beside.own.text, start)
    if "most" not in beside.hints_cited:
        yield error("CK220", f"nothing in the cited lines says “{words}”{nearest}", words=words, at=at, remedy=_REMEDY)
    else:
        yield warning("CK220", f"the cited lines do not say “{words}”{nearest}", words=words, at=at, remedy=_REMEDY)
