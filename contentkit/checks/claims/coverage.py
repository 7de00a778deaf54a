"""Sentences of which the source says little."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning

_FEWEST = 5
_SHARE = 0.3


def check_coverage(beside: Beside) -> Iterator[Finding]:
    """CK226."""
    own = sorted(beside.own.content)
    said = frozenset().union(*(each.words for each in beside.near))
    if len(own) >= _FEWEST and beside.share(own, said) < _SHARE:
        yield warning(
            "CK226",
            "the cited lines say little of this",
            words=beside.said,
            at=beside.at(0),
            remedy="cite the lines that say it, or take it out",
        )
