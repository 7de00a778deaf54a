"""What site generators and HTML add to Markdown is taken off before Markdown is read.

Marks and tags leave the text; pictures, embedded posts, code and tables in HTML become passages of their own; call-outs
become asides. Every line keeps its number: what is taken off leaves its line ends behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from contentkit.models import Passage
from contentkit.sources.code_spans import code_regions, fenced_blocks
from contentkit.sources.html_elements import html_mark
from contentkit.sources.page import Page
from contentkit.sources.site_marks import site_mark

_OPENER = re.compile(r"\\[<{\[]|<|\{\{|\{%|\{:|\{[.#]|\[\^")
_HIGHLIGHT = re.compile(
    r"^[ \t]*\{[{%][<%]?-?[ \t]*(?P<ends>end|/[ \t]*)?highlight\b[ \t]*(?P<language>\w*)[^{}\n]*\}[ \t]*$"
)
_CALL_OUT = re.compile(r"^ {0,3}:::+[ \t]*(?:\{?[\w.-]+\}?.*)?$")
_INDENTED_CALL_OUT = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+\w+")
_RARE_SPACE = re.compile(r"[^\S\t ]")
_TEXT_BULLET = re.compile(r"^([ \t]*)[•◦▪‣●∙·][ \t]+")


@dataclass(frozen=True, kw_only=True)
class Undressed:
    """Plain Markdown lines, the numbers of those that are asides, and the passages that were taken out."""

    lines: tuple[str, ...]
    asides: frozenset[int]
    passages: tuple[Passage, ...]


def undressed(lines: Sequence[str]) -> Undressed:
    """These lines as plain Markdown."""
    # Form feeds and other rare spaces are space to people, but not to Markdown's parser.
    lines = [_RARE_SPACE.sub(" ", line) for line in lines]
    code = {index for first, last in fenced_blocks(lines) for index in range(first, last)}
    plain, asides = _without_call_outs(lines, code)
    plain = [line if index in code else _as_markdown(line) for index, line in enumerate(plain)]
    page = Page(plain)
    page.asides += asides
    text = _without_marks(page)
    return Undressed(lines=tuple(text.split("\n")), asides=page.aside_lines(), passages=tuple(page.passages))


def _as_markdown(line: str) -> str:
    """Highlighted code as a fence, and a text bullet as one of Markdown's."""
    fence = _HIGHLIGHT.match(line)
    if fence:
        return "```" if fence["ends"] else f"```{fence['language']}"
    return _TEXT_BULLET.sub(r"\1- ", line)


def _without_call_outs(lines: Sequence[str], code: Set[int]) -> tuple[list[str], list[tuple[int, int]]]:
    """The lines without the marks of ``:::`` and ``!!!`` call-outs, and the first and last line of each."""
    plain, asides = list(lines), []
    opened: list[int] = []
    indented = 0
    for index, line in enumerate(lines):
        if index in code:
            continue
        if indented and (not line.strip() or line.startswith(("    ", "\t"))):
            plain[index] = line[4:] if line.startswith("    ") else line.lstrip("\t")
            asides.append((indented, index + 1))
            continue
        indented = 0
        if _INDENTED_CALL_OUT.match(line):
            plain[index], indented = "", index + 1
        elif _CALL_OUT.match(line):
            plain[index] = ""
            if line.strip(" :\t"):
                opened.append(index + 1)
            elif opened:
                asides.append((opened.pop(), index + 1))
    return plain, asides


def _without_marks(page: Page) -> str:
    """The text from opener to opener, leaving code alone; each cut leaves its line ends behind."""
    text, pieces, end = page.text, [], 0
    regions = iter([*code_regions(page.lines), (len(text), len(text) + 1)])
    code = next(regions)
    match = _OPENER.search(text)
    while match:
        start, following = match.start(), match.end()
        while code[1] <= start:
            code = next(regions)
        if start >= code[0]:
            following = code[1]
        elif not match.group().startswith("\\"):
            opener = match.group()
            cut = html_mark(page, start) if opener == "<" else site_mark(page, start, opener)
            if cut:
                stop, left = cut
                pieces += [text[end:start], left, "\n" * (text.count("\n", start, stop) - left.count("\n"))]
                end = following = stop
        match = _OPENER.search(text, following)
    return "".join([*pieces, text[end:]])
