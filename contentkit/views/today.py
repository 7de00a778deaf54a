"""Monday morning on one screen: what went out, what waits for whom, what is planned, which slots are free, what it brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from contentkit.calendar.times import distance, show_day
from contentkit.text import counted, one_line, printable
from contentkit.values import dataclass
from contentkit.views.queue import MACHINES

if TYPE_CHECKING:
    from rich.text import Text

# A heading, a line left free above it, and at least so many lines of what it says.
_LEAST = 2
_ALL = 1_000_000
_LONGEST = 300
_DECISIONS = ("held", "unknown", "sending")


@dataclass(frozen=True, kw_only=True)
class Out:
    """A thread that went out, or a part of one, at ``at``."""

    entry: str
    accounts: tuple[str, ...]
    at: datetime
    url: str


@dataclass(frozen=True, kw_only=True)
class Waits:
    """What somebody has to see to. ``what`` is an entry, with its accounts, or something else; ``next`` is what they type or do.

    ``at`` is when the entry is due, None for what is no entry.
    """

    what: str
    accounts: tuple[str, ...]
    state: str
    why: str
    who: str
    next: tuple[str, ...]
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An entry that is to go out at ``at``; ``state`` as the queue has it, empty while nothing of it is planned."""

    entry: str
    accounts: tuple[str, ...]
    at: datetime
    state: str
    who: str


@dataclass(frozen=True, kw_only=True)
class Free:
    """An opening of a slot that nothing has taken, for these accounts."""

    slot: str
    accounts: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Sums over the threads that were begun in the last seven days, as they were last told; None where no network tells it.

    ``followers`` are those of each account, with the change over a week where it is known.
    """

    threads: int
    replies: int | None
    likes: int | None
    shares: int | None
    followers: dict[str, tuple[int, int | None]]
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Somebody who waits for an answer; ``words`` are None where they are not kept."""

    number: int
    author: str
    account: str
    at: datetime
    words: str | None
    url: str


@dataclass(frozen=True, kw_only=True)
class Today:
    """``since`` is the day from which on what went out is told, ``until`` the last one of the plan.

    ``asked`` are the two who wait longest for an answer, of ``unanswered``; None where nobody asked the networks.
    """

    now: datetime
    zone: str
    since: date
    until: date
    out: tuple[Out, ...]
    waits: tuple[Waits, ...]
    planned: tuple[Planned, ...]
    free: tuple[Free, ...]
    figures: Figures | None
    asked: tuple[Asked, ...] = ()
    unanswered: int | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands below it, each in one or two lines; ``rest`` is the command that tells what has no room."""

    heading: str
    items: tuple[tuple[str, ...], ...]
    rest: str

    @property
    def height(self) -> int:
        return sum(len(item) for item in self.items)


def today_lines(today: Today, width: int, height: int) -> Iterator[tuple[str, str]]:
    """The lines for a screen so many columns wide and lines high, each with its style; 0 means that there is no end to it."""
    yield f"{show_day(today.now.date())}, {today.now:%H:%M} ({today.zone})", "bold"
    sections = list(_sections(today, width))
    rooms = _shared([section.height for section in sections], height - 1 - len(sections) if height else _ALL)
    for section, room in zip(sections, rooms, strict=True):
        yield printable(section.heading), "bold cyan"
        for line in _fitting(section, room):
            yield printable(line), ""


def screen_text(today: Today, width: int, height: int) -> Text:
    """The same for a terminal, in colours. An address is never cut: it would lead nowhere."""
    from rich.text import Text

    lines = [Text(line, style=style) for line, style in today_lines(today, width, height)]
    for line in lines:
        if "://" not in line.plain.rpartition(" ")[2]:
            line.truncate(width, overflow="ellipsis")
    return Text("\n").join(lines)


def _shared(wanted: Sequence[int], room: int) -> list[int]:
    """How many lines each section gets: what it wants, as long as the smaller ones get all of theirs, and never less than two."""
    given = [0] * len(wanted)
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    for position, number in enumerate(order):
        fair = max(_LEAST, room // (len(order) - position))
        given[number] = min(wanted[number], fair)
        room -= given[number]
    return given


def _fitting(section: Section, room: int) -> Iterator[str]:
    if section.height <= room:
        yield from (line for item in section.items for line in item)
        return
    left = room - 1
    for number, item in enumerate(section.items):
        left -= len(item)
        if left < 0:
            yield f"  and {len(section.items) - number} more: {section.rest}"
            return
        yield from item


def _sections(today: Today, width: int) -> Iterator[Section]:
    out = tuple(_out(one, width) for one in today.out)
    rest = f"contentkit queue --all --state sent --from {today.since}"
    yield Section(heading=f"Out since {show_day(today.since)}: {len(out) or 'nothing'}", items=out, rest=rest)
    waits = tuple((_waits(one, width),) for one in today.waits)
    yield Section(heading=_who(today.waits), items=waits, rest="contentkit queue, contentkit status")
    if today.unanswered:
        asked = tuple((line,) for line in _asked(today))
        yield Section(heading=f"Waiting for an answer: {today.unanswered}", items=asked, rest="contentkit replies")
    planned = tuple((_planned(one, today.now),) for one in today.planned)
    heading = f"Planned until {show_day(today.until)}: {len(planned) or 'nothing'}"
    yield Section(heading=heading, items=planned, rest=f"contentkit queue --from today --to {today.until}")
    if today.free:
        free = tuple((line,) for line in _free(today.free))
        yield Section(heading=f"Free slots: {len(today.free)}", items=free, rest="contentkit calendar --week")
    if today.figures:
        figures = tuple((line,) for line in _figures(today.figures, today.now))
        yield Section(heading="Figures of the last 7 days", items=figures, rest="contentkit stats")


def _on(accounts: Sequence[str]) -> str:
    return f" on {', '.join(accounts)}" if accounts else ""


def _out(one: Out, width: int) -> tuple[str, ...]:
    """What went out, and its address: on a line of its own where it has no room."""
    words = f"  {_clock(one.at)}  {one.entry}{_on(one.accounts)}"
    both = f"{words}  {one.url}"
    return (words, f"    {one.url}") if width and len(both) > width else (both,)


def _waits(one: Waits, width: int) -> str:
    """What somebody has to see to; what they type, where there is room for all of it."""
    state = f"{one.state}: " if one.state else ""
    words = f"  {one.what}{_on(one.accounts)}: {state}{one_line(one.why, _LONGEST)}"
    # Of several ways out none is named before the others.
    chosen = f"contentkit explain {one.what}" if one.state in _DECISIONS else one.next[0] if one.next else ""
    step = f" -> {chosen.partition('   ')[0]}" if chosen else ""
    return words if width and len(words) + len(step) > width else words + step


def _asked(today: Today) -> Iterator[str]:
    """Who waits longest, and how many do besides."""
    for one in today.asked:
        said = f": {one_line(one.words, _LONGEST)}" if one.words else ""
        yield f"  {one.number}  {one_line(one.author, 60)} on {one.account}, {distance(one.at, today.now)}{said}"
    if today.unanswered and today.unanswered > len(today.asked):
        yield f"  and {today.unanswered - len(today.asked)} more: contentkit replies"


def _who(waits: Sequence[Waits]) -> str:
    """How much waits for whom, the busiest first."""
    if not waits:
        return "Nothing waits for a person"
    counts: dict[str, int] = {}
    for one in waits:
        counts[one.who] = counts.get(one.who, 0) + 1
    names = sorted(counts, key=lambda name: (-counts[name], name))
    told = ", ".join(f"{one_line(name, 60)}: {counts[name]}" for name in names)
    return f"Waits for {told}   (contentkit explain ENTRY says more)"


def _planned(one: Planned, now: datetime) -> str:
    who = one_line(one.who, 60)
    state = f"to approve by {who}" if not one.state else one.state if one.who in MACHINES else f"waits for {who}"
    return f"  {_clock(one.at)}  {one.entry}{_on(one.accounts)}: {state}, {distance(one.at, now)}"


def _free(free: Sequence[Free]) -> Iterator[str]:
    """One line for each day."""
    days: dict[date, list[Free]] = {}
    for one in free:
        days.setdefault(one.at.date(), []).append(one)
    for day, openings in days.items():
        told = (f"{one.at:%H:%M} {one.slot} ({', '.join(one.accounts)})" for one in openings)
        yield f"  {show_day(day)}  {'; '.join(told)}"


def _figures(figures: Figures, now: datetime) -> Iterator[str]:
    counts: tuple[tuple[str, Any], ...] = (
        ("replies", figures.replies), ("likes", figures.likes), ("shares", figures.shares)
    )  # fmt: skip
    told = [counted(figures.threads, "thread")]
    told += [f"{count:,} {name}" for name, count in counts if count is not None]
    yield f"  {', '.join(told)}; asked {distance(figures.asked_at, now)}"
    followers = [
        f"{name} {count:,}" + (f" ({change:+,})" if change else "")
        for name, (count, change) in figures.followers.items()
    ]
    if followers:
        yield f"  Followers: {', '.join(followers)}"


def _clock(at: datetime) -> str:
    return f"{show_day(at.date())} {at:%H:%M}"
