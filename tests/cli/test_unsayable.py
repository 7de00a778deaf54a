"""An approval does not cover what a founder takes back after it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from contentkit.cli.ingesting.raw_files import last_changed, remember_raw
from contentkit.cli.project import ANSWERS_NAME
from tests.cli.conversation import Conversation
from tests.cli.shell import NOTE, PARTS, Shell, entry, time_in

SAID = PARTS[1]


def with_raw(shell: Shell, words: bytes) -> Path:
    """A raw file of which the note is a copy."""
    raw = shell.home / "raw.md"
    raw.write_bytes(words)
    shell.state.mkdir(parents=True)
    remember_raw(shell.state, "notes/call.md", raw, last_changed(raw))
    return raw


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


@pytest.mark.nightly
@pytest.mark.parametrize("how", ["off the record", "confidential"])
def test_what_was_looked_at_before_is_looked_at_again_once_it_changed(shell: Shell, how: str) -> None:
    raw = with_raw(shell, NOTE.encode())
    names = shell.write("confidential.txt", "nobody\n")
    time.sleep(2.1)  # what changed just before is never taken for known
    shell.enter(entry("launch", at=time_in(minutes=-1)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert '": ""' in (shell.state / ANSWERS_NAME).read_text()
    if how == "confidential":
        names.write_text("scheduler\n")
    else:
        raw.write_text(NOTE.replace(SAID, f"OTR: {SAID}"))
    time.sleep(2.1)

    ran = shell.run("post")

    assert (ran.code, "CK307" in ran.out or "CK303" in ran.out) == (4, True)
    assert not (shell.state / "try.console.jsonl").exists()


@pytest.mark.parametrize("how", ["confidential", pytest.param("off the record", marks=pytest.mark.nightly)])
def test_what_was_taken_back_between_the_question_and_the_yes_does_not_go_out(shell: Shell, how: str) -> None:
    raw = with_raw(shell, NOTE.encode())
    names = shell.write("confidential.txt", "nobody\n")
    shell.enter(entry("launch", at=time_in(minutes=-1)))
    with Conversation(shell, "approve", "launch", "--by", "Ana") as talk:
        talk.wait_for("exactly this?")
        if how == "confidential":
            names.write_text("scheduler\n")
        else:
            raw.write_text(NOTE.replace(SAID, f"OTR: {SAID}"))
        time.sleep(2.1)  # what changed just before is never taken for known
        talk.type("y\n")
        assert talk.end().code == 0

    ran = shell.run("post")

    assert (ran.code, "CK307" in ran.out or "CK303" in ran.out) == (4, True)
    assert not (shell.state / "try.console.jsonl").exists()


@pytest.mark.nightly
@pytest.mark.parametrize(("words", "kept"), [(f"{NOTE}\nAnd more.\n".encode(), 2), (b"\x00\xff", 1)])
def test_what_could_not_be_compared_is_looked_at_again(shell: Shell, words: bytes, kept: int) -> None:
    raw = with_raw(shell, NOTE.encode())
    shell.enter(entry("launch", at=time_in(minutes=-1)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    raw.write_bytes(words)
    time.sleep(2.1)

    assert shell.run("post").code == 0
    assert len(json.loads((shell.state / ANSWERS_NAME).read_text())) == kept
