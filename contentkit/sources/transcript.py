"""Turns of a transcript as passages: one per paragraph, each with its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from contentkit.models import Passage, PassageKind
from contentkit.patterns import regex
from contentkit.sources.inline import words_of
from contentkit.sources.labels import TIME, label_at
from contentkit.sources.markdown import image_passage, passages_of
from contentkit.sources.transcripts.closings import is_closing
from contentkit.sources.transcripts.names import merged

_TIME_MARK = regex(rf"{TIME}[ \t]?|^[ \t]*\d{{1,2}}:\d{{2}}(?::\d{{2}})?[ \t]+(?=\S)")
_TIME_ALONE = regex(rf"[ \t]*[*_]{{0,2}}(?:{TIME}|\d{{1,3}}:\d{{2}}(?::\d{{2}})?)[*_]{{0,2}}[ \t]*")
_HEADING = regex(r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t#]*$")
_BULLET = regex(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_RULE = regex(r"^ {0,3}(?:[-*_][ \t]*){3,}$")


def turns_of(lines: Sequence[str], speakers: Set[str]) -> list[Passage]:
    """The passages of a transcript by these speakers; what stands before the first turn is read as Markdown."""
    first = next((index for index, line in enumerate(lines) if _speaks(line, speakers)), len(lines))
    passages = passages_of(lines[:first])
    person = merged([label.name for label in map(label_at, lines[first:]) if label and label.name in speakers])
    speaker = ""
    for start, end in _paragraphs(lines, first, speakers):
        if is_closing(lines[start]):
            speaker = ""
            continue
        heading = _HEADING.match(lines[start])
        if heading:
            # Whoever speaks behind a heading says so; nobody's words go to the wrong person.
            speaker = ""
            passages += _heading(heading, start)
            continue
        label = label_at(lines[start]) if _speaks(lines[start], speakers) else None
        speaker = person[label.name] if label else speaker
        content = [lines[start][label.end :] if label else lines[start], *lines[start + 1 : end]]
        passages += _turn(content, start, speaker)
    return passages


def _speaks(line: str, speakers: Set[str]) -> bool:
    label = label_at(line)
    return label is not None and label.name in speakers


def _paragraphs(lines: Sequence[str], first: int, speakers: Set[str]) -> Iterator[tuple[int, int]]:
    """The index ranges of paragraphs from ``first`` on; blank lines and rules end one, headings, items and labels begin one."""
    start: int | None = None
    for index in range(first, len(lines)):
        line = lines[index]
        ends = not line.strip() or bool(_RULE.match(line))
        begins = _HEADING.match(line) or _BULLET.match(line) or _speaks(line, speakers) or is_closing(line)
        if start is not None and (ends or begins or _HEADING.match(lines[start])):
            yield start, index
            start = None
        if start is None and not ends:
            start = index
    if start is not None:
        yield start, len(lines)


def _heading(heading: re.Match[str], index: int) -> Iterator[Passage]:
    words = words_of(heading["title"], index + 1, {})
    if words.text:
        level = len(heading["marks"])
        yield Passage(kind="heading", text=words.text, first=index + 1, last=index + 1, level=level, links=words.links)


def _turn(content: Sequence[str], start: int, speaker: str) -> Iterator[Passage]:
    """One paragraph of a turn, from its first line with words on it."""
    clean = ["" if _TIME_ALONE.fullmatch(line) else _TIME_MARK.sub("", line).strip() for line in content]
    silent = next((index for index, line in enumerate(clean) if line), len(clean))
    first, last = start + silent + 1, start + len(content)
    words = words_of(_BULLET.sub("", "\n".join(clean[silent:])), first, {})
    yield from (image_passage(image) for image in words.images)
    if words.text:
        kind: PassageKind = "turn" if speaker else "paragraph"
        yield Passage(kind=kind, text=words.text, first=first, last=last, speaker=speaker, links=words.links)
