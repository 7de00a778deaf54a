"""What site generators and HTML add to Markdown is taken off before Markdown is read.

Marks and tags leave the text; pictures, embedded posts, footnotes, code and tables in HTML become passages of their own;
call-outs become asides. Every line keeps its number: what is taken off leaves its line ends behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from contentkit.models import Passage
from contentkit.sources.code_spans import code_regions, fenced_blocks, fences_for_highlights
from contentkit.sources.containers import without_containers
from contentkit.sources.html_elements import html_mark
from contentkit.sources.inline import words_of
from contentkit.sources.page import Page
from contentkit.sources.site_marks import site_mark

_OPENER = re.compile(
    r"\\[<{\[@]|<|\{\{|\{%|\{:|\{[.#]|\{(?=[a-zA-Z][\w:+.-]{0,40}\}`)|\[\^|!\[\[|\[(?=[^\[\]@\n]{0,60}@)"
    r"|(?<![\w@/`])@(?=[a-z])| \^(?=[\w-]+[ \t]*$)",
    re.MULTILINE,
)
_STOPS = frozenset(".,;:!?")
_TEXT_BULLET = re.compile(r"^([ \t]*)[•◦▪‣●∙·][ \t]+")
_RARE_SPACE = re.compile(r"[^\S\t ]")


@dataclass(frozen=True, kw_only=True)
class Undressed:
    """Plain Markdown lines, the numbers of those that are asides, and the passages that were taken out."""

    lines: tuple[str, ...]
    asides: frozenset[int]
    passages: tuple[Passage, ...]


def undressed(lines: Sequence[str]) -> Undressed:
    """These lines as plain Markdown."""
    # Rare spaces are space to people, but not to Markdown's parser.
    contents = without_containers(fences_for_highlights([_RARE_SPACE.sub(" ", line) for line in lines]))
    code = {index for first, last in fenced_blocks(contents.lines) for index in range(first, last)}
    page = Page(
        [line if index in code else _TEXT_BULLET.sub(r"\1- ", line) for index, line in enumerate(contents.lines)]
    )
    page.asides += contents.asides
    page.passages += contents.passages
    plain = _without_marks(page).split("\n")
    footnotes = list(_footnotes(page, plain, code))
    return Undressed(lines=tuple(plain), asides=page.aside_lines(), passages=(*page.passages, *footnotes))


def _footnotes(page: Page, plain: list[str], code: Set[int]) -> Iterator[Passage]:
    """The notes at the foot of a page, whose lines become blank."""
    for first, following in pairwise([*page.footnotes, len(plain) + 1]):
        last = _last_line(plain, first, following, code)
        words = words_of("\n".join(line.strip() for line in plain[first - 1 : last]), first, {})
        plain[first - 1 : last] = [""] * (last + 1 - first)
        if words.text:
            yield Passage(kind="footnote", text=words.text, first=first, last=last, links=words.links, aside=True)


def _last_line(plain: Sequence[str], first: int, following: int, code: Set[int]) -> int:
    """The last line of the note on line ``first``: its paragraph, and indented ones behind it."""
    last = first
    for number in range(first + 1, following):
        line = plain[number - 1]
        if number - 1 in code or line.startswith("#"):
            break
        if line.strip() and not line.startswith(("    ", "\t")) and number > last + 1:
            break
        last = number if line.strip() else last
    return last


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
                # Where a citation was, its space goes too.
                bare = not left and text[stop : stop + 1] in _STOPS
                above = text[end:start].rstrip(" ") if bare and opener in ("[", "{") else text[end:start]
                pieces += [above, left, "\n" * (text.count("\n", start, stop) - left.count("\n"))]
                end = following = stop
        match = _OPENER.search(text, following)
    return "".join([*pieces, text[end:]])
