"""What somebody says yes to is what they were shown, whatever happens to the files while they read it."""

from __future__ import annotations

import pytest

from tests.cli.approving import ANA, SIGNED, allow, make_key, public, trust_keys
from tests.cli.conversation import Conversation
from tests.cli.shell import DRAFT, PARTS, Shell, entry, time_in
from tests.cli.test_approve import texts_at


def approved_while_edited(shell: Shell, *arguments: str) -> None:
    """Somebody saves another text between the question and the yes."""
    with Conversation(shell, "approve", "launch", *arguments) as talk:
        talk.wait_for("exactly this?")
        shell.write("drafts/launch.md", DRAFT.replace("threw the queue away", "gave the queue up"))
        talk.type("y\n")
        ran = talk.end()
    assert ran.code == 0, ran.out


@pytest.fixture(params=["local", "signed"])
def asked(request: pytest.FixtureRequest, shell: Shell) -> Shell:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    arguments = ["--by", ANA]
    if request.param == "signed":
        key = make_key(shell.home, "ana")
        allow(shell, SIGNED)
        trust_keys(shell, f"{ANA} {public(key)}")
        arguments += ["--key", str(key)]
    approved_while_edited(shell, *arguments)
    return shell


def test_what_was_edited_before_the_yes_does_not_go_out(asked: Shell) -> None:
    asked.run("post")
    assert texts_at(asked) == []


def test_what_was_shown_goes_out_once_it_stands_there_again(asked: Shell) -> None:
    asked.write("drafts/launch.md", DRAFT)
    asked.run("post")
    assert texts_at(asked) == PARTS
