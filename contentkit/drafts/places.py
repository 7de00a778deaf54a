"""Where the words of a draft stand in its file: comments, escapes and line ends of the file are no part of a post's text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from contentkit.drafts.edit import Block, Sheet
from contentkit.drafts.posts import fence_after
from contentkit.models import Spot
from contentkit.patterns import regex
from contentkit.values import dataclass

_END = regex(r"\r\n?")
_LINE = regex(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
# A line is shown in pieces of this length, and of the words no more than two of them.
_PIECE = 68
# Words within a longer line that holds comments or escapes are not looked for.
_LONGEST_SEARCHED = 2000


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A line of a post's text: the offset at which it begins in the text and in the block, and what stands there.

    ``shift`` is the distance of both offsets where the line stands in the file as it is published; else None. ``is_code``: it is
    a line of a code fence.
    """

    at: int
    start: int
    raw: str
    text: str
    shift: int | None
    is_code: bool


@dataclass(frozen=True)
class Places:
    """Where everything stands in one draft's file. Offsets of a post are those of its text."""

    sheet: Sheet

    def spot(self, post: int, at: int, words: str) -> Spot:
        """Where these words of the post with this index stand; no more than their line where nobody can say."""
        rows = self._rows[post]
        if not rows:
            return self.line(self._blocks[post][1].post.line)
        begin = self._blocks[post][0]
        stretch = self.stretch(post, at, words)
        return self._spot(*stretch) if stretch else self.line(self._number(begin + _row_at(rows, at).start))

    def stretch(self, post: int, at: int, words: str) -> tuple[int, int] | None:
        """From where to where in the file these words of a post stand, letter for letter; None where nobody can say."""
        begin, block = self._blocks[post]
        rows, end = self._rows[post], at + len(words)
        if not rows or block.post.text[at:end] != words:
            return None
        first, last = _row_at(rows, at), _row_at(rows, max(at, end - 1))
        if first.shift is not None and last.shift is not None:
            start, stop = begin + at + first.shift, begin + end + last.shift
            # A line between the two may hold a comment, or stand there with a backslash.
            return (start, stop) if _END.sub("\n", self._text[start:stop]) == words else None
        once = first is last and words and len(first.raw) <= _LONGEST_SEARCHED
        if once and first.raw.count(words) == first.text.count(words) == 1:
            start = begin + first.start + first.raw.index(words)
            return start, start + len(words)
        return None

    def stretch_on_line(self, number: int, words: str) -> tuple[int, int] | None:
        """From where to where in the file these words stand, which are on a line once; None where nobody can say."""
        if not 1 <= number <= len(self._lines):
            return None
        start, line = self._lines[number - 1]
        if not words or len(line) > _LONGEST_SEARCHED or line.count(words) != 1:
            return None
        return start + line.index(words), start + line.index(words) + len(words)

    def is_code(self, post: int, at: int) -> bool:
        """Whether this offset of a post is within a code fence."""
        rows = self._rows[post]
        return bool(rows) and _row_at(rows, at).is_code

    def line(self, number: int, words: str = "") -> Spot:
        """The line of this number; where words stand on it once, those."""
        if not 1 <= number <= len(self._lines):
            return Spot(path=self.sheet.path)
        if stretch := self.stretch_on_line(number, words):
            return self._spot(*stretch)
        return Spot(path=self.sheet.path, line=number, excerpt=self._excerpt(number, 0, 0))

    def _spot(self, start: int, end: int) -> Spot:
        first, last = self._number(start), self._number(max(start, end - 1))
        begin, line = self._lines[first - 1]
        column = start - begin
        behind = end - begin if last == first else len(line.rstrip("\r\n"))
        return Spot(
            path=self.sheet.path,
            line=first,
            column=column + 1,
            end_line=last,
            end_column=end - self._lines[last - 1][0] + 1,
            excerpt=self._excerpt(first, column, behind),
        )

    def _excerpt(self, number: int, start: int, end: int) -> tuple[str, str, str]:
        """The piece of a line around these offsets: what stands before them, between them and behind them."""
        line = self._lines[number - 1][1].rstrip("\r\n")
        ends = self._pieces.setdefault(number, []) or list(_piece_ends(line))
        self._pieces[number] = ends
        place = bisect_right(ends, start)
        first = ends[place - 1] if place else 0
        last = ends[min(max(place, bisect_left(ends, end)), place + 1, len(ends) - 1)]
        before = ("…" if first else "") + line[first:start].lstrip()
        after = line[end:last].rstrip() + ("…" if last < len(line) else "")
        return before, line[start : min(end, last)], after

    def _number(self, offset: int) -> int:
        """The number of the line that holds this offset of the file."""
        return bisect_right(self._starts, offset)

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        return [(match.start(), match[0]) for match in _LINE.finditer(self._text)]

    @cached_property
    def _text(self) -> str:
        return self.sheet.text

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._lines]

    @cached_property
    def _pieces(self) -> dict[int, list[int]]:
        """Where the pieces of lines end, by the lines' numbers."""
        return {}

    @cached_property
    def _blocks(self) -> list[tuple[int, Block]]:
        """The blocks that are posts, each with the offset in the file at which it begins."""
        blocks, at = [], len(self.sheet.head)
        for block in self.sheet.blocks:
            at += len(block.rule)
            blocks += [(at, block)] if block.is_post else []
            at += len(block.raw)
        return blocks

    @cached_property
    def _rows(self) -> list[list[_Row]]:
        return [list(_rows_of(block)) for _, block in self._blocks]


def _rows_of(block: Block) -> Iterator[_Row]:
    """The lines of a post's text that are not empty, and those within code."""
    places, at, fence = list(block.rows)[::-1], 0, ""
    for text in block.post.text.split("\n"):
        is_code = bool(fence)
        fence = fence_after(fence, text)
        start, end = places[-1] if places else (len(block.raw),) * 2
        raw = block.raw[start:end].rstrip("\r\n")
        # A blank line has a place of its own only within code.
        if places and (text.strip() or not raw.strip()):
            places.pop()
            is_plain = raw.strip() == text.strip()
            shift = start + len(raw) - len(raw.lstrip()) - at - (len(text) - len(text.lstrip())) if is_plain else None
            yield _Row(at=at, start=start, raw=raw, text=text, shift=shift, is_code=is_code or bool(fence))
        at += len(text) + 1


def _row_at(rows: list[_Row], at: int) -> _Row:
    return rows[max(0, bisect_right(rows, at, key=lambda row: row.at) - 1)]


def _piece_ends(line: str) -> Iterator[int]:
    """Where each piece of a line ends, between words where there are any."""
    at = 0
    while len(line) - at > _PIECE:
        space = line.rfind(" ", at + 1, at + _PIECE)
        at = space + 1 if space > at else at + _PIECE
        yield at
    yield len(line)
