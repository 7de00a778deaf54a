"""Off the record: cut out before anything else sees a source.

Marks, in any case, their brackets also escaped as Markdown escapes them:

* ``[off the record] … [/off the record]``, ``[otr] … [/otr]``, ``[extraoficial] … [/extraoficial]``, over lines, nested;
* ``[off the record: …]`` up to its own closing bracket;
* ``OTR:``, ``Off the record:``, ``Extraoficial:`` up to the end of the paragraph or list item;
* a line ``off_record: true``, in front matter or alone: the whole file.

Every doubt closes: an unclosed mark reaches to the end of the file, and a closing mark that closes nothing is an error,
because somebody mistyped the opening one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from contentkit.errors import ContentError
from contentkit.forbidden import Forbidden
from contentkit.sources.labels import label_at, speakers_among
from contentkit.sources.manuscript import Span

# Emphasis and characters nobody sees may stand between the letters of a mark and its brackets.
_DRESS = "[\\s*_~`\u200b-\u200f\u2060\ufeff]{0,8}"
_PHRASE = r"(?:off[\s_-]{1,3}(?:the[\s_-]{1,3})?record|otr|o\.t\.r\.?|extra[\s-]?oficial)"
_BRACKET_MARK = re.compile(
    rf"\\?\[{_DRESS}(?P<close>\\?/{_DRESS})?{_PHRASE}(?![\w]){_DRESS}(?:(?P<colon>:)|[^\[\]\n]{{0,60}}\])?",
    re.IGNORECASE,
)
_COLON_MARK = re.compile(
    r"(?<![\w\[/])[*_~`(]{0,3}(?:off[\s-]{1,3}(?:the[\s-]{1,3})?record|otr|o\.t\.r\.?|extraoficial)(?!\w)[*_~`)]{0,3}[ \t]?:"
    r"(?!//|[ \t]*(?:false|no|off|0)[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_SWITCH = re.compile(
    r"^[ \t]*[\"']?(?:off[_ -]?(?:the[_ -]?)?record|otr)[\"']?[ \t]*[:=]"
    r"[ \t]*[\"']?(?:true|yes|on|y|1|sí|si)\b[\"']?[ \t]*(?:#.*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKET = re.compile(r"[\[\]]")
_QUOTE_MARKS = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"^([ \t]*)(?:[-*+•◦▪‣●]|\d{1,9}[.)])[ \t]")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]")
_RULES = ("---", "+++")


@dataclass(frozen=True, kw_only=True)
class Redacted:
    """What is on the record: the lines with their numbering, the count of spans cut out, and what nobody may repeat.

    ``lines`` are without any mark. ``copy`` are the lines that may be written to a file: they keep the marks of embargoes,
    so that reading the copy again gives the same. ``embargoes`` are (first line, last line, until). ``doubts`` are the
    numbers of lines that speak of "off the record" and are no mark.
    """

    lines: tuple[str, ...] = field(repr=False)
    copy: tuple[str, ...] = field(repr=False)
    spans: int
    forbidden: Forbidden
    embargoes: tuple[tuple[int, int, datetime], ...] = ()
    doubts: tuple[int, ...] = ()


def redacted(lines: Sequence[str], name: str, furniture: Sequence[Span] = ()) -> Redacted:  # noqa: ARG001 - not yet
    """The lines without what is off the record. ``furniture`` are spans within which nobody speaks (see formats).

    Raises ContentError when a closing mark has no opening one.
    """
    text = "\n".join(lines)
    spans = _spans(text, lines, name)
    kept = _without(text, spans)
    on_record = tuple(kept.split("\n"))
    return Redacted(
        lines=on_record,
        copy=on_record,
        spans=len(spans),
        # What was also said on the record may be repeated.
        forbidden=Forbidden.of((_unmarked(text[start:end]) for start, end in spans), kept),
    )


def _spans(text: str, lines: Sequence[str], name: str) -> list[Span]:
    if _SWITCH.search(text):
        return [(0, len(text))]
    return _merged([*_bracket_spans(text, name), *_colon_spans(text, lines)])


def _unmarked(span: str) -> str:
    return _COLON_MARK.sub(" ", _BRACKET_MARK.sub(" ", span))


def _bracket_spans(text: str, name: str) -> list[Span]:
    spans: list[Span] = []
    depth = opened = end = 0
    for mark in _BRACKET_MARK.finditer(text):
        if mark.start() < end:
            continue
        if mark["close"]:
            if depth == 0:
                raise _closes_nothing(text, mark.start(), name)
            depth -= 1
            if depth == 0:
                spans.append((opened, mark.end()))
        elif mark["colon"]:
            end = _closing_bracket(text, mark.end())
            spans.append((mark.start(), end))
        else:
            opened = opened if depth else mark.start()
            depth += 1
    if depth:
        spans.append((opened, len(text)))
    return spans


def _closes_nothing(text: str, offset: int, name: str) -> ContentError:
    line = text.count("\n", 0, offset) + 1
    return ContentError(
        f"{name}:{line}: a mark closes an off-the-record span that was never opened",
        hint="mend the opening mark above it, or remove this one; nothing was read",
    )


def _closing_bracket(text: str, start: int) -> int:
    """The offset behind the bracket that closes one opened before ``start``; the end of the text when none does."""
    depth = 1
    for bracket in _BRACKET.finditer(text, start):
        depth += 1 if bracket.group() == "[" else -1
        if depth == 0:
            return bracket.end()
    return len(text)


def _colon_spans(text: str, lines: Sequence[str]) -> list[Span]:
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    introduced = _introductions(lines)
    spans: list[Span] = []
    for mark in _COLON_MARK.finditer(text):
        if spans and mark.start() < spans[-1][1]:
            continue
        first = bisect_right(starts, mark.start()) - 1
        last = _last_line(lines, first, introduced)
        spans.append((mark.start(), starts[last] + len(lines[last])))
    return spans


def _introductions(lines: Sequence[str]) -> dict[str, int]:
    """Speakers, with the index of the line on which each speaks first."""
    speakers = speakers_among(lines)
    introduced: dict[str, int] = {}
    for index, line in enumerate(lines):
        name = _speaker(line)
        if name in speakers:
            introduced.setdefault(name, index)
    return introduced


def _last_line(lines: Sequence[str], first: int, introduced: Mapping[str, int]) -> int:
    """The index of the last line of the paragraph, list item or turn that has line ``first``.

    Only who spoke above can end somebody's turn: a label that is new here may be part of what is off the record.
    """
    item = _BULLET.match(_unquoted(lines[first]))
    indent = _width(item.group(1)) if item else None
    spoken = _speaker(lines[first]) in introduced
    last = first
    for index in range(first + 1, len(lines)):
        line = _unquoted(lines[index])
        if not line.strip():
            continue
        after_blank = index - last > 1
        if _starts_anew(line) or (spoken and introduced.get(_speaker(line), len(lines)) <= first):
            break
        if indent is not None and _leaves_item(line, indent, after_blank):
            break
        if indent is None and after_blank and not _goes_on(lines[last], line):
            break
        last = index
    return last


def _goes_on(last: str, following: str) -> bool:
    """Whether a paragraph goes on behind a blank line: it ended with a colon, or both lines are items of one list."""
    return last.rstrip().endswith(":") or bool(_BULLET.match(_unquoted(last)) and _BULLET.match(following))


def _starts_anew(line: str) -> bool:
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


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text without the spans but with their line ends, so that every line keeps its number."""
    kept, end = [], 0
    for start, stop in spans:
        kept += [text[end:start], "\n" * text.count("\n", start, stop)]
        end = stop
    return "".join([*kept, text[end:]])
