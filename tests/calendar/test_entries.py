"""The calendar, read: what it means, and one message with its place for each mistake."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.calendar.entries import Calendar, load_calendar, parse_calendar
from contentkit.errors import ContentError
from contentkit.lateness import read_lateness
from contentkit.models import ApprovedCopy, Condition, Entry, Lateness

ACCOUNTS = ("ana-mastodon", "ana-x")
WHOLE = """\
version: 1
timezone: America/Mexico_City
slots:
  weekday-morning: {days: [mon, wed], time: "09:30", accounts: [ana-mastodon, ana-x]}
  sunday:
    days: [sun]
    time: 18:00
    accounts: ana-x
blackout:
  - {from: 2026-12-24, to: 2027-01-01, why: holidays}
entries:
  - id: launch                 # stable
    draft: drafts/launch.md
    at: 2026-11-24 09:30
    accounts: [ana-mastodon, ana-x]
    campaign: launch
    late: post within 90m
    when: {url: https://example.org/launch, contains: Launch}
    approved: {by: founder, at: 2026-11-22T18:04:00Z, digest: "sha256:9f2c", clone: "5e0c"}
  - {id: follow-up, draft: drafts/more/follow-up.md, at: 2026-11-25 09:30, accounts: ana-x, after: launch,
     paused: true, visibility: unlisted, warning: no, timezone: Europe/Madrid, late: hold}
"""
HEAD = "version: 1\ntimezone: Europe/Madrid\n"


def read(text: str) -> Calendar:
    return parse_calendar(text, "calendar.yaml", ACCOUNTS)


def with_entry(**changes: str | None) -> str:
    """A calendar with one entry on lines 4 to 7, changed in these keys (None: left out)."""
    fields = {"id": "a", "draft": "drafts/a.md", "at": "2026-11-24 09:30", "accounts": "[ana-x]"} | changes
    lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
    return HEAD + "entries:\n  - " + "\n    ".join(lines) + "\n"


def refused(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(("written", "warning"), [(None, None), ('""', ""), ("fruit", "fruit")])
def test_an_empty_content_warning_is_another_thing_than_none(written: str | None, warning: str | None) -> None:
    [entry] = read(with_entry(warning=written)).entries
    assert entry.warning == warning


def test_a_whole_calendar_means_what_it_says() -> None:
    calendar = read(WHOLE)
    mexico, madrid = ZoneInfo("America/Mexico_City"), ZoneInfo("Europe/Madrid")
    assert (calendar.timezone, calendar.zone, calendar.text) == ("America/Mexico_City", mexico, WHOLE)
    assert calendar.entries == (
        Entry(
            id="launch",
            draft="drafts/launch.md",
            at=datetime(2026, 11, 24, 9, 30, tzinfo=mexico),
            accounts=("ana-mastodon", "ana-x"),
            wall="2026-11-24T09:30:00",
            zone="America/Mexico_City",
            campaign="launch",
            late=Lateness(within=timedelta(minutes=90)),
            when=Condition(url="https://example.org/launch", contains="Launch"),
            approved=ApprovedCopy(
                by="founder", at=datetime(2026, 11, 22, 18, 4, tzinfo=UTC), digest="sha256:9f2c", clone="5e0c"
            ),
            line=12,
        ),
        Entry(
            id="follow-up",
            draft="drafts/more/follow-up.md",
            at=datetime(2026, 11, 25, 9, 30, tzinfo=madrid),
            accounts=("ana-x",),
            wall="2026-11-25T09:30:00",
            zone="Europe/Madrid",
            late=Lateness(policy="hold"),
            paused=True,
            after="launch",
            visibility="unlisted",
            warning="no",
            line=20,
        ),
    )
    assert [(slot.name, slot.days, slot.time, slot.accounts) for slot in calendar.slots] == [
        ("weekday-morning", (0, 2), time(9, 30), ("ana-mastodon", "ana-x")),
        ("sunday", (6,), time(18), ("ana-x",)),
    ]
    assert [(out.first, out.last, out.why) for out in calendar.blackouts] == [
        (date(2026, 12, 24), date(2027, 1, 1), "holidays")
    ]


@pytest.mark.parametrize(
    "text", ["version: 1\n", "version: 1", HEAD, HEAD + "entries:\n", HEAD + "entries: []\n", HEAD + "entries: null\n"]
)
def test_a_calendar_without_entries_is_fine(text: str) -> None:
    assert read(text).entries == ()


def test_a_file_is_kept_as_it_stands_for_edits(tmp_path: Path) -> None:
    path = tmp_path / "calendar.yaml"
    data = "\ufeff" + WHOLE.replace("\n", "\r\n").rstrip()
    path.write_bytes(data.encode())
    calendar = load_calendar(path, "calendar.yaml", ACCOUNTS)
    assert calendar.text == data
    assert [(entry.id, entry.line) for entry in calendar.entries] == [("launch", 12), ("follow-up", 20)]
    assert calendar.entries[1].visibility == "unlisted"


def test_an_entry_in_a_gap_of_the_clocks_carries_a_note() -> None:
    (entry,) = read(with_entry(at="2026-03-29 02:30")).entries
    assert "skip 02:30" in entry.note


def test_an_entry_is_found_by_its_id_or_the_nearest_is_named() -> None:
    calendar = read(WHOLE)
    assert calendar.entry("launch").line == 12
    with pytest.raises(ContentError, match="no entry 'lunch'") as caught:
        calendar.entry("lunch")
    assert caught.value.hint == "did you mean 'launch'?"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "calendar.yaml:1:1: the calendar is empty", "version: 1"),
        ("# nothing yet\n", "calendar.yaml:1:1: the calendar is empty", "version: 1"),
        ("timezone: Europe/Madrid\n", "calendar.yaml:1:1: the file does not say its version", "version: 1"),
        ("version: 2\n", "calendar.yaml:1:10: version 2 is not known to this contentkit", "update"),
        (
            "version: 1\nentries:\n  - {id: a}\n",
            "calendar.yaml:1:1: the calendar does not say its time zone",
            "timezone:",
        ),
        ("- a\n", "calendar.yaml:1:1: a calendar must be a mapping of keys to values", ""),
        (HEAD + "entires: []\n", "calendar.yaml:3:1: a calendar has no key 'entires'", "did you mean 'entries'?"),
        (
            "version: 1\ntimezone: Europe/Madird\n",
            "calendar.yaml:2:11: there is no time zone 'Europe/Madird'",
            "'Europe/Madrid'",
        ),
        (HEAD + "entries: launch\n", "calendar.yaml:3:10: entries must be a list", ""),
        (HEAD + "entries:\n  a: {id: a}\n", "calendar.yaml:4:3: entries must be a list", ""),
        (HEAD + "entries:\n  - launch\n", "calendar.yaml:4:5: an entry must be a mapping of keys to values", ""),
        (HEAD + "version: 1\n", "calendar.yaml:3:1: 'version' stands here twice", "the first is on line 1; keep one"),
    ],
)
def test_a_calendar_that_cannot_be_used_says_where_and_why(text: str, message: str, hint: str) -> None:
    error = refused(text)
    assert error.message == message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        ({"id": None}, "4:5: the entry has no 'id'", "id, draft, at, accounts"),
        ({"at": None}, "4:5: the entry has no 'at'", "id, draft, at, accounts"),
        ({"draft": ""}, "4:5: the entry has no 'draft'", "id, draft, at, accounts"),
        ({"id": "Launch"}, "4:9: 'Launch' cannot be an id", "small letters"),
        ({"id": "-a"}, "4:9: '-a' cannot be an id", "small letters"),
        ({"id": "a" * 81}, f"4:9: '{'a' * 81}' cannot be an id", "80"),
        ({"accounts": "[]"}, "7:15: the list of accounts is empty", "at least one"),
        ({"accounts": "[ana-x, ana-mastadon]"}, "7:23: no account 'ana-mastadon'", "did you mean 'ana-mastodon'?"),
        ({"accounts": "[ana-x, ana-x]"}, "7:23: the account 'ana-x' stands here twice", "once"),
        ({"accounts": "[ana-x, ~]"}, "7:23: an item of accounts is empty", "remove it"),
        ({"accounts": "{ana-x: 1}"}, "7:15: accounts must be a list", ""),
        ({"draft": "/drafts/a.md"}, "5:12: the draft '/drafts/a.md' is not a path within the project", "drafts/"),
        ({"draft": "C:/a.md"}, "5:12: the draft 'C:/a.md' is not a path within the project", "drafts/"),
        ({"draft": r"drafts\a.md"}, r"5:12: the draft 'drafts\a.md' is not a path within the project", "slashes"),
        (
            {"draft": "drafts/../../a.md"},
            "5:12: the draft 'drafts/../../a.md' is not a plain path within the project",
            "",
        ),
        ({"draft": "./drafts/a.md"}, "5:12: the draft './drafts/a.md' is not a plain path within the project", ""),
        ({"draft": "drafts//a.md"}, "5:12: the draft 'drafts//a.md' is not a plain path within the project", ""),
        ({"draft": "drafts/a.txt"}, "5:12: the draft 'drafts/a.txt' is not a Markdown file", ".md"),
        ({"draft": '"drafts/\\e[2Ja.md"'}, "5:12: the draft 'drafts/\\u{1b}[2Ja.md' is not a Markdown file", ".md"),
        ({"at": "2026-11-24"}, "6:9: '2026-11-24' is a date without a time", "2026-11-24 09:30"),
        ({"at": "[2026-11-24]"}, "6:9: at must be text", ""),
        ({"at": "2026-11-24 25:30"}, "6:9: there is no time 25:30", "23"),
        ({"timezone": "Madrid"}, "8:15: there is no time zone 'Madrid'", "did you mean 'Europe/Madrid'?"),
        ({"visibility": "pubic"}, "8:17: no visibility 'pubic'", "did you mean 'public'?"),
        ({"late": "post within 6 hours"}, "8:11: cannot read the lateness 'post within 6 hours'", "post within 6h"),
        ({"late": "post within 0h"}, "8:11: cannot read the lateness 'post within 0h'", "or 'hold'"),
        (
            {"late": "never"},
            "8:11: cannot read the lateness 'never'",
            "write 'post within 6h' (or 90m, 2d), 'next slot', or 'hold'",
        ),
        ({"paused": "yes"}, "8:13: paused must be true or false", ""),
        ({"paused": '"true"'}, "8:13: paused must be true or false", ""),
        ({"after": "b"}, "8:12: after: there is no entry 'b'", "known are: a"),
        ({"after": "a"}, "8:12: these wait for each other: a after a", "remove one 'after'"),
        ({"when": "https://example.org"}, "8:11: a condition must be a mapping", ""),
        ({"when": "{contains: x}"}, "8:11: the condition has no 'url'", "url"),
        ({"when": "{url: example.org}"}, "8:17: 'example.org' is not an http(s) address", "in full"),
        ({"approved": "true"}, "8:15: an approval must be a mapping", ""),
        ({"approved": "{by: me, digest: x}"}, "8:15: the approval has no 'at'", "by, at, digest"),
        (
            {"approved": "{by: me, at: 2026-11-22 18:04, digest: x}"},
            "8:28: the time '2026-11-22 18:04' says no offset",
            "Z",
        ),
        ({"acounts": "[ana-x]"}, "8:5: an entry has no key 'acounts'", "did you mean 'accounts'?"),
        ({"note": "x"}, "8:5: an entry has no key 'note'", ""),
    ],
)
def test_an_entry_that_cannot_be_used_says_where_and_why(
    changes: dict[str, str | None], message: str, hint: str
) -> None:
    error = refused(with_entry(**changes))
    assert error.message.startswith(f"calendar.yaml:{message}")
    assert hint in error.hint


def test_two_entries_of_one_id_are_refused_with_both_lines_and_an_id_that_is_free() -> None:
    other = "  - {id: a, draft: drafts/b.md, at: 2026-11-24 09:30, accounts: [ana-x]}\n"
    third = "  - {id: a-2, draft: drafts/b.md, at: 2026-11-24 09:30, accounts: [ana-x]}\n"
    error = refused(with_entry() + other + third)
    assert error.message == "calendar.yaml:8:10: the id 'a' stands here twice, for two entries"
    assert error.hint == "the first is on line 4; give this one another id, as 'a-3'"


def test_of_two_entries_of_one_id_the_approved_one_keeps_it() -> None:
    approved = 'approved: {by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:9f2c"}'
    other = f"  - {{id: a, draft: drafts/b.md, at: 2026-11-24 09:30, accounts: [ana-x], {approved}}}\n"
    assert refused(with_entry() + other).hint == "the first is on line 4; give that one another id, as 'a-2'"


def test_an_entry_that_stands_twice_is_one_too_many() -> None:
    error = refused(
        with_entry() + "  - {id: a, draft: drafts/a.md, at: 2026-11-24 09:30, accounts: [ana-x], late: hold}\n"
    )
    assert error.message == "calendar.yaml:8:10: the entry 'a' stands here twice"
    assert error.hint == "the first is on line 4 and says the same: remove one of them"


def test_entries_that_wait_for_each_other_are_refused_with_the_whole_chain() -> None:
    entries = "".join(
        f"  - {{id: {one}, draft: drafts/a.md, at: 2026-11-24 09:30, accounts: [ana-x], after: {other}}}\n"
        for one, other in (("d", "a"), ("a", "b"), ("b", "c"), ("c", "a"))
    )
    error = refused(HEAD + "entries:\n" + entries)
    assert error.message.endswith("these wait for each other: a after b after c after a")
    assert error.message.startswith("calendar.yaml:5:")


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_waiting_is_refused_exactly_when_it_never_ends(after: list[int]) -> None:
    entries = "".join(
        f"  - {{id: e{one}, draft: drafts/a.md, at: 2026-11-24 09:30, accounts: [ana-x]"
        f"{f', after: e{other}' if other < 7 and one < 7 else ''}}}\n"
        for one, other in enumerate(after)
    )

    def ends(one: int) -> bool:
        for _ in range(9):
            if one == 7 or after[one] == 7:
                return True
            one = after[one]
        return False

    if all(ends(one) for one in range(8)):
        assert len(read(HEAD + "entries:\n" + entries).entries) == 8
    else:
        assert "wait for each other" in refused(HEAD + "entries:\n" + entries).message


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ("{days: [mon], time: 09:30}", "the slot 's' has no 'accounts'"),
        ("{days: [monday], time: 09:30, accounts: [ana-x]}", "no day 'monday'"),
        ("{days: [], time: 09:30, accounts: [ana-x]}", "the list of days is empty"),
        ("{days: [mon, mon], time: 09:30, accounts: [ana-x]}", "the day 'mon' stands here twice"),
        ("{days: [mon], time: 930, accounts: [ana-x]}", "cannot read the time of day '930'"),
        ("{days: [mon], time: 9:61, accounts: [ana-x]}", "there is no time 9:61"),
        ("{days: [mon], time: 09:30, accounts: [bob]}", "no account 'bob'"),
        ("morning", "a slot must be a mapping"),
    ],
)
def test_a_slot_that_cannot_be_used_says_why(slot: str, message: str) -> None:
    assert message in refused(HEAD + f"slots:\n  s: {slot}\n").message


@pytest.mark.parametrize(
    ("blackout", "message"),
    [
        ("{from: 2026-12-24}", "the blackout has no 'to'"),
        ("{from: 2026-12-24, to: 2026-12-23}", "the blackout ends before it begins"),
        ("{from: 24 December, to: 2026-12-26}", "cannot read the date '24 December'"),
        ("{from: 2026-12-32, to: 2027-12-26}", "there is no day 2026-12-32"),
    ],
)
def test_a_blackout_that_cannot_be_used_says_why(blackout: str, message: str) -> None:
    assert message in refused(HEAD + f"blackout:\n  - {blackout}\n").message


@pytest.mark.parametrize(
    ("words", "lateness"),
    [
        ("post within 6h", Lateness(within=timedelta(hours=6))),
        ("post within 90m", Lateness(within=timedelta(minutes=90))),
        ("post within 2d", Lateness(within=timedelta(days=2))),
        ("hold", Lateness(policy="hold")),
        ("next slot", Lateness(policy="next slot")),
    ],
)
def test_lateness_has_three_forms(words: str, lateness: Lateness) -> None:
    assert read_lateness(words) == lateness


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: None, "calendar.yaml: there is no such file"),
        (lambda path: path.mkdir(), "calendar.yaml: is a folder"),
        (lambda path: path.write_bytes(b"version: 1\n# caf\xe9\n"), "calendar.yaml:2: not UTF-8 text"),
        (
            lambda path: path.write_bytes(b"version: 1\n\x00\x01"),
            "calendar.yaml:2:1: the character U+0000 cannot stand here",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, prepare: object, message: str) -> None:
    path = tmp_path / "calendar.yaml"
    assert callable(prepare)
    prepare(path)
    with pytest.raises(ContentError) as caught:
        load_calendar(path, "calendar.yaml", ACCOUNTS)
    assert caught.value.message == message


def entry_with(lines: str) -> Entry:
    """One entry in Madrid with these lines besides what an entry needs."""
    text = "version: 1\ntimezone: Europe/Madrid\nentries:\n  - id: a\n    draft: drafts/a.md\n    accounts: ana-x\n"
    return parse_calendar(text + "".join(f"    {line}\n" for line in lines.split("\n")), "c", ACCOUNTS).entries[0]


@pytest.mark.parametrize(
    ("lines", "wall", "zone"),
    [
        ("at: 2026-11-24 9:30", "2026-11-24T09:30:00", "Europe/Madrid"),
        ("at: 2026-11-24 09:30\ntimezone: Asia/Tokyo", "2026-11-24T09:30:00", "Asia/Tokyo"),
        ("at: 2026-11-24T09:30:00Z", "2026-11-24T09:30:00+00:00", "Europe/Madrid"),
    ],
)
def test_an_entry_keeps_the_wall_clock_and_the_zone_that_were_written(lines: str, wall: str, zone: str) -> None:
    entry = entry_with(lines)
    assert (entry.wall, entry.zone) == (wall, zone)


@pytest.mark.parametrize(
    ("line", "paused", "reason"),
    [
        ("paused: true", True, ""),
        ("paused: false", False, ""),
        ("paused: waits for legal", True, "waits for legal"),
        ('paused: "true story, ask Ana"', True, "true story, ask Ana"),
    ],
)
def test_a_pause_may_say_its_reason(line: str, paused: bool, reason: str) -> None:
    entry = entry_with(f"at: 2026-11-24 9:30\n{line}")
    assert (entry.paused, entry.pause_reason) == (paused, reason)


@pytest.mark.parametrize("words", ["yes", "no", "off", '"true"', '""', "[a]"])
def test_what_might_be_a_truth_value_is_no_reason(words: str) -> None:
    with pytest.raises(ContentError, match="paused must be"):
        entry_with(f"at: 2026-11-24 9:30\npaused: {words}")
