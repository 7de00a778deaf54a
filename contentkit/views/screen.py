"""A table on a whole screen: its heading stays, its rows scroll, and the last line says how to leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.text import counted, one_line
from contentkit.values import dataclass

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.segment import Segments

# Keys as a terminal sends them: arrows and page keys are sequences.
_STEPS = {"j": 1, "k": -1, "\x1b[B": 1, "\x1b[A": -1, "\x1bOB": 1, "\x1bOA": -1}
_PAGES = {" ": 1, "b": -1, "\x1b[6~": 1, "\x1b[5~": -1}
_ENDS = {"g": 0, "G": 1, "\x1b[H": 0, "\x1b[F": 1}
_QUITTING = ("q", "Q", "\x1b", "\x03", "\x04")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What of a table is seen: ``top`` is the first of its ``count`` rows' lines, ``room`` how many of them fit."""

    top: int
    room: int
    count: int

    def after(self, key: str) -> Page:
        """The page that a key turns to; the same for a key that turns none."""
        last = max(0, self.count - self.room)
        further = _STEPS.get(key, 0) + _PAGES.get(key, 0) * max(1, self.room - 1)
        top = last * _ENDS[key] if key in _ENDS else self.top + further
        return Page(top=min(max(0, top), last), room=self.room, count=self.count)


def is_quitting(key: str) -> bool:
    """Whether a key means to leave."""
    return key in _QUITTING


def screen_of(
    console: Console, body: RenderableType, talk: Sequence[str], status: str, top: int
) -> tuple[Segments, Page]:
    """A screen as large as the console with the lines of ``body`` from ``top`` on, and which page that is.

    ``talk`` stands above; ``status`` on the last line, with what more there is.
    """
    from rich.segment import Segment, Segments
    from rich.style import Style

    width, height = console.size
    above = [[Segment(one_line(line, width))] for line in talk][: max(0, height - 4)]
    heading, *lines = console.render_lines(body, console.options, pad=False) or [[]]
    page = Page(top=top, room=max(1, height - len(above) - 2), count=len(lines)).after("")
    seen = lines[page.top : page.top + page.room]
    more = len(lines) - page.top - len(seen)
    rest = f", {counted(more, 'more line')}: space, b" if more else ", b turns back" if page.top else ""
    words = f"{status}, q quits{rest}"
    blank: list[list[Segment]] = [[] for _ in range(page.room - len(seen))]
    foot = [Segment(one_line(words, width - 1), Style(dim=True))]
    shown = [*above, heading, *seen, *blank, foot]
    segments = [segment for line in shown for segment in (*line, Segment.line())][:-1]
    return Segments(segments), page
