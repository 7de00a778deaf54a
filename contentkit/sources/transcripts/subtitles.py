"""The formats of captions: WebVTT as Zoom, Teams and YouTube write it, SubRip, and YouTube's SBV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.manuscript import Span
from contentkit.sources.transcripts.beginnings import below_front_matter, first_said, is_endless, refuse_endless
from contentkit.sources.transcripts.captions import Cue, cues_of, is_timing
from contentkit.sources.transcripts.names import merged
from contentkit.sources.transcripts.payload import Spoken, names_alone, speakers_of, spoken_in
from contentkit.sources.transcripts.turns import passages_of_cues
from contentkit.sources.transcripts.utterances import Piece, Utterance, between
from contentkit.values import dataclass

# Where so many cues say who speaks, one that does not is nobody's: its label was cut out.
_ALWAYS_LABELLED = 0.8
# A cue is its number, its times and a few lines of words.
_LINES_OF_A_CUE = 8
# What stands in a file in which one voice speaks and is never named.
ONLY_VOICE = "Speaker"


def _is_webvtt(said: Sequence[str], name: str) -> bool:  # noqa: ARG001 - the first line settles it
    return said[0].lstrip("\ufeff").split()[0] == "WEBVTT"


def _is_subrip(said: Sequence[str], name: str) -> bool:
    times = sum(map(is_timing, said))
    opens = is_timing(said[0]) or (said[0].strip().isdecimal() and len(said) > 1 and is_timing(said[1]))
    return (opens or name.lower().endswith((".srt", ".vtt", ".sbv"))) and times * _LINES_OF_A_CUE >= len(said)


@dataclass(frozen=True)
class _Captions:
    name: str
    _fits: Callable[[Sequence[str], str], bool]

    def recognises(self, lines: Sequence[str], name: str) -> bool:
        said = first_said(lines)
        return bool(said) and self._fits(said, name)

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        if is_endless(lines):
            return ()
        cues = list(cues_of(lines, below_front_matter(lines)))
        return between(lines, utterances_of(cues, lines, ONLY_VOICE))

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        refuse_endless(lines, name)
        voice = front.text("speaker", "author") or ONLY_VOICE
        return "transcript", passages_of_cues(utterances_of(list(cues_of(lines, front.body)), lines, voice))


def utterances_of(cues: Sequence[Cue], lines: Sequence[str], only_voice: str) -> list[Utterance]:
    """What is said in each cue, under the names of the people; under that of the only voice where nobody is ever named."""
    speakers = speakers_of(lines[cue.rows[0]] for cue in cues)
    alone = names_alone(lines[cue.rows[0]] for cue in cues)
    told = [(_looked_at(cue, lines), spoken_in(cue.rows, lines, speakers, alone)) for cue in cues]
    said = list(_said(told))
    if not any(line.voice is not None for _, parts in told for line in parts):
        return [replace(utterance, speaker=only_voice) for utterance in said]
    person = merged([utterance.speaker for utterance in said])
    return [replace(utterance, speaker=person[utterance.speaker]) for utterance in said]


def _looked_at(cue: Cue, lines: Sequence[str]) -> Cue:
    """No program begins a cue with a space; it stood behind a label that was cut out."""
    return replace(cue, after_cut=True) if lines[cue.rows[0]][0].isspace() else cue


def _said(told: Sequence[tuple[Cue, Sequence[Spoken]]]) -> Iterator[Utterance]:
    """One utterance for each voice of a cue; whoever spoke goes on, until a voice is named or nobody can know."""
    named = sum(bool(parts[0].voice) for _, parts in told)
    always = named >= _ALWAYS_LABELLED * len(told)
    voice, cut = "", False
    for cue, parts in told:
        # A label without words is what a cut leaves, too.
        cue = replace(cue, after_cut=cue.after_cut or cut)
        cut = not any(part.pieces for part in parts)
        voice = "" if always or cue.after_cut else voice
        pieces: list[Piece] = []
        for part in parts:
            if part.voice is not None:
                yield from _utterance(voice, pieces, cue)
                voice, pieces = part.voice, []
            pieces += part.pieces
        yield from _utterance(voice, pieces, cue)


def _utterance(voice: str, pieces: Sequence[Piece], cue: Cue) -> Iterator[Utterance]:
    if pieces:
        yield Utterance(speaker=voice, pieces=tuple(pieces), begins=cue.begins, ends=cue.ends, after_cut=cue.after_cut)


WEBVTT = _Captions("WebVTT", _is_webvtt)
SUBRIP = _Captions("SubRip", _is_subrip)
