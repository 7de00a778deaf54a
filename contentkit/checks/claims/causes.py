"""Causes that the source does not give."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, error, warning


def check_causes(beside: Beside) -> Iterator[Finding]:
    """CK224: an error where the cited lines give no cause of anything, a warning where not of this."""
    for mark in beside.own.of("cause"):
        if "cause" in beside.hints_around:
            continue
        words = beside.words_of(mark)
        nearest = beside.grounds.nearest(beside.own.text, mark.start)
        make = warning if "cause" in beside.hints_cited else error
        message = f"the cited lines do not say that one came of the other: “{words}”{nearest}"
        yield make(
            "CK224",
            message,
            words=words,
            at=beside.at(mark.start),
            remedy="say both without the reason, or cite who gave it",
        )
