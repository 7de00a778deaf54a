"""Recordings in which only times stand above the words: Otter's without names, and what is copied from a player."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.labels import speakers_among
from contentkit.sources.manuscript import Span
from contentkit.sources.markdown import passages_of
from contentkit.sources.transcripts.beginnings import below_front_matter, first_said, is_endless, refuse_endless
from contentkit.sources.transcripts.clocks import ELAPSED, seconds_of
from contentkit.sources.transcripts.headed import utterances_below
from contentkit.sources.transcripts.headings import Heading
from contentkit.sources.transcripts.subtitles import ONLY_VOICE
from contentkit.sources.transcripts.turns import passages_of_cues, passages_of_turns
from contentkit.sources.transcripts.utterances import Utterance, between

_TIME = regex(rf"[ \t]{{0,8}}[\[(]?(?P<time>{ELAPSED})[\])]?[ \t]{{0,8}}")
_FEWEST = 3
# In seconds: a recording begins at its beginning.
_SOON = 60
_MOST_ABOVE = 12
# So many lines may stand below one time.
_LINES_OF_A_TIME = 25


class _Timed:
    name = "recording without names"

    def recognises(self, lines: Sequence[str], name: str) -> bool:  # noqa: ARG002 - the content says it all
        said = first_said(lines)
        times = [(row, seconds_of(match["time"])) for row, line in enumerate(said) if (match := _TIME.fullmatch(line))]
        if len(times) < _FEWEST or times[0][0] > _MOST_ABOVE or times[0][1] > _SOON:
            return False
        in_order = all(before[1] <= after[1] for before, after in pairwise(times))
        in_order = in_order and len({time for _, time in times}) >= _FEWEST
        spoken = sum(after[0] - before[0] > 1 for before, after in pairwise(times))
        enough = spoken * 5 >= (len(times) - 1) * 4 and len(times) * _LINES_OF_A_TIME >= len(said)
        # Names before colons are a better sign of who speaks.
        return in_order and enough and not speakers_among([line for line in said if not _TIME.fullmatch(line)])

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        if is_endless(lines):
            return ()
        return between(lines, _said(lines, _times(lines, below_front_matter(lines)), ONLY_VOICE))

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        refuse_endless(lines, name)
        times = _times(lines, front.body)
        first = times[0].row if times else len(lines)
        above = passages_of([""] * front.body + list(lines[front.body : first]))
        asides = [passage if passage.kind == "heading" else replace(passage, aside=True) for passage in above]
        said = _said(lines, times, front.text("speaker", "author") or ONLY_VOICE)
        parted = sum(not lines[time.row - 1].strip() for time in times[1:]) * 2 > len(times)
        # Without empty lines between them these are cues: a few seconds of speech, and seldom a sentence.
        return "transcript", [*asides, *(passages_of_turns(said) if parted else passages_of_cues(said))]


def _times(lines: Sequence[str], start: int) -> list[Heading]:
    found = ((row, _TIME.fullmatch(lines[row])) for row in range(start, len(lines)))
    return [Heading(row=row, rows=1, name=ONLY_VOICE, time=match["time"]) for row, match in found if match]


def _said(lines: Sequence[str], times: Sequence[Heading], voice: str) -> list[Utterance]:
    return [replace(utterance, speaker=voice) for utterance in utterances_below(lines, times)] if times else []


TIMED = _Timed()
