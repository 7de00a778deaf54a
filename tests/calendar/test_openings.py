"""The next opening of a slot: in order, and never where something speaks against it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest

from contentkit.calendar.entries import Calendar, parse_calendar
from contentkit.calendar.openings import free_openings, next_opening, why_none
from contentkit.errors import ContentError

ACCOUNTS = ("ana-mastodon", "ana-x")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # Sunday, 06:00 in Mexico City
MORNING = '{days: [mon, wed], time: "09:30", accounts: [ana-mastodon, ana-x]}'
SUNDAY = '{days: [sun], time: "18:00", accounts: [ana-x]}'


def calendar_of(slots: dict[str, str], *entries: str, more: str = "", zone: str = "America/Mexico_City") -> Calendar:
    lines = ["version: 1", f"timezone: {zone}", "slots:", *(f"  {name}: {slot}" for name, slot in slots.items())]
    lines += [more] if more else []
    lines += ["entries:", *(f"  - {entry}" for entry in entries)]
    return parse_calendar("\n".join(lines) + "\n", "calendar.yaml", ACCOUNTS)


def entry(name: str, at: str, accounts: str = "ana-x", more: str = "") -> str:
    return f"{{id: {name}, draft: drafts/{name}.md, at: {at}, accounts: [{accounts}]{more}}}"


def first(calendar: Calendar, accounts: str, count: int = 1, *, slot: str = "", entry_id: str = "") -> list[str]:
    found = free_openings(calendar, accounts.split(), NOW, slot=slot, entry_id=entry_id)
    return [f"{opening.at:%a %d %H:%M} {opening.slot}" for opening in islice(found, count)]


def test_openings_come_in_order_from_all_slots_that_have_the_account() -> None:
    calendar = calendar_of({"morning": MORNING, "sunday": SUNDAY})
    assert first(calendar, "ana-x", 4) == [
        "Sun 22 18:00 sunday", "Mon 23 09:30 morning", "Wed 25 09:30 morning", "Sun 29 18:00 sunday",
    ]  # fmt: skip


def test_a_slot_is_passed_over_that_lacks_one_of_the_accounts() -> None:
    calendar = calendar_of({"morning": MORNING, "sunday": SUNDAY})
    assert first(calendar, "ana-mastodon ana-x") == ["Mon 23 09:30 morning"]


def test_a_slot_can_be_asked_for_by_its_name() -> None:
    calendar = calendar_of({"morning": MORNING, "sunday": SUNDAY})
    assert first(calendar, "ana-x", slot="morning") == ["Mon 23 09:30 morning"]
    with pytest.raises(ContentError) as caught:
        next_opening(calendar, ["ana-x"], NOW, slot="mornin")
    assert (caught.value.message, caught.value.hint) == ("the calendar has no slot 'mornin'", "did you mean 'morning'?")


def test_an_opening_is_later_than_the_moment_that_was_named() -> None:
    calendar = calendar_of({"morning": MORNING})
    at_it = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    just_before = next_opening(calendar, ["ana-x"], at_it - timedelta(seconds=1))
    exactly = next_opening(calendar, ["ana-x"], at_it)
    assert just_before is not None
    assert just_before.at == at_it
    assert exactly is not None
    assert exactly.at == at_it + timedelta(days=2)


def test_a_slot_opens_on_the_wall_of_its_own_zone() -> None:
    evening = '{days: [mon], time: "18:00", accounts: [ana-x], timezone: Europe/Madrid}'
    opening = next_opening(calendar_of({"evening": evening}), ["ana-x"], NOW)
    assert opening is not None
    assert (opening.words, opening.zone) == ("2026-11-23 18:00", "Europe/Madrid")
    assert opening.at.astimezone(UTC) == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def test_no_opening_lies_in_a_blackout_of_the_calendars_own_days() -> None:
    # 01:00 in Madrid on the 24th is still the 23rd in Mexico City.
    night = '{days: [tue, wed], time: "01:00", accounts: [ana-x], timezone: Europe/Madrid}'
    calendar = calendar_of({"night": night}, more="blackout:\n  - {from: 2026-11-23, to: 2026-11-23}")
    assert first(calendar, "ana-x") == ["Wed 25 01:00 night"]


@pytest.mark.parametrize(
    ("quiet", "found"),
    [
        ('{from: "09:00", to: "10:00"}', "Sun 22 18:00 sunday"),
        ('{from: "17:00", to: "09:30"}', "Mon 23 09:30 morning"),
        ('{from: "17:00", to: "09:31"}', "none"),
        ('{from: "17:00", to: "18:00"}', "Sun 22 18:00 sunday"),
        ('{from: "18:00", to: "18:01"}', "Mon 23 09:30 morning"),
        ('{from: "17:00", to: "23:00", days: [sat]}', "Sun 22 18:00 sunday"),
        ('{from: "17:00", to: "23:00", days: [sun]}', "Mon 23 09:30 morning"),
        ('{from: "19:00", to: "18:30", days: [sat]}', "Mon 23 09:30 morning"),
        ('{from: "00:00", to: "24:00", days: [sun]}', "Mon 23 09:30 morning"),
        ('{from: "17:00", to: "23:00", accounts: [ana-mastodon]}', "Sun 22 18:00 sunday"),
        ('{from: "00:30", to: "01:30", timezone: Europe/Madrid}', "Mon 23 09:30 morning"),
    ],
)
def test_no_opening_lies_in_quiet_hours(quiet: str, found: str) -> None:
    calendar = calendar_of({"morning": MORNING, "sunday": SUNDAY}, more=f"quiet:\n  - {quiet}")
    assert (first(calendar, "ana-x") or ["none"]) == [found]


def test_an_opening_keeps_the_gap_of_each_account() -> None:
    calendar = calendar_of(
        {"morning": MORNING, "sunday": SUNDAY},
        entry("a", "2026-11-22 14:00"),
        entry("b", "2026-11-23 11:29", "ana-mastodon"),
        more="gap: {ana-x: 4h, ana-mastodon: 2h}",
    )
    # 18:00 is four hours after a: far enough. 09:30 is 119 minutes before b, which is on the other account.
    assert first(calendar, "ana-x", 2) == ["Sun 22 18:00 sunday", "Mon 23 09:30 morning"]
    assert first(calendar, "ana-x ana-mastodon") == ["Wed 25 09:30 morning"]


def test_an_opening_is_taken_on_an_account_by_the_threads_it_has_room_for() -> None:
    slot = '{days: [mon, wed], time: "09:30", accounts: [ana-mastodon, ana-x], capacity: 2}'
    one = entry("a", "2026-11-23 09:30", "ana-x")
    assert first(calendar_of({"morning": slot}, one), "ana-x") == ["Mon 23 09:30 morning"]
    both = (one, entry("b", "2026-11-23 09:30", "ana-x"))
    assert first(calendar_of({"morning": slot}, *both), "ana-x") == ["Wed 25 09:30 morning"]
    assert first(calendar_of({"morning": slot}, *both), "ana-mastodon") == ["Mon 23 09:30 morning"]


def test_an_entry_is_not_in_its_own_way() -> None:
    calendar = calendar_of({"morning": MORNING}, entry("a", "2026-11-23 09:30"), more="gap: 1d")
    assert first(calendar, "ana-x", entry_id="a") == ["Mon 23 09:30 morning"]
    assert first(calendar, "ana-x", entry_id="b") == ["Wed 25 09:30 morning"]


SPREAD = '{days: [mon, tue, wed, thu, fri, sat, sun], time: "23:55", accounts: [ana-x], spread: 10m}'


def test_the_minutes_of_a_spread_are_the_same_again_and_others_for_another_entry() -> None:
    calendar = calendar_of({"late": SPREAD})
    one, again, other = (first(calendar, "ana-x", 20, entry_id=name) for name in ("a", "a", "b"))
    assert one == again
    assert one != other


def test_spread_minutes_are_known_by_hand() -> None:
    # printf 'launch\0late\0%s' 2026-11-23 | sha256sum: the first 16 digits, modulo 11.
    import hashlib

    by_hand = int(hashlib.sha256(b"launch\0late\x002026-11-23").hexdigest()[:16], 16) % 11
    slot = calendar_of({"late": SPREAD}).slot("late")
    day = date(2026, 11, 23)
    assert slot.moment(day, "launch") == slot.opens(day) + timedelta(minutes=by_hand)


def test_spread_minutes_stay_within_the_spread_and_use_all_of_it() -> None:
    calendar = calendar_of({"late": SPREAD})
    slot = calendar.slot("late")
    day = NOW.date()
    minutes = {int((slot.moment(day, f"e{number}") - slot.opens(day)).total_seconds() // 60) for number in range(400)}
    assert minutes == set(range(11))


def test_without_an_entry_an_opening_is_the_time_of_the_slot() -> None:
    assert first(calendar_of({"late": SPREAD}), "ana-x", 2) == ["Sun 22 23:55 late", "Mon 23 23:55 late"]


def test_a_thread_spread_past_midnight_takes_the_opening_of_the_day_before() -> None:
    calendar = calendar_of({"late": SPREAD}, entry("a", "2026-11-23 00:04"))
    assert first(calendar, "ana-x", 2) == ["Mon 23 23:55 late", "Tue 24 23:55 late"]


def test_openings_within_a_year_that_are_all_taken_are_none() -> None:
    calendar = calendar_of({"morning": MORNING}, more="blackout:\n  - {from: 2026-01-01, to: 2028-01-01}")
    assert next_opening(calendar, ["ana-x"], NOW) is None


@pytest.mark.parametrize(
    ("slots", "more", "accounts", "slot", "message"),
    [
        ({}, "", "ana-x", "", "the calendar has no slots"),
        ({"sunday": SUNDAY}, "", "ana-x ana-mastodon", "", "no slot has all of ana-x, ana-mastodon"),
        ({"sunday": SUNDAY}, "", "ana-mastodon", "sunday", "the slot 'sunday' does not have all of ana-mastodon"),
        (
            {"sunday": SUNDAY},
            "blackout:\n  - {from: 2026-01-01, to: 2027-06-30}\nquiet:\n  - {from: '12:00', to: '20:00'}",
            "ana-x",
            "",
            "nothing is free within a year: of 53 openings 32 lie in a blackout, 21 in quiet hours",
        ),
    ],
)
def test_where_nothing_is_free_the_reason_is_told(
    slots: dict[str, str], more: str, accounts: str, slot: str, message: str
) -> None:
    calendar = calendar_of(slots, more=more) if slots else parse_calendar("version: 1\n", "calendar.yaml", ACCOUNTS)
    assert next_opening(calendar, accounts.split(), NOW, slot=slot) is None
    error = why_none(calendar, accounts.split(), NOW, slot=slot)
    assert error.message == message
    assert error.hint


def test_openings_never_go_back_in_time_although_days_are_spread_differently() -> None:
    wide = '{days: [mon, tue, wed, thu, fri, sat, sun], time: "09:00", accounts: [ana-x], spread: 6h}'
    other = '{days: [mon, tue, wed, thu, fri, sat, sun], time: "11:00", accounts: [ana-x]}'
    found = list(free_openings(calendar_of({"wide": wide, "other": other}), ["ana-x"], NOW, entry_id="launch"))
    assert len(found) > 700
    assert all(one.instant < other.instant for one, other in pairwise(found))


# Processor time of a process with its start: a loaded machine changes nothing.
IN_TIME = """
import resource, sys
from datetime import UTC, datetime
from contentkit.calendar.entries import parse_calendar
from contentkit.calendar.openings import next_opening, why_none
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
calendar, now = parse_calendar(sys.stdin.read(), "calendar.yaml", ["ana-x"]), datetime(2026, 11, 22, tzinfo=UTC)
assert next_opening(calendar, ["ana-x"], now, entry_id="launch") is None
print(why_none(calendar, ["ana-x"], now, entry_id="launch").message)
"""


def test_a_calendar_with_hundreds_of_slots_and_no_room_is_answered_in_time() -> None:
    days = "days: [mon, tue, wed, thu, fri, sat, sun]"
    lines = ["version: 1", "timezone: Europe/Madrid", "blackout:", *["  - {from: 2026-01-01, to: 2028-01-01}"] * 500]
    lines += ["slots:", *(f"  s{number}: {{{days}, time: '09:30', accounts: [ana-x]}}" for number in range(200))]
    done = subprocess.run(
        [sys.executable, "-c", IN_TIME], input="\n".join(lines), capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("nothing is free within a year: of 73200 openings"), done.stderr
