"""Markdown, already without a site generator's dressing, as passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contentkit.models import Link, Passage, PassageKind
from contentkit.sources.inline import Image, Words, markdown, words_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_ALERT = "[!"


def passages_of(lines: Sequence[str]) -> list[Passage]:
    """The passages of these lines, numbered from 1, in order."""
    references: dict[str, Any] = {}
    parser = markdown()
    tokens: list[Token] = []
    parser.block.parse("\n".join(lines), parser, references, tokens)
    return list(_Walk(lines, references).passages(tokens))


class _Walk:
    """One walk over block tokens, knowing in which quotations and list items it is."""

    def __init__(self, lines: Sequence[str], references: dict[str, Any]) -> None:
        self.lines = lines
        self.references = references
        self.quotes = 0
        self.alert = False
        self.lists = 0
        self.heading = 0
        self.items: list[int] = []
        self.rows: list[list[Words]] = []
        self.table: tuple[int, int] | None = None

    def passages(self, tokens: Sequence[Token]) -> Iterator[Passage]:
        for token in tokens:
            self._enter(token)
            if token.type == "inline":
                yield from self._block(token)
            elif token.type in ("fence", "code_block") and token.map and token.content.strip():
                yield self._passage("code", token.content.strip("\n"), *token.map)
            elif token.type == "table_close" and self.table:
                yield self._whole_table(*self.table)
                self.table = None
            self._leave(token)

    def _enter(self, token: Token) -> None:
        if token.type == "blockquote_open":
            self.quotes += 1
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists += 1
        elif token.type == "list_item_open":
            self.items.append(self.lists)
        elif token.type == "heading_open":
            self.heading = int(token.tag[1:])
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
            self.heading = 0

    def _block(self, token: Token) -> Iterator[Passage]:
        start, end = token.map or self.table or (0, 1)
        words = words_of(token.content, start + 1, self.references)
        if self.table:
            self.rows[-1].append(words)
            return
        yield from (image_passage(image) for image in words.images)
        words = self._without_alert(words)
        if not words.text:
            return
        kind, level = self._kind()
        yield self._passage(
            kind, words.text, start, end, level=level, links=words.links, aside=self._is_aside(kind, words)
        )

    def _kind(self) -> tuple[PassageKind, int]:
        if self.heading:
            return "heading", self.heading
        if self.quotes:
            return "quotation", 0
        if self.items:
            return "item", self.items[-1]
        return "paragraph", 0

    def _is_aside(self, kind: PassageKind, words: Words) -> bool:
        return self.alert or (kind == "paragraph" and words.italic)

    def _without_alert(self, words: Words) -> Words:
        """GitHub's ``> [!NOTE]`` makes its quotation a call-out."""
        if not self.quotes or not words.text.startswith(_ALERT):
            return words
        mark, _, rest = words.text.partition("]")
        if not mark[2:].isalpha():
            return words
        self.alert = True
        return replace(words, text=rest.strip())

    def _whole_table(self, start: int, end: int) -> Passage:
        rows = [" | ".join(cell.text for cell in row) for row in self.rows]
        links = tuple(link for row in self.rows for cell in row for link in cell.links)
        return self._passage("table", "\n".join(rows), start, end, links=links)

    def _passage(
        self,
        kind: PassageKind,
        text: str,
        start: int,
        end: int,
        *,
        level: int = 0,
        links: tuple[Link, ...] = (),
        aside: bool = False,
    ) -> Passage:
        """A passage of the lines from index ``start`` up to ``end``, without blank lines at its ends."""
        while end > start + 1 and not self.lines[end - 1].strip():
            end -= 1
        while start < end - 1 and not self.lines[start].strip():
            start += 1
        return Passage(
            kind=kind, text=text, first=start + 1, last=end, level=level, links=links, aside=aside or self.alert
        )


def image_passage(image: Image) -> Passage:
    return Passage(kind="image", text=image.alt, target=image.src, first=image.line, last=image.line)
