"""Turns of a transcript as passages: one per paragraph, each with its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from contentkit.models import Passage
from contentkit.sources.inline import words_of
from contentkit.sources.labels import TIME, label_at
from contentkit.sources.markdown import image_passage, passages_of

_TIME_MARK = re.compile(rf"{TIME}[ \t]?|^[ \t]*\d{{1,2}}:\d{{2}}(?::\d{{2}})?[ \t]+(?=\S)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]")
_RULE = re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,}$")


def turns_of(lines: Sequence[str], speakers: Set[str]) -> list[Passage]:
    """The passages of a transcript by these speakers; what stands before the first turn is read as Markdown."""
    first = next((index for index, line in enumerate(lines) if _speaker(line, speakers)), len(lines))
    passages = passages_of(lines[:first])
    speaker = ""
    for start, end in _paragraphs(lines, first, speakers):
        if _HEADING.match(lines[start]):
            # Whoever speaks behind a heading says so; nobody's words go to the wrong person.
            speaker = ""
        label = label_at(lines[start]) if _speaker(lines[start], speakers) else None
        speaker = label.name if label else speaker
        content = [lines[start][label.end :] if label else lines[start], *lines[start + 1 : end]]
        passages += _turn(content, start, speaker)
    return passages


def _speaker(line: str, speakers: Set[str]) -> bool:
    label = label_at(line)
    return label is not None and label.name in speakers


def _paragraphs(lines: Sequence[str], first: int, speakers: Set[str]) -> Iterator[tuple[int, int]]:
    """The index ranges of paragraphs from ``first`` on: blank lines, headings, rules and labels end one."""
    start: int | None = None
    for index in range(first, len(lines)):
        line = lines[index]
        breaks = not line.strip() or _RULE.match(line)
        if start is not None and (
            breaks or _HEADING.match(line) or _HEADING.match(lines[start]) or _speaker(line, speakers)
        ):
            yield start, index
            start = None
        if start is None and not breaks:
            start = index
    if start is not None:
        yield start, len(lines)


def _turn(content: Sequence[str], start: int, speaker: str) -> Iterator[Passage]:
    skipped = next((index for index, line in enumerate(content) if line.strip()), None)
    if skipped is None:
        return
    first, last = start + skipped + 1, start + len(content)
    if _HEADING.match(content[skipped]):
        marks, _, title = content[skipped].strip().partition(" ")
        words = words_of(title.rstrip("# "), first, {})
        if words.text:
            yield Passage(kind="heading", text=words.text, first=first, last=first, level=len(marks), links=words.links)
        return
    clean = [_TIME_MARK.sub("", line) for line in content[skipped:]]
    words = words_of("\n".join(line.strip() for line in clean), first, {})
    yield from (image_passage(image) for image in words.images)
    if words.text:
        kind = "turn" if speaker else "paragraph"
        yield Passage(kind=kind, text=words.text, first=first, last=last, speaker=speaker, links=words.links)  # type: ignore[arg-type]
