"""One segment of speech on each line behind its times, as Whisper and its kin write it, or behind the time it begins at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.labels import speakers_among
from contentkit.sources.manuscript import Span
from contentkit.sources.markdown import passages_of
from contentkit.sources.transcripts.beginnings import below_front_matter, first_said, is_endless, refuse_endless
from contentkit.sources.transcripts.captions import Cue
from contentkit.sources.transcripts.clocks import ELAPSED, seconds_of
from contentkit.sources.transcripts.subtitles import ONLY_VOICE, utterances_of
from contentkit.sources.transcripts.turns import passages_of_cues
from contentkit.sources.transcripts.utterances import Utterance, between
from contentkit.values import dataclass

# [00:00.000 --> 00:04.000]  words, [0.92 --> 4.5] words
_SECONDS = r"\d{1,6}\.\d{1,3}"
_STAMP = regex(rf"\[(?P<begins>{ELAPSED}|{_SECONDS}) --> (?P<ends>{ELAPSED}|{_SECONDS})\](?P<space>[ \t]{{0,4}})")
# 0<tab>4000<tab>words, in milliseconds, below a line that names the columns
_ROW = regex(r"(?P<begins>\d{1,9})\t(?P<ends>\d{1,9})\t(?P<space>[ ]{0,2})")
_COLUMNS = "start\tend\ttext"
# 0:12 words, [00:00:12.320] words: as players of films show them; not 00:00:12 From Ana to Everyone: words
_BEGINNING = regex(
    rf"[ \t]{{0,4}}(?P<box>[\[(])?(?P<begins>{ELAPSED})(?P<ends>)(?(box)[\])])(?P<space>[ \t]{{1,4}})"
    r"(?=[^\s\-–|>])(?!From[ \t][^:\n]{1,120}:)"
)
# A title, and what Whisper says of the language that it heard.
_MOST_ABOVE = 12
# What was off the record leaves lines without times.
_SHARE = 0.5
_NEARLY_ALL = 0.9
_FEWEST = 4
# In seconds: a film begins at its beginning, and chapters are further apart than what is said in one breath.
_SOON = 60
_BREATH = 20


def _in_seconds(clock: str) -> float | None:
    if not clock:
        return None
    return seconds_of(clock) if ":" in clock else float(clock)


def _are_segments(lines: Sequence[str], times: Sequence[re.Match[str]]) -> bool:
    return len(times) > 1 and len(times) >= len(lines) * _SHARE


def _are_played(lines: Sequence[str], times: Sequence[re.Match[str]]) -> bool:
    """Whether the times are those of a film, and nobody's name stands behind them: a plan of the day has times, too."""
    if len(times) < max(_FEWEST, len(lines) * _NEARLY_ALL - _MOST_ABOVE):
        return False
    begins = [seconds_of(time["begins"]) for time in times]
    in_order = begins[0] <= _SOON and all(before <= after for before, after in pairwise(begins))
    return in_order and begins[-1] - begins[0] <= _BREATH * len(begins) and not speakers_among(lines)


def _in_milliseconds(clock: str) -> float | None:
    return int(clock) / 1000


@dataclass(frozen=True)
class _Segments:
    name: str
    _times: re.Pattern[str]
    _seconds: Callable[[str], float | None]
    _first: str
    _fit: Callable[[Sequence[str], Sequence[re.Match[str]]], bool] = _are_segments

    def recognises(self, lines: Sequence[str], name: str) -> bool:  # noqa: ARG002 - the content says it all
        said = first_said(lines)
        if not any(line.startswith(self._first) for line in said[:_MOST_ABOVE]):
            return False
        return self._fit(said, [match for line in said if (match := self._times.match(line))])

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        if is_endless(lines):
            return ()
        return between(lines, self._utterances(lines, below_front_matter(lines), ONLY_VOICE))

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        refuse_endless(lines, name)
        first = next((row for row in range(front.body, len(lines)) if self._times.match(lines[row])), len(lines))
        above = ["" if row < front.body or line == _COLUMNS else line for row, line in enumerate(lines[:first])]
        asides: list[Passage] = [replace(passage, aside=True) for passage in passages_of(above)]
        voice = front.text("speaker", "author") or ONLY_VOICE
        return "transcript", [*asides, *passages_of_cues(self._utterances(lines, first, voice))]

    def _utterances(self, lines: Sequence[str], start: int, only_voice: str) -> list[Utterance]:
        times = {row: match for row in range(start, len(lines)) if (match := self._times.match(lines[row]))}
        spaces = Counter(len(match["space"]) for match in times.values())
        usual = max(spaces, key=lambda space: spaces[space], default=0)
        # What stands behind the usual space is left of a label that was cut out.
        begins = {row: match.end() - max(len(match["space"]) - usual, 0) for row, match in times.items()}
        words = [line[begins.get(row, 0) :] for row, line in enumerate(lines)]
        said = utterances_of(list(self._cues(words, times, start)), words, only_voice)
        return [_in_place(utterance, begins) for utterance in said]

    def _cues(self, words: Sequence[str], times: Mapping[int, re.Match[str]], start: int) -> Iterator[Cue]:
        """One for each line with words; those without times stand behind a cut."""
        first, cut = min(times, default=start), False
        for row in range(first, len(words)):
            match = times.get(row)
            if words[row].strip():
                begins, ends = (self._seconds(match[part]) for part in ("begins", "ends")) if match else (None, None)
                yield Cue(begins=begins, ends=ends, rows=(row,), after_cut=cut or match is None)
            cut = not words[row].strip() or match is None


def _in_place(utterance: Utterance, begins: Mapping[int, int]) -> Utterance:
    """The utterance with its pieces where they stand in the lines, behind the times."""
    pieces = (
        replace(piece, start=piece.start + begins.get(piece.row, 0), end=piece.end + begins.get(piece.row, 0))
        for piece in utterance.pieces
    )
    return replace(utterance, pieces=tuple(pieces))


SEGMENTS = _Segments("Whisper", _STAMP, _in_seconds, "[")
SEGMENT_TABLE = _Segments("Whisper table", _ROW, _in_milliseconds, _COLUMNS)
PLAYED = _Segments("played film", _BEGINNING, _in_seconds, "", _are_played)
