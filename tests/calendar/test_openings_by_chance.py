"""What holds of the openings of any calendar: in order, none with anything against it, none passed over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.calendar.entries import Calendar
from contentkit.calendar.openings import free_openings, openings
from contentkit.calendar.slots import Blackout, Quiet, Slot
from contentkit.models import Entry

ACCOUNTS = ("a", "b")
ZONES = tuple(
    map(ZoneInfo, ("Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"))
)
START = datetime(2026, 10, 20, tzinfo=UTC)  # ten days in which clocks change in Madrid, and soon after elsewhere
MINUTE = timedelta(minutes=1)

some_accounts = st.sampled_from((("a",), ("b",), ("a", "b")))
zones = st.sampled_from(ZONES)
days = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
clocks = st.sampled_from((time(0, 0), time(2, 30), time(9, 0), time(9, 30), time(23, 55)))
lengths = st.sampled_from((timedelta(), 10 * MINUTE, 45 * MINUTE, 5 * 60 * MINUTE))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    slots = tuple(
        Slot(
            name=f"s{number}", days=draw(days), time=draw(clocks), accounts=draw(some_accounts),
            zone=draw(zones), capacity=draw(st.integers(1, 2)), spread=draw(lengths),
        )
        for number in range(draw(st.integers(1, 3)))
    )  # fmt: skip
    quiet = tuple(
        Quiet(
            since=draw(clocks), until=draw(clocks), zone=draw(zones), days=draw(days), accounts=draw(some_accounts),
        )
        for _ in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    entries = tuple(
        Entry(
            id=f"e{number}", draft="drafts/e.md", accounts=draw(some_accounts),
            at=draw(_moments(slots)).astimezone(draw(zones)),
        )
        for number in range(draw(st.integers(0, 8)))
    )  # fmt: skip
    first = START.date() + timedelta(days=draw(st.integers(0, 8)))
    return Calendar(
        timezone="Europe/Madrid",
        zone=ZONES[0],
        slots=slots,
        blackouts=(Blackout(first=first, last=first + timedelta(days=draw(st.integers(0, 3)))),),
        quiet=quiet,
        gaps={"a": draw(lengths), "b": draw(lengths)},
        entries=entries,
    )


def _moments(slots: tuple[Slot, ...]) -> st.SearchStrategy[datetime]:
    """Moments that are often at an opening, or near one."""
    at = [opening.instant for opening in islice(openings(slots, START, days=14), 30)] or [START]
    return st.builds(
        lambda moment, away: moment + away * MINUTE,
        st.sampled_from(at),
        st.integers(-50, 50).map(lambda n: n * (n % 2)),
    )


def speaks_against(calendar: Calendar, at: datetime, accounts: tuple[str, ...]) -> bool:
    """The rules once more, said as plainly as can be, entry by entry."""
    local = at.astimezone(calendar.zone)
    if any(blackout.first <= local.date() <= blackout.last for blackout in calendar.blackouts):
        return True
    if any(_is_quiet(quiet, at) for quiet in calendar.quiet if set(quiet.accounts) & set(accounts)):
        return True
    return any(_is_crowded(calendar, at, account) for account in accounts)


def _is_quiet(quiet: Quiet, at: datetime) -> bool:
    wall = at.astimezone(quiet.zone).replace(tzinfo=None, fold=0)
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        begin, end = datetime.combine(day, quiet.since), datetime.combine(day, quiet.until)
        end += timedelta(days=quiet.until <= quiet.since)
        if day.weekday() in quiet.days and begin <= wall < end:
            return True
    return False


def _is_crowded(calendar: Calendar, at: datetime, account: str) -> bool:
    moment, others = at.astimezone(UTC), [one.at.astimezone(UTC) for one in calendar.entries if account in one.accounts]
    if any(abs(other - moment) < calendar.gaps[account] for other in others):
        return True
    room = []
    for slot in calendar.slots:
        for back in range(3) if account in slot.accounts else ():
            day = at.astimezone(slot.zone).date() - timedelta(days=back)
            opens = slot.opens(day).astimezone(UTC)
            closes = opens + slot.spread + MINUTE
            if day.weekday() in slot.days and opens <= moment < closes:
                room.append(slot.capacity - sum(opens <= other < closes for other in others))
                break
    return any(left < 1 for left in room)


def check(calendar: Calendar, accounts: tuple[str, ...]) -> None:
    found = list(islice(free_openings(calendar, accounts, START, entry_id="new"), 25))
    assert all(one.instant < other.instant for one, other in pairwise(found))
    assert not any(speaks_against(calendar, opening.at, accounts) for opening in found)
    fitting = [slot for slot in calendar.slots if set(accounts) <= set(slot.accounts)]
    end = found[-1].instant if found else START
    everything = [slot.moment(START.date() + timedelta(days=ahead), "new") for slot in fitting for ahead in range(-3, 370)
                  if (START.date() + timedelta(days=ahead)).weekday() in slot.days]  # fmt: skip
    free = {
        at.astimezone(UTC)
        for at in everything
        if START < at.astimezone(UTC) <= end and not speaks_against(calendar, at, accounts)
    }
    assert free == {opening.instant for opening in found}


@settings(max_examples=100, deadline=None)
@given(calendars(), some_accounts)
def test_free_openings_are_all_there_are_and_nothing_speaks_against_them(
    calendar: Calendar, accounts: tuple[str, ...]
) -> None:
    check(calendar, accounts)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=50_000, deadline=None)
@given(calendars(), some_accounts)
def test_free_openings_are_so_in_fifty_thousand_calendars(calendar: Calendar, accounts: tuple[str, ...]) -> None:
    check(calendar, accounts)
