"""The text of a source while its dressing is taken off: where lines begin, what was found, which call-outs are open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from contentkit.models import Link, Passage, PassageKind

# What a mark becomes: the offset behind it, and what stays in its place.
Cut = tuple[int, str]

# How far down the open elements a closing tag looks for its own, so that soup stays cheap.
_LONGEST_PARAGRAPH = 200
_DEEPEST = 50


class Page:
    """Lines joined to one text, and what has been taken out of it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.text = "\n".join(lines)
        self.passages: list[Passage] = []
        self.asides: list[tuple[int, int]] = []
        self.footnotes: list[int] = []
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self._open: list[tuple[str, bool, int]] = []
        self._finds: dict[str, tuple[int, int]] = {}

    def line(self, offset: int) -> int:
        """The 1-based number of the line at this offset."""
        return bisect_right(self._starts, offset, hi=len(self.lines))

    def starts_line(self, offset: int) -> bool:
        """Whether only space stands before this offset on its line."""
        start = self._starts[self.line(offset) - 1]
        return offset - start < 200 and not self.text[start:offset].strip()

    def end_of_line(self, offset: int) -> int:
        """The offset of the line end behind this offset."""
        return self._starts[self.line(offset)] - 1

    def find(self, needle: str, start: int) -> int:
        """Like ``str.find``, but an answer that still holds is not looked for again: soup is read in linear time."""
        since, found = self._finds.get(needle, (len(self.text), -1))
        if start < since or 0 <= found < start:
            found = self.text.find(needle, start)
            self._finds[needle] = start, found
        return found

    def take(
        self, kind: PassageKind, text: str, start: int, end: int, *, links: tuple[Link, ...] = (), aside: bool = False
    ) -> None:
        """Keeps what stands from ``start`` to ``end`` as a passage of its own, unless it says nothing."""
        if text.strip():
            first, last = self._written_lines(start, end)
            self.passages.append(Passage(kind=kind, text=text, first=first, last=last, links=links, aside=aside))

    def picture(self, src: str, alt: str, start: int, end: int) -> None:
        """Keeps a picture as a passage of its own, also when nobody wrote an alt text."""
        if src:
            first, last = self._written_lines(start, end)
            alt = " ".join(alt.split())
            self.passages.append(Passage(kind="image", text=alt, target=src, first=first, last=last))

    def _written_lines(self, start: int, end: int) -> tuple[int, int]:
        """The first and last line of a stretch that starts with something, without blank lines at its end."""
        first, last = self.line(start), self.line(max(start, end - 1))
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        return first, last

    def open(self, name: str, offset: int, *, aside: bool) -> None:
        """Remembers that something paired begins here."""
        self._open.append((name, aside, self.line(offset)))

    def close(self, name: str, offset: int) -> None:
        """Ends the innermost open element of this name; the lines of a call-out become asides."""
        for index in range(len(self._open) - 1, max(-1, len(self._open) - 1 - _DEEPEST), -1):
            opened, aside, line = self._open[index]
            if opened == name:
                if aside:
                    self.asides.append((line, self.line(offset)))
                del self._open[index:]
                return

    def paragraph_at(self, line: int) -> tuple[int, int]:
        """The first and last line of the paragraph that ends on this line; of the one that begins here where none ends."""
        first = last = line
        while first > 1 and line - first < _LONGEST_PARAGRAPH and self.lines[first - 2].strip():
            first -= 1
        while first == line and last < min(line + _LONGEST_PARAGRAPH, len(self.lines)) and self.lines[last].strip():
            last += 1
        return first, last

    def aside_lines(self) -> frozenset[int]:
        """The numbers of all lines that stand in call-outs."""
        marked: set[int] = set()
        end = 0
        for first, last in sorted(self.asides):
            marked.update(range(max(first, end + 1), last + 1))
            end = max(end, last)
        return frozenset(marked)
