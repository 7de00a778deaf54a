"""What each day of a calendar holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from contentkit.calendar.days import Day, days_of
from contentkit.calendar.entries import Calendar, parse_calendar

ACCOUNTS = ("ana-mastodon", "ana-x")
NOW = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)  # a Wednesday; the clocks of Madrid go forward on Sunday
DAILY = '{days: [mon, tue, wed, thu, fri, sat, sun], time: "09:30", accounts: [ana-mastodon, ana-x]}'


def calendar_of(*lines: str) -> Calendar:
    return parse_calendar(
        "\n".join(["version: 1", "timezone: Europe/Madrid", *lines]) + "\n", "calendar.yaml", ACCOUNTS
    )


def entry(name: str, at: str, accounts: str = "ana-x", more: str = "") -> str:
    return f"  - {{id: {name}, draft: drafts/{name}.md, at: {at}, accounts: [{accounts}]{more}}}"


def days(calendar: Calendar, first: str, last: str, accounts: tuple[str, ...] = ACCOUNTS) -> list[Day]:
    return days_of(calendar, date.fromisoformat(first), date.fromisoformat(last), accounts, NOW)


def test_every_day_is_there_even_with_nothing_in_it() -> None:
    found = days(calendar_of(), "2026-03-25", "2026-04-02")
    assert [day.date.day for day in found] == [25, 26, 27, 28, 29, 30, 31, 1, 2]


def test_entries_stand_on_the_day_of_the_calendars_wall_in_order() -> None:
    calendar = calendar_of(
        "entries:",
        entry("late", "2026-03-26 18:00"),
        entry("tokyo", "2026-03-27 01:00", more=", timezone: Asia/Tokyo"),
    )
    first, second = days(calendar, "2026-03-26", "2026-03-27")
    assert [f"{one.at:%H:%M} {one.entry.id}" for one in first.appointments] == ["17:00 tokyo", "18:00 late"]
    assert second.appointments == ()


def test_an_entry_says_what_speaks_against_its_time() -> None:
    calendar = calendar_of(
        "blackout:", "  - {from: 2026-03-29, to: 2026-03-29}", "entries:", entry("a", "2026-03-29 02:30")
    )
    [day] = days(calendar, "2026-03-29", "2026-03-29")
    [appointment] = day.appointments
    assert [note.split(":")[0] for note in appointment.notes] == [
        "the clocks skip 02", "lies in a blackout (no reason given)",
    ]  # fmt: skip


def test_openings_are_free_on_the_accounts_that_nothing_speaks_against() -> None:
    calendar = calendar_of("slots:", f"  daily: {DAILY}", "entries:", entry("a", "2026-03-26 09:30"))
    first, second = days(calendar, "2026-03-26", "2026-03-27")
    assert [one.accounts for one in first.vacancies] == [("ana-mastodon",)]
    assert [one.accounts for one in second.vacancies] == [ACCOUNTS]
    assert (first.is_gap, second.is_gap) == (False, True)


def test_what_opened_before_now_is_free_no_more() -> None:
    calendar = calendar_of("slots:", f"  daily: {DAILY}")
    assert [len(day.vacancies) for day in days(calendar, "2026-03-24", "2026-03-26")] == [0, 0, 1]


def test_one_account_sees_its_own_entries_openings_and_quiet_hours() -> None:
    calendar = calendar_of(
        "slots:", f"  daily: {DAILY}",
        "quiet:", '  - {from: "22:00", to: "23:00", accounts: [ana-x]}',
        "entries:", entry("a", "2026-03-26 12:00"),
    )  # fmt: skip
    [mastodon] = days(calendar, "2026-03-26", "2026-03-26", ("ana-mastodon",))
    [x] = days(calendar, "2026-03-26", "2026-03-26", ("ana-x",))
    assert ([one.accounts for one in mastodon.vacancies], len(mastodon.appointments)) == ([("ana-mastodon",)], 0)
    assert (len(mastodon.silences), len(x.silences), len(x.appointments)) == (0, 1, 1)


def test_quiet_hours_of_another_zone_lie_on_this_wall() -> None:
    calendar = calendar_of(
        "quiet:", '  - {from: "22:00", to: "06:00", timezone: America/New_York, days: [wed], why: night}'
    )
    [wednesday, thursday] = days(calendar, "2026-03-25", "2026-03-26")
    assert wednesday.silences == ()
    [silence] = thursday.silences
    assert days(calendar, "2026-03-26", "2026-03-26") == [thursday]
    assert (f"{silence.since:%H:%M}", f"{silence.until:%H:%M}", silence.why) == ("03:00", "11:00", "night")


def test_blackouts_and_changes_of_the_clocks_belong_to_their_day() -> None:
    calendar = calendar_of("blackout:", "  - {from: 2026-03-27, to: 2026-03-28, why: fair}")
    found = days(calendar, "2026-03-26", "2026-03-29")
    assert [day.blackouts for day in found] == [(), ("fair",), ("fair",), ()]
    assert [day.clocks for day in found] == [timedelta()] * 3 + [timedelta(hours=1)]
    [autumn] = days(calendar, "2026-10-25", "2026-10-25")
    assert autumn.clocks == timedelta(hours=-1)
