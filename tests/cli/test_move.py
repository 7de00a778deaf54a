"""Entries put at another time, with the real command."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import pytest

from contentkit.publishing.receipts import Receipt
from tests.cli.shell import PARTS, Shell, entry, time_in
from tests.cli.test_approve import texts_at
from tests.cli.test_pause import approve, calendar


def test_a_move_changes_the_time_alone_and_says_that_the_approval_is_void(shell: Shell) -> None:
    shell.enter(entry("launch", at="2198-01-01 09:30", more="late: hold") + "  # the big one")
    approve(shell, "launch")
    before = calendar(shell)
    ran = shell.run("move", "launch", "--at", "2199-01-01 16:00")
    assert ran.code == 0
    assert re.fullmatch(
        r"launch: moved from Mon 1 Jan 09:30 UTC to Tue 1 Jan 16:00 UTC \(in \d+ days\); "
        r"the approval of Ana Torres is void\n",
        ran.out,
    )
    assert ran.err == "Next: contentkit approve launch\n"
    assert calendar(shell) == before.replace(b'"2198-01-01 09:30"', b"2199-01-01 16:00")


def test_nothing_goes_out_at_the_old_time_nor_at_the_new_one_before_it_is_approved_again(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    approve(shell, "launch")
    assert shell.run("move", "launch", "--at", "now").code == 0
    shell.run("post")
    assert texts_at(shell) == []
    approve(shell, "launch")
    shell.run("post")
    assert texts_at(shell) == PARTS


def test_a_move_back_makes_the_approval_hold_again(shell: Shell) -> None:
    shell.enter(entry("launch", at="2198-01-01 09:30"))
    approve(shell, "launch")
    shell.run("move", "launch", "--at", "2199-01-01 16:00")
    ran = shell.run("move", "launch", "--at", "2198-01-01 09:30")
    assert ran.out.endswith("; the approval of Ana Torres holds again\n")
    assert ran.err == ""


def test_an_entry_that_nobody_approved_is_just_moved(shell: Shell) -> None:
    shell.enter(entry("launch", at="2198-01-01 09:30"))
    ran = shell.run("move", "launch", "--at", "2199-01-01 16:00")
    assert ran.out.endswith(" days)\n")
    assert ran.err == "Next: contentkit approve launch\n"


def test_a_move_by_hand_leaves_the_slot_and_says_so(shell: Shell) -> None:
    slots = 'slots: {morning: {days: [mon], time: "09:30", accounts: [try]}}\n'
    moved = entry("launch", at="2198-01-01 09:30", more="slot: morning")
    shell.write("calendar.yaml", f"version: 1\ntimezone: UTC\n{slots}entries:\n  - {moved}\n")
    ran = shell.run("move", "launch", "--at", "2199-01-01 16:00")
    assert ran.out.endswith("; no longer on the slot morning\n")
    assert b"slot: morning" not in calendar(shell)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("launch", "--at", "2020-01-01 09:30"), 2, r"Wed 1 Jan 09:30 UTC is past \(\d+ days ago\)"),
        (("launch", "--at", "2198-01-01 09:30"), 2, "launch is at Mon 1 Jan 09:30 UTC already"),
        (("launch", "--at", "soon"), 2, "cannot read the time 'soon'"),
        (("lunch", "--at", "tomorrow 09:30"), 1, "the calendar has no entry 'lunch'"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    shell: Shell, arguments: tuple[str, ...], code: int, message: str
) -> None:
    shell.enter(entry("launch", at="2198-01-01 09:30"))
    before = shell.files()
    ran = shell.run("move", *arguments)
    assert ran.code == code
    assert re.fullmatch(f"contentkit: {message}", ran.err.splitlines()[0])
    assert shell.files() == before


def test_an_entry_of_which_a_part_is_out_is_not_moved(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    approve(shell, "launch")
    shell.run("post")
    before = calendar(shell)
    ran = shell.run("move", "launch", "--at", "tomorrow 09:30")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "contentkit: launch cannot be moved: it is out already (3 of 3 parts on try)",
    )
    assert calendar(shell) == before


def test_an_entry_of_which_another_machine_sent_a_part_is_not_moved(shell: Shell) -> None:
    shell.enter(entry("launch", at="2198-01-01 09:30"))
    receipt = Receipt(
        entry="launch",
        account="try",
        part=0,
        parts=3,
        fingerprint="f",
        remote_id="1",
        url="",
        at="2026-11-22T18:04:00Z",
    )
    shell.write("receipts.jsonl", json.dumps(asdict(receipt)) + "\n")
    ran = shell.run("move", "launch", "--at", "2199-01-01 09:30")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "contentkit: launch cannot be moved: it is out already (1 of 3 parts on try)",
    )


def test_a_time_that_the_clocks_skip_is_noted(shell: Shell) -> None:
    moved = entry("launch", at="2099-03-01 09:30", more="timezone: Europe/Madrid")
    shell.enter(moved)
    ran = shell.run("move", "launch", "--at", "2099-03-29 02:30")
    assert ran.err.splitlines()[0] == ("launch: the clocks skip 02:30 on this day: it goes out Sun 29 Mar 03:30 CEST")
    assert b"at: 2099-03-29 03:30" in calendar(shell)


SLOTS = """slots:
  morning: {days: [mon, tue, wed, thu, fri, sat, sun], time: "09:30", accounts: [try], timezone: Europe/Madrid}
  evening: {days: [mon, tue, wed, thu, fri, sat, sun], time: "18:00", accounts: [try]}
"""


def with_slots(shell: Shell, *entries: str) -> None:
    shell.write("calendar.yaml", "\n  - ".join([f"version: 1\ntimezone: UTC\n{SLOTS}entries:", *entries]) + "\n")


def test_the_next_opening_of_a_slot_is_taken_with_its_name_and_its_zone(shell: Shell) -> None:
    with_slots(shell, entry("launch", at="2198-01-01 09:30"))
    ran = shell.run("move", "launch", "--next", "morning")
    assert re.fullmatch(
        r"launch: moved from Mon 1 Jan 09:30 UTC to Tue 2 Jan 09:30 CET \(in \d+ days\), slot morning\n", ran.out
    )
    assert b"at: 2198-01-02 09:30" in calendar(shell)
    assert b"slot: morning" in calendar(shell)
    assert b"timezone: Europe/Madrid" in calendar(shell)


def test_several_entries_each_take_an_opening_of_their_own(shell: Shell) -> None:
    with_slots(shell, entry("one", at="2198-01-01 20:00"), entry("two", at="2198-01-01 21:00"))
    ran = shell.run("move", "one", "two", "--next", "evening")
    assert [re.findall(r" to (.*?) \(", line) for line in ran.out.splitlines()] == [
        ["Tue 2 Jan 18:00 UTC"],
        ["Wed 3 Jan 18:00 UTC"],
    ]


def test_without_a_name_an_entry_stays_on_its_slot(shell: Shell) -> None:
    with_slots(shell, entry("launch", at="2198-01-01 18:00", more="slot: evening"))
    assert ", slot evening" in shell.run("move", "launch", "--next").out
    assert b"2198-01-02 18:00" in calendar(shell)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("one", "--next", "mornin"), 1, "the calendar has no slot 'mornin'"),
        (("one", "two", "--at", "tomorrow 09:30"), 2, "move: several entries at one time"),
        (("one", "--next", "morning", "--at", "tomorrow 09:30"), 2, "move: '--at' and '--next' are two times"),
        (("one",), 2, "move: it does not say when"),
    ],
)
def test_two_times_or_none_move_nothing(shell: Shell, arguments: tuple[str, ...], code: int, message: str) -> None:
    with_slots(shell, entry("one", at="2198-01-01 20:00"), entry("two", at="2198-01-01 21:00"))
    before = calendar(shell)
    ran = shell.run("move", *arguments)
    assert (ran.code, ran.err.splitlines()[0]) == (code, f"contentkit: {message}")
    assert calendar(shell) == before
