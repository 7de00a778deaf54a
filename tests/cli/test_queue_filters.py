"""What ``contentkit queue`` is asked for: by name, account, founder, campaign, state, time."""

from __future__ import annotations

import pytest

from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in
from tests.cli.test_approve import receipt

PEOPLE = """version: 1
people:
  ana: {name: Ana Torres, consent: name}
  ravi:
    name: Ravi Iyer
    consent: name
    founder: {approvers: [ana]}
"""


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """Four entries on two accounts: one planned, one paused, one in a founder's name, one that was never approved in time."""
    shell.write("contentkit.toml", CONFIG + '[accounts.b]\nplatform = "console"\n')
    shell.write("people.yaml", PEOPLE)
    shell.write("drafts/ravis.md", DRAFT.replace("version: 1\n", "version: 1\nfounder: ravi\n"))
    shell.enter(
        entry("planned", at=time_in(hours=2)),
        entry("paused", at=time_in(days=2), accounts="b", more='paused: "legal looks at it", campaign: launch'),
        entry("ravis", at=time_in(days=9), accounts="try, b", draft="drafts/ravis.md", more="campaign: launch"),
        entry("missed", at="2020-01-01 09:30"),
    )
    assert shell.run("approve", "planned", "--yes", "--by", "Ana").code == 0
    return shell


def names(shell: Shell, *asked: str) -> list[str]:
    ran = shell.run("queue", *asked)
    assert ran.code == 0, ran.err
    return [f"{row[2]}@{row[3]}" for row in ran.rows[1:]]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (["planned", "missed"], ["missed@try", "planned@try"]),
        (["--account", "b"], ["paused@b", "ravis@b"]),
        (["--account", "b", "--account", "try", "ravis"], ["ravis@b", "ravis@try"]),
        (["--founder", "ravi"], ["ravis@b", "ravis@try"]),
        (["--campaign", "launch", "--account", "b"], ["paused@b", "ravis@b"]),
        (["--state", "planned"], ["planned@try"]),
        (["--state", "-"], ["missed@try", "paused@b", "ravis@b", "ravis@try"]),
        (["--state", "none", "--from", "now", "--to", "in 3 days"], ["paused@b"]),
        (["--from", "in 5 days"], ["ravis@b", "ravis@try"]),
        (["--to", "2020-01-01"], ["missed@try"]),
        (["--state", "held"], []),
    ],
)
def test_only_what_is_asked_for_is_shown(filled: Shell, asked: list[str], shown: list[str]) -> None:
    assert names(filled, *asked) == shown


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        (["plannd"], "there is no entry 'plannd'", "did you mean 'planned'?"),
        (["--account", "tri"], "there is no account 'tri'", "did you mean 'try'?"),
        (["--founder", "rav"], "there is no founder 'rav'", "did you mean 'ravi'?"),
        (["--campaign", "lunch"], "there is no campaign 'lunch'", "did you mean 'launch'?"),
        (["--state", "hold"], "there is no state 'hold'", "did you mean 'held'?"),
        (["--from", "someday"], "cannot read the time 'someday'", "write '2026-11-24'"),
    ],
)
def test_a_name_that_nothing_has_is_refused_with_the_nearest(
    filled: Shell, asked: list[str], message: str, hint: str
) -> None:
    ran = filled.run("queue", *asked)
    assert (ran.code, ran.out, message in ran.err, hint in ran.err) == (2, "", True, True), ran.err


def test_each_row_says_who_acts_next_and_what_they_type(filled: Shell) -> None:
    rows = {(row["entry"], row["account"]): row for row in filled.run("queue", "--json").json}
    told = {entry: (row["who"], row["next"][:1]) for (entry, _), row in rows.items()}
    assert told == {
        "planned": ("cron", []),
        "paused": ("you", ["contentkit approve paused"]),
        "ravis": ("Ana Torres", ["contentkit approve ravis"]),
        "missed": ("you", ["contentkit move missed --at 'tomorrow 09:30'"]),
    }
    assert rows["paused", "b"]["why"] == "to approve, paused: legal looks at it"
    assert (rows["ravis", "b"]["founder"], rows["ravis", "b"]["campaign"]) == ("ravi", "launch")


def test_what_was_published_long_ago_is_shown_to_who_asks_for_it(shell: Shell) -> None:
    shell.enter(entry("launch", at="2020-01-01 09:30"))
    shell.write("receipts.jsonl", "".join(receipt(part) for part in range(3)))
    assert names(shell) == []
    assert "contentkit queue --all" in shell.run("queue").err
    for asked in (["launch"], ["--to", "2020-12-31"], ["--all"]):
        assert names(shell, *asked) == ["launch@try"]


def test_whoever_acts_on_the_entry_before_acts_on_what_waits_for_it(shell: Shell) -> None:
    shell.enter(
        entry("first", at=time_in(seconds=-90)),
        entry("second", at=time_in(seconds=-60), more="after: first"),
        entry("third", at=time_in(seconds=-30), more="after: second"),
    )
    assert shell.run("approve", "second", "third", "--yes", "--by", "Ana").code == 0
    rows = {row["entry"]: (row["who"], row["why"]) for row in shell.run("queue", "--json").json}
    assert rows["second"] == ("you", "waits for first, which nobody has approved here")
    assert rows["third"] == ("you", "waits for second")


def test_a_pause_says_its_reason_and_a_stop_says_who_ends_it(filled: Shell) -> None:
    assert filled.run("pause", "planned", "--why", "the page is not up").code == 0
    [row] = filled.run("queue", "planned", "--json").json
    assert (row["why"], row["who"], row["next"]) == (
        "paused: the page is not up",
        "you",
        ["contentkit unpause planned"],
    )
    filled.run("unpause", "planned")
    filled.run("stop")
    [row] = filled.run("queue", "planned", "--json").json
    assert (row["who"], row["next"]) == ("you", ["contentkit start"])
    assert row["why"].startswith("publishing is stopped: ")
