"""Marks that reach to the end of what they stand in: a paragraph, a list item, a turn, a section, a whole file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from contentkit.patterns import regex
from contentkit.sources.labels import label_at, speakers_among
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.phrases import THIS_IS, WRITTEN
from contentkit.sources.redaction.projection import Projection
from contentkit.sources.switches import SWITCHED_OFF, SWITCHED_ON

_COLON = regex(
    rf"(?<![\w\[/])[*_~`(]{{0,3}}(?!off_(?:the_)?record){WRITTEN}(?![^\W_])[*_~`)]{{0,3}}(?:[ \t]?\([^()\n]{{0,40}}\))?[ \t]?:"
    rf"(?!//|{SWITCHED_OFF})",
    re.MULTILINE,
)
# At the beginning of a line, an item, a cell, a value or a sentence: "Off the record, we are at 2 million."
_LEADING = regex(
    rf"(?:^[ \t>*_~`\\|#+-]{{0,20}}|^[ \t]{{0,12}}\d{{1,9}}[.)][ \t*_]{{1,4}}|(?<=[.!?:"
    rf"|])[\s*_\"']{{1,4}})(?P<said>{WRITTEN})(?!\w)[*_~`]{{0,3}}[ \t]?(?:[,;.!?…=>|]|-)",
    re.MULTILINE,
)
_BOLD = regex(
    r"^[ \t>+-]{0,12}(?:\d{1,9}[.)][ \t])?(?:\*{2,3}|__|==)(?P<said>otr|o\.t\.r\.?)(?:\*{2,3}|__|==)(?=[ \t])",
    re.MULTILINE,
)
_IN_PARENTHESES = regex(rf"\([ \t]{{0,3}}[*_]{{0,3}}(?:{THIS_IS})?{WRITTEN}(?!\w)[^()\n]{{0,60}}\)(?![ \t]?:)")
_ALONE = regex(
    rf"^(?P<lead>[ \t>*_~`\\-]{{0,12}}(?:\d{{1,9}}[.)][ \t]{{1,3}})?(?P<marks>#{{0,6}})[ \t*_~`\\]{{0,6}})"
    rf"{WRITTEN}(?!\w)[ \t*_~`\\:.#]{{0,12}}$",
    re.MULTILINE,
)
_ON_RECORD_ALONE = regex(
    r"^[ \t>*_~`\\#-]{0,16}(?:back[ \t]{1,3})?on[ \t]{1,3}the[ \t]{1,3}record(?:[ \t]{1,3}again)?[ \t*_~`\\:.#]{0,12}$"
)
_BEFORE_LETTERS = regex(r"[^A-Za-z\n]{1,40}")
_FENCE = regex(r" {0,3}(?:```|~~~)")
_DEEPEST = 6
_LONGEST_MARK = 80
_QUOTE_MARKS = regex(r"^[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = regex(r"^([ \t]*)(?:[-*+•◦▪‣●]|\d{1,9}[.)])[ \t]")
_HEADING = regex(r"^ {0,3}#{1,6}[ \t]")
_RULES = ("---", "+++")


def is_switched_off(text: Projection) -> bool:
    """Whether a line says that the whole file is off the record."""
    return bool(SWITCHED_ON.search(text.plain))


def colon_spans(text: Projection, lines: Sequence[str], turns: Sequence[int]) -> list[Span]:
    """The spans of the original from a mark with a colon, or at the beginning of a sentence, up to the end of its paragraph.

    Where people speak (``turns`` says where each turn begins) up to the end of the turn at least.
    """
    marks = [match.start() for match in _COLON.finditer(text.plain)]
    for pattern in (_LEADING, _BOLD):
        marks += [match.start("said") for match in pattern.finditer(text.plain)]
    introduced = _introductions(lines) if marks else {}
    spans: list[Span] = []
    for mark in sorted(marks):
        start = text.offsets[mark]
        if spans and start < spans[-1][1]:
            continue
        row = text.line(mark) - 1
        last = _last_line(lines, row, introduced, _shape(lines[row]) if turns else "")
        spans.append((start, max(text.starts[last] + len(lines[last]), _end_of_turn(turns, start))))
    return spans


def parenthesis_spans(text: Projection, lines: Sequence[str]) -> list[Span]:
    """The whole paragraphs and items with a mark in parentheses: it may look back as well as ahead."""
    marks = list(_IN_PARENTHESES.finditer(text.plain))
    introduced = _introductions(lines) if marks else {}
    spans: list[Span] = []
    for mark in marks:
        row = text.line(mark.start()) - 1
        if spans and text.starts[row] < spans[-1][1]:
            continue
        first = first_line(lines, row)
        last = _last_line(lines, row, introduced)
        spans.append((text.starts[first], text.starts[last] + len(lines[last])))
    return spans


def section_spans(text: Projection, lines: Sequence[str], turns: Sequence[int]) -> list[Span]:
    """The spans from a line that says nothing but "off the record" to the next heading, of its own level if it is one.

    Where people speak only headings count: a line of a cue may hold three words by chance.
    """
    spans: list[Span] = []
    for mark in _ALONE.finditer(text.plain):
        start = text.offsets[mark.start()]
        is_paragraph = ":" in mark[0] or bool(turns)
        if (spans and start < spans[-1][1]) or (is_paragraph and not mark["marks"]):
            continue
        row = text.line(mark.end("lead")) - 1
        last = last_of_section(lines, row, len(mark["marks"]) or _DEEPEST)
        spans.append((start, text.starts[last] + len(lines[last])))
    return spans


def last_of_section(lines: Sequence[str], row: int, level: int) -> int:
    is_code = False
    for index in range(row + 1, len(lines)):
        is_code ^= bool(_FENCE.match(lines[index]))
        heading = _HEADING.match(lines[index])
        if not is_code and ((heading and len(heading[0].strip()) <= level) or _is_on_record(lines[index])):
            return index - 1
    return len(lines) - 1


def _is_on_record(line: str) -> bool:
    return len(line) < _LONGEST_MARK and bool(_ON_RECORD_ALONE.match(line.lower()))


def _shape(line: str) -> str:
    """What stands before the first letter of a line where that is a time: ``[10:32]`` as ``[d:d]``; else nothing."""
    lead = _BEFORE_LETTERS.match(line)
    shape = re.sub(r"\d+", "d", lead[0]) if lead else ""
    return shape if "d:d" in shape or shape.strip() == "<" else ""


def _end_of_turn(turns: Sequence[int], start: int) -> int:
    """Where the turn that has this offset ends; ``turns`` ends with where one more would begin."""
    following = bisect_right(turns, start)
    return turns[following] - 1 if following < len(turns) else start


def _introductions(lines: Sequence[str]) -> dict[str, int]:
    """Speakers, with the index of the line on which each speaks first."""
    speakers = speakers_among(lines)
    introduced: dict[str, int] = {}
    for index, line in enumerate(lines):
        name = _speaker(line)
        if name in speakers:
            introduced.setdefault(name, index)
    return introduced


def is_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return bool(_BULLET.match(_unquoted(line)))


def indent_of(line: str) -> int | None:
    """How far the item of a list is indented that begins on this line; None where none does."""
    item = _BULLET.match(_unquoted(line))
    return _width(item.group(1)) if item else None


def first_line(lines: Sequence[str], row: int) -> int:
    """The index of the first line of the paragraph or item that has this line."""
    first = row
    while first and lines[first - 1].strip() and not is_item(lines[first]) and not starts_anew(lines[first - 1]):
        first -= 1
    return first


def last_line(lines: Sequence[str], row: int) -> int:
    """The index of the last line of the paragraph or item that has this line."""
    return _last_line(lines, row, {})


def _last_line(lines: Sequence[str], first: int, introduced: Mapping[str, int], shape: str = "") -> int:
    """The index of the last line of the paragraph, list item or turn that has line ``first``.

    Only who spoke above can end somebody's turn: a label that is new here may be part of what is off the record.
    So can a line that begins with a time as this one does, where that is its ``shape``.
    """
    indent = indent_of(lines[first])
    spoken = _speaker(lines[first]) in introduced
    last = first
    for index in range(first + 1, len(lines)):
        line = _unquoted(lines[index])
        if not line.strip():
            continue
        after_blank = index - last > 1
        if starts_anew(line) or (spoken and introduced.get(_speaker(line), len(lines)) <= first):
            break
        if shape and _shape(lines[index]) == shape:
            break
        if indent is not None and _leaves_item(line, indent, after_blank):
            break
        if indent is None and after_blank and not _goes_on(lines[last], line):
            break
        last = index
    return last


def _goes_on(last: str, following: str) -> bool:
    """Whether a paragraph goes on behind a blank line: it ended with a colon, or both lines are items of one list."""
    return last.rstrip(" \t*_~`").endswith(":") or (is_item(last) and bool(_BULLET.match(following)))


def starts_anew(line: str) -> bool:
    """Whether a line is a heading or a rule, with which nothing above goes on."""
    return bool(_HEADING.match(line)) or line.strip() in _RULES


def _leaves_item(line: str, indent: int, after_blank: bool) -> bool:
    own = _width(line[: len(line) - len(line.lstrip())])
    return own <= indent and (after_blank or bool(_BULLET.match(line)))


def _speaker(line: str) -> str:
    label = label_at(line)
    return label.name if label else ""


def _unquoted(line: str) -> str:
    return _QUOTE_MARKS.sub("", line, count=1)


def _width(space: str) -> int:
    return len(space.expandtabs(4))
