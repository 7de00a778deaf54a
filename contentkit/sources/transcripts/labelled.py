"""Google Meet's and Granola's transcripts: ``Name: words``, with times and a program's words between the turns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.labels import label_at, may_be_a_name, speakers_among
from contentkit.sources.manuscript import Span
from contentkit.sources.markdown import passages_of
from contentkit.sources.transcript import turns_of
from contentkit.sources.transcripts.beginnings import below_front_matter, is_endless, refuse_endless
from contentkit.sources.transcripts.clocks import ELAPSED
from contentkit.sources.transcripts.closings import DRESS, UNDRESS, is_closing
from contentkit.sources.transcripts.turns import goes_on
from contentkit.sources.transcripts.utterances import Utterance, between, whole_line
from contentkit.values import dataclass

_TIME = regex(rf"{DRESS}\(?{ELAPSED}\)?{UNDRESS}")
# As Gemini writes it, and nobody else: 00:05:00.
_LONG_TIME = regex(rf"{DRESS}\d{{2}}:\d{{2}}:\d{{2}}{UNDRESS}")
_BULLET = regex(r"[-*+] (?=\S)")
_TITLE = regex(rf"{DRESS}(?:\W{{1,3}} )?(?:.{{1,200}} \\?[-–] )?transcript:?{UNDRESS}", re.IGNORECASE)
_ATTENDEES = regex(rf"{DRESS}attendees", re.IGNORECASE)
# A transcript may stand below the notes that a program made of it.
_FIRST_LINES = 2_000
_LINES_OF_THE_TOP = 12
_GRANOLA = frozenset({"Me", "Them"})


def _is_meet(lines: Sequence[str]) -> bool:
    below = lines[below_front_matter(lines) : _FIRST_LINES]
    first = _meets_start(below, 0)
    if not first and not _is_timed(below):
        return False
    marks = [line for line in below[first:] if _is_set(line)] or [
        line for line in below[:first] if _ATTENDEES.match(line)
    ]
    return bool(marks and speakers_among(_bare(below, first)))


def _is_timed(lines: Sequence[str]) -> bool:
    """Whether long times stand between turns, though nothing above says that this is a transcript."""
    return sum(bool(_LONG_TIME.fullmatch(line[:100])) for line in lines) > 1


def _is_granola(lines: Sequence[str]) -> bool:
    labels = [label.name for line in lines[:_FIRST_LINES] if (label := label_at(line)) and may_be_a_name(label.name)]
    return set(labels) >= _GRANOLA and sum(name in _GRANOLA for name in labels) * 2 > len(labels)


def _is_set(line: str) -> bool:
    """Whether the program wrote this line between the turns."""
    return bool(_TIME.fullmatch(line[:100]) or is_closing(line))


def _meets_start(lines: Sequence[str], start: int) -> int:
    """The index of the line below the title, or below the second one that stands a few lines further down.

    Without a title, that of the first time.
    """
    titles = (row for row in range(start, len(lines)) if _TITLE.fullmatch(lines[row][:300]))
    first = next(titles, None)
    if first is None:
        return next((row for row in range(start, len(lines)) if _LONG_TIME.fullmatch(lines[row][:100])), start)
    second = next(titles, first)
    return (second if second - first <= _LINES_OF_THE_TOP else first) + 1


def _granolas_start(lines: Sequence[str], start: int) -> int:
    spoken = (row for row in range(start, len(lines)) if (label := label_at(lines[row])) and label.name in _GRANOLA)
    return next(spoken, start)


@dataclass(frozen=True)
class _Labelled:
    name: str
    _fits: Callable[[Sequence[str]], bool]
    _start: Callable[[Sequence[str], int], int]

    def recognises(self, lines: Sequence[str], name: str) -> bool:  # noqa: ARG002 - the content says it all
        return self._fits(lines)

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        if is_endless(lines):
            return ()
        first = self._start(lines, below_front_matter(lines))
        bare = _bare(lines, first)
        return between(lines, _utterances(bare, speakers_among(bare, each=True)))

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        refuse_endless(lines, name)
        first = self._start(lines, front.body)
        above = passages_of([""] * front.body + list(lines[front.body : first]))
        # What a program made of the call is nobody's words.
        asides = [passage if passage.kind == "heading" else replace(passage, aside=True) for passage in above]
        bare = _bare(lines, first)
        return "transcript", [*asides, *_mended(turns_of(bare, speakers_among(bare, each=True)))]


def _bare(lines: Sequence[str], first: int) -> list[str]:
    """The lines with the same numbers, without those above the first turn and those that the program set between.

    The bullet of a turn is space: the words stand where they stood.
    """
    return [""] * first + ["" if _is_set(line) else _without_bullet(line) for line in lines[first:]]


def _without_bullet(line: str) -> str:
    bullet = _BULLET.match(line)
    label = label_at(line[2:]) if bullet else None
    return f"  {line[2:]}" if label and not label.name[0].islower() else line


def _mended(passages: Sequence[Passage]) -> list[Passage]:
    """Turns of one person in a row are one where a time stands in the middle of a sentence."""
    mended: list[Passage] = []
    for passage in passages:
        above = mended[-1] if mended else None
        if above and above.speaker == passage.speaker != "" and goes_on(above.text, passage.text):
            links = (*above.links, *passage.links)
            mended[-1] = replace(above, text=f"{above.text} {passage.text}", last=passage.last, links=links)
        else:
            mended.append(passage)
    return mended


def _utterances(bare: Sequence[str], speakers: Set[str]) -> list[Utterance]:
    """The turns with the characters of each line that hold words."""
    return [
        Utterance(
            speaker=passage.speaker,
            pieces=tuple(whole_line(row, bare[row], _label_end(bare[row], speakers)) for row in rows),
        )
        for passage in turns_of(bare, speakers)
        if passage.speaker
        for rows in [[row for row in range(passage.first - 1, passage.last) if bare[row].strip()]]
    ]


def _label_end(line: str, speakers: Set[str]) -> int:
    label = label_at(line)
    return label.end if label and label.name in speakers else 0


MEET = _Labelled("Google Meet", _is_meet, _meets_start)
GRANOLA = _Labelled("Granola", _is_granola, _granolas_start)
