"""CK342: pictures and tables made of characters, which screen readers read sign by sign and narrow screens tear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex

_SHOW = "say it in words, or show it as a picture with an alt text"
_KINDS = (
    ("a drawing of boxes and blocks", _SHOW, regex(r"[\u2500-\u259f]{3,}")),
    (
        "a row of arrows",
        "keep one of them",
        regex(r"(?:[\u2190-\u21ff\u27f0-\u27ff\u2b05-\u2b0d\u27a1]\ufe0f?[ ]?){3,}"),
    ),
    (
        "a face of letters and signs",
        "say it in words, or use one emoji",
        regex(
            r"[(\uff08ʕ][^()\uff08\uff09\n]{0,4}(?:[ツ◕‿﹏ʖ╥⊙ಥ益╯▽ᴥ]|ಠ[_‿]|°[□_]°|´･|\u0361°)"
            r"[^()\uff08\uff09\n]{0,8}[)\uff09ʔ]"
        ),
    ),
)
_RULE = regex(r"^[ \t]*([-=~_*#+.•·])[ ]?(?:\1[ ]?){7,}$", re.M)
_TABLE = regex(r"^[ \t]*\|[^\n]*\|[ \t]*\n[ \t]*\|[ \t]*:?-[-|: \t]*$", re.M)
_SIGNS_OF_A_LINE = frozenset("/\\|_-=~^*#+.:;,'`\"()<>[]{}@oO°•·")
_FEWEST_LINES = 3
_FEWEST_SIGNS = 3


def check_drawings(prose: Prose) -> Iterator[Finding]:
    """One finding for each kind of them. Of what stands in a code fence, CK320 says it."""
    text = prose.uncoded
    for what, remedy, pattern in _KINDS if not text.isascii() else ():
        if found := pattern.search(text):
            yield _finding(what, remedy, found[0].rstrip(), found.start())
    if rule := _RULE.search(text):
        yield _finding("a line of signs", "leave the line empty", rule[0].strip(), rule.start(1))
    if "|" in text and (table := _TABLE.search(text)):
        line = table[0].partition("\n")[0]
        yield _finding("a table", "say it in sentences, or show it as a picture with an alt text", line, table.start())
    if art := _art(text):
        line, at = art
        yield _finding("a drawing of signs", "show it as a picture with an alt text", line, at)


def _finding(what: str, remedy: str, words: str, at: int) -> Finding:
    message = f"{what}: screen readers read it sign by sign, and narrow screens tear it"
    return warning("CK342", message, words=words, at=at, remedy=remedy)


def _art(text: str) -> tuple[str, int] | None:
    """The first of three lines or more, one after the other, that are made of signs; None where there are none."""
    if text.count("\n") < _FEWEST_LINES - 1:
        return None
    at = run = 0
    first = ("", 0)
    for line in text.split("\n"):
        run = run + 1 if _is_drawn(line) else 0
        if run == 1:
            first = (line, at)
        if run == _FEWEST_LINES:
            return first
        at += len(line) + 1
    return None


def _is_drawn(line: str) -> bool:
    """Whether a line is signs above all: ``  /\\_/\\``, ``( o.o )``."""
    shown = line.replace(" ", "")
    return len(shown) >= _FEWEST_SIGNS and sum(map(_SIGNS_OF_A_LINE.__contains__, shown)) > 0.75 * len(shown)
