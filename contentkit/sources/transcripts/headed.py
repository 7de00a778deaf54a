"""Transcripts and chats in which a line with a name and a time stands above the words (see ``headings``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.manuscript import Span
from contentkit.sources.markdown import passages_of, statements
from contentkit.sources.transcripts.beginnings import below_front_matter, first_said, is_endless, refuse_endless
from contentkit.sources.transcripts.closings import is_closing
from contentkit.sources.transcripts.headings import (
    CHATS,
    LEADING_TIME,
    RECORDINGS,
    TWO_LINES,
    TWO_LINES_OF_A_CHAT,
    Heading,
    Style,
    headings_of,
    is_wall_clock,
    settled,
    style_of,
)
from contentkit.sources.transcripts.names import merged
from contentkit.sources.transcripts.placeholders import counts_reactions, is_no_speech, without_edited
from contentkit.sources.transcripts.previews import preview_row
from contentkit.sources.transcripts.turns import passages_of_messages, passages_of_turns
from contentkit.sources.transcripts.utterances import Utterance, between, whole_line
from contentkit.values import dataclass

_BULLET = regex(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_CHAPTER = regex(r"#{1,6}[ \t]+(?=\S)")
_RULE = regex(r"[ \t]*={5,}[ \t]*")
# From the lines of a paragraph to the numbers of lines that belong together.
_Grouping = Callable[[Sequence[str]], list[int]]


def _together(paragraph: Sequence[str]) -> list[int]:
    return [len(paragraph)]


@dataclass(frozen=True)
class _Headed:
    name: str
    _styles: tuple[Style, ...]
    _grouping: _Grouping
    _passages: Callable[[Sequence[Utterance]], list[Passage]]
    _times_fit: Callable[[Sequence[Heading]], bool]

    def recognises(self, lines: Sequence[str], name: str) -> bool:  # noqa: ARG002 - the content says it all
        said = first_said(lines)
        style = style_of(said, self._styles)
        return style is not None and self._times_fit(list(headings_of(said, style)))

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        return [] if is_endless(lines) else between(lines, self._said(lines, below_front_matter(lines))[1])

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        refuse_endless(lines, name)
        first, said = self._said(lines, front.body)
        written = ["" if _RULE.fullmatch(line) else line for line in lines[front.body : first]]
        above = passages_of([""] * front.body + written)
        # Who was there and what it was about: the words of a program.
        asides = [passage if passage.kind == "heading" else replace(passage, aside=True) for passage in above]
        return "transcript", [*asides, *self._passages(said)]

    def _said(self, lines: Sequence[str], start: int) -> tuple[int, list[Utterance]]:
        """The index of the first heading, and what is said below the headings, under the names of the people."""
        style = style_of(first_said(lines), self._styles) or self._styles[-1]
        headings = list(headings_of(lines, style, start))
        first = next((number for number, heading in enumerate(headings) if heading.name), len(headings))
        if first == len(headings):
            return len(lines), []
        headings = settled(headings[first:], lines)
        said = list(_utterances(lines, headings, self._grouping))
        person = merged([utterance.speaker for utterance in said])
        return headings[0].row, [replace(utterance, speaker=person[utterance.speaker]) for utterance in said]


def _utterances(lines: Sequence[str], headings: Sequence[Heading], grouping: _Grouping) -> Iterator[Utterance]:
    usual = max(1, _usual_gap(lines, headings))
    speaker = ""
    end = Heading(row=len(lines), rows=0, name="", time="")
    for heading, following in pairwise([*headings, end]):
        speaker = heading.name or ("" if _lost_its_name(lines, heading, headings) else speaker)
        first = heading.row + heading.rows
        shown = preview_row(lines, first, following.row)
        for gap, paragraph in _paragraphs(lines, first, shown):
            # So wide a gap is where something was cut out, and perhaps somebody's name with it.
            speaker = "" if gap > usual or _CHAPTER.match(lines[paragraph.start]) else speaker
            yield from _grouped(lines, paragraph, speaker, grouping)
        for _, paragraph in _paragraphs(lines, shown, following.row):
            yield from (replace(one, aside=True) for one in _grouped(lines, paragraph, "", grouping))


def utterances_below(lines: Sequence[str], headings: Sequence[Heading]) -> Iterator[Utterance]:
    """What is said below these headings, each paragraph whole."""
    return _utterances(lines, headings, _together)


def _lost_its_name(lines: Sequence[str], heading: Heading, headings: Sequence[Heading]) -> bool:
    """Whether a time alone stood below a name that was cut out: where names stand above times, a blank line is above it."""
    return headings[0].rows > 1 and not lines[heading.row - 1].strip()


def _grouped(lines: Sequence[str], paragraph: range, speaker: str, grouping: _Grouping) -> Iterator[Utterance]:
    first = paragraph.start
    for size in grouping([lines[row] for row in paragraph]):
        pieces = []
        for row in range(first, first + size):
            said = without_edited(lines[row])
            bullet = next(filter(None, (mark.match(lines[row]) for mark in (_BULLET, _CHAPTER, LEADING_TIME))), None)
            pieces.append(whole_line(row, said, min(bullet.end(), len(said)) if bullet else 0))
        yield Utterance(speaker=speaker, pieces=tuple(pieces))
        first += size


def _paragraphs(lines: Sequence[str], first: int, end: int) -> Iterator[tuple[int, range]]:
    """The rows of each paragraph of a turn, with the number of blank lines above it; an item or chapter begins a
    paragraph."""
    gap, start = 0, first
    for row in range(first, end):
        told = is_no_speech(lines[row]) or is_closing(lines[row]) or counts_reactions(lines[row], lines[row - 1])
        if told or not lines[row].strip():
            if start < row:
                yield gap, range(start, row)
                gap = 0
            gap += not lines[row].strip()
            start = row + 1
        elif start < row and (_BULLET.match(lines[row]) or _CHAPTER.match(lines[start]) or _CHAPTER.match(lines[row])):
            yield gap, range(start, row)
            gap, start = 0, row
    if start < end:
        yield gap, range(start, end)


def _usual_gap(lines: Sequence[str], headings: Sequence[Heading]) -> int:
    """The number of blank lines that stand above most headings."""
    gaps = []
    for heading in headings[1:]:
        row = heading.row
        while row > 0 and not lines[row - 1].strip():
            row -= 1
        gaps.append(heading.row - row)
    return sorted(gaps)[len(gaps) // 2] if gaps else 1


def _any_time(headings: Sequence[Heading]) -> bool:  # noqa: ARG001 - the style tells
    return True


def _since_it_began(headings: Sequence[Heading]) -> bool:
    return not is_wall_clock(headings)


RECORDING = _Headed("recording", (*RECORDINGS, TWO_LINES), _together, passages_of_turns, _since_it_began)
HEADED_CHAT = _Headed("chat", (*CHATS, TWO_LINES_OF_A_CHAT), statements, passages_of_messages, _any_time)
