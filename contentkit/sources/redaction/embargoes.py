"""Embargoes: what may be read and drafted from now, and published only later.

* ``[embargo until 2026-12-01 09:00 America/New_York] … [/embargo]``, and ``[embargo until …: …]`` to its own bracket;
* ``Embargo until 2026-12-01 09:00 America/New_York:`` at the beginning of a line, up to the end of the paragraph; to the end
  of the file where it stands alone;
* ``embargoed until 2026-12-01 09:00 America/New_York`` in a heading, up to the next of its level; within a paragraph, all of it;
* a line ``embargo: 2026-12-01 09:00 America/New_York``, in front matter or alone: the whole file.

A date alone is the beginning of that day in the zone. A time that the clocks show twice is the later one, a time that they
skip is an error, and so is a time without a zone: nobody is published early because a zone was guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.brackets import closing_brackets
from contentkit.sources.redaction.fields import field_rows
from contentkit.sources.redaction.paragraphs import first_line, last_line, last_of_section
from contentkit.sources.redaction.projection import Projection
from contentkit.values import dataclass

_WORDS = r"(?:under[ \t]{1,3})?(?:embargo(?:ed)?|embargad[oa])"
_UNTIL = r"(?:[\s]{1,3}(?:until|till|til|hasta(?:[\s]{1,3}el)?))?"
# All that a time may be written with; the colon of a mark is followed by something else than a digit.
_WHEN = r"(?P<when>(?:[^\[\]\n:]|:(?=\d)){0,80})"
_BRACKET = regex(
    rf"\\?\[[\s*_~`]{{0,4}}(?:(?P<close>\\?/[ \t]{{0,3}}){_WORDS}[^\[\]\n]{{0,20}}\]"
    rf"|{_WORDS}(?!\w|\][ ](?:is|was|means)\b){_UNTIL}(?P<rest>{_WHEN}(?P<end>\\?\]|:|)))"
)
_LINE = regex(
    rf"^[ \t>*_~`+-]{{0,12}}(?:\d{{1,9}}[.)][ \t])?[*_]{{0,3}}{_WORDS}[\s]{{1,3}}(?:until|till|til"
    rf"|hasta(?:[\s]{{1,3}}el)?)[ \t]{_WHEN.replace('when', 'on')}[*_]{{0,3}}(?::|$)",
    re.MULTILINE,
)
# In a heading or within a paragraph: "Pricing (embargoed until 2026-12-01 09:00 UTC)".
_IN_PROSE = regex(
    rf"(?<!\w){_WORDS}[\s]{{1,3}}(?:until|till|til|hasta(?:[\s]{{1,3}}el)?)(?!\w)[\s:]{{0,3}}"
    r"(?P<when>\d{4}-\d{2}-\d{2}(?:[^\[\]\n.;()]){0,60})?"
)
_OF_WHAT_FOLLOWS = regex(r"[\W_]*(?:strictly|this is|all of this is|everything (?:here|below) is|the following is)\s*")
_LEVEL = regex(r" {0,3}(#{1,6})[ \t]")
_WHOLE = regex(r"^[ \t]*[\"']?embargo[\"']?[ \t]*[:=][ \t]*(?P<when>[^\n]{0,120})$", re.MULTILINE)
_TIME = regex(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[ t]{1,3}(?P<clock>\d{1,2}:\d{2}(?::\d{2})?))?[ \t]{0,3}(?P<zone>z|utc|gmt"
    r"|[+-]\d{2}:?\d{2}|[a-z]+(?:[/_+-][a-z0-9]+)+)?[.]?"
)
# What is no time at all, outside of a front matter, is no mark: "Embargo: a history of trade".
_MAY_BE_TIME = regex(
    r"\d[:./-]\d|\d{8}|\d ?[ap]\.?m|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|june?|july?|aug|sep"
    r"|oct|nov|dec|ene|abr|ago|dic)[a-z]{0,7} \d|\d{1,2}(?:st|nd|rd|th)?(?: de)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec|ene|abr|ago|dic)|today|tonight|tomorrow|noon|midnight|launch|further notice|lunes|martes|miercoles|jueves"
    r"|viernes|sabado"
    r"|domingo|manana|hoy)"
)
_GOES_ON = regex(r"(?!(?<=[.])\s)[\s,;]{0,3}[^\s.,;)*_]")
_NONE = frozenset(("", "false", "no", "none", "null", "off", "~"))
_NO_PLACES = ("posix/", "right/")
_FORM = "write it as 2026-12-01 09:00 America/New_York"


@dataclass(frozen=True)
class Embargo:
    """What may not be published before ``until``: its span in the text, with the marks, and where these stand."""

    span: Span
    until: datetime
    marks: tuple[Span, ...]


def embargoes_in(original: str, text: Projection, lines: Sequence[str], name: str) -> list[Embargo]:
    """The embargoes of a text that nothing off the record is left in, by where they begin.

    Raises ContentError for a time that is none, or not one, and for a closing mark without an opening one.
    """
    marked = [
        *_of_the_whole(original, text, lines, name),
        *_of_paragraphs(original, text, lines, name),
        *_in_brackets(original, text, name),
    ]
    return sorted([*marked, *_of_prose(text, lines, name, marked)], key=lambda embargo: embargo.span)


def _of_the_whole(original: str, text: Projection, lines: Sequence[str], name: str) -> Iterator[Embargo]:
    fields = range(*field_rows(lines))
    for line in _WHOLE.finditer(text.plain):
        if not _MAY_BE_TIME.search(line["when"]) and text.line(line.start()) - 1 not in fields:
            continue
        said = line["when"].partition(" #")[0].strip(" \t\"'")
        if said not in _NONE:
            yield Embargo((0, len(original)), _time(said, f"{name}:{text.line(line.start())}"), ())


def _of_paragraphs(original: str, text: Projection, lines: Sequence[str], name: str) -> Iterator[Embargo]:
    last = -1
    for mark in _LINE.finditer(text.plain):
        if not _MAY_BE_TIME.search(mark["on"]):
            continue
        row = text.line(mark.start("on")) - 1
        # All marks of one paragraph end with it; an item ends before.
        last = last_line(lines, row) if row > last or lines[row].lstrip()[:1] in "-*+•" else last
        begin = text.offsets[mark.start("on")]
        until = _time(mark["on"], f"{name}:{row + 1}")
        start = text.starts[row] + _indent(lines[row][: begin - text.starts[row]])
        own = text.back(text.at(start), mark.end())
        end = text.starts[last] + len(lines[last])
        # Alone it speaks of what follows, and nothing says how much.
        is_alone = not original[own[1] : text.starts[row] + len(lines[row])].strip(" \t*_.")
        yield Embargo((start, len(original) if is_alone else end), until, (own,))


def _of_prose(text: Projection, lines: Sequence[str], name: str, taken: Sequence[Embargo]) -> Iterator[Embargo]:
    """Those of a heading, up to the next of its level, and of what else speaks of a time, for its paragraph or item."""
    last = -1
    for mark, until in _mentions(text, name, taken):
        if until is None:
            continue
        row = text.line(mark.start()) - 1
        level = _LEVEL.match(lines[row])
        if level:
            first, last = row, last_of_section(lines, row, len(level[1]))
        elif row > last:
            first, last = first_line(lines, row), last_line(lines, row)
            lead = text.plain[text.at(text.starts[first]) : mark.start()]
            rest = text.plain[mark.end() : text.at(text.starts[last] + len(lines[last]))]
            if _OF_WHAT_FOLLOWS.fullmatch(lead) and not rest.strip(" .*_)"):
                last = len(lines) - 1
        yield Embargo((text.starts[first], text.starts[last] + len(lines[last])), until, ())


def embargo_doubts(text: Projection, name: str, taken: Sequence[Embargo]) -> Iterator[int]:
    """The numbers of the lines that speak of an embargo until some time that nobody can tell."""
    for pattern, when in ((_WHOLE, "when"), (_LINE, "on")):
        vague = (mark for mark in pattern.finditer(text.plain) if not _MAY_BE_TIME.search(mark[when]))
        yield from (text.line(mark.start(when)) for mark in vague if mark[when].strip(" \t\"'") not in _NONE)
    yield from (text.line(mark.start()) for mark, until in _mentions(text, name, taken) if until is None)


def _mentions(text: Projection, name: str, taken: Sequence[Embargo]) -> Iterator[tuple[re.Match[str], datetime | None]]:
    """What speaks of an embargo outside of the marks, with its time if that is one."""
    starts = {begin for embargo in taken for begin, _ in embargo.marks}
    ends = sorted((begin, end) for embargo in taken for begin, end in embargo.marks)
    at = 0
    for mark in _IN_PROSE.finditer(text.plain):
        begin = text.offsets[mark.start()]
        while at < len(ends) and ends[at][1] <= begin:
            at += 1
        if begin in starts or (at < len(ends) and ends[at][0] <= begin):
            continue
        try:
            yield mark, _time(mark["when"] or "", name)
        except ContentError:
            yield mark, None


def _indent(before: str) -> int:
    """How much of what stands before a time is no word: a bullet, a quotation mark."""
    return len(before) - len(before.lstrip(" \t>+-0123456789.)"))


def _in_brackets(original: str, text: Projection, name: str) -> Iterator[Embargo]:
    opened: list[tuple[Span, datetime]] = []
    closing = closing_brackets(text.plain)
    for mark in _BRACKET.finditer(text.plain):
        place = f"{name}:{text.line(mark.start())}"
        own = text.back(mark.start(), mark.end())
        if mark["close"]:
            if not opened:
                hint = "mend the opening mark above it, or remove this one; nothing was read"
                raise ContentError(f"{place}: a mark closes an embargo that was never opened", hint=hint)
            begun, until = opened.pop()
            yield Embargo((begun[0], own[1]), until, (begun, own))
        elif text.plain.startswith("](", mark.end() - 1):
            continue  # the words of a link
        elif mark["end"] == ":":
            end = closing.get(text.plain.index("[", mark.start()))
            last = text.back(end - 1, end) if end else (len(original), len(original))
            yield Embargo((own[0], last[1]), _time(mark["when"], place), (own, last))
        else:
            opened.append((own, _time(mark["when"], place)))
    yield from (Embargo((begun[0], len(original)), until, (begun,)) for begun, until in opened)


def _time(said: str, place: str) -> datetime:
    """The time that a mark says, aware. Raises ContentError that begins with the place."""
    said = said.replace("\\", "").strip(" \t\n*_`~()")
    match = _TIME.match(said)
    if not match:
        raise ContentError(f"{place}: an embargo needs a time such as 2026-12-01 09:00", hint=_FORM)
    if not match["zone"]:
        raise ContentError(f"{place}: an embargo needs a time zone such as America/New_York", hint=_FORM)
    # "UTC-5" is five hours later than "UTC": what is not understood may be part of the time.
    if _GOES_ON.match(said, match.end()):
        raise ContentError(f"{place}: an embargo's time ends with its zone, and here more follows", hint=_FORM)
    try:
        wall = datetime.fromisoformat(match["day"])
        zone = _zone(match["zone"])
        if not match["clock"]:
            return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        at = datetime.combine(wall.date(), time.fromisoformat(match["clock"].zfill(5)), zone)
    except (ValueError, OverflowError):
        raise ContentError(f"{place}: there is no such time: {match[0]}", hint=_FORM) from None
    except ZoneInfoNotFoundError:
        hint = "write it as Area/City, such as America/New_York, or as an offset, such as -05:00"
        raise ContentError(f"{place}: there is no time zone '{match['zone']}'", hint=hint) from None
    return _only(at, place)


def _only(at: datetime, place: str) -> datetime:
    """The one instant of a wall time, the later one of two. Raises ContentError where the clocks skip it."""
    later = at.replace(fold=1)
    try:
        back = later.astimezone(UTC).astimezone(at.tzinfo)
    except OverflowError:
        raise ContentError(f"{place}: there is no such time: {at:%Y-%m-%d %H:%M}", hint=_FORM) from None
    if back.replace(tzinfo=None, fold=0) != at.replace(tzinfo=None, fold=0):
        hint = "write a time that a clock there shows"
        raise ContentError(f"{place}: the clocks skip {at:%H:%M} on {at:%Y-%m-%d} in {at.tzinfo}", hint=hint)
    return later


def _zone(said: str) -> tzinfo:
    """Raises ZoneInfoNotFoundError for what is no place, no offset and not UTC."""
    if said in ("z", "utc", "gmt"):
        return UTC
    if said[0] in "+-":
        return datetime.fromisoformat(f"2000-01-01T00:00{said}").tzinfo or UTC
    if said not in _zones():
        raise ZoneInfoNotFoundError(said)
    return ZoneInfo(_zones()[said])


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The names of the places that have a time, by their small letters; the system's folder of them is walked once."""
    from zoneinfo import available_timezones

    return {zone.lower(): zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NO_PLACES)}
