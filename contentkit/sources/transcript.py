"""Turns of a transcript as passages: one per paragraph, each with its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from contentkit.models import Passage, PassageKind
from contentkit.patterns import regex
from contentkit.sources.code_spans import fenced_blocks
from contentkit.sources.inline import Words, words_of
from contentkit.sources.labels import TIME, Label, label_at
from contentkit.sources.markdown import image_passage, passages_of
from contentkit.sources.transcripts.closings import is_closing
from contentkit.sources.transcripts.initials import in_full
from contentkit.sources.transcripts.interruptions import SOMEBODY_ELSE, interrupts, is_stage_direction, is_stranger
from contentkit.sources.transcripts.names import merged
from contentkit.values import dataclass

_TIME_MARK = regex(rf"{TIME}[ \t]?|^[ \t]*\d{{1,2}}:\d{{2}}(?::\d{{2}})?[ \t]+(?=\S)")
_TIME_ALONE = regex(rf"[ \t]*[*_]{{0,2}}(?:{TIME}|\d{{1,3}}:\d{{2}}(?::\d{{2}})?)[*_]{{0,2}}[ \t]*")
_HEADING = regex(r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t#]*$")
# A number of more digits is a year that ends a sentence.
_BULLET = regex(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_RULE = regex(r"^ {0,3}(?:[-*_][ \t]*){3,}$")
_QUOTE = regex(r"^ {0,3}>(?!>)")
_FENCE = regex(r"^[ \t]*(?:`{3}|~{3})[^`]*$")
_BELOW_TABLE_HEAD = regex(r"^[ \t]*\|?[ \t]*:?-[-| :\t]*\|[-| :\t]*$")
# What was written in the chat beside the talk, as the scribes of the W3C keep it.
_TYPED = regex(r"<(?P<name>[\w@+-]{2,30})>[ \t]{1,2}(?=\S)")
_SENTENCE_END = regex(r"[.!?…][\"”’)\]*_]{0,3}[ \t]{1,4}(?=[\w*\[(\\])")
_LONGEST_LABEL = 400


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What one person says within a paragraph, from line ``first`` on; without a label it is whoever spoke before."""

    label: Label | None
    first: int
    content: tuple[str, ...]


def turns_of(lines: Sequence[str], speakers: Set[str]) -> list[Passage]:
    """The passages of a transcript by these speakers; what stands before the first turn is read as Markdown.

    Whoever speaks behind a heading, a rule, a question in bold or a line of the minutes says so: nobody's words go to the
    wrong person.
    """
    first = next((index for index, line in enumerate(lines) if _speaker_at(line, speakers)), len(lines))
    passages = passages_of(lines[:first])
    strangers = _strangers(lines[first:], speakers)
    voices = speakers | strangers
    labels = (label for line in lines[first:] if (label := _speaker_at(line, voices)))
    person = in_full(merged([label.name for label in labels if label.name not in strangers]), lines[:first])
    speaker, behind = "", first
    for start, end in _paragraphs(lines, first, voices):
        line, label = lines[start], _speaker_at(lines[start], voices)
        speaker = "" if any(map(_RULE.match, lines[behind:start])) else speaker
        behind = end
        if is_closing(line):
            speaker = ""
        elif heading := _HEADING.match(line):
            speaker = ""
            passages += _heading(heading, start)
        elif _is_set_apart(lines, start, end):
            passages += [_lower(passage, start) for passage in passages_of(lines[start:end])]
        else:
            speaker = "" if interrupts(line) and not label else speaker
            for said in _voices_in([_words_on(line, label), *lines[start + 1 : end]], start + 1, voices, label):
                speaker = person.get(said.label.name, "") if said.label else speaker
                spoken, speaker = _said_by(speaker, said)
                passages += spoken
    return passages


def _said_by(speaker: str, said: _Said) -> tuple[list[Passage], str]:
    """The passages of these words, and who speaks behind them."""
    words, number = _words_of_turn(said.content, said.first)
    apart = not said.label and (words.bold or words.italic or is_stage_direction(words.text))
    asks = words.bold or (words.italic and words.text.endswith("?"))
    passages = _turn(words, number, said.first + len(said.content) - 1, "" if apart else speaker)
    return list(passages), "" if (said.label.whole if said.label else asks) else speaker


def _speaker_at(line: str, speakers: Set[str]) -> Label | None:
    """Who speaks from this line on."""
    mark = SOMEBODY_ELSE.match(line)
    said = line[mark.end() :] if mark else line
    label = label_at(said)
    if label and label.name in speakers and not interrupts(said):
        return replace(label, end=label.end + len(line) - len(said))
    typed = _TYPED.match(line) if speakers else None
    return Label(name=typed["name"], bold=False, end=typed.end()) if typed else None


def _voices_in(content: Sequence[str], first: int, speakers: Set[str], label: Label | None) -> Iterator[_Said]:
    """The words of a paragraph, which begins on line ``first``: somebody else may speak from the middle of a line on."""
    gathered: list[str] = []
    for number, line in enumerate(content, first):
        begin = 0
        for stop, following in _labels_within(line, speakers):
            yield _Said(label=label, first=number - len(gathered), content=(*gathered, line[begin:stop]))
            label, gathered, begin = following, [], stop + following.end
        gathered.append(line[begin:])
    yield _Said(label=label, first=first + len(content) - len(gathered), content=tuple(gathered))


def _labels_within(line: str, speakers: Set[str]) -> Iterator[tuple[int, Label]]:
    """Where, behind a sentence, another turn begins on a line, and with which label."""
    for end in _SENTENCE_END.finditer(line) if ":" in line else ():
        label = label_at(line[end.end() : end.end() + _LONGEST_LABEL])
        if label and label.name in speakers and not label.whole:
            yield end.end(), label


def _strangers(lines: Sequence[str], speakers: Set[str]) -> frozenset[str]:
    """Who else has a label: what stands behind it is not said by whoever spoke before."""
    labels = [label for line in lines if (label := label_at(line))]
    dressed = [label.bold for label in labels if label.name in speakers]
    bold = sum(dressed) * 2 > len(dressed)
    others = (label for label in labels if label.name not in speakers)
    return frozenset(label.name for label in others if (label.bold and bold) or label.timed or is_stranger(label.name))


def _words_on(line: str, label: Label | None) -> str:
    """The words of the first line of a turn; where they are as bold as the label, so they stay."""
    if not label:
        return line
    words = line[label.end :].strip()
    return words[len(words.rstrip("*_")) :] + words if label.whole else words


def _paragraphs(lines: Sequence[str], first: int, speakers: Set[str]) -> Iterator[tuple[int, int]]:
    """The index ranges of paragraphs from ``first`` on.

    Blank lines, rules and fences end one; headings, items and labels begin one.
    """
    start: int | None = None
    fences = _fences(lines, first, speakers)
    behind = first
    for index in range(first, len(lines)):
        if index < behind:
            continue
        line, behind = lines[index], fences.get(index, index)
        ends = not line.strip() or bool(_RULE.match(line) or _FENCE.match(line))
        if start is not None and (ends or _begins(line, speakers) or _parts(lines[start], line)):
            yield start, index
            start = None
        if behind > index:
            yield index, behind
        elif start is None and not ends:
            start = index
    if start is not None:
        yield start, len(lines)


def _begins(line: str, speakers: Set[str]) -> bool:
    """Whether a paragraph begins on this line, whatever stands above."""
    if _HEADING.match(line) or _BULLET.match(line) or is_closing(line):
        return True
    return interrupts(line) or _speaker_at(line, speakers) is not None


def _parts(begun: str, line: str) -> bool:
    """Whether this line is no part of the paragraph that begins with the other: below a heading, or in front of a quotation."""
    return bool(_HEADING.match(begun) or (_QUOTE.match(line) and not _QUOTE.match(begun)))


def _fences(lines: Sequence[str], first: int, speakers: Set[str]) -> Mapping[int, int]:
    """Where code in fences begins and ends; fences around turns, and those that nobody closed, are none."""
    return {
        start: end
        for start, end in fenced_blocks(lines)
        if start >= first
        and end > start + 1
        and _FENCE.match(lines[end - 1])
        and not any(_speaker_at(line, speakers) for line in lines[start:end])
    }


def _is_set_apart(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether this paragraph is code, a quotation or a table."""
    if _FENCE.match(lines[start]):
        return end > start + 1
    return bool(_QUOTE.match(lines[start]) or (end > start + 1 and _BELOW_TABLE_HEAD.match(lines[start + 1])))


def _lower(passage: Passage, count: int) -> Passage:
    """The passage as it stands so many lines further down."""
    links = tuple(replace(link, line=link.line + count) for link in passage.links)
    return replace(passage, first=passage.first + count, last=passage.last + count, links=links)


def _heading(heading: re.Match[str], index: int) -> Iterator[Passage]:
    words = words_of(heading["title"], index + 1, {})
    if words.text:
        level = len(heading["marks"])
        yield Passage(kind="heading", text=words.text, first=index + 1, last=index + 1, level=level, links=words.links)


def _words_of_turn(content: Sequence[str], number: int) -> tuple[Words, int]:
    """What one paragraph of a turn says, and the number of its first line with words on it."""
    clean = ["" if _TIME_ALONE.fullmatch(line) else _TIME_MARK.sub("", line).strip() for line in content]
    silent = next((index for index, line in enumerate(clean) if line), len(clean))
    return words_of(_BULLET.sub("", "\n".join(clean[silent:])), number + silent, {}), number + silent


def _turn(words: Words, first: int, last: int, speaker: str) -> Iterator[Passage]:
    yield from (image_passage(image) for image in words.images)
    if words.text:
        kind: PassageKind = "turn" if speaker else "paragraph"
        yield Passage(kind=kind, text=words.text, first=first, last=last, speaker=speaker, links=words.links)
