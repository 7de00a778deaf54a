"""What speaks against a moment: told to who named it by hand, and kept from by who looks for the next opening."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contentkit.calendar.entries import Calendar, parse_calendar
from contentkit.calendar.obstacles import obstacles, obstacles_of

ACCOUNTS = ("ana-mastodon", "ana-x")
BOTH = ("ana-mastodon", "ana-x")


def calendar_of(*lines: str) -> Calendar:
    head = ["version: 1", "timezone: Europe/Madrid"]
    return parse_calendar("\n".join([*head, *lines]) + "\n", "calendar.yaml", ACCOUNTS)


def entry(name: str, at: str, accounts: str = "ana-mastodon, ana-x") -> str:
    return f"  - {{id: {name}, draft: drafts/{name}.md, at: {at}, accounts: [{accounts}]}}"


def against(calendar: Calendar, wall: str, accounts: tuple[str, ...] = BOTH, *, entry_id: str = "") -> list[str]:
    at = datetime.fromisoformat(wall).replace(tzinfo=calendar.zone)
    return [obstacle.words for obstacle in obstacles(calendar, at, accounts, entry_id=entry_id)]


@pytest.mark.parametrize(
    ("why", "words"),
    [("", "lies in a blackout (no reason given)"), (", why: fair", "lies in a blackout (fair)")],
)
def test_a_blackout_is_told_with_its_reason(why: str, words: str) -> None:
    calendar = calendar_of("blackout:", f"  - {{from: 2026-12-24, to: 2026-12-26{why}}}")
    assert against(calendar, "2026-12-26 23:59") == [words]
    assert against(calendar, "2026-12-27 00:00") == []


@pytest.mark.parametrize(
    ("quiet", "words"),
    [
        ('{from: "22:00", to: "07:00"}', "lies in the quiet hours from 22:00 to 07:00"),
        ('{from: "22:00", to: "24:00", why: sleep}', "lies in the quiet hours from 22:00 to 24:00 (sleep)"),
        (
            '{from: "15:00", to: "20:00", timezone: America/New_York, accounts: [ana-x]}',
            "lies in the quiet hours of ana-x from 15:00 to 20:00 in America/New_York",
        ),
    ],
)
def test_quiet_hours_are_told_with_whose_and_where_they_are(quiet: str, words: str) -> None:
    assert against(calendar_of("quiet:", f"  - {quiet}"), "2026-12-24 23:00") == [words]


def test_one_reason_on_several_accounts_is_told_once() -> None:
    calendar = calendar_of("entries:", entry("a", "2026-12-24 09:30"))
    assert against(calendar, "2026-12-24 09:30:20") == ["goes out in the same minute as a on ana-mastodon, ana-x"]
    assert against(calendar, "2026-12-24 09:31") == []


@pytest.mark.parametrize(
    ("wall", "words"),
    [
        ("2026-12-24 08:31", "goes out 59 min before a, nearer than the gap of 1 h, on ana-x"),
        ("2026-12-24 10:29:30", "goes out 59 min after a, nearer than the gap of 1 h, on ana-x"),
        ("2026-12-24 08:30", ""),
        ("2026-12-24 10:30", ""),
    ],
)
def test_a_thread_nearer_than_the_gap_is_told_with_its_distance(wall: str, words: str) -> None:
    calendar = calendar_of("gap: {ana-x: 1h}", "entries:", entry("a", "2026-12-24 09:30"))
    assert against(calendar, wall) == ([words] if words else [])


def test_distances_are_times_that_pass_and_not_those_on_the_wall() -> None:
    # From 01:30 to 03:10 on the wall it is forty minutes: 02:00 became 03:00.
    calendar = calendar_of("gap: 1h", "entries:", entry("a", "2027-03-28 01:30"))
    assert against(calendar, "2027-03-28 03:10", ("ana-x",)) == [
        "goes out 40 min after a, nearer than the gap of 1 h, on ana-x"
    ]


SLOT = '  morning: {{days: [thu], time: "09:30", accounts: [ana-mastodon, ana-x], capacity: {}, spread: 10m}}'


def test_a_slot_that_is_taken_is_told_with_who_took_it() -> None:
    calendar = calendar_of("slots:", SLOT.format(1), "entries:", entry("a", "2026-12-24 09:37", "ana-x"))
    assert against(calendar, "2026-12-24 09:32") == ["finds the slot 'morning' taken by a on ana-x"]
    assert against(calendar, "2026-12-24 09:32", ("ana-mastodon",)) == []
    assert against(calendar, "2026-12-24 09:41") == []


def test_two_threads_may_share_a_minute_of_an_opening_with_room_for_both() -> None:
    calendar = calendar_of("slots:", SLOT.format(2), "entries:", entry("a", "2026-12-24 09:30", "ana-x"))
    assert against(calendar, "2026-12-24 09:30", ("ana-x",)) == []


def test_a_gap_holds_within_an_opening_with_room_for_more() -> None:
    calendar = calendar_of("gap: 30m", "slots:", SLOT.format(2), "entries:", entry("a", "2026-12-24 09:30", "ana-x"))
    assert against(calendar, "2026-12-24 09:35", ("ana-x",)) == [
        "goes out 5 min after a, nearer than the gap of 30 min, on ana-x"
    ]


def test_an_entry_is_not_in_its_own_way() -> None:
    calendar = calendar_of("gap: 1h", "entries:", entry("a", "2026-12-24 09:30"), entry("b", "2026-12-24 10:00"))
    assert [one.others for one in obstacles_of(calendar, calendar.entry("a"))] == [("b",)]


def test_a_blackout_has_the_days_of_the_calendar_wherever_the_entry_is() -> None:
    calendar = calendar_of("blackout:", "  - {from: 2026-12-24, to: 2026-12-24}")
    in_tokyo = datetime.fromisoformat("2026-12-25T00:30:00+09:00")
    assert obstacles(calendar, in_tokyo, BOTH)
    assert obstacles(calendar, in_tokyo.astimezone(UTC), BOTH)
    assert not obstacles(calendar, datetime.fromisoformat("2026-12-24T00:30:00+09:00"), BOTH)


@pytest.mark.parametrize(
    ("at", "told"), [("2026-12-24 09:40", []), ("2026-12-24 09:41", ["closed"]), ("2026-12-25 09:30", ["closed"])]
)
def test_an_entry_that_left_the_opening_of_its_slot_is_told(at: str, told: list[str]) -> None:
    calendar = calendar_of(
        "slots:", SLOT.format(1), "entries:", entry("a", at, "ana-x").replace("}", ", slot: morning}")
    )
    found = obstacles_of(calendar, calendar.entry("a"))
    assert [one.kind for one in found] == told
    assert all(one.words == "is on the slot 'morning', which does not open then" for one in found)
