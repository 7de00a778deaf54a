"""An approval does not cover what a founder takes back after it."""

from __future__ import annotations

import pytest

from tests.cli.shell import NOTE, PARTS, Shell, entry, time_in

SAID = PARTS[1]


@pytest.fixture
def approved(shell: Shell) -> Shell:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    return shell


def take_back(shell: Shell, how: str) -> None:
    if how == "confidential":
        shell.write("confidential.txt", "scheduler\n")
    else:
        marked = {
            "off the record": f"OTR: {SAID}",
            "embargo": f"[embargo until 2090-01-01 09:00 UTC] {SAID} [/embargo]",
        }
        shell.write("notes/call.md", NOTE.replace(SAID, marked[how]))


@pytest.mark.parametrize(
    ("how", "check"), [("off the record", "CK303"), ("embargo", "CK316"), ("confidential", "CK307")]
)
def test_what_was_taken_back_after_the_approval_does_not_go_out(approved: Shell, how: str, check: str) -> None:
    take_back(approved, how)

    ran = approved.run("post")

    assert ran.code == 4
    assert check in ran.out
    assert not (approved.state / "try.console.jsonl").exists()
    assert approved.run("post").out == "", "it is told once"
    assert approved.run("status").code == 4


def test_it_goes_out_once_it_may_be_said_again(approved: Shell) -> None:
    take_back(approved, "embargo")
    assert approved.run("post").code == 4
    approved.write("notes/call.md", NOTE)

    assert approved.run("post").code == 0
    assert len((approved.state / "try.console.jsonl").read_text().splitlines()) == len(PARTS)
