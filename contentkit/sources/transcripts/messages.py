"""Chats in which each message begins with its time and its writer: ``[10:32] ana: …`` and its kin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.patterns import regex
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.labels import label_at, may_be_a_name
from contentkit.sources.manuscript import Span
from contentkit.sources.markdown import passages_of, statements
from contentkit.sources.transcripts.beginnings import below_front_matter, first_said, is_endless, refuse_endless
from contentkit.sources.transcripts.clocks import DATE, ELAPSED, WHEN
from contentkit.sources.transcripts.minuted import minuted
from contentkit.sources.transcripts.names import are_people, bare, merged
from contentkit.sources.transcripts.placeholders import is_deed, is_no_speech, names_group, without_edited
from contentkit.sources.transcripts.turns import passages_of_messages
from contentkit.sources.transcripts.utterances import Piece, Utterance, between, whole_line
from contentkit.values import dataclass

# Marks of direction that phones write.
_START = "[\u200e\u200f\u202a-\u202c\ufeff]{0,4}"
_NAME = '(?P<name>[^\\s:<>\\[\\]"“”\u200e][^:<>\\[\\]\n"“”]{0,60}?)'
_NICK = r"(?P<name>[^\s<>@+~&%! ][^\s<>]{0,40})"
# Whose words follow without a colon has a name as people write theirs.
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,30}"
_PERSON = rf"{_CAPITAL}(?:[ ](?:{_CAPITAL}|&|d[aeiou]|v[ao]n)){{0,4}}"
_NOTHING = r"(?!)"
_MOST_WORDS = 6
_LONGEST_LEAD = 200
# Between whom: a message that was not for everybody.
_DIRECT = regex(r"direct message|privately|mensaje directo", re.IGNORECASE)


@dataclass(frozen=True)
class _Style:
    """How a message begins; and how a line begins that is the program's own, or what somebody did.

    ``share`` of the lines at least begin a message: some have several lines, but most have one. From ``fewest`` messages
    on it is a chat: what has no mark but a time may be a plan of the day. Nothing else looks like one that is ``sure``.
    """

    message: re.Pattern[str]
    other: re.Pattern[str]
    share: float = 0.3
    fewest: int = 2
    sure: bool = False


def _style(message: str, other: str, share: float = 0.3, fewest: int = 2, *, sure: bool = False) -> _Style:
    return _Style(regex(_START + message), regex(_START + other), share, fewest, sure)


_STYLES = (
    # Zoom: 10:32:11 From Ana Torres to Everyone: …
    _style(
        rf"{ELAPSED}[ \t]{{1,4}}From[ \t]{{1,3}}(?P<name>[^:\n]{{1,60}}?)"
        r"(?:[ \t]{1,3}[tT]o[ \t]{1,3}(?P<whom>[^:\n]{1,60}?))?[ \t]{0,2}:[ \t]{0,2}",
        rf"{ELAPSED}[ \t]{{1,4}}From[ \t]",
        sure=True,
    ),
    # Zoom's cloud: 00:12:33<tab>Ana Torres:<tab>…
    _style(rf"{ELAPSED}\t(?P<name>[^:\t\n]{{1,60}}):[ \t]", rf"{ELAPSED}\t"),
    # IRC: 10:32 <ana> …; 10:32 * ana waves, 10:32 -!- ana has joined; a stamp in brackets begins a line of the log
    _style(
        rf"\[?{WHEN}\]?[ \t]{{1,2}}<[@+~&%! ]?{_NICK}>[ \t]{{0,2}}",
        rf"\[?{WHEN}\]?[ \t]{{1,2}}(?:-!-|\*{{1,3}}|-->|<--|--|==|[—–→←⇐⇒↔])[ \t]"
        rf"|\[{WHEN}\]|\*{{4}} (?:BEGIN|END) LOGGING",
    ),
    # IRC without times, which is not HTML: <ana> …
    _style(rf"<[@+~&%! ]?{_NICK}>[ \t]{{1,2}}(?=\S)(?!.{{0,200}}</)", r"\*{1,3}[ \t]", 0.7),
    # WeeChat: 2025-03-04 10:32:11<tab>ana<tab>…
    _style(rf"{DATE} {ELAPSED}\t[@+]?(?P<name>\w[^\t\s]{{0,40}})\t", rf"{DATE} {ELAPSED}\t"),
    # WhatsApp of Android: 04/03/25, 10:32 - Ana Torres: …
    _style(rf"{WHEN} [-–] {_NAME}:(?:[ \t]|$)", rf"{WHEN} [-–] "),
    # SE Radio: Ana Torres 00:00:18 …; Orbit: 0:00:36.2 **Ana Torres** …
    _style(rf"(?P<name>{_PERSON})[ \t]{{1,3}}[\[(]?\d{{1,2}}:\d\d:\d\d[\])]?[ \t]{{1,3}}(?=\S)", _NOTHING, fewest=4),
    _style(rf"{ELAPSED}[ \t]{{1,3}}\*\*(?P<name>{_PERSON})\*\*[ \t]{{1,3}}(?=\S)", _NOTHING, fewest=4),
    # Notion and others: [Ana Torres 00:03] …
    _style(rf"\[(?P<name>{_PERSON})[ ]{ELAPSED}\][ \t]{{1,3}}(?=\S)", _NOTHING, fewest=4),
    # WhatsApp of iOS, Telegram, Skype, Discord, whoever pastes: [04/03/25, 10:32:11] Ana Torres: …
    _style(rf"\\?\[{WHEN}\\?\][ \t]{{0,2}}[~\u200e\u202f\u00a0 ]{{0,3}}{_NAME}:(?:[ \t]|$)", rf"\\?\[{WHEN}\\?\]"),
)


@dataclass(frozen=True, kw_only=True)
class _Beginning:
    """The line with index ``row`` begins a message of ``name``; an empty name: it is nobody's message."""

    row: int
    end: int
    name: str
    direct: bool = False


def _beginning(row: int, line: str, style: _Style) -> _Beginning | None:
    if message := _begun(row, line, style):
        return message
    return _Beginning(row=row, end=len(line), name="") if style.other.match(line[:_LONGEST_LEAD]) else None


def _begun(row: int, line: str, style: _Style) -> _Beginning | None:
    """Where somebody's message begins on this line."""
    lead = line[:_LONGEST_LEAD]
    match = style.message.match(lead)
    if not match or len(match["name"].split()) > _MOST_WORDS or not any(map(str.isalnum, match["name"])):
        return None
    direct = bool(_DIRECT.search(lead[: match.end()]))
    return _Beginning(row=row, end=match.end(), name=" ".join(match["name"].split()), direct=direct)


def _beginnings(lines: Sequence[str], style: _Style, start: int = 0) -> Iterator[_Beginning]:
    for row in range(start, len(lines)):
        if lines[row] and (found := _beginning(row, lines[row], style)):
            yield found


def _style_of(said: Sequence[str]) -> _Style | None:
    """The style of most of these lines (without blank ones); None in doubt."""
    best, most = None, 1
    for style in _STYLES:
        messages = (_begun(row, line, style) for row, line in enumerate(said) if line)
        names = Counter(found.name for found in messages if found)
        # Somebody writes again, but in the shortest of chats.
        again = style.sure or len(names) < names.total() or names.total() <= 3
        enough = names.total() >= max(len(said) * style.share, style.fewest)
        if most < names.total() and enough and again and are_people(names):
            best, most = style, names.total()
    return best


class _Messages:
    name = "chat"

    def recognises(self, lines: Sequence[str], name: str) -> bool:  # noqa: ARG002 - the content says it all
        said = first_said(lines)
        style = _style_of(said)
        if style is None:
            return False
        # Times before full names are an interview's as well; there, a name without a time begins a turn too.
        writers = {found.name for found in _beginnings(said, style) if found.name}
        return not (all(map(may_be_a_name, writers)) and _is_by_labels(said, style))

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:
        return [] if is_endless(lines) else between(lines, _said(lines, below_front_matter(lines))[1])

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        refuse_endless(lines, name)
        first, said = _said(lines, front.body)
        above = passages_of([""] * front.body + list(lines[front.body : first]))
        asides = [passage if passage.kind == "heading" else replace(passage, aside=True) for passage in above]
        return "transcript", [*asides, *minuted(passages_of_messages(said))]


def _is_by_labels(said: Sequence[str], style: _Style) -> bool:
    """Whether people also speak on lines that do not begin as messages do."""
    starts = {found.row for found in _beginnings(said, style)}
    others = (label_at(line) for row, line in enumerate(said) if row not in starts)
    return any(label and may_be_a_name(label.name) for label in others)


def _said(lines: Sequence[str], start: int) -> tuple[int, list[Utterance]]:
    """The index of the first message, and the messages under the names of the people."""
    style = _style_of(first_said(lines)) or _STYLES[-1]
    found = list(_beginnings(lines, style, start))
    if not found:
        return len(lines), []
    ends = [*(beginning.row for beginning in found[1:]), len(lines)]
    told = _told_by_program(lines, found)
    said = [
        utterance
        for beginning, end in zip(found, ends, strict=True)
        if beginning.name and beginning.row not in told
        for utterance in _message(lines, beginning, end)
    ]
    person = merged([utterance.speaker for utterance in said])
    return found[0].row, [replace(utterance, speaker=person[utterance.speaker]) for utterance in said]


def _told_by_program(lines: Sequence[str], found: Sequence[_Beginning]) -> set[int]:
    """The rows of the messages in which WhatsApp tells of the group under the name of a person, or under the group's own."""
    words = {one.row: lines[one.row][one.end :].strip() for one in found if one.name}
    people = {bare(one.name) for one in found if one.name}
    groups = {one.name for one in found if one.name and names_group(words[one.row])}
    return {
        one.row
        for one in found
        if one.name and is_deed(words[one.row], people if one.name in groups else {bare(one.name)}, people)
    }


def _message(lines: Sequence[str], beginning: _Beginning, end: int) -> Iterator[Utterance]:
    """The statements of a message: it goes on until the next one begins."""
    paragraph: list[Piece] = []
    for row in range(beginning.row, end):
        piece = _words(row, lines[row], beginning.end if row == beginning.row else 0)
        if piece.text:
            paragraph.append(piece)
            continue
        yield from _statements(paragraph, beginning)
        paragraph = []
    yield from _statements(paragraph, beginning)


def _words(row: int, line: str, start: int) -> Piece:
    said = without_edited(line)
    piece = whole_line(row, said, min(start, len(said)))
    return replace(piece, text="", end=piece.start) if is_no_speech(piece.text) else piece


def _statements(paragraph: Sequence[Piece], beginning: _Beginning) -> Iterator[Utterance]:
    first = 0
    for size in statements([piece.text for piece in paragraph]) if paragraph else ():
        pieces = tuple(paragraph[first : first + size])
        yield Utterance(speaker=beginning.name, pieces=pieces, aside=beginning.direct)
        first += size


MESSAGES = _Messages()
