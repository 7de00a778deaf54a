"""``contentkit today``: Monday morning on one screen."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in
from tests.cli.test_approve import receipt

SLOTS = """slots:
  morning: {days: [mon, tue, wed, thu, fri, sat, sun], time: "09:30", accounts: [try]}
entries:
"""


def test_an_empty_project_says_that_nothing_waits_and_exits_0(shell: Shell) -> None:
    ran = shell.run("today")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(
        r"^Out since \w+ \d+ \w+: nothing\nNothing waits for a person\nPlanned until .*: nothing\n$", ran.out, re.M
    )


def test_what_went_out_is_told_with_its_address_and_what_waits_with_what_to_type(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '[accounts.b]\nplatform = "console"\n')
    shell.write("drafts/other.md", DRAFT.replace("had written", "of two had written"))
    shell.enter(
        entry("launch", at=time_in(seconds=-60)),
        entry("waiting", at=time_in(hours=5), draft="drafts/other.md", accounts="try, b"),
        entry("later", at=time_in(days=30), draft="drafts/other.md"),
    )
    shell.run("approve", "launch", "--yes", "--by", "Ana")
    shell.run("post")
    out = shell.run("today").out
    assert re.search(r"^  \w+ \d+ \w+ \d\d:\d\d  launch on try  console://try/1$", out, re.M)
    assert (
        "Waits for you: 1   (contentkit explain ENTRY says more)\n  waiting on b, try: to approve -> contentkit approve waiting\n"
        in out
    )
    assert re.search(r"^  \w+ \d+ \w+ \d\d:\d\d  waiting on b, try: to approve by you, in 5 h$", out, re.M)
    assert "later" not in out


def test_what_may_be_on_the_network_already_stands_first_and_a_stop_before_it(shell: Shell) -> None:
    shell.write("drafts/other.md", DRAFT.replace("had written", "of two had written"))
    shell.enter(
        entry("sooner", at=time_in(seconds=-90), draft="drafts/other.md"), entry("held", at=time_in(seconds=-60))
    )
    shell.run("approve", "held", "--yes", "--by", "Ana")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")
    shell.run("stop", "--reason", "legal calls")
    waits = shell.run("today", "--json").json["waits"]
    assert [(one["what"], one["state"], one["who"]) for one in waits] == [
        ("publishing", "stopped", "you"),
        ("held", "held", "you"),
        ("sooner", "", "you"),
    ]


def went_out(shell: Shell) -> str:
    """The entry ``launch``, sent by another machine 20 minutes ago."""
    sent = f'"at": "{datetime.now(UTC) - timedelta(minutes=20):%Y-%m-%dT%H:%M:%SZ}"'
    shell.write("receipts.jsonl", "".join(re.sub('"at": "[^"]*"', sent, receipt(part)) for part in range(3)))
    return entry("launch", at=time_in(minutes=-30))


def test_what_another_machine_sent_is_told_by_the_time_of_its_receipt(shell: Shell) -> None:
    shell.enter(went_out(shell))
    [out] = shell.run("today", "--json").json["out"]
    assert (out["entry"], out["url"]) == ("launch", "https://example.org/1")


def test_free_slots_of_the_week_are_told_by_day(shell: Shell) -> None:
    shell.write("calendar.yaml", f"version: 1\ntimezone: UTC\n{SLOTS}")
    out = shell.run("today").out
    told = re.findall(r"^  \w+ \d+ \w+  09:30 morning \(try\)$", out, re.M)
    assert len(told) in (6, 7)
    assert f"Free slots: {len(told)}\n" in out
    assert "Free slots" not in shell.run("queue").out


def test_a_damaged_database_hides_nothing_else_and_is_told_in_one_line(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(hours=5)))
    shell.write("contentkit.db", b"words that are no database")
    ran = shell.run("today")
    assert (ran.code, ran.err) == (0, "")
    assert "  contentkit.db: unreadable: file is not a database -> contentkit doctor\n" in ran.out
    assert "  launch on try: to approve -> contentkit approve launch\n" in ran.out
    waits = shell.run("today", "--json").json["waits"]
    assert [(one["what"], one["state"], one["who"]) for one in waits] == [
        ("contentkit.db", "unreadable", "you"),
        ("launch", "", "you"),
    ]


def test_a_screen_of_24_lines_holds_it_and_counts_what_it_does_not(shell: Shell) -> None:
    entries = [entry(f"e{number:02}", at=time_in(hours=2 + number)) for number in range(40)]
    shell.write(
        "calendar.yaml", f"version: 1\ntimezone: UTC\n{SLOTS}  - " + "\n  - ".join([went_out(shell), *entries]) + "\n"
    )
    ran = shell.run_in_terminal("today")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", ran.out).splitlines()
    assert (ran.code, len(lines) <= 23, max(map(len, lines)) <= 80) == (0, True, True)
    assert sum("more: contentkit" in line for line in lines) == 3
    assert "Waits for you: 40" in "\n".join(lines)
    assert len(shell.run("today").out.splitlines()) > 80


def test_hostile_words_reach_no_terminal(shell: Shell) -> None:
    evil = "\\e]0;owned\\a \\e[2J [red]x[/] \\u202E \\u009b31m"
    shell.enter(entry("launch", at=time_in(hours=3), more=f'paused: "{evil}"'))
    for ran in (shell.run("today"), shell.run("today", "--json"), shell.run_in_terminal("today")):
        shown = re.sub(r"\x1b\[[0-9;]*m", "", ran.out + ran.err)
        assert not set(shown) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("wrong", [["launch"], ["--week"]])
def test_arguments_that_it_has_not_are_refused(shell: Shell, wrong: list[str]) -> None:
    assert shell.run("today", *wrong).code == 2
