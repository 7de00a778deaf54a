"""Confidential names and strange servers, as somebody at the keyboard meets them."""

from __future__ import annotations

import pytest

from tests.cli.shell import CONFIG, Shell, entry, time_in
from tests.cli.test_doctor import git, into_git
from tests.drafting.model_server import ModelServer, says, thread

LISTED = "# customers\nRidgeway Foods | Ridgeway\n"
NOTE = """# A call about Ridgeway

Every team we talked to had written the same scheduler before they came to us in June.

Ridgeway Foods threw the queue away, and told nobody about it for a whole year.

Nothing waits for a stranger's trouble any more, and nobody is woken up on Sundays.
"""


@pytest.fixture
def listed(shell: Shell) -> Shell:
    shell.write("confidential.txt", LISTED)
    shell.write("notes/call.md", NOTE)
    return shell


def test_a_draft_is_made_without_the_name_and_holds_against_its_lines(listed: Shell) -> None:
    ran = listed.run("draft", "notes/call.md", "--slug", "call")
    assert ran.code == 0, ran.err
    written = (listed.project / "drafts/call.md").read_text()
    assert "idgeway" not in written + ran.out + ran.err
    assert "NAME_" not in written
    assert "CK104" not in listed.run("check", "call").out


def test_a_draft_with_a_name_is_an_error_that_does_not_tell_the_name(listed: Shell) -> None:
    draft = (listed.project / "drafts/launch.md").read_text()
    listed.write("drafts/launch.md", draft.replace("Nothing waits", "At RIDGEWAY nothing waits"))
    ran = listed.run("check", "launch")
    assert ran.code == 1
    assert "drafts/launch.md:16:4: error CK307: the text holds a name that confidential.txt lists" in ran.out
    assert "ridgeway" not in (ran.out + ran.err).lower()
    listed.enter(entry("launch", at=time_in(days=1)))
    refused = listed.run("approve", "launch", "--yes", "--by", "Ana")
    assert (refused.code, "error CK307" in refused.err) == (4, True)
    assert "ridgeway" not in (refused.out + refused.err).lower()


def test_a_list_that_cannot_be_used_stops_the_work_with_its_line_only(listed: Shell) -> None:
    listed.write("confidential.txt", "Ridgeway\nthe\n")
    for command in ("draft notes/call.md", "check", "ingest notes/call.md", "doctor"):
        ran = listed.run(*command.split())
        assert ran.code == 1, command
        assert "confidential.txt:2: so common a word would be found everywhere" in ran.out + ran.err
        assert "idgeway" not in ran.out + ran.err


def test_a_list_in_git_is_an_error_for_check_and_doctor(listed: Shell) -> None:
    into_git(listed)
    for command in ("check", "doctor"):
        ran = listed.run(command)
        assert ran.code == 1
        assert "git rm --cached confidential.txt" in ran.out
    git(listed, "rm", "--quiet", "--cached", "confidential.txt")
    assert "CK307" not in listed.run("check").out
    assert "git does not ignore confidential.txt" in listed.run("doctor").out


def drafter(shell: Shell, base_url: str) -> None:
    table = f'[drafter]\nname = "openai"\nbase_url = "{base_url}"\nmodel = "m"\nretries = 0\n'
    shell.write("contentkit.toml", f"{CONFIG}\n{table}")


def test_a_server_that_a_pull_request_brings_is_refused_before_anything_is_read(shell: Shell) -> None:
    drafter(shell, "https://models.evil.example/v1")
    ran = shell.run("draft", "notes/there-is-no-such-note.md")
    assert ran.code == 1
    assert "would send sources to models.evil.example, which this machine does not allow" in ran.err
    assert f"{shell.home}/config/contentkit/machine.toml:\n  version = 1\n  [models]\n" in ran.err
    assert "models.evil.example" in shell.run("doctor").out
    assert shell.run("draft", "notes/call.md", "--drafter", "extractive", "--slug", "offline").code == 0


def test_what_would_be_sent_is_printed_and_nothing_is_sent(listed: Shell) -> None:
    with ModelServer([says(thread(("Nothing waits.", ["S1"])))]).running() as server:
        drafter(listed, server.base_url)
        ran = listed.run("draft", "notes/call.md", "--show-prompt")
        assert (ran.code, server.received) == (0, [])
    assert "[user]\nWrite 3 different first posts" in ran.out
    assert "[NAME_1] threw the queue away" in ran.out
    assert "idgeway" not in ran.out
    assert not (listed.project / "drafts/call.md").exists()


def test_who_only_looks_needs_no_leave_and_no_key(shell: Shell) -> None:
    drafter(shell, "https://models.evil.example/v1")
    path = shell.project / "contentkit.toml"
    path.write_text(path.read_text().replace("[drafter]", '[drafter]\nkey = "NO_SUCH_KEY"'))

    ran = shell.run("draft", "notes/call.md", "--show-prompt")

    assert ran.code == 0, ran.err
    assert "[user]\nWrite 3 different first posts" in ran.out


def test_the_offline_drafter_has_no_prompt_to_show(shell: Shell) -> None:
    ran = shell.run("draft", "notes/call.md", "--show-prompt")
    assert (ran.code, "tells no prompt" in ran.err) == (2, True)
