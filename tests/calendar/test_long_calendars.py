"""Calendars of many entries: what is done does not grow with what is not asked for, and what is kept has an end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from contentkit.calendar.edit import add_entry, remove_key, set_text
from contentkit.calendar.entries import MAX_CHARACTERS, entry_in, parse_calendar
from contentkit.errors import ContentError

NAME = "calendar.yaml"
ACCOUNTS = ("ana-mastodon", "ana-x")
HEAD = "version: 1\ntimezone: Europe/Madrid\n"
ZONE_LAST = "version: 1\n{entries}timezone: Europe/Madrid\n"
ENTRY = """\
  # Week {number}
  - id: e{number}
    draft: drafts/a.md   # the text
    at: 20{year}-11-24 09:30
    accounts: [ana-mastodon, ana-x]
    warning: |
      Of
      numbers
    approved: {{by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:9f2c", clone: "5e0c"}}
"""


def entries_of(count: int) -> str:
    return "entries:\n" + "".join(ENTRY.format(number=number, year=26 + number % 70) for number in range(count))


def calls_of(work: Callable[[], object]) -> int:
    """How many functions of Python were called."""
    count = 0

    def seen(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def refused(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse_calendar(text, NAME, ACCOUNTS)
    return caught.value


def test_an_edit_does_not_look_at_other_entries() -> None:
    few, many = HEAD + entries_of(10), HEAD + entries_of(200)
    edits: list[Callable[[str], str]] = [
        lambda text: set_text(text, NAME, "e9", "at", "2027-01-01 10:00"),
        lambda text: set_text(text, NAME, "e9", "paused", "legal reads it"),
        lambda text: remove_key(text, NAME, "e9", "approved"),
    ]
    for edit in edits:
        edit(few)
        assert calls_of(lambda edit=edit: edit(few)) == calls_of(lambda edit=edit: edit(many))  # type: ignore[misc]


def test_to_read_twice_as_many_entries_takes_twice_as_much() -> None:
    few, many = HEAD + entries_of(100), HEAD + entries_of(200)
    parse_calendar(few, NAME, ACCOUNTS)
    once, twice = (calls_of(lambda text=text: parse_calendar(text, NAME, ACCOUNTS)) for text in (few, many))  # type: ignore[misc]
    assert 1.8 < twice / once < 2.1


def test_entries_above_the_time_zone_wait_for_it() -> None:
    below = parse_calendar(HEAD + entries_of(3), NAME, ACCOUNTS)
    above = parse_calendar(ZONE_LAST.format(entries=entries_of(3)), NAME, ACCOUNTS)
    assert [(one.id, one.at, one.note, one.approved) for one in above.entries] == [
        (one.id, one.at, one.note, one.approved) for one in below.entries
    ]


@pytest.mark.parametrize("text", [HEAD + entries_of(2), ZONE_LAST.format(entries=entries_of(2))])
def test_what_is_wrong_below_the_entries_is_told(text: str) -> None:
    assert refused(text + "gap: x\n").message == f"{NAME}:{text.count(chr(10)) + 1}:6: 'x' is not a length of time"
    assert "a calendar has no key 'gapp'" in refused(text + "gapp: x\n").message
    assert "'version' stands here twice" in refused(text + "version: 1\n").message


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_a_time_zone_that_is_left_empty_is_none(written: str) -> None:
    text = f"version: 1\ntimezone: {written}\n" + entries_of(1)
    assert refused(text).message == f"{NAME}:1:1: the calendar does not say its time zone"


def test_a_slot_may_stand_below_the_entries_on_it() -> None:
    slot = '{evening: {days: [mon], time: "18:00", accounts: ana-x}}'
    text = HEAD + entries_of(1) + "    slot: evening\n"
    assert parse_calendar(f"{text}slots: {slot}\n", NAME, ACCOUNTS).entries[0].slot == "evening"
    assert refused(text).message == f"{NAME}:13:11: there is no slot 'evening'"


def test_an_id_proposed_for_the_second_of_two_is_none_that_comes_later() -> None:
    text = HEAD + entries_of(1) + entries_of(1).removeprefix("entries:\n").replace("a.md", "b.md")
    assert "as 'e0-3'" in refused(text + ENTRY.format(number="0-2", year=30)).hint


def test_a_calendar_may_be_larger_than_any_other_file_but_has_an_end() -> None:
    assert refused("#" * (MAX_CHARACTERS + 1)).message == f"{NAME}: larger than {MAX_CHARACTERS // 2**20} MiB"


@pytest.mark.nightly
def test_a_hundred_thousand_entries_are_read_and_edited() -> None:
    text = HEAD + entries_of(100_000)
    assert len(parse_calendar(text, NAME, ACCOUNTS).entries) == 100_000
    after = set_text(text, NAME, "e99999", "at", "2027-01-01 10:00")
    assert [one for one in after.splitlines() if "2027-01-01" in one] == ["    at: 2027-01-01 10:00"]
    new = {"id": "new", "draft": "drafts/a.md", "at": "2050-01-01 10:00", "accounts": ["ana-x"]}
    assert add_entry(text, NAME, new).count("\n  - id: ") == 100_001


@pytest.mark.nightly
def test_one_entry_has_no_more_values_than_any_other_file() -> None:
    text = HEAD + "entries:\n  - id: a\n    accounts: [" + "a," * 1_100_000 + "]\n"
    assert refused(text).message.endswith("more than 1,000,000 values")


def test_of_a_text_with_the_same_settings_only_the_entry_is_read() -> None:
    few, many = (parse_calendar(HEAD + entries_of(count), NAME, ACCOUNTS) for count in (10, 200))
    moved = set_text(many.text, NAME, "e9", "at", "2027-01-01 10:00")
    assert entry_in(moved, "e9", NAME, many, ACCOUNTS) == parse_calendar(moved, NAME, ACCOUNTS).entry("e9")
    assert calls_of(lambda: entry_in(few.text, "e9", NAME, few, ACCOUNTS)) == calls_of(
        lambda: entry_in(moved, "e9", NAME, many, ACCOUNTS)
    )


def test_settings_that_changed_since_are_read_again() -> None:
    calendar = parse_calendar(HEAD + entries_of(2), NAME, ACCOUNTS)
    moved = calendar.text.replace("Madrid", "Lisbon")
    assert entry_in(moved, "e0", NAME, calendar, ACCOUNTS).zone == "Europe/Lisbon"
    with pytest.raises(ContentError, match="'x' is not a length of time"):
        entry_in(calendar.text + "gap: x\n", "e0", NAME, calendar, ACCOUNTS)


def test_what_is_wrong_with_the_entry_itself_is_told_with_its_place() -> None:
    calendar = parse_calendar(HEAD + entries_of(2), NAME, ACCOUNTS)
    with pytest.raises(ContentError, match=r"calendar\.yaml:15:5: an entry has no key 'idd'"):
        entry_in(calendar.text.replace("id: e1\n", "id: e1\n    idd: x\n"), "e1", NAME, calendar, ACCOUNTS)
    with pytest.raises(ContentError, match="the calendar has no entry 'e2'"):
        entry_in(calendar.text, "e2", NAME, calendar, ACCOUNTS)


@pytest.mark.parametrize("lacking", ["id: e0", "at: 2026-11-24 09:30"])
@pytest.mark.parametrize("written", ["", "~", "[]"])
def test_beside_an_entry_without_id_or_time_none_is_added(lacking: str, written: str) -> None:
    key = lacking.partition(":")[0]
    text = HEAD + entries_of(1).replace(lacking, f"{key}: {written}")
    with pytest.raises(ContentError, match=r"calendar\.yaml:[5-7]:.*(an entry needs an id and a time|must be text)"):
        add_entry(text, NAME, {"id": "new", "draft": "drafts/a.md", "at": "2050-01-01 10:00", "accounts": ["ana-x"]})
