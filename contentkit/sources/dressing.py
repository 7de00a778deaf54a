"""What site generators and HTML add to Markdown is taken off before Markdown is read.

Marks and tags leave the text; pictures, embedded posts, footnotes, code and tables in HTML become passages of their own;
call-outs become asides. Every line keeps its number: what is taken off leaves its line ends behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import partial
from itertools import pairwise

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.code_spans import fenced_blocks, fences_for_highlights
from contentkit.sources.components import undented
from contentkit.sources.containers import without_containers
from contentkit.sources.cuts import without_cuts
from contentkit.sources.dialect_lines import as_commonmark
from contentkit.sources.html_elements import html_mark
from contentkit.sources.inline import words_of
from contentkit.sources.page import Page
from contentkit.sources.site_marks import site_mark
from contentkit.values import dataclass

_OPENER = regex(
    r"\\[<{\[@]|<|\{\{|\{%|\{:|\{[.#]|\{(?=[a-zA-Z][\w:+.-]{0,40}\}`)|\[\^|!\[\[|\[(?=[^\[\]@\n]{0,60}@)"
    r"|\[(?=[^\[\]\n]{1,300}\]\{[.#])|\[(?=(?:name|time|color)=)"
    r"|\[(?=/?(?:caption|gallery|embed|gist|audio|video|playlist|youtube|vimeo|soundcloud|spotify|instagram|tweet|contact-form"
    r"|wpvideo|jetpack|vc_|et_pb_|fusion_|su_))"
    r"|(?<![\w@/`])@(?=[a-z])| \^(?=[\w-]+[ \t]*$)|(?<=[^\s\\])\^\[|(?<=\w)[~^](?=[A-Za-z0-9+-]{1,6}[~^])",
    re.MULTILINE,
)
_STOPS = frozenset(".,;:!?")
_RARE_SPACE = regex(r"[^\S\t ]")


@dataclass(frozen=True, kw_only=True)
class Undressed:
    """Plain Markdown lines, the numbers of those that are asides, and the passages that were taken out."""

    lines: tuple[str, ...]
    asides: frozenset[int]
    passages: tuple[Passage, ...]


def undressed(lines: Sequence[str]) -> Undressed:
    """These lines as plain Markdown."""
    # Rare spaces are space to people, but not to Markdown's parser.
    contents = without_containers(fences_for_highlights(undented([_RARE_SPACE.sub(" ", line) for line in lines])))
    code = {index for first, last in fenced_blocks(contents.lines) for index in range(first, last)}
    page = Page(as_commonmark(contents.lines, code))
    page.asides += contents.asides
    page.passages += contents.passages
    plain = without_cuts(page, _OPENER, partial(_mark_at, page)).split("\n")
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


def _mark_at(page: Page, start: int, opener: str) -> tuple[int, int, str] | None:
    """The mark that begins here: from where to where it is cut, and what it leaves."""
    cut = html_mark(page, start) if opener == "<" else site_mark(page, start, opener)
    if not cut:
        return None
    stop, left = cut
    # Where a citation was, its space goes too.
    if not left and page.text[stop : stop + 1] in _STOPS and opener in ("[", "{"):
        while page.text[start - 1 : start] == " ":
            start -= 1
    return start, stop, left
