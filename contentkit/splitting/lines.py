"""The lines of a text and what they are to each other: items and their lead-in, headings, lines of tags alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.patterns import regex
from contentkit.splitting import words
from contentkit.splitting.tokens import Token
from contentkit.splitting.whole import Whole
from contentkit.values import dataclass

_MARKER = regex(r"[-*+•–—◦▪▸►‣·→>]|\(?\d{1,3}[.)]|[a-zA-Z]\)|#{1,6}")
_LONGEST_HEADING = 70


@dataclass(frozen=True, kw_only=True)
class Line:
    """Some tokens on a line, ``first`` up to and without ``stop``.

    From ``tail`` on there are but tags, links and emoji. ``leads_in``: it announces what follows. ``is_part_of_item``: an item
    of an item before it.
    """

    first: int
    stop: int
    tail: int
    is_item: bool
    is_indented: bool
    leads_in: bool
    is_heading: bool
    is_part_of_item: bool = False

    @property
    def is_lonely(self) -> bool:
        return self.tail == self.first


def lines_in(text: str, tokens: Sequence[Token], wholes: Sequence[Whole]) -> list[Line]:
    """The lines of a text, a code block being one token."""
    firsts = [0, *(index for index, token in enumerate(tokens) if index and token.line_ends)]
    lonely = _lonely(text, tokens, wholes)
    spans = zip(firsts, [*firsts[1:], len(tokens)], strict=True)
    return list(_nested(text, tokens, [_line(text, tokens, lonely, first, stop) for first, stop in spans]))


def _nested(text: str, tokens: Sequence[Token], lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, knowing which items stand deeper than their list does.

    A list goes on until a line that is no item and stands at the margin.
    """
    depth: int | None = None
    for line in lines:
        start, since = tokens[line.first].start, tokens[line.first - 1].end if line.first else 0
        column = start - max(since, text.rfind("\n", since, start) + 1)
        if not line.is_item:
            depth = depth if line.is_indented else None
            yield line
            continue
        yield replace(line, is_part_of_item=depth is not None and column > depth)
        depth = column if depth is None else min(depth, column)


def _lonely(text: str, tokens: Sequence[Token], wholes: Sequence[Whole]) -> list[bool]:
    """For each token, whether it is a link, a tag or emoji and nothing else."""
    starts = [one.start for one in wholes]
    found = []
    for token in tokens:
        at = bisect_right(starts, token.start) - 1
        is_whole = at >= 0 and wholes[at].end >= token.end - 1 and wholes[at].what in ("link", "hashtag", "cashtag")
        found.append(is_whole or words.is_symbol(text[token.start : token.end]))
    return found


def _line(text: str, tokens: Sequence[Token], lonely: Sequence[bool], first: int, stop: int) -> Line:
    tail = stop
    while tail > first and lonely[tail - 1]:
        tail -= 1
    opening = text[tokens[first].start : tokens[first].end]
    closing = text[tokens[stop - 1].start : tokens[stop - 1].end]
    start = tokens[first].start
    is_last = stop == len(tokens)
    is_one = (is_last or tokens[stop].line_ends == 2) and (first == 0 or tokens[first].line_ends == 2)
    is_short = tokens[stop - 1].end - start <= _LONGEST_HEADING and not words.ends_clause(closing)
    is_marked = bool(_MARKER.fullmatch(opening)) and stop > first + 1
    return Line(
        first=first,
        stop=stop,
        tail=tail,
        is_item=(is_marked and not opening.startswith(("#", ">"))) or (words.is_symbol(opening) and stop > first + 1),
        is_indented=text[max(0, start - 2) : start].isspace() and text[start - 1 : start] in " \t",
        leads_in=words.leads_in(closing),
        is_heading=(opening.startswith("#") and is_marked) or (is_one and is_short and not is_last),
    )
