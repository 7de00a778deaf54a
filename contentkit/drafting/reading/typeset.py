"""What an author types for a page to set, as a reader of plain text would see it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contentkit.patterns import regex

_CODE_MARKS = regex(r"(`{1,9})(?!`)([^`]+)\1(?!`)")
_EM_DASH = regex(r"(?<=\w)---(?=\w)|(?<=\s)---(?=\s)")
# What forges and chats show as a small picture: ":wink:"; "10:30:15" is a time.
_SHORTCODE = regex(r"\s?(?<![\w:]):(?=[a-z+-])[\w+\\-]{1,40}:(?=\s*(?:[)\].,;!?]|$))")
# Where a change came from and who made it, at the end of a line: "(#799, @omar-d)", "(79f7d2f)",
# "by @lena in https://…/pull/812".
# Each of them can be read in one way only, so that no text takes long.
_REFERENCES = regex(
    r"""(?:
        \s*\(by(?:\s[A-ZÀ-Þ][\w.-]*){1,4}\)
      | \s*\([#@][\w/.-]+\)\s?\(by\s[\w-]+(?:\[bot\])?\)
      | \s*\([0-9a-f]{7,40}\)\s?\(by\s[\w-]+(?:\[bot\])?\)
      | \s*Co-authored-by:(?:\s[^\s.:()]+){1,4}
      | \s*\([0-9a-f]{7,40}\)
      | [\s,]*(?:\b(?:and|by|in|via|see|closes|fixes)\s+)?[(\[]?[#@][\w/.-]+(?:\[bot\])?[)\]]?
      | [\s,]+(?:\b(?:and|by|in|via|see|closes|fixes)\s+)?[(\[]?(?:https?://[^\s,()\[\]]+|GH-\d+)[)\]]?
    )+(?=\.?$)""",
    re.X,
)
_LONGEST_REFERENCES = 300
# "We go back to step #1": the number is what the sentence speaks of.
_COUNTED = regex(
    r"\b(?:steps?|number|lesson|phase|rule|reason|tip|priority|problem|goal|question|paso|lección|fase|regla|problema|pregunta)"
    r" #\d{1,2}\W*$",
    re.I,
)
# "Riskier(1)." where a paragraph below the text begins with "(1)".
_NOTED = regex(r"(?<=\w)\((\d{1,2})\)(?=[.,;:!?]|\s|$)")
_PARTED = regex(r"(?<=\w) ([.,])(?=\s|$)")
# As chats show them: "can _already_ decrypt", "*never* again". An underscore within a name is part of it.
_EMPHASIS = regex(r"(?<![\w_*])([_*])(?![\s_*])([^_*\n]{1,200})(?<!\s)\1(?![\w_*])")


def without_marks(title: str) -> str:
    """A title without the marks of code in it: front matter keeps them as they were typed."""
    return _CODE_MARKS.sub(r"\2", title)


def with_dashes(text: str) -> str:
    """The text with each ``---`` between words as the em dash that a page shows for it."""
    return _EM_DASH.sub("—", text)


def without_shortcodes(text: str) -> str:
    """The text without the names of small pictures (``:wink:``) where a clause ends, which nobody would see as pictures."""
    return _SHORTCODE.sub("", text).strip() if ":" in text else text


def closed_up(text: str) -> str:
    """The text without the blank that a footnote mark leaves before a stop or a comma: "global ."."""
    return _PARTED.sub(r"\1", text) if " ." in text or " ," in text else text


def without_footnotes(text: str, texts: Iterable[str]) -> str:
    """The text without the number of a note behind a word ("riskier(1)"), where one of these texts is that note."""
    numbers = tuple({match[0] for match in _NOTED.finditer(text)}) if "(" in text else ()
    if not numbers:
        return text
    notes = {number for one in texts if one.startswith(numbers) for number in numbers if one.startswith(number)}
    return _NOTED.sub(lambda match: "" if match[0] in notes else match[0], text)


def without_references(text: str) -> str:
    """A list item or a heading without the numbers, the handles and the address that it ends with."""
    if "#" in text and _COUNTED.search(text):
        return text
    kept = max(0, len(text) - _LONGEST_REFERENCES)
    return text[:kept] + _REFERENCES.sub("", text[kept:]) if any(mark in text for mark in "#@/(") else text


def without_emphasis(text: str) -> str:
    """The words of a chat without the marks around one of them."""
    return _EMPHASIS.sub(r"\2", text)
