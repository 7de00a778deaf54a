"""A draft on its way to X, at the desk: no network is asked, and nothing that X has no place for is approved."""

from __future__ import annotations

import sys

import pytest

from tests.cli.shell import DRAFT, PARTS, Shell, entry, time_in

X = """version = 1
project = "our-posts"

[accounts.ours]
platform = "x"
"""


@pytest.fixture
def x_shell(shell: Shell) -> Shell:
    shell.write("contentkit.toml", X)
    shell.enter(entry("launch", at=time_in(days=1), accounts="ours"))
    return shell


@pytest.mark.parametrize("asked", ["warning: Careful", "visibility: unlisted"])
def test_what_x_has_no_place_for_is_an_error_before_anybody_approves_it(x_shell: Shell, asked: str) -> None:
    x_shell.write("drafts/launch.md", DRAFT.replace("title:", f"{asked}\ntitle:"))
    checked = x_shell.run("check", "--json")
    assert [(one["check"], one["account"]) for one in checked.json] == [("CK314", "ours")]
    assert checked.code == 1
    approved = x_shell.run("approve", "launch", "--yes")
    assert approved.code == 4
    assert "CK314" in approved.out + approved.err


def test_an_entry_of_its_own_may_ask_for_nothing_that_x_has_no_place_for(x_shell: Shell) -> None:
    x_shell.write("drafts/launch.md", DRAFT.replace("title:", "warning: Careful\nvisibility: unlisted\ntitle:"))
    x_shell.enter(entry("launch", at=time_in(days=1), accounts="ours", more='warning: "", visibility: public'))
    assert x_shell.run("check", "--json").json == []


def test_the_same_words_twice_in_a_thread_are_an_error_on_x_before_anybody_approves_them(x_shell: Shell) -> None:
    x_shell.write("drafts/launch.md", DRAFT.replace(PARTS[2], PARTS[0]).replace("#L7", "#L3"))
    assert [(one["check"], one["severity"]) for one in x_shell.run("check", "--json").json] == [("CK315", "error")]
    assert x_shell.run("approve", "launch", "--yes").code == 4


def test_a_post_is_counted_as_x_counts_it(x_shell: Shell) -> None:
    x_shell.write("contentkit.toml", f'{X}split = "never"\n')
    x_shell.write("drafts/launch.md", DRAFT.replace("the same scheduler.", "\u2026" * 140))
    [problem] = [one for one in x_shell.run("check", "--json").json if one["check"] == "CK310"]
    assert "of 280" in problem["message"]


def test_counting_and_checking_for_x_loads_neither_network_nor_library(x_shell: Shell) -> None:
    code = (
        "import sys; from contentkit.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    x_shell.write("drafts/launch.md", DRAFT.replace("scheduler.", "scheduler at https://example.org \u2026", 1))
    ran = x_shell.ran([sys.executable, "-c", code, "preview", "launch"])
    assert not set(ran.err.split()) & {"tweepy", "requests", "requests_oauthlib", "urllib3", "ssl"}
    assert "contentkit.counters.x" in ran.err.split()
