"""The words of one paragraph without its markup, its links and its images."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from contentkit.models import Link
from contentkit.patterns import regex
from contentkit.text import urls_in
from contentkit.values import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Nobody writes a longer paragraph; what is longer is data, and reading its brackets would take minutes.
_LONGEST = 50_000
# Links that Markdown does not take for links (spaces in the address, an undefined reference, a wiki's brackets).
_STRAY_LINK = regex(r"!?\[([^\[\]\n]{0,300})\](?:\(([^()\n]{0,500})\)|\[[^\[\]\n]{0,100}\])")
_WIKI_LINK = regex(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_MARKED = regex(r"(?<![\w=])==(?=[^\s=])([^=\n]{1,1000})(?<=\S)==(?![\w=])")


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture in a paragraph: its alt text, where it is, the line it stands on."""

    alt: str
    src: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a paragraph says. ``italic``, ``bold``: all of it is, as editors' notes and interviewers' questions are."""

    text: str
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    italic: bool = False
    bold: bool = False


# Without any of these a text is only text: for CommonMark with strikethrough, and for what ``_Reader`` finds in it.
_MARKUP = regex(r"[\\`*_\[\]!<&~\n]|==|://")


@cache
def markdown() -> MarkdownIt:
    """CommonMark with tables; raw HTML is text, because it was translated before."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def words_of(content: str, first: int, references: dict[str, Any]) -> Words:
    """The words of Markdown ``content`` whose first line has number ``first``; ``references`` as markdown-it collected them."""
    if len(content) > _LONGEST or not _MARKUP.search(content):
        return Words(text=" ".join(content.split()))
    tokens: list[Token] = []
    markdown().inline.parse(content, markdown(), references, tokens)
    reader = _Reader(first)
    for token in tokens:
        reader.read(token)
    text = " ".join("".join(reader.pieces).split())
    return Words(
        text=text,
        links=tuple(reader.links),
        images=tuple(reader.images),
        italic=bool(text) and _wholly("em", tokens),
        bold=bool(text) and _wholly("strong", tokens),
    )


class _Reader:
    """Collects plain pieces, links and images from inline tokens, counting lines."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.open: list[tuple[str, int, int]] = []
        self.struck = 0

    def read(self, token: Token) -> None:
        if token.type in ("s_open", "s_close"):
            # What is crossed out was not said.
            self.struck += 1 if token.type == "s_open" else -1
        elif self.struck and token.type not in ("softbreak", "hardbreak"):
            return
        elif token.type == "text":
            self._text(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            self.line += 1
            self.pieces.append("\n")
        elif token.type in ("code_inline", "text_special"):
            self.pieces.append(token.content)
        elif token.type == "image":
            alt = " ".join(_plain(token.children or []).split())
            self.images.append(Image(alt=alt, src=str(token.attrs.get("src", "")), line=self.line))
        elif token.type == "link_open":
            self.open.append((str(token.attrs.get("href", "")), len(self.pieces), self.line))
        elif token.type == "link_close" and self.open:
            url, start, line = self.open.pop()
            self._link("".join(self.pieces[start:]), url, line)

    def _text(self, content: str) -> None:
        content = _WIKI_LINK.sub(_wiki_words, content) if "[[" in content else content
        content = _MARKED.sub(r"\1", content) if "==" in content else content
        if "](" in content or "][" in content:
            for match in _STRAY_LINK.finditer(content):
                self._link(match.group(1), (match.group(2) or "").strip(" <>"), self.line)
            content = _STRAY_LINK.sub(r"\1", content)
        if not self.open:
            for start, end in urls_in(content):
                self._link(content[start:end], content[start:end], self.line)
        self.pieces.append(content)

    def _link(self, text: str, url: str, line: int) -> None:
        if url and not url.startswith("#"):
            self.links.append(Link(text=" ".join(text.split()), url=url, line=line))


def _wiki_words(link: re.Match[str]) -> str:
    """The words of a wiki's link: those given for it, else the page's name without the place on it."""
    words = link[1].strip()
    return words if "|" in link[0] else words.strip("#^").partition("#")[0]


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        "\n"
        if token.type in ("softbreak", "hardbreak")
        else _plain(token.children)
        if token.children
        else token.content
        for token in tokens
    )


def _wholly(look: str, tokens: Sequence[Token]) -> bool:
    """Whether one emphasis spans all words; pictures beside it are none."""
    inner = [token for token in tokens if token.type != "image" and (token.type != "text" or token.content.strip())]
    said = [token for token in inner if token.type not in ("softbreak", "hardbreak")]
    if len(said) < 3 or said[0].type != f"{look}_open" or said[-1].type != f"{look}_close":
        return False
    return all(token.level > 0 for token in said[1:-1])
