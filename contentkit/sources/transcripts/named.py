"""Talks in which a line with a name only stands above the words: ``**Ana Torres**``, ``### Ana Torres``, ``[Ana Torres]``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.labels import is_talk, label_at, may_be_a_name
from contentkit.sources.manuscript import Span
from contentkit.sources.transcript import turns_of
from contentkit.sources.transcripts.beginnings import below_front_matter, is_endless, refuse_endless
from contentkit.sources.transcripts.headed import utterances_below
from contentkit.sources.transcripts.headings import Heading
from contentkit.sources.transcripts.names import is_unknown, merged
from contentkit.sources.transcripts.utterances import Utterance, between
from contentkit.words.common_words import is_common
from contentkit.words.given_names import given_names
from contentkit.words.lookalikes import folded

_NAME = r"(?P<name>[^\W\d_][\w.'’-]{0,30}(?:[ ][\w.'’-]{1,30}){0,3}(?:[ ]\([^()\n]{1,40}\))?)"
_BOLD = regex(rf"[ \t]{{0,3}}(?P<mark>\*\*|__){_NAME}(?P=mark)[ \t]*")
_HEADING = regex(rf" {{0,3}}#{{2,6}}[ ]{_NAME}[ \t#]*")
_BARE = regex(rf"{_NAME}[ \t]*")
_BOXED = regex(rf"\[{_NAME}\][ \t]*")
_MANNERS = (_BOLD, _HEADING, _BARE, _BOXED)
_FEWEST = 4
# Of the lines that might be names: the others are headings of a text that everybody wrote.
_NEARLY_ALL = 0.8


class _Named:
    name = "talk"

    def recognises(self, lines: Sequence[str], name: str) -> bool:  # noqa: ARG002 - the content says it all
        return not is_endless(lines) and bool(_heads(lines, below_front_matter(lines)))

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        return [] if is_endless(lines) else between(lines, _said(lines, below_front_matter(lines)))

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        refuse_endless(lines, name)
        labelled = [""] * front.body + list(lines[front.body :])
        labels = []
        for head in _heads(lines, front.body):
            labelled[head.row] = f"**{head.name}:**"
            labels.append(label_at(labelled[head.row]))
        return "transcript", turns_of(labelled, {label.name for label in labels if label})


def _heads(lines: Sequence[str], start: int) -> list[Heading]:
    """The lines that name who speaks below them, all in one manner; none where the text may be no talk."""
    for manner in _MANNERS:
        heads = [
            Heading(row=row, rows=1, name=match["name"], time="")
            for row in range(start, len(lines))
            if (match := manner.fullmatch(lines[row][:120])) and (manner is not _BARE or _stands_above(lines, row))
        ]
        if len(heads) >= _FEWEST and _is_talk(lines, heads, start, manner):
            return heads
    return []


def _stands_above(lines: Sequence[str], row: int) -> bool:
    """Whether a paragraph begins with this line and goes on below it."""
    return (row == 0 or not lines[row - 1].strip()) and bool("".join(lines[row + 1 : row + 2]).strip())


def _is_talk(lines: Sequence[str], heads: Sequence[Heading], start: int, manner: re.Pattern[str]) -> bool:
    """Two or more in turn, each twice at least and by full name, nearly nobody else; two of them talk, and somebody asks.

    ``**Symptom**`` and ``**Remedy**`` come back as well, and have no family name.
    """
    turns = Counter(head.name for head in heads if may_be_a_name(head.name))
    speak = {name for name, count in turns.items() if count > 1}
    in_turn = [head.name for head in heads if head.name in speak]
    rows = [*(head.row for head in heads), len(lines)]
    said = [" ".join(lines[head.row + 1 : end]) for head, end in zip(heads, rows[1:], strict=True)]
    talk = {head.name for head, words in zip(heads, said, strict=True) if is_talk(words)}
    alternate = sum(one != other for one, other in pairwise(in_turn)) * 2 >= len(in_turn)
    nobody_else = len(in_turn) >= _NEARLY_ALL * len(heads)
    if manner is _BARE:
        begun = [
            row for row in range(start, len(lines)) if lines[row].strip() and (row == 0 or not lines[row - 1].strip())
        ]
        nobody_else = nobody_else and len(in_turn) * 2 >= len(begun)
    full = all(" " in name for name in speak)
    asks = any("?" in words for words in said)
    return len(talk & speak) > 1 and asks and full and alternate and nobody_else and not all(map(_is_everyday, speak))


def _is_everyday(name: str) -> bool:
    """Whether a name begins with a word of every day, and may be a heading: "Opening Hours", and not "Speaker 1"."""
    first = name.split(maxsplit=1)[0]
    return is_common(folded(first)[0]) and first.title() not in given_names() and not is_unknown(name)


def _said(lines: Sequence[str], start: int) -> list[Utterance]:
    heads = _heads(lines, start)
    if not heads:
        return []
    said = utterances_below(lines, heads)
    person = merged([head.name for head in heads])
    return [replace(utterance, speaker=person[utterance.speaker]) for utterance in said]


NAMED = _Named()
