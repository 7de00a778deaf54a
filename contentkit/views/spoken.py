"""What posts leave out of what was said, so that a person can see what was done to somebody's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contentkit.drafting.interviews.changes import Piece
from contentkit.text import one_line

_LONGEST = 60
_MOST = 6


def spoken_lines(changes: Mapping[int, Sequence[Piece]]) -> Iterator[str]:
    """A line for each post, by its number, that says less than was said and nothing else: what it leaves out."""
    for number, pieces in changes.items():
        left = [piece.text for piece in pieces if piece.kind == "left out"]
        if left and all(piece.kind != "put in" for piece in pieces):
            yield f"Post {number} leaves out {_listed(left)}"


def _listed(texts: Sequence[str]) -> str:
    shown = ", ".join(f"“{one_line(text, _LONGEST)}”" for text in texts[:_MOST])
    return shown + (f" and {len(texts) - _MOST} more" if len(texts) > _MOST else "")
