"""A calendar in words and pictures: what happens when, a line a thing, and the same as days and as a month of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from contentkit.calendar.times import DAYS, show_day, show_length
from contentkit.text import counted, one_line
from contentkit.values import dataclass

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from contentkit.calendar.days import Appointment, Day

Kind = Literal["entry", "free", "quiet", "blackout", "clocks", "gap"]
HEADINGS = ("day", "time", "kind", "name", "state", "accounts", "more")
# What a state looks like where there is no room for its word. Nobody has to tell colours apart.
MARKS = {
    "sent": "✓", "planned": "●", "sending": "»", "unknown": "?", "held": "!", "skipped": "–", "to approve": "○",
    "paused": "=", "free": "+",
}  # fmt: skip
_STYLES = {
    "sent": "green", "planned": "cyan", "sending": "yellow", "unknown": "bold yellow", "held": "bold red",
    "skipped": "dim", "free": "dim",
}  # fmt: skip
# The first of these that is true of one of its accounts is what an entry is shown as in a month.
_URGENT = ("held", "unknown", "sending", "to approve", "paused", "planned", "sent", "skipped")
# A day of a month needs this many columns, and so many for the name beside the time.
_NARROWEST, _ROOMY = 9, 18
_NARROWEST_WEEK = 60
_LINES_A_DAY = 9
_NAMED = 5
_LONGEST = 240
_AGAINST = "×"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing on a day. ``at`` is its moment on the calendar's wall, None for a whole day; ``until`` is the end of quiet hours.

    ``name`` is that of the entry or the slot, ``notes`` are what there is to say more: of an entry, against its time.
    ``own_time`` is what a clock shows then where the entry is, if that is elsewhere.
    """

    day: date
    kind: Kind
    at: datetime | None = None
    until: datetime | None = None
    name: str = ""
    state: str = ""
    accounts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    own_time: str = ""

    @property
    def time(self) -> str:
        """When, as a clock shows it: ``09:30``, or ``22:00-07:00``."""
        end = f"-{self.until:%H:%M}" if self.until else ""
        return f"{self.at:%H:%M}{end}" if self.at else ""


def happenings(day: Day, states: Mapping[tuple[str, str], str]) -> list[Happening]:
    """What happens on a day: first what is true of all of it, then by time. ``states`` is that of an entry on an account, empty
    while nothing is planned of it."""
    whole = [Happening(day=day.date, kind="blackout", notes=(why,) if why else ()) for why in day.blackouts]
    if day.clocks:
        way = "forward" if day.clocks > timedelta() else "back"
        whole.append(
            Happening(day=day.date, kind="clocks", notes=(f"the clocks go {way} by {show_length(abs(day.clocks))}",))
        )
    if day.is_gap:
        whole.append(Happening(day=day.date, kind="gap", notes=("nothing is planned, although slots are free",)))
    timed = [one for appointment in day.appointments for one in _of_entry(day, appointment, states)]
    timed += [
        Happening(
            day=day.date, kind="free", at=one.at, name=one.slot, state="free", accounts=one.accounts,
            notes=(f"up to {show_length(one.spread)} later",) if one.spread else (),
        )
        for one in day.vacancies
    ]  # fmt: skip
    timed += [
        Happening(
            day=day.date, kind="quiet", at=one.since, until=one.until, accounts=one.accounts,
            notes=(one.why,) if one.why else (),
        )
        for one in day.silences
    ]  # fmt: skip
    return whole + sorted(timed, key=lambda one: one.at.timestamp() if one.at else 0)


def _of_entry(day: Day, appointment: Appointment, states: Mapping[tuple[str, str], str]) -> Iterator[Happening]:
    """An entry, once for each state that it has on its accounts."""
    entry, by_state = appointment.entry, dict[str, list[str]]()
    for account in entry.accounts:
        if (entry.id, account) in states:
            by_state.setdefault(_state(states[entry.id, account], entry.paused), []).append(account)
    there = entry.at.replace(tzinfo=None) != appointment.at.replace(tzinfo=None)
    own_time = f"{entry.at:%H:%M} in {entry.zone}" if there else ""
    for state, accounts in sorted(by_state.items(), key=lambda item: _URGENT.index(item[0])):
        yield Happening(
            day=day.date, kind="entry", at=appointment.at, name=entry.id, state=state, accounts=tuple(accounts),
            notes=appointment.notes, own_time=own_time,
        )  # fmt: skip


def _state(state: str, is_paused: bool) -> str:
    if is_paused and state in ("", "planned"):
        return "paused"
    return state or "to approve"


def cells(one: Happening) -> tuple[str, ...]:
    """The cells of one thing, in the order of ``HEADINGS``."""
    name = one_line(one.name, _LONGEST)
    return (one.day.isoformat(), one.time, one.kind, name, one.state, ", ".join(one.accounts), _notes(one))


def sentence(one: Happening) -> str:
    """One thing as somebody would read it aloud."""
    what = {"free": "free,", "quiet": "quiet hours", "entry": "", "gap": "", "clocks": ""}.get(one.kind, one.kind)
    name = ("slot " if one.kind == "free" else "") + one_line(one.name, 80)
    time = one.time.replace("-", " to ")
    on = f"on {', '.join(one.accounts)}" if one.accounts else ""
    words = ", ".join(part for part in (name, one.state if one.kind == "entry" else "", on, _notes(one)) if part)
    return f"{show_day(one.day)}{f' {time}' if time else ''}: {' '.join(part for part in (what, words) if part)}"


def _notes(one: Happening) -> str:
    return one_line("; ".join(note for note in (one.own_time, *one.notes) if note), _LONGEST)


def week(days: Sequence[Sequence[Happening]], first: date, today: date, width: int) -> RenderableType:
    """Day after day from ``first`` on, with all there is to say, for a terminal so many columns wide."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    names = [len(one.name) for day in days for one in day if one.kind in ("entry", "free")]
    name_width = min(max(names, default=10), max(10, (width - 30) // 2))
    parts: list[RenderableType] = []
    for number, day in enumerate(days):
        date_ = first + timedelta(days=number)
        parts.append(_heading(date_, day, today))
        for one in day:
            if one.at is None:
                continue
            parts.append(_line(one, name_width))
            if one.kind == "entry":
                parts += [Padding.indent(Text(one_line(note, _LONGEST), "yellow"), 15) for note in one.notes]
        if not any(one.at for one in day):
            parts.append(Text("  nothing", "dim"))
    return Group(*parts)


def _heading(day: date, there: Sequence[Happening], today: date) -> Text:
    from rich.text import Text

    heading = Text(show_day(day), "bold reverse" if day == today else "bold")
    heading.append(" today" if day == today else "")
    for one in there:
        if one.kind in ("blackout", "clocks", "gap"):
            words = ": ".join(part for part in ("blackout" if one.kind == "blackout" else "", _notes(one)) if part)
            heading.append(f"  {words}", "dim" if one.kind == "gap" else "magenta")
    return heading


def _line(one: Happening, name_width: int) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=13)
    if one.kind == "quiet":
        grid.add_column(overflow="fold")
        whose = f" on {', '.join(one.accounts)}" if one.accounts else ""
        why = f" ({_notes(one)})" if one.notes else ""
        grid.add_row(Text(f"  {one.time}", "dim"), Text(f"quiet{whose}{why}", "dim"))
        return grid
    grid.add_column(width=name_width, overflow="fold")
    grid.add_column(width=10)
    grid.add_column(overflow="fold")
    style = _STYLES.get(one.state, "")
    more = one.own_time or (_notes(one) if one.kind == "free" else "")
    where = ", ".join(one.accounts) + (f" ({more})" if more else "")
    mark = _AGAINST if one.kind == "entry" and one.notes else " "
    grid.add_row(
        Text(f"  {one.time} {MARKS[one.state]}{mark}", style), Text(one_line(one.name, _LONGEST), style),
        Text(one.state, style), Text(where, "dim" if one.kind == "free" else ""),
    )  # fmt: skip
    return grid


def fits_week(width: int) -> bool:
    """Whether a terminal so many columns wide has room for what a week says side by side."""
    return width >= _NARROWEST_WEEK


def fits_month(width: int) -> bool:
    """Whether a terminal so many columns wide has room for the days of a week side by side."""
    return _day_width(width) >= _NARROWEST


def _day_width(width: int) -> int:
    return (width - len(DAYS) - 1) // len(DAYS)


def month(days: Sequence[Sequence[Happening]], first: date, today: date, width: int) -> RenderableType:
    """Whole weeks from the Monday ``first`` on, a week a row, for a terminal so many columns wide."""
    from rich import box
    from rich.table import Table

    day_width = _day_width(width)
    table = Table(box=box.SQUARE, padding=0, show_lines=True, header_style="bold")
    for name in DAYS:
        table.add_column(name.title(), width=day_width, no_wrap=True, overflow="ellipsis")
    squares = [_square(day, first + timedelta(days=number), today, day_width) for number, day in enumerate(days)]
    for monday in range(0, len(squares), len(DAYS)):
        table.add_row(*squares[monday : monday + len(DAYS)])
    return table


def _square(there: Sequence[Happening], day: date, today: date, width: int) -> Text:
    from rich.text import Text

    number = show_day(day).partition(" ")[2] if day.day == 1 else str(day.day)
    lines = [Text(f"{number} today" if day == today else number, "bold reverse" if day == today else "bold")]
    lines += [line for one in _merged(there) for line in _in_square(one, width)]
    if len(lines) > _LINES_A_DAY:
        lines = [*lines[: _LINES_A_DAY - 1], Text(counted(len(lines) - _LINES_A_DAY + 1, "more line"), "dim")]
    for line in lines:
        line.truncate(width, overflow="ellipsis")
    return Text("\n").join(lines)


def _merged(there: Sequence[Happening]) -> Iterator[Happening]:
    """An entry that has several states only once, in the one that asks for most."""
    seen: set[str] = set()
    for one in there:
        if one.kind != "entry" or one.name not in seen:
            yield one
        if one.kind == "entry":
            seen.add(one.name)


def _in_square(one: Happening, width: int) -> Iterator[Text]:
    from rich.text import Text

    if one.kind == "blackout":
        notes = one.notes if width >= _ROOMY else ()
        yield Text(_framed(": ".join(("blackout", *notes))), "magenta")
    elif one.kind == "clocks":
        yield Text("clocks change", "magenta")
    elif one.kind in ("entry", "free"):
        style = _STYLES.get(one.state, "")
        against = _AGAINST if one.kind == "entry" and one.notes else ""
        time, name = f"{one.time}{MARKS[one.state]}{against}", _framed(one.name)
        if width >= _ROOMY:
            yield Text(f"{time} {name}", style)
        else:
            yield Text(time, style)
            if one.kind == "entry":
                yield Text(f" {name}", style)


def _framed(words: str) -> str:
    """Words on one line whose width every terminal agrees on: what joins two signs to one is taken out."""
    return one_line(words, _LONGEST).replace("\u200d", "").replace("\ufe0f", "")


def legend(days: Sequence[Sequence[Happening]]) -> str:
    """What the signs of a month mean that it has."""
    there = {one.state for day in days for one in day if one.state}
    signs = [f"{MARKS[state]} {state}" for state in (*_URGENT, "free") if state in there]
    if any(one.kind == "entry" and one.notes for day in days for one in day):
        signs.append(f"{_AGAINST} see --week")
    return "   ".join(signs)


def gaps(days: Sequence[Sequence[Happening]]) -> str:
    """The days on which something could go out and nothing does, in words; empty where there are none."""
    found = [show_day(one.day) for day in days for one in day if one.kind == "gap"]
    more = f" and {counted(len(found) - _NAMED, 'more day')}" if len(found) > _NAMED else ""
    return f"Slots are free and nothing is planned on {', '.join(found[:_NAMED])}{more}." if found else ""
