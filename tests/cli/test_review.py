"""``contentkit review`` in a terminal: from the first key to the prompt of the shell that it leaves behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.conversation import Conversation
from tests.cli.shell import COMMAND, DRAFT, Ran, Shell

BODIES = (
    "All 250 teams we talked to had written the same scheduler.\n<!-- evidence: notes/call.md#L3 -->\n",
    "We threw the queue away, and made each account a lane of its own.\n<!-- evidence: notes/call.md#L5 -->\n",
    "Nothing waits for a stranger's trouble any more.\n<!-- evidence: notes/call.md#L7 -->\n",
)
LEFT = "\x1b[?1049l"


@contextmanager
def reviewing(shell: Shell, *arguments: str, term: str = "xterm-256color", **more: str) -> Iterator[Conversation]:
    """A review in a terminal of 80 by 24."""
    with Conversation(shell, "review", "--by", "Ana Torres", *arguments, variables={"TERM": term, **more}) as talk:
        talk.resize(24, 80)
        yield talk


def states(shell: Shell) -> dict[str, str]:
    return {row["entry"]: row["state"] for row in shell.run("queue", "--json").json}


@pytest.fixture
def three(shell: Shell) -> Shell:
    """Three drafts on the calendar; the first has an error."""
    front, _, _ = DRAFT.partition("Every")
    for number, (name, body) in enumerate(zip(("one", "two", "three"), BODIES, strict=True), 1):
        shell.write(f"drafts/{name}.md", front + body)
        assert shell.run("schedule", name, "--at", f"2199-01-0{number} 09:30").code == 0
    return shell


def test_three_drafts_are_scheduled_looked_at_and_approved(three: Shell) -> None:
    with reviewing(three) as talk:
        talk.wait_for("3 of 3 to approve")
        talk.wait_for("CK201")
        talk.type("a")
        talk.wait_for("cannot be approved yet")
        talk.type("w")
        talk.wait_for("Why is it fine?")
        talk.type("counted in the audit\r")
        talk.wait_for("waived by Ana Torres")
        for left in (2, 1, 0):
            talk.type("a")
            talk.wait_for("exactly this one part")
            talk.type("y")
            talk.wait_for(f"{left} of 3 to approve")
        talk.type("q")
        assert talk.end().code == 0
    assert states(three) == dict.fromkeys(("one", "two", "three"), "planned")


@pytest.mark.parametrize(("ending", "code"), [("\x03", 130), ("q", 0)])
def test_whoever_leaves_has_their_terminal_back_and_nothing_changed(three: Shell, ending: str, code: int) -> None:
    before = three.files()
    with reviewing(three) as talk:
        modes = talk.modes()
        talk.wait_for("3 of 3 to approve")
        talk.type(ending)
        ran = talk.end()
        assert (ran.code, talk.modes() == modes) == (code, True)
    assert LEFT in ran.out
    assert "Traceback" not in ran.out
    assert three.files() == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_review_that_is_ended_from_outside_leaves_the_terminal_as_it_was(three: Shell, number: int) -> None:
    with reviewing(three) as talk:
        modes = talk.modes()
        talk.wait_for("3 of 3 to approve")
        talk.send(number)
        ran = talk.end()
        assert (ran.code, talk.modes() == modes) == (-signal.SIGTERM, True)
    assert LEFT in ran.out
    assert "Traceback" not in ran.out


def test_a_reason_half_typed_survives_a_resize(three: Shell) -> None:
    with reviewing(three) as talk:
        talk.wait_for("3 of 3 to approve")
        talk.wait_for("CK201")
        talk.type("w")
        talk.wait_for("Why is it fine?")
        talk.type("counted in the ")
        talk.wait_for("counted in the")
        talk.resize(50, 160)
        talk.wait_for("Why is it fine?")
        talk.type("audit\r")
        talk.wait_for("waived by Ana Torres")
        talk.type("q")
        talk.end()
    assert "by Ana Torres: counted in the audit -->" in (three.project / "drafts/one.md").read_text()


def test_a_draft_is_mended_in_the_editor_and_read_again(three: Shell) -> None:
    with reviewing(three, EDITOR="sed -i 's/All 250 teams/Every team/'") as talk:
        talk.wait_for("CK201")
        talk.type("e")
        talk.wait_for("mEvery team we talked to")  # in the frame: beside the source's line stands its number
        talk.type("a")
        talk.wait_for("exactly this one part")
        talk.type("n")
        talk.wait_for("not approved.")
        talk.type("q")
        talk.end()
    assert "Every team" in (three.project / "drafts/one.md").read_text()


def test_a_draft_that_cannot_be_read_after_editing_shows_where_and_can_be_edited_again(three: Shell) -> None:
    with reviewing(three, EDITOR="sed -i 's/^version: 1/version: 9/;s/^version: x/version: 1/'") as talk:
        talk.wait_for("CK201")
        talk.type("e")
        talk.wait_for("one cannot be shown")
        talk.wait_for("drafts/one.md:2")
        talk.type("q")
        assert talk.end().code == 0


def test_without_a_terminal_nothing_is_reviewed(three: Shell) -> None:
    ran = three.run("review")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "contentkit: a review needs somebody at a terminal")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["lunch"], 1, "the calendar has no entry 'lunch'"),
        (["--account", "tri"], 1, "no account 'tri'"),
        (["--founder", "anna"], 2, "people.yaml has no 'anna'"),
    ],
)
def test_a_name_that_is_not_there_is_told_before_the_screen_opens(
    shell: Shell, arguments: list[str], code: int, said: str
) -> None:
    ran = shell.run_in_terminal("review", *arguments)
    assert (ran.code, said in ran.err, ran.out) == (code, True, "")


def test_without_textual_one_message_says_how_to_install_it(shell: Shell) -> None:
    shell.write("missing/textual/__init__.py", "raise ModuleNotFoundError('no textual', name='textual')\n")
    ran = without_textual(shell)
    assert ran.code == 1
    assert "contentkit: the full-screen review needs the package textual" in ran.out
    assert "pipx install --force '.[review]'" in " ".join(ran.out.split())


def without_textual(shell: Shell) -> Ran:
    variables = {"TERM": "xterm-256color", "PYTHONPATH": str(shell.project / "missing")}
    with Conversation(shell, "review", variables=variables, command=COMMAND) as talk:
        return talk.end()


@pytest.mark.parametrize("how", [("--plain", "xterm"), ("", "dumb")])
def test_the_same_walk_line_by_line(three: Shell, how: tuple[str, str]) -> None:
    option, term = how
    with reviewing(three, *([option] if option else []), term=term) as talk:
        talk.wait_for("3 of 3 to approve")
        talk.wait_for("All 250 teams")
        talk.wait_for("Post 1 rests on notes/call.md#L3")
        talk.answer("one (1 of 3)", "a")
        talk.wait_for("one cannot be approved yet: one finding")
        talk.answer("one (1 of 3)", "w")
        talk.answer("Why is it fine", "counted in the audit")
        talk.wait_for("waived by Ana Torres: counted in the audit")
        for number, name in enumerate(("one", "two", "three"), 1):
            talk.answer(f"{name} ({number} of 3)", "a")
            talk.answer(f"Approve {name} as Ana Torres: exactly this one part", "y")
            talk.wait_for(f"{name}: approved by Ana Torres")
        ran = talk.end()
    assert ran.code == 0
    assert "That was the last entry." in ran.out
    assert "\x1b" not in ran.out
    assert states(three) == dict.fromkeys(("one", "two", "three"), "planned")


def test_a_plain_walk_pauses_moves_and_goes_back(three: Shell) -> None:
    with reviewing(three, "--plain") as talk:
        talk.answer("one (1 of 3)", "")
        talk.answer("two (2 of 3)", "p")
        talk.answer("Why?", "legal reads it")
        talk.wait_for("two: paused (legal reads it)")
        talk.answer("two (2 of 3)", "m")
        talk.answer("To when?", "2199-02-01 10:00")
        talk.wait_for("two: moved to Fri 1 Feb 10:00 UTC")
        talk.answer("two (2 of 3)", "x")
        talk.wait_for("? help")
        talk.answer("two (2 of 3)", "b")
        talk.answer("one (1 of 3)", "q")
        assert talk.end().code == 0
    assert "paused: legal reads it" in (three.project / "calendar.yaml").read_text()


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 130)])
def test_whoever_answers_no_more_ends_the_plain_walk(three: Shell, key: str, code: int) -> None:
    before = three.files()
    with reviewing(three, "--plain") as talk:
        talk.wait_for("one (1 of 3)")
        talk.interrupt(key)
        ran = talk.end()
    assert (ran.code, "Traceback" in ran.out) == (code, False)
    assert three.files() == before


def test_the_source_is_opened_at_the_cited_line_in_the_pager(three: Shell) -> None:
    pager = three.home / "less"
    pager.write_text('#!/bin/sh\necho "$@" > "$HOME/opened"\n')
    pager.chmod(0o755)
    with reviewing(three, PAGER=str(pager)) as talk:
        talk.wait_for("CK201")
        talk.type("o")
        talk.wait_for("\x1b[?1049h")
        talk.type("q")
        assert talk.end().code == 0
    assert (three.home / "opened").read_text() == f"+3 {three.project}/notes/call.md\n"


def test_an_editor_that_is_not_there_is_told(three: Shell) -> None:
    with reviewing(three, EDITOR="no-such-editor") as talk:
        talk.wait_for("CK201")
        talk.type("e")
        talk.wait_for("no-such-editor cannot be started")
        talk.type("q")
        assert talk.end().code == 0


def test_a_key_that_cannot_sign_is_told_and_the_screen_comes_back(shell: Shell) -> None:
    folder = shell.home / "config" / "contentkit"
    folder.mkdir(parents=True)
    (folder / "machine.toml").write_text('version = 1\n\n[approval]\ntrust = "signed"\n')
    (folder / "allowed_signers").write_text("ana@example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA\n")
    assert shell.run("schedule", "launch", "--at", "2199-01-01 09:30").code == 0
    with reviewing(shell) as talk:
        talk.wait_for("1 of 1 to approve")
        talk.type("a")
        talk.wait_for("exactly these 3 parts")
        talk.type("y")
        talk.wait_for("\x1b[?1049h")
        talk.wait_for("nobody can sign as")
        talk.type("q")
        assert talk.end().code == 0
