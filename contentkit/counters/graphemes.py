"""Characters as readers see them: extended grapheme clusters (Unicode annex 29)."""

from __future__ import annotations


def graphemes(text: str) -> int:
    """The number of user-perceived characters."""
    if text.isascii() and "\r" not in text:
        return len(text)
    from wcwidth import iter_graphemes

    return sum(1 for _ in iter_graphemes(text))
