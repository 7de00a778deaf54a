"""One line of a caption: who says it, as far as the line tells, and the words without tags."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from contentkit.patterns import regex
from contentkit.sources.labels import label_at, may_be_a_name
from contentkit.sources.transcripts.names import bare, is_unknown
from contentkit.sources.transcripts.utterances import Piece
from contentkit.values import dataclass

# Tags of WebVTT and SubRip, times within a line, positions of SubStation ({\an8}); what else is in angles was said.
_TAG = regex(
    r"</?(?:c|v|i|b|u|s|ruby|rt|lang|font|span)(?:[.\s][^<>\n]{0,300})?>|<\d{1,3}:\d{2}(?::\d{2})?[.,]\d{1,3}>"
    r"|\{\\[a-z]{1,3}[^{}\n]{0,40}\}",
    re.IGNORECASE,
)
_VOICE = regex(r"<v(?:\.[^\s<>]{0,100})?[ \t]+(?P<name>[^<>\n]{1,100})>", re.IGNORECASE)
_CHANGE = regex(r"[ \t]*(?:>|&gt;){2,3}[ \t]*")
_DASH = regex(r"[ \t]*[-–—](?![-–—])[ \t]*(?=\S)")
# "Ana Torres: ", "ana's phone (she/her): ", "Torres, Ana: "; never a time, never an address.
_LABEL = regex(r"[ \t]*(?P<name>[^\s:<>\[\](){}\"“”?!][^:<>\n\"“”?!]{0,60}):(?:[ \t]+|(?=[,.;?!])|$)")
# "[Ana Torres] ", "(Ana Torres)": Google Meet's captions have the name on a line of its own, and a dash between two people.
# "[SPEAKER_00]: " is how WhisperX calls those whom it tells apart.
_BRACKETED = regex(r"[ \t]*(?:\((?P<round>[^()\n]{1,60})\)|\[(?P<square>[^\[\]\n]{1,60})\]):?(?:[ \t]+|$)")
_PARTING = regex(r"[ \t]*-[ \t]*")
_LONGEST_NAME = 6
# A name that speaks so often is one, even in small letters: "ana torres: ".
_SHARE = 0.4
# Where nearly each caption says who speaks, somebody may do so once.
_NEARLY_ALL = 0.8


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A line of a caption. ``voice`` is None where the line does not say whose words they are, empty where it says that
    somebody else begins who has no name here."""

    voice: str | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces).split())


def label_of(line: str) -> str:
    """What stands before the first colon of a line, if it may be a name; else nothing."""
    match = _LABEL.match(line[:100])
    if not match:
        return ""
    name = " ".join(match["name"].split())
    return name if len(name.split()) <= _LONGEST_NAME and not name.isdecimal() else ""


def speakers_of(first_lines: Iterable[str]) -> frozenset[str]:
    """The labels among the first lines of captions that are people: they speak twice, or have a first and a family name.

    A word before a colon ("So: we left") is nobody.
    """
    marked = [(_CHANGE.match(line), line) for line in first_lines]
    lines = [_TAG.sub("", line[change.end() :] if change else line) for change, line in marked]
    if bracketed := _bracketed(lines):
        return bracketed
    found = Counter(name for line in lines if (name := label_of(line)))
    turns = Counter[str]()
    for name, count in found.items():
        turns[bare(name)] += count
    often = found.total() >= _SHARE * len(lines)
    people = {bare(name) for name in found if _is_a_name(name, turns[bare(name)], often=often)}
    # ">> BOB:" is how a captioner writes that somebody else begins, be it once.
    changes = (label_of(line) for (change, _), line in zip(marked, lines, strict=True) if change)
    people |= {bare(name) for name in changes if name.isupper() and may_be_a_name(name)}
    if len(people) > 1 and found.total() >= _NEARLY_ALL * len(lines):
        people |= {bare(name) for name in found if name[:1].isupper() and may_be_a_name(name)}
    return frozenset(name for name in found if bare(name) in people)


def _bracketed(lines: Sequence[str]) -> frozenset[str]:
    """The names in brackets where so many lines begin with one that they are people, and no [Upbeat Music]."""
    found = Counter(name for line in lines if (name := _name_in_brackets(line)) and _is_a_name(name, 2, often=False))
    if found.total() < max(2, _SHARE * len(lines)) or not any(" " in name or is_unknown(name) for name in found):
        return frozenset()
    return frozenset(name for name, count in found.items() if _is_a_name(name, count, often=False))


def names_alone(first_lines: Iterable[str]) -> frozenset[str]:
    """The full names that stand alone on the first lines of many cues, some of them again, as Teams' documents have them."""
    lines = [" ".join(line.split()) for line in first_lines]
    found = Counter(line for line in lines if label_of(f"{line}:") == line and _is_a_name(line, 1, often=False))
    again = found.total() > len(found)
    return frozenset(found) if again and found.total() >= _SHARE * len(lines) else frozenset()


def _name_in_brackets(line: str) -> str:
    match = _BRACKETED.match(line[:100])
    return " ".join((match["round"] or match["square"]).split()) if match else ""


def _is_a_name(name: str, count: int, *, often: bool) -> bool:
    label = label_at(f"{name}: x")
    if label is None or not may_be_a_name(label.name):
        return often and count > 1
    return count > 1 or " " in label.name or is_unknown(label.name)


def spoken_in(rows: Sequence[int], lines: Sequence[str], speakers: Set[str], alone: Set[str]) -> list[Spoken]:
    """The lines of a cue. Two that begin with a dash are what two people say; one may begin with a thought."""
    dashes = [bool(_DASH.match(lines[row])) for row in rows]
    change = _DASH if sum(dashes) > 1 else _CHANGE
    said = [spoken(row, lines[row], speakers, change) for row in rows]
    if (name := " ".join(lines[rows[0]].split())) in alone:
        said[0] = Spoken(voice=name, pieces=())
    # "Bob: hi" where Bob says nothing else: perhaps his words, surely not those of whoever spoke before.
    return [
        replace(one, voice="") if speakers and one.voice is None and may_be_a_name(label_of(lines[row]) or "x") else one
        for row, one in zip(rows, said, strict=True)
    ]


def spoken(row: int, line: str, speakers: Set[str], change: re.Pattern[str] = _CHANGE) -> Spoken:
    """The line with index ``row``, where these people may speak, and somebody else begins behind ``change``."""
    start, voice = 0, None
    if changed := change.match(line):
        start, voice = changed.end(), ""
    label = _LABEL.match(line[start : start + 100])
    if label and label_of(line[start:]) in speakers:
        start, voice = start + label.end(), label_of(line[start:])
    elif (name := _name_in_brackets(line[start:])) in speakers and (label := _BRACKETED.match(line[start:])):
        start, voice = start + label.end(), name
    elif speakers and _PARTING.fullmatch(line):
        start = len(line)
    if named := _VOICE.search(line):
        voice = " ".join(html.unescape(named["name"]).split())
    return Spoken(voice=voice, pieces=tuple(_pieces(row, line, start)))


def _pieces(row: int, line: str, start: int) -> Iterator[Piece]:
    """What stands between the tags; a space that stands there alone parts the words beside it."""
    gap = ""
    for end, following in [*(tag.span() for tag in _TAG.finditer(line, start)), (len(line), len(line))]:
        said = html.unescape(line[start:end]).replace("\u00a0", " ")
        if said.strip():
            yield Piece(row=row, start=start, end=end, text=gap + said)
        gap = "" if said.strip() else gap + said[:1]
        start = following
