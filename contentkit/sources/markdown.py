"""Markdown, already without a site generator's dressing, as passages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from contentkit.models import Link, Passage, PassageKind
from contentkit.patterns import regex
from contentkit.sources.inline import Image, Words, markdown, words_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ALERT = regex(r"\[![A-Za-z][\w|-]{0,30}\][+-]?[ \t]*(?P<title>[^\n]*)(?P<below>\n(?=[ \t]*\S))?")
# GitHub's, and those of Obsidian's tasks that are moved, cancelled or half done.
_TASK_BOX = regex(r"^\[[ xX>/!-]\](?:[ \t]+|$)")

# Nobody wraps prose narrower than this.
_NARROWEST = 50

# From the lines of a paragraph to the numbers of lines that belong together.
Grouping = Callable[[Sequence[str]], list[int]]


def passages_of(lines: Sequence[str]) -> list[Passage]:
    """The passages of a Markdown text with these lines, numbered from 1, in order."""
    return _passages(lines, markdown(), lambda paragraph: [len(paragraph)])


def passages_of_note(lines: Sequence[str]) -> list[Passage]:
    """As ``passages_of``, but as notes are typed: indented text is no code, and a line may be a statement of its own."""
    return _passages(lines, _note_markdown(), statements)


def _passages(lines: Sequence[str], parser: MarkdownIt, grouping: Grouping) -> list[Passage]:
    with _uncollected():
        return _Walk(lines, parser, grouping).passages()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage: a large table is 200,000 tokens, none is garbage, and looking costs as much as reading."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def _note_markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("code")


def statements(paragraph: Sequence[str]) -> list[int]:
    """How many lines of a paragraph belong together, group by group.

    A line break is the writer's own, not that of a wrapped line, when the next word would still have fitted; then it
    separates two statements, unless a sentence visibly goes on over it.
    """
    width = max(len(line.rstrip()) for line in paragraph)
    all_lower = paragraph[0][:1].islower()
    sizes = [1]
    for line, following in pairwise(paragraph):
        words = following.split()
        fits = width < _NARROWEST or (bool(words) and len(line.rstrip()) + 1 + len(words[0]) <= width)
        goes_on = line.rstrip().endswith((",", "(", "-", "–", "—")) or (
            following.lstrip()[:1].islower() and not all_lower and not line.rstrip().endswith((".", "!", "?", ":", ";"))
        )
        if line.endswith("  ") or (fits and not goes_on):
            sizes.append(1)
        else:
            sizes[-1] += 1
    return sizes


class _Walk:
    """One walk over block tokens, knowing in which quotations, list items and tables it is."""

    def __init__(self, lines: Sequence[str], parser: MarkdownIt, grouping: Grouping) -> None:
        self.lines = lines
        self.grouping = grouping
        self.references: dict[str, Any] = {}
        self.tokens: list[Token] = []
        parser.block.parse("\n".join(lines), parser, self.references, self.tokens)
        self.found: list[Passage] = []
        self.quotes = 0
        self.alert = False
        self.heading: Token | None = None
        self.lists = 0
        # For each open list item, the index of its last passage.
        self.items: list[int | None] = []
        self.table: tuple[int, int] | None = None
        self.rows: list[list[Words]] = []

    def passages(self) -> list[Passage]:
        for token in self.tokens:
            self._enter(token)
            if token.type == "inline":
                self._block(token)
            elif token.type in ("fence", "code_block") and token.map and token.content.strip():
                self._keep("code", Words(text=token.content.strip("\n")), *token.map)
            elif token.type == "table_close":
                self._whole_table()
            self._leave(token)
        return self.found

    def _enter(self, token: Token) -> None:
        if token.type == "blockquote_open":
            self.quotes += 1
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists += 1
        elif token.type == "list_item_open":
            self.items.append(None)
        elif token.type == "heading_open":
            self.heading = token
        elif token.type == "table_open" and token.map:
            self.table, self.rows = (token.map[0], token.map[1]), []
        elif token.type == "tr_open":
            self.rows.append([])

    def _leave(self, token: Token) -> None:
        if token.type == "blockquote_close":
            self.quotes -= 1
            self.alert = self.alert and self.quotes > 0
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists -= 1
        elif token.type == "list_item_close":
            self.items.pop()
        elif token.type == "heading_close":
            self.heading = None

    def _block(self, token: Token) -> None:
        if self.table:
            self.rows[-1].append(words_of(token.content, self.table[0] + 1, self.references))
            return
        start, end = token.map or (0, 1)
        said = self._without_alert(token.content)
        kind, level = self._kind()
        for first, content in self._groups(kind, said, start):
            content = _TASK_BOX.sub("", content) if kind == "item" else content
            words = words_of(content, first + 1, self.references)
            self.found += [image_passage(image) for image in words.images]
            if words.text:
                last = first + 1 + content.count("\n") if kind == "paragraph" else end
                self._keep(kind, words, first, last, level=level)

    def _kind(self) -> tuple[PassageKind, int]:
        if self.heading and not self._is_ruled_prose(self.heading):
            return "heading", int(self.heading.tag[1:])
        if self.quotes:
            return "admonition" if self.alert else "quotation", 0
        if self.items:
            return "item", self.lists
        return "paragraph", 0

    def _is_ruled_prose(self, heading: Token) -> bool:
        """A sentence with a line of dashes below it: Markdown calls it a heading, its writer meant a rule."""
        start, end = heading.map or (0, 0)
        return heading.markup == "-" and (
            end - start > 2 or self.lines[start].rstrip().endswith((".", "!", "?", ":", ";", ","))
        )

    def _groups(self, kind: PassageKind, content: str, start: int) -> Iterator[tuple[int, str]]:
        """The index of the first line and the content of each passage of a block."""
        if kind != "paragraph":
            yield start, content
            return
        lines = content.split("\n")
        above = 0
        for size in self.grouping(lines):
            yield start + above, "\n".join(lines[above : above + size])
            above += size

    def _without_alert(self, content: str) -> str:
        """GitHub's and Obsidian's ``> [!note]- Title`` makes its quotation a call-out; what it holds is more than its title."""
        mark = _ALERT.match(content) if self.quotes else None
        if not mark:
            return content
        self.alert = True
        rest = content[mark.end() :]
        # The line end stays: it counts lines.
        return "\n" + rest if mark["below"] else mark["title"] + rest

    def _whole_table(self) -> None:
        if self.table:
            rows = [" | ".join(cell.text for cell in row) for row in self.rows if any(cell.text for cell in row)]
            links = tuple(link for row in self.rows for cell in row for link in cell.links)
            self._keep("table", Words(text="\n".join(rows), links=links), *self.table)
        self.table = None

    def _keep(self, kind: PassageKind, words: Words, start: int, end: int, *, level: int = 0) -> None:
        """Keeps the words of the lines from index ``start`` up to ``end``, without blank lines at their ends."""
        while end > start + 1 and not self.lines[end - 1].strip():
            end -= 1
        while start < end - 1 and not self.lines[start].strip():
            start += 1
        aside = self.alert or (kind == "paragraph" and words.italic)
        passage = Passage(
            kind=kind, text=words.text, first=start + 1, last=end, level=level, links=words.links, aside=aside
        )
        earlier = self.items[-1] if self.items and kind == "item" else None
        if earlier is not None and earlier == len(self.found) - 1:
            # A second paragraph of one item.
            above = self.found[earlier]
            links: tuple[Link, ...] = (*above.links, *passage.links)
            self.found[earlier] = replace(above, text=f"{above.text} {passage.text}", last=passage.last, links=links)
            return
        self.found.append(passage)
        if kind == "item":
            self.items[-1] = len(self.found) - 1


def image_passage(image: Image) -> Passage:
    """A picture of a paragraph as a passage of its own."""
    return Passage(kind="image", text=image.alt, target=image.src, first=image.line, last=image.line)
