"""How lengths are counted and links found in these tests, and a text of many kinds."""

from __future__ import annotations

import re

from contentkit.counters.graphemes import graphemes

_LINK = re.compile(r"https?://[^\s<>\"「」]+[\w/]")


def links(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _LINK.finditer(text)]


def length(text: str) -> int:
    """Characters as people see them, each link as 23."""
    return graphemes(_LINK.sub("x" * 23, text))
