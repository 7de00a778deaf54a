"""Some that became all, one that became many."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, error, warning

_SHARE = 0.5


def check_scope(beside: Beside) -> Iterator[Finding]:
    """CK225."""
    if "part" in beside.own.hints:
        return
    for said in beside.cited:
        for mark in said.parsed.of("part"):
            scope = said.parsed.behind(mark)
            share = beside.share(scope, beside.own.content)
            if (
                not scope
                or scope[0] not in beside.own.content
                or share < _SHARE
                or len(beside.own.content & said.words) < 2
            ):
                continue
            says_all = any(each.kind == "whole" for each in beside.own.marks)
            make = error if says_all else warning
            message = f"the source says “{mark.words}”, the post does not: {beside.place(said)}"
            yield make("CK225", message, words=beside.said, at=beside.at(0), remedy="say of how many it is true")
