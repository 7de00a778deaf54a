"""Lines of reStructuredText on their way to Markdown, and what was found in them; how far an indented block reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from contentkit.models import Passage, PassageKind
from contentkit.values import dataclass


@dataclass(kw_only=True)
class Blocks:
    """Lines of Markdown, and what was found in them.

    ``asides`` are first and last line numbers; ``addresses`` and ``substitutes`` are by lower-case name; ``styles`` are those
    of the titles, the highest first; ``titles`` maps the line of a title to its first and last line with its rules.
    ``listed``: the paragraph at hand is an item's.
    """

    lines: list[str]
    passages: list[Passage] = field(default_factory=list)
    asides: list[tuple[int, int]] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    substitutes: dict[str, str] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    titles: dict[int, tuple[int, int]] = field(default_factory=dict)
    listed: bool = False

    def address(self, name: str) -> str:
        """Where a named reference leads; empty when it stays on the page."""
        return self.addresses.get(" ".join(name.lower().split()), "")

    def aside_lines(self) -> frozenset[int]:
        """The numbers of all lines of call-outs."""
        return frozenset(number for first, last in self.asides for number in range(first, last + 1))

    def take(self, kind: PassageKind, text: str, first: int, last: int) -> None:
        """Makes the lines with indexes ``first`` up to ``last`` a passage, if it says anything, and blank."""
        while last > first + 1 and not self.lines[last - 1].strip():
            last -= 1
        if text.strip():
            aside = kind == "footnote"
            self.passages.append(Passage(kind=kind, text=text, first=first + 1, last=last, aside=aside))
        self.blank(first, last)

    def blank(self, first: int, last: int) -> None:
        self.lines[first:last] = [""] * (last - first)


def margin_of(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else -1


def block_end(blocks: Blocks, index: int, margin: int) -> int:
    """The index behind the lines below ``index`` that are indented deeper than ``margin``, and blank ones between."""
    last = index + 1
    for at in range(index + 1, len(blocks.lines)):
        inner = margin_of(blocks.lines[at])
        if 0 <= inner <= margin:
            break
        last = at + 1 if inner >= 0 else last
    return last


def dedented(lines: Sequence[str]) -> list[str]:
    margin = min((margin_of(line) for line in lines if line.strip()), default=0)
    return [line[margin:] for line in lines]
