"""``calendar``: a month or a week in a terminal, one thing a line in a pipe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.shell import CONFIG, Shell, entry

CALENDAR = """version: 1
timezone: Europe/Madrid
slots:
  morning: {days: [mon, tue, wed, thu, fri], time: "09:30", accounts: [try]}
blackout:
  - {from: 2199-01-03, to: 2199-01-03, why: fair}
quiet:
  - {from: "22:00", to: "07:00", days: [tue]}
entries:
  - {id: launch, draft: drafts/launch.md, at: 2199-01-01 09:30, accounts: [try]}
  - {id: tokyo, draft: drafts/launch.md, at: 2199-01-01 19:00, timezone: Asia/Tokyo, accounts: [try]}
"""


@pytest.fixture
def planned(shell: Shell) -> Shell:
    shell.write("calendar.yaml", CALENDAR)
    return shell


def test_into_a_pipe_goes_one_thing_a_line(planned: Shell) -> None:
    ran = planned.run("calendar", "--week", "--from", "2199-01-01")
    assert ran.code == 0
    assert ran.err == "Times are those of Europe/Madrid.\n"
    assert ran.rows == [
        ["day", "time", "kind", "name", "state", "accounts", "more"],
        ["2199-01-01", "09:30", "entry", "launch", "to approve", "try", ""],
        ["2199-01-01", "11:00", "entry", "tokyo", "to approve", "try", "19:00 in Asia/Tokyo"],
        ["2199-01-01", "22:00-07:00", "quiet", "", "", "", ""],
        ["2199-01-02", "", "gap", "", "", "", "nothing is planned, although slots are free"],
        ["2199-01-02", "09:30", "free", "morning", "free", "try", ""],
        ["2199-01-03", "", "blackout", "", "", "", "fair"],
        ["2199-01-04", "", "gap", "", "", "", "nothing is planned, although slots are free"],
        ["2199-01-04", "09:30", "free", "morning", "free", "try", ""],
        ["2199-01-07", "", "gap", "", "", "", "nothing is planned, although slots are free"],
        ["2199-01-07", "09:30", "free", "morning", "free", "try", ""],
    ]


def test_in_a_terminal_a_month_is_drawn_in_whole_weeks(planned: Shell) -> None:
    ran = planned.run_in_terminal("calendar", "--from", "2199-01-01")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", ran.out).splitlines()
    assert ran.code == 0
    assert lines[0] == "Times are those of Europe/Madrid."
    assert all(len(line) <= 80 for line in lines)
    [first_week] = [line for line in lines if line.startswith("│31")]
    assert "1 Jan" in first_week
    assert any("09:30○" in line for line in lines)


def test_an_approved_entry_shows_so(planned: Shell) -> None:
    planned.run("approve", "launch", "--yes")
    states = [row[4] for row in planned.run("calendar", "--week", "--from", "2199-01-01").rows if row[3] == "launch"]
    assert states == ["planned"]


def test_json_has_every_day_with_what_is_in_it(planned: Shell) -> None:
    days = planned.run("calendar", "--week", "--from", "2199-01-01", "--json").json
    assert [day["date"] for day in days] == [f"2199-01-0{number}" for number in range(1, 8)]
    [launch, tokyo] = days[0]["entries"]
    assert launch["accounts"] == [{"account": "try", "state": "", "why": launch["accounts"][0]["why"]}]
    assert (tokyo["at"], tokyo["zone"]) == ("2199-01-01T11:00:00+01:00", "Asia/Tokyo")
    assert days[1]["free"] == [{"slot": "morning", "at": "2199-01-02T09:30:00+01:00", "accounts": ["try"]}]
    assert [day["gap"] for day in days] == [False, True, False, True, False, False, True]


def test_one_account_is_asked_for_by_its_name(planned: Shell) -> None:
    planned.write("contentkit.toml", CONFIG + '\n[accounts.other]\nplatform = "console"\n')
    ran = planned.run("calendar", "--week", "--from", "2199-01-01", "--account", "other")
    assert [row[2] for row in ran.rows[1:]] == ["quiet", "blackout"]
    unknown = planned.run("calendar", "--account", "tri")
    assert (unknown.code, "no account 'tri'" in unknown.err) == (1, True)


def test_plain_reads_aloud(planned: Shell) -> None:
    lines = planned.run("calendar", "--plain", "--week", "--from", "2199-01-01").out.splitlines()
    assert lines[:3] == [
        "Times are those of Europe/Madrid.",
        "Tue 1 Jan 09:30: launch, to approve, on try",
        "Tue 1 Jan 11:00: tokyo, to approve, on try, 19:00 in Asia/Tokyo",
    ]


def test_an_empty_calendar_says_how_to_begin(shell: Shell) -> None:
    ran = shell.run("calendar")
    assert (ran.code, "Next: contentkit schedule DRAFT" in ran.err) == (0, True)


def test_a_week_and_a_month_at_once_are_refused(shell: Shell) -> None:
    assert shell.run("calendar", "--week", "--month").code == 2


def test_it_changes_nothing(planned: Shell, tmp_path: Path) -> None:
    before = planned.files()
    planned.run("calendar")
    assert planned.files() == before
    assert not (tmp_path / "state").exists()


def test_an_entry_without_its_draft_is_shown_all_the_same(planned: Shell) -> None:
    planned.write(
        "calendar.yaml", CALENDAR + "  - " + entry("gone", at="2199-01-02 12:00", draft="drafts/gone.md") + "\n"
    )
    ran = planned.run("calendar", "--week", "--from", "2199-01-01")
    assert (ran.code, [row[4] for row in ran.rows if row[3] == "gone"]) == (0, ["to approve"])
