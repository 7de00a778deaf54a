"""Slots, quiet hours and gaps, read: what they mean, and one message with its place for each mistake."""

from __future__ import annotations

import re
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.calendar.entries import Calendar, parse_calendar
from contentkit.calendar.slots import Quiet, Slot
from contentkit.errors import ContentError

ACCOUNTS = ("ana-mastodon", "ana-x")
HEAD = "version: 1\ntimezone: Europe/Madrid\n"
MADRID, KOLKATA = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Kolkata")


def read(text: str) -> Calendar:
    return parse_calendar(HEAD + text, "calendar.yaml", ACCOUNTS)


def refused(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        read(text)
    return caught.value


def test_a_slot_says_its_zone_its_room_and_its_spread() -> None:
    keys = "days: [fri, mon], time: 9:30, accounts: ana-x, timezone: Asia/Kolkata, capacity: 3, spread: 90m"
    assert read(f"slots:\n  s: {{{keys}}}\n").slots == (
        Slot(
            name="s", days=(0, 4), time=time(9, 30), accounts=("ana-x",), zone=KOLKATA, capacity=3, spread=timedelta(minutes=90),
        ),
    )  # fmt: skip


def test_a_slot_that_says_nothing_more_is_in_the_calendars_zone_with_room_for_one() -> None:
    [slot] = read("slots:\n  s: {days: [mon], time: 9:30, accounts: ana-x}\n").slots
    assert (slot.zone, slot.capacity, slot.spread) == (MADRID, 1, timedelta())


@pytest.mark.parametrize(
    ("more", "message", "hint"),
    [
        ("capacity: 0", "calendar.yaml:4:59: a slot with room for nothing", "how many threads"),
        ('capacity: "2"', "capacity must be a whole number", ""),
        ("capacity: many", "capacity must be a whole number", ""),
        ("spread: 10", "'10' is not a length of time", "write it as 90m, 6h or 2d"),
        ("spread: 7h", "'7h' is too far to spread", "up to 6h"),
        ("timezone: Madrid", "there is no time zone 'Madrid'", "did you mean 'Europe/Madrid'?"),
        ("capcity: 2", "a slot has no key 'capcity'", "did you mean 'capacity'?"),
    ],
)
def test_a_slot_that_cannot_be_used_says_why(more: str, message: str, hint: str) -> None:
    error = refused(f"slots:\n  s: {{days: [mon], time: 9:30, accounts: ana-x, {more}}}\n")
    assert message in error.message
    assert hint in error.hint


@pytest.mark.parametrize("name", ['""', '" a"', '"a\\nb"', '"\\x1b[2J"', "x" * 61])
def test_a_slot_has_a_name_that_can_be_said(name: str) -> None:
    error = refused(f"slots:\n  {name}: {{days: [mon], time: 9:30, accounts: ana-x}}\n")
    assert error.message.startswith("calendar.yaml:4:3: this cannot be the name of a slot")


def test_an_entry_is_on_a_slot_that_there_is() -> None:
    slots = "slots:\n  morning: {days: [mon], time: 9:30, accounts: ana-x}\nentries:\n"
    entry = "  - {{id: a, draft: drafts/a.md, at: 2026-11-24 09:30, accounts: ana-x, slot: {}}}\n"
    assert read(slots + entry.format("morning")).entries[0].slot == "morning"
    error = refused(slots + entry.format("mornin"))
    assert error.message.endswith(": there is no slot 'mornin'")
    assert error.hint == "did you mean 'morning'?"


def test_quiet_hours_mean_what_they_say() -> None:
    text = """quiet:
  - {from: "22:00", to: "07:00"}
  - {from: "00:00", to: "24:00", days: [sat, sun], timezone: Asia/Kolkata, accounts: [ana-x], why: weekend}
"""
    assert read(text).quiet == (
        Quiet(since=time(22), until=time(7), zone=MADRID),
        Quiet(since=time(), until=time(), zone=KOLKATA, days=(5, 6), accounts=("ana-x",), why="weekend"),
    )


@pytest.mark.parametrize(
    ("quiet", "message"),
    [
        ('{from: "22:00"}', "the item of quiet has no 'to'"),
        ('{from: "09:00", to: "09:00"}', "the quiet hours end as they begin"),
        ('{from: "24:00", to: "09:00"}', "there is no time 24:00"),
        ('{from: "22:00", to: "07:00", accounts: [bob]}', "no account 'bob'"),
        ('{from: "22:00", to: "07:00", day: [sat]}', "an item of quiet has no key 'day'"),
        ("nights", "an item of quiet must be a mapping"),
    ],
)
def test_quiet_hours_that_cannot_be_used_say_why(quiet: str, message: str) -> None:
    assert message in refused(f"quiet:\n  - {quiet}\n").message


@pytest.mark.parametrize(
    ("gap", "gaps"),
    [
        ("gap: 2h", {"ana-mastodon": timedelta(hours=2), "ana-x": timedelta(hours=2)}),
        ("gap: {ana-x: 30m}", {"ana-x": timedelta(minutes=30)}),
        ("gap:", {}),
        ("", {}),
    ],
)
def test_a_gap_is_one_for_all_accounts_or_one_for_each(gap: str, gaps: dict[str, timedelta]) -> None:
    assert read(f"{gap}\n").gaps == gaps


@pytest.mark.parametrize(
    ("gap", "message"),
    [
        ("2 hours", "calendar.yaml:3:6: '2 hours' is not a length of time"),
        ("{bob: 2h}", "calendar.yaml:3:7: no account 'bob'"),
        ("{ana-x: soon}", "calendar.yaml:3:14: 'soon' is not a length of time"),
        ("{ana-x: [2h]}", "ana-x must be text"),
        ("[2h]", "gap must be a length of time, or a mapping of accounts to such"),
    ],
)
def test_a_gap_that_cannot_be_read_says_why(gap: str, message: str) -> None:
    assert message in refused(f"gap: {gap}\n").message


# What people write, what they might, and what nobody should.
WORDS = st.one_of(
    st.sampled_from((
        "9:30", "24:00", "25:00", "mon", "[mon, tue]", "[mon, mon]", "ana-x", "[ana-x, bob]", "Europe/Madrid", "../x", "10m",
        "7h", "0", "-1", "2", "9999999999", "{}", "[]", "~", "true", "{ana-x: 2h}", "2026-12-24", "2026-02-30", "&a b", "*a",
        "!!str x",
    )),
    st.text(max_size=12),
)  # fmt: skip
KEYS = st.sampled_from(("days", "time", "accounts", "timezone", "capacity", "spread", "from", "to", "why", "x"))
FRAMES = st.sampled_from(("slots:\n  s: {{{}}}\n", "quiet:\n  - {{{}}}\n", "blackout:\n  - {{{}}}\n", "gap: {{{}}}\n"))


def check_is_read_or_refused_with_its_place(frame: str, pairs: dict[str, str]) -> None:
    text = frame.format(", ".join(f"{key}: {word}" for key, word in pairs.items()))
    try:
        read(text)
    except ContentError as error:
        assert re.match(r"calendar\.yaml:[0-9]+:[0-9]+: ", error.message)  # noqa: PT017 - being read is fine, too


@settings(max_examples=300, deadline=None)
@given(FRAMES, st.dictionaries(KEYS, WORDS, max_size=6))
def test_what_repeats_is_read_or_refused_with_its_place(frame: str, pairs: dict[str, str]) -> None:
    check_is_read_or_refused_with_its_place(frame, pairs)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=50_000, deadline=None)
@given(FRAMES, st.dictionaries(KEYS, WORDS, max_size=6))
def test_what_repeats_is_so_fifty_thousand_times(frame: str, pairs: dict[str, str]) -> None:
    check_is_read_or_refused_with_its_place(frame, pairs)
