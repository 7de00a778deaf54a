"""What a file says before anything is cut out of it: its lines, and where they hold no words.

A manuscript may hold what was off the record. It never leaves this package, and it does not show its words.
"""

from __future__ import annotations

from dataclasses import field

from contentkit.values import dataclass

# Offsets into the lines joined by line feeds: from, and up to.
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """The lines of a text, as they were written or as a converter made them of a document.

    ``converted`` says that the lines are Markdown that was made of something else: nobody can look them up in the file,
    so a copy has to be written before a post may point at them. ``removed`` says in words what a reader of the file
    could not see and was left out (``3 zero-width spaces``).
    """

    lines: tuple[str, ...] = field(repr=False)
    converted: bool = False
    removed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)
