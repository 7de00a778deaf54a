"""``schedule --next``: a draft is put on the next free opening, and what speaks against a time is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from contentkit.calendar.entries import parse_calendar
from contentkit.models import Entry
from tests.cli.shell import CONFIG, Shell

DAILY = "{{days: [mon, tue, wed, thu, fri, sat, sun], time: '{}', accounts: [{}]{}}}"


def with_calendar(shell: Shell, *lines: str) -> None:
    shell.write("calendar.yaml", "\n".join(["version: 1", "timezone: Europe/Madrid", *lines]) + "\n")


def with_slots(shell: Shell, *lines: str, accounts: str = "try", more: str = "") -> None:
    with_calendar(shell, *lines, "slots:", "  morning: " + DAILY.format("09:30", accounts, more))


def entries_of(shell: Shell) -> dict[str, Entry]:
    text = (shell.project / "calendar.yaml").read_text()
    return {entry.id: entry for entry in parse_calendar(text, "calendar.yaml", ("try", "other")).entries}


def test_a_draft_is_put_on_the_next_opening_and_the_next_one_on_the_one_after_it(shell: Shell) -> None:
    with_slots(shell)
    first, second = (shell.run("schedule", "launch", "--next") for _ in range(2))
    assert (first.code, second.code) == (0, 0)
    assert ", slot morning" in first.out
    one, two = entries_of(shell).values()
    assert (one.slot, two.slot) == ("morning", "morning")
    assert one.wall.endswith("T09:30:00")
    assert two.wall[:10] == (one.at + timedelta(days=1)).date().isoformat()


def test_the_spread_minutes_are_written_into_the_calendar(shell: Shell) -> None:
    with_slots(shell, more=", spread: 6h")
    shell.run("schedule", "launch", "--next")
    [entry] = entries_of(shell).values()
    slot = parse_calendar((shell.project / "calendar.yaml").read_text(), "calendar.yaml", ("try",)).slot("morning")
    days = (entry.at.date() - timedelta(days=ahead) for ahead in (0, 1))
    assert entry.at in [slot.moment(day, "launch") for day in days]


def test_a_slot_in_another_zone_writes_its_wall_and_its_zone(shell: Shell) -> None:
    with_slots(shell, more=", timezone: Asia/Kolkata")
    shell.run("schedule", "launch", "--next", "morning", "--late", "hold")
    [entry] = entries_of(shell).values()
    assert (entry.zone, entry.wall[11:]) == ("Asia/Kolkata", "09:30:00")


def test_a_slot_that_is_named_brings_its_accounts(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '\n[accounts.other]\nplatform = "console"\n')
    with_slots(shell, accounts="other")
    shell.run("schedule", "launch", "--next", "morning")
    assert entries_of(shell)["launch"].accounts == ("other",)
    ran = shell.run("schedule", "launch", "--next")
    assert (ran.code, "no slot has all of try, other" in ran.err) == (1, True)


def test_where_nothing_is_free_it_says_why_and_writes_nothing(shell: Shell) -> None:
    year = datetime.now(UTC).year
    with_slots(shell, "blackout:", f"  - {{from: {year}-01-01, to: {year + 2}-12-31}}")
    before = shell.files()
    ran = shell.run("schedule", "launch", "--next")
    assert (ran.code, ran.out) == (1, "")
    assert re.match(r"contentkit: nothing is free within a year: of (36[56]) openings \1 lie in a blackout\n", ran.err)
    assert shell.files() == before


def test_without_slots_next_says_so(shell: Shell) -> None:
    ran = shell.run("schedule", "launch", "--next")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "contentkit: the calendar has no slots")


def test_exactly_one_way_to_say_when_is_asked_for(shell: Shell) -> None:
    neither = shell.run("schedule", "launch")
    both = shell.run("schedule", "launch", "--next", "--at", "tomorrow 09:30")
    assert (neither.code, both.code) == (2, 2)
    assert neither.err.startswith("contentkit: schedule: it does not say when")
    assert both.err.startswith("contentkit: schedule: '--at' and '--next' are two times")


def test_a_time_named_by_hand_is_taken_and_what_speaks_against_it_is_told(shell: Shell) -> None:
    with_calendar(
        shell,
        "blackout:",
        "  - {from: 2199-01-01, to: 2199-01-02, why: fair}",
        "quiet:",
        '  - {from: "09:00", to: "10:00"}',
        "gap: 1h",
        "entries:",
        "  - {id: other, draft: drafts/other.md, at: 2199-01-01 09:00, accounts: [try]}",
    )
    ran = shell.run("schedule", "launch", "--at", "2199-01-01 09:30")
    assert ran.code == 0
    assert "launch" in entries_of(shell)
    assert ran.err.splitlines()[:3] == [
        "launch: lies in a blackout (fair)",
        "launch: lies in the quiet hours from 09:00 to 10:00",
        "launch: goes out 30 min after other, nearer than the gap of 1 h, on try",
    ]


def test_a_time_that_the_clocks_skip_or_show_twice_is_told(shell: Shell) -> None:
    with_calendar(shell)
    skipped = shell.run("schedule", "launch", "--at", "2199-03-31 02:30")
    assert skipped.err.splitlines()[0].startswith("launch: the clocks skip 02:30 on this day: it goes out ")
    twice = shell.run("schedule", "launch", "--at", "2199-10-27 02:30")
    assert "the clocks show 02:30 twice on this day: it goes out the first time" in twice.err


def test_a_slot_named_like_a_trick_cannot_steer_the_terminal(shell: Shell) -> None:
    with_calendar(shell, "slots:", '  "\\u202e[bold]\\x1b[2J": ' + DAILY.format("09:30", "try", ""))
    ran = shell.run("schedule", "launch", "--next")
    assert (ran.code, "\x1b" in ran.err, "\u202e" in ran.err) == (1, False, False)
    assert "this cannot be the name of a slot" in ran.err


def test_who_approves_and_who_looks_into_the_queue_is_told_of_the_clocks(shell: Shell) -> None:
    with_calendar(
        shell,
        "gap: 1h",
        "entries:",
        "  - {id: launch, draft: drafts/launch.md, at: 2199-03-31 02:30, accounts: [try]}",
        "  - {id: other, draft: drafts/other.md, at: 2199-03-31 03:40, accounts: [try]}",
    )
    told = shell.run("approve", "launch", "--yes").err.splitlines()
    assert told[0].startswith("launch: the clocks skip 02:30 on this day: it goes out Sun 31 Mar 03:30")
    assert told[1] == "launch: goes out 10 min before other, nearer than the gap of 1 h, on try"
    [row] = [row for row in shell.run("queue", "--json").json if row["entry"] == "launch"]
    assert "the clocks skip 02:30 on this day" in row["why"]
