"""Where in a transcript each person's turn begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from contentkit.patterns import regex
from contentkit.sources.labels import label_at, speakers_among
from contentkit.sources.manuscript import Span

# Minutes count what was said: "3. Ana: Off the record from here."
_NUMBER = regex(r"^[ \t]{0,8}\d{1,3}[.)][ \t]{1,4}")


def turns_in(lines: Sequence[str], furniture: Sequence[Span], *, transcript: bool) -> list[int]:
    """The offsets at which turns begin, and where one more would; empty where nobody speaks.

    Where a format tells what stands between the words of one person (its furniture), every other line end ends a turn; in
    other texts each label of a speaker begins one, behind a number too: such a list is read as a note, but who says in it that
    something is off the record means what a speaker means.
    """
    length = sum(len(line) + 1 for line in lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)][:-1]
    speakers = speakers_among(lines)
    if not (transcript or speakers):
        lines = [_NUMBER.sub("", line) for line in lines]
        speakers = speakers_among(lines)
        if not speakers:
            return []
    if transcript and (furniture or not speakers):
        begins = _beside(starts, furniture)
    else:
        begins = [start for start, line in zip(starts, lines, strict=True) if _speaks(line, speakers)]
    return sorted({0, *begins, length})


def _beside(starts: Sequence[int], furniture: Sequence[Span]) -> list[int]:
    """The beginnings of lines whose line end before them is no furniture."""
    kept, spans = [], iter([*sorted(furniture), (10**12, 10**12)])
    start, stop = next(spans)
    for begin in starts:
        while stop < begin:
            start, stop = next(spans)
        if not start < begin <= stop:
            kept.append(begin)
    return kept


def _speaks(line: str, speakers: frozenset[str]) -> bool:
    label = label_at(line)
    return label is not None and label.name in speakers
