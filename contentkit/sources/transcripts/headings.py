"""Lines that say who speaks from when on, above the words: ``Ana Torres  0:12`` and its kin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from contentkit.patterns import regex
from contentkit.sources.labels import may_be_a_name
from contentkit.sources.transcripts.clocks import DATE, ELAPSED, WALL, WHEN, seconds_of
from contentkit.sources.transcripts.names import are_people
from contentkit.values import dataclass

# A name of up to six words: letters, marks of names, roles in brackets; no sentence.
_WORD = r"[\w(\[@+~'’#][\w.'’&/()\[\]+#|-]{0,40}"
_NAME = rf"(?P<name>{_WORD}(?:,?[ ]{_WORD}){{0,5}})"
_DRESS = r"[ \t]{0,8}(?:#{1,6}[ ])?(?:\*\*|__|_|\*)?"
_UNDRESS = r"(?:\*\*|__|_|\*)?[ \t]{0,8}"
# What Teams writes out: 1 minute 3 seconds.
_SPOKEN_TIME = r"(?:\d{1,3}[ ](?:hours?|minutes?|seconds?)[ ]?){1,3}"
_TIME_IN_WORDS = regex(rf"{_SPOKEN_TIME}[ \t]{{0,8}}")
# A time may lead to the recording: [0:12](https://…).
_LINKED = r"(?:\(https?://[^()\s]{1,250}\))?"
_EMOJI = r"(?:[ ]?:[a-z0-9_+-]{1,40}:){0,3}"
_LONGEST = 400
# In seconds.
_SOON = 5 * 60
_HAS_CLOCK = regex(r"\d[:.]\d\d")
# "We meet at 10:32" is a sentence.
_NO_LAST_NAMES = frozenset(
    "at um von las a by until before after since from to is was around am pm a.m p.m a.m. p.m.".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Style:
    """One way to write such a line. ``alone`` is a line with a time only, below which the same person goes on.

    ``new`` is the share of headings that may bear a name of their own: an agenda has times and no name twice. It is 1
    where the line can be nothing else, whatever the names look like. ``nicks``: they need not look like names.
    """

    name: str
    pattern: re.Pattern[str]
    alone: re.Pattern[str]
    new: float = 0.67
    nicks: bool = False


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of one to three lines from index ``row`` on; ``name`` is empty where the same person goes on.

    ``between`` is what stands between name and time.
    """

    row: int
    rows: int
    name: str
    time: str
    between: str = ""


def _style(name: str, pattern: str, alone: str, new: float = 0.67, *, nicks: bool = False) -> Style:
    return Style(name, regex(_DRESS + pattern + _UNDRESS), regex(alone), new, nicks)


_TIME_ALONE = rf"[ \t]{{0,8}}(?:{_SPOKEN_TIME})?[\[(]?(?P<time>{ELAPSED})[\])]?:?[ \t]{{0,8}}"
_WHEN_ALONE = rf"[ \t]{{0,8}}(?:{_EMOJI}[ ]{{1,3}})?\[?(?P<time>{WHEN})\]?[ \t]{{0,8}}"
# Of recordings, by the time since they began. The first that fits is taken: the clearest stand first.
RECORDINGS = (
    # Zoom: [Ana Torres] 10:32:11
    _style("[name] time", rf"\[(?P<name>[^\[\]]{{1,60}})\][ \t]{{1,8}}(?P<time>{ELAPSED})", _TIME_ALONE, 1.0),
    # Rev, Riverside, Temi, Sonix: Ana Torres (00:12): or Ana Torres [00:00:12.340] or **Ana Torres** *[00:12]*
    _style(
        "name (time)",
        rf"{_NAME}(?:\*\*)?[ \t]{{1,8}}[*_]?[(\[]{{1,2}}(?P<time>{ELAPSED})[)\]]{{1,2}}{_LINKED}:?",
        _TIME_ALONE,
        1.0,
    ),
    # Fathom, Happy Scribe, Trint: @0:12 - Ana Torres (Acme), [00:00:12] Ana Torres, 00:12 Ana Torres:
    _style(
        "time name", rf"[@\[(]?(?P<time>{ELAPSED})[\])]?{_LINKED}(?:[ \t]{{1,8}}|[ ]?[-–—|][ ]){_NAME}:?", _TIME_ALONE
    ),
    # Otter, Teams, Descript, Fireflies: Ana Torres  0:12, Ana Torres - 00:12, **Ana Torres** *00:00:12*
    _style(
        "name time",
        rf"{_NAME}(?:\*\*)?(?:[ \t]{{1,8}}|,[ ]|[ ]?[-–—|•·][ ])[*_]?(?:{_SPOKEN_TIME})?(?P<time>{ELAPSED})",
        _TIME_ALONE,
    ),
)
# Of chats, by the clock on the wall.
CHATS = (
    # Telegram: Ana Torres, [04.03.2025 10:32]
    _style("name, [when]", rf"{_NAME},?[ ]{{1,2}}\[(?P<time>{WHEN})\]", _WHEN_ALONE, 1.0),
    # Discord: Ana Torres — Today at 10:32 AM
    _style("name — when", rf"{_NAME}[ ]{{1,2}}[—–-][ ]{{1,2}}(?P<time>{WHEN})", _WHEN_ALONE, 1.0),
    # Teams: [04-Mar-25 10:32 AM] Ana Torres; DiscordChatExporter: [04-Mar-25 10:32 AM] ana#1234
    _style("[when] name", rf"\[(?P<time>{WHEN})\][ ]{_NAME}", _WHEN_ALONE),
    _style("[when] nick", rf"\[(?P<time>{DATE} {WALL})\][ ](?P<name>\w[\w.#-]{{1,40}})", _WHEN_ALONE, nicks=True),
    # Slack, Google Chat: Ana Torres  10:32 AM, Ana Torres  APP  [10:32 AM]
    _style("name when", rf"{_NAME}{_EMOJI}(?:[ ]{{1,3}}|,[ ])(?:APP[ ]{{1,2}})?\[?(?P<time>{WHEN})\]?", _WHEN_ALONE),
)
# The name on a line, the time on the next.
_NAME_LINE = regex(rf"{_DRESS}{_NAME}{_EMOJI}:?{_UNDRESS}")
# The time before the words: [(00:12)](https://…) We sold 40.
LEADING_TIME = regex(rf"[ \t]{{0,8}}[\[(]{{1,2}}(?P<time>{ELAPSED})[\])]{{1,2}}{_LINKED}[ \t]{{1,4}}(?=\S)")
TWO_LINES = Style("name over time", regex(r"(?!)"), regex(_TIME_ALONE))
TWO_LINES_OF_A_CHAT = Style("name over when", regex(r"(?!)"), regex(_WHEN_ALONE))


def headings_of(lines: Sequence[str], style: Style, start: int = 0) -> Iterator[Heading]:
    """The headings of this style from the line with index ``start`` on."""
    row = start
    while row < len(lines):
        heading = _heading_at(lines, row, style)
        if heading:
            yield heading
        row += heading.rows if heading else 1


def _heading_at(lines: Sequence[str], row: int, style: Style) -> Heading | None:
    line = lines[row]
    if len(line) > _LONGEST or not line or line.isspace():
        return None
    if not _HAS_CLOCK.search(line):
        return _over_time(lines, row, style)
    if alone := style.alone.fullmatch(line):
        return Heading(row=row, rows=1, name="", time=alone["time"])
    match = style.pattern.fullmatch(line)
    if match and _names_somebody(match["name"]):
        between = line[match.end("name") : match.start("time")]
        return Heading(row=row, rows=1, name=match["name"].strip(), time=match["time"], between=between)
    return None


def _over_time(lines: Sequence[str], row: int, style: Style) -> Heading | None:
    """A name on a line of its own, with its time below it."""
    below = lines[row + 1] if row + 1 < len(lines) else ""
    leads = LEADING_TIME.match(below) if style is TWO_LINES else None
    if not leads and (len(below) > _LONGEST or not _HAS_CLOCK.search(below)):
        return None
    time, name = leads or style.alone.fullmatch(below), _NAME_LINE.fullmatch(lines[row])
    if not time or not name or not may_be_a_name(name["name"]) or not _names_somebody(name["name"]):
        return None
    if leads:
        return Heading(row=row, rows=1, name=name["name"].strip(), time=time["time"])
    rows = 2 + _is_read_out(lines, row + 2, name["name"].strip())
    return Heading(row=row, rows=rows, name=name["name"].strip(), time=time["time"])


def _is_read_out(lines: Sequence[str], row: int, name: str) -> bool:
    """Whether Teams says name and time again, in words, to those who cannot see them."""
    line = lines[row] if row < len(lines) else ""
    return line.startswith(f"{name} ") and bool(_TIME_IN_WORDS.fullmatch(line[len(name) + 1 : _LONGEST]))


def _names_somebody(name: str) -> bool:
    words = re.sub(r"[(\[][^()\[\]]*[)\]]", "", name).split()
    return bool(words) and any(map(str.isalpha, words[0])) and words[-1].casefold() not in _NO_LAST_NAMES


def style_of(said: Sequence[str], styles: Sequence[Style]) -> Style | None:
    """The first of these styles in which the lines (without blank ones) are headed; None in doubt."""
    return next((style for style in styles if _is_headed(said, style)), None)


def _is_headed(said: Sequence[str], style: Style) -> bool:
    """Two headings or more, the first of them soon; words below nearly each; names that look like names, and again."""
    headings = settled([heading for heading in headings_of(said, style) if heading.name], said)
    if len(headings) < 2:
        return False
    rows = {heading.row for heading in headings}
    spoken = sum(heading.row + heading.rows not in rows for heading in headings)
    named = sum(may_be_a_name(heading.name) for heading in headings)
    different = len({heading.name.casefold() for heading in headings})
    if not are_people(heading.name for heading in headings):
        return False
    return (
        headings[0].row <= max(12, len(said) // 4)
        and spoken * 5 >= len(headings) * 4
        and (style.new == 1 or style.nicks or named * 2 >= len(headings))
        and different <= max(style.new * len(headings), 1)
        and len(headings) * 25 >= len(said) - headings[0].row
    )


def settled(headings: Sequence[Heading], lines: Sequence[str]) -> list[Heading]:
    """The headings without words that only look like one ("Lunch 10:32"): nobody of this name speaks elsewhere, and the
    line is not written as the others are."""
    turns = Counter(heading.name.casefold() for heading in headings)
    manners = Counter(_manner(heading, lines) for heading in headings if heading.name)
    usual = max(manners, key=lambda manner: manners[manner], default=None)
    kept: list[Heading] = []
    for heading in headings:
        follows = bool(kept) and kept[-1].row + kept[-1].rows == heading.row
        if not heading.name or turns[heading.name.casefold()] > 1 or (_manner(heading, lines) == usual and not follows):
            kept.append(heading)
    return kept


def _manner(heading: Heading, lines: Sequence[str]) -> tuple[str, bool]:
    return heading.between, heading.row == 0 or not lines[heading.row - 1].strip()


def is_wall_clock(headings: Sequence[Heading]) -> bool:
    """Whether the times are those of a day: a recording begins near zero, and somebody speaks soon."""
    first = next((heading.time for heading in headings if heading.name), "")
    return first.count(":") == 1 and seconds_of(first) > _SOON
