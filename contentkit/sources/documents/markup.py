"""HTML as Markdown: a fragment, as Word's converter, feeds and release pages give it.

Every word survives: reading the Markdown gives the same texts as the same kinds of passages, and nothing that the page
did not mean. What readers of the page could not see is left out and told; what is crossed out was not said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from contentkit.sources.documents.elements import ELEMENTS
from contentkit.sources.documents.tags import Tag, pieces_of
from contentkit.sources.documents.walk import Walk
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Markdown:
    """Lines of Markdown, and in words what was left out because nobody could see it (``2 hidden elements``).

    ``struck`` is what was crossed out: there may be marks in it.
    """

    lines: tuple[str, ...] = field(repr=False)
    removed: tuple[str, ...] = ()
    struck: str = field(default="", repr=False)


def markdown_of(html: str, *, address: str = "") -> Markdown:
    """This HTML as Markdown; links are resolved against ``address``, when there is one. Whatever it is, it does not raise."""
    pieces = list(pieces_of(html))
    walk = Walk(address, ELEMENTS, code_spans=not _says_backticks(pieces))
    for piece in pieces:
        if isinstance(piece, str):
            walk.text(piece)
        elif piece.closes:
            walk.close(piece.name)
        else:
            walk.open(piece)
    walk.end()
    removed = f"{walk.hidden} hidden element{'' if walk.hidden == 1 else 's'}"
    return Markdown(
        lines=tuple(walk.page.lines), removed=(removed,) if walk.hidden else (), struck="".join(walk.struck)
    )


def _says_backticks(pieces: Iterable[str | Tag]) -> bool:
    """Whether a backtick stands in words. Then no span of code is written: some readers would pair it with the wrong one."""
    preformatted = 0
    for piece in pieces:
        if isinstance(piece, Tag):
            preformatted += (piece.name == "pre") * (-1 if piece.closes else 1)
        elif not preformatted and "`" in piece:
            return True
    return False
