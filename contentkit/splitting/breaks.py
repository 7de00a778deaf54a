"""The places where a text may be cut, each with its kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.splitting import words
from contentkit.splitting.kinds import Break, Kind
from contentkit.splitting.lines import Line, lines_in
from contentkit.splitting.scripts import seams_in
from contentkit.splitting.tokens import Token, tokens_in
from contentkit.splitting.whole import Whole
from contentkit.text import opens_sentence, sentences
from contentkit.values import dataclass

# Without the opening sign within, so that a text of opening signs alone is read once.
_ENCLOSED = regex(
    r"“[^“”\n]*”|«[^«»\n]*»|「[^「」\n]*」|『[^『』\n]*』|(?<![^\s(\[])\"[^\"\n]+\"(?!\w)|\([^()\n]*\)|（[^（）\n]*）"
)
_FEWEST_WORDS = 3


@dataclass(frozen=True, kw_only=True)
class _Page:
    """A text with what is known of it."""

    text: str
    tokens: Sequence[Token]
    lines: Sequence[Line]
    sentence_starts: frozenset[int]
    enclosed: Sequence[tuple[int, int]]

    def word(self, index: int) -> str:
        return self.text[self.tokens[index].start : self.tokens[index].end]

    def is_enclosed(self, place: int) -> bool:
        """Whether a place is within quotation marks or brackets."""
        at = bisect_left(self.enclosed, (place, 0)) - 1
        return at >= 0 and place < self.enclosed[at][1]


def breaks_in(text: str, wholes: Sequence[Whole], edges: frozenset[int]) -> list[Break]:
    """Every place for a cut in a text without white space around it, in order, but for those within words.

    Kinds up to DANGLING; with TIED those that are used only where there is no other way.
    """
    tokens = tokens_in(text, wholes, edges)
    page = _Page(
        text=text,
        tokens=tokens,
        lines=lines_in(text, tokens, wholes),
        sentence_starts=frozenset(_sentence_starts(text, tokens)),
        enclosed=[match.span() for match in _ENCLOSED.finditer(text)],
    )
    found = []
    for before, line in zip([None, *page.lines], page.lines, strict=False):
        if before:
            found.append(_between(page, before, line))
        found += _within(page, line)
    return sorted([*found, *seams_in(text, wholes, edges, page.sentence_starts)], key=lambda one: one.end)


def _sentence_starts(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    firsts = [0, *(token.start for index, token in enumerate(tokens) if index and token.line_ends)]
    for start, end in zip(firsts, [*firsts[1:], len(text)], strict=True):
        yield from (start + first for first, _ in sentences(text[start:end]))


def _between(page: _Page, before: Line, after: Line) -> Break:
    end, token = page.tokens[before.stop - 1].end, page.tokens[after.first]
    return Break(end, token.start, _kind_between(page, before, after, token.line_ends))


def _kind_between(page: _Page, before: Line, after: Line, line_ends: int) -> Kind:
    last, first = page.word(before.stop - 1), page.word(after.first)
    is_title = before.is_heading and not (before.is_item and after.is_item)
    if before.leads_in or is_title or after.is_lonely or (before.is_lonely and before.first == 0):
        return Kind.HELD
    if after.is_part_of_item:
        return Kind.INNER
    if line_ends == 2 and not (before.is_item and after.is_item):
        return Kind.PARAGRAPH
    if after.is_item or words.ends_clause(last) or words.leads_in(last) or not first[:1].islower():
        return Kind.INNER if after.is_indented and not after.is_item else Kind.LINE
    # A sentence that goes on in the next line.
    return Kind.COMMA if words.ends_with_comma(last) else Kind.WORD


def _within(page: _Page, line: Line) -> Iterator[Break]:
    kinds = [_kind_within(page, line, index) for index in range(line.first, line.stop - 1)]
    for index, kind in enumerate(_without_stubs(kinds), line.first):
        yield Break(page.tokens[index].end, page.tokens[index + 1].start, kind)


def _without_stubs(kinds: Sequence[Kind]) -> Iterator[Kind]:
    """The kinds of the places of a line, none good that would leave a word or two of a sentence behind."""
    edges = [-1, *(index for index, kind in enumerate(kinds) if kind <= Kind.HELD), len(kinds)]
    for first, stop in pairwise(edges):
        for index in range(first + 1, stop):
            is_stub = min(index - first, stop - index) < _FEWEST_WORDS
            yield max(kinds[index], Kind.DANGLING) if is_stub else kinds[index]
        yield from kinds[stop : stop + 1]


def _kind_within(page: _Page, line: Line, index: int) -> Kind:
    """The kind of the place between a token and the next one of its line."""
    before, after = page.word(index), page.word(index + 1)
    if line.is_item and index == line.first:
        return Kind.TIED
    if words.is_symbol(after):
        kind = Kind.DANGLING
    elif _starts_sentence(page, line, index + 1):
        kind = Kind.INNER if line.is_item or page.is_enclosed(page.tokens[index].end) else Kind.SENTENCE
    elif words.is_tied(before, after):
        return Kind.TIED
    else:
        kind = _kind_of_words(before, after)
        if kind < Kind.WORD and page.is_enclosed(page.tokens[index].end):
            kind = Kind(kind + 1)
    if index + 1 >= line.tail:
        # Tags, links and emoji stay with what they belong to.
        return Kind.HELD if kind <= Kind.INNER else max(kind, Kind.DANGLING)
    return kind


def _starts_sentence(page: _Page, line: Line, index: int) -> bool:
    """Whether a sentence starts with this token; emoji behind the stop of one belong to that."""
    if page.tokens[index].start in page.sentence_starts:
        return True
    before = index - 1
    while before > line.first and words.is_symbol(page.word(before)):
        before -= 1
    return before < index - 1 and words.ends_sentence(page.word(before)) and opens_sentence(page.word(index))


def _kind_of_words(before: str, after: str) -> Kind:
    if words.ends_clause(before) or words.is_dash(after) or (words.is_symbol(before) and opens_sentence(after)):
        return Kind.CLAUSE
    if words.leads_in(before):
        return Kind.PHRASE
    if words.ends_with_comma(before):
        return Kind.CLAUSE if words.opens_clause(after) or words.is_little(after) else Kind.COMMA
    if words.hangs(before):
        return Kind.DANGLING
    if words.opens_clause(after):
        return Kind.PHRASE
    return Kind.WORD if words.is_little(after) and not words.joins(after) else Kind.TERM
