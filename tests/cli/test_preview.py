"""Looking at threads before anybody approves them, on a terminal and in a pipe."""

from __future__ import annotations

import re

import pytest

from tests.cli.shell import CONFIG, DRAFT, PARTS, Shell, entry, time_in
from tests.media import pictures

NETWORKS = """
[accounts.ours]
platform = "mastodon"
server = "https://social.example"

[accounts.ours-x]
platform = "x"
"""


@pytest.fixture
def project(shell: Shell) -> Shell:
    """A draft on the calendar for the console, and accounts on two networks beside it."""
    shell.write("contentkit.toml", CONFIG + NETWORKS)
    shell.enter(entry("monday", at=time_in(hours=2)))
    return shell


def test_a_draft_is_shown_on_each_account_and_an_entry_on_its_own(project: Shell) -> None:
    of_draft = project.run("preview", "drafts/launch.md")
    assert of_draft.code == 0
    assert [line.split(" · ")[0] for line in of_draft.out.splitlines() if " · " in line] == ["try", "ours", "ours-x"]
    of_entry = project.run("preview", "monday")
    assert [line.split(" · ")[0] for line in of_entry.out.splitlines() if " · " in line] == ["try"]


def test_several_are_shown_one_after_the_other(project: Shell) -> None:
    lines = project.run("preview", "monday", "launch", "--account", "try").out.splitlines()
    assert sum(line.startswith("try · console") for line in lines) == 2


def test_a_pipe_gets_each_text_letter_for_letter(project: Shell) -> None:
    text = "One.\n\n  Two: [red]x[/] 漢字 `@code`"
    project.write("drafts/launch.md", DRAFT.replace(PARTS[0], text))
    shown = project.run("preview", "launch", "--account", "try").out
    assert f"--- 1/3  {len(text)}/500\n{text}\n--- 2/3" in shown


def test_nothing_from_a_draft_steers_a_terminal(project: Shell) -> None:
    project.write("drafts/launch.md", DRAFT.replace(PARTS[0], "Red \x9b31m and \u202edesrever\u202c."))
    for ran in (project.run("preview", "launch"), project.run_in_terminal("preview", "launch", "--account", "try")):
        assert ran.code == 0
        assert "\\u{9b}31m and \\u{202e}desrever" in ran.out
        assert "\x9b" not in ran.out


def test_a_terminal_gets_frames_no_wider_than_it_is(project: Shell) -> None:
    lines = project.run_in_terminal("preview", "launch", "--account", "ours").out.splitlines()
    shown = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]
    assert max(map(len, shown)) == 80
    assert any(line.startswith("╭─ 2/3 · unlisted ──") for line in shown)


def test_an_account_that_the_entry_does_not_go_to_is_refused(project: Shell) -> None:
    ran = project.run("preview", "monday", "--account", "ours")
    assert ran.code == 2
    assert "monday does not go to ours, but to try" in ran.err
    assert "contentkit preview drafts/launch.md --account ours" in ran.err


@pytest.mark.parametrize(("name", "meant"), [("mondy", "monday"), ("lanch", "launch")])
def test_an_unknown_name_is_told_with_the_nearest_entry_or_draft(project: Shell, name: str, meant: str) -> None:
    ran = project.run("preview", name)
    assert ran.code == 2
    assert f"there is no entry and no draft '{name}'" in ran.err
    assert f"did you mean '{meant}'?" in ran.err


def test_an_unknown_account_is_told_with_the_nearest(project: Shell) -> None:
    ran = project.run("preview", "launch", "--account", "our-x")
    assert (ran.code, ran.out) == (1, "")
    assert "did you mean 'ours-x'?" in ran.err


def test_a_draft_of_which_nothing_is_for_an_account_says_so(project: Shell) -> None:
    project.write("drafts/launch.md", "---\nversion: 1\ntitle: X\n---\nOnly there.\n<!-- only: x -->\n")
    ran = project.run("preview", "launch", "--account", "ours")
    assert ran.code == 0
    assert ran.out.splitlines()[1] == "Nothing of this draft is for this account."


def test_a_picture_that_is_missing_is_told_in_its_place(project: Shell) -> None:
    project.write("drafts/launch.md", DRAFT.replace(PARTS[0], f"{PARTS[0]}\n\n![A chart](images/chart.png)"))
    ran = project.run("preview", "launch", "--account", "try")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[3] == "[picture] drafts/images/chart.png: A chart"
    assert lines[4].startswith("    cannot be sent: ")


def test_what_check_has_against_a_draft_is_told_beside_it(project: Shell) -> None:
    assert "check" not in project.run("preview", "monday").err
    project.write("drafts/launch.md", DRAFT.replace("scheduler.\n", "scheduler 99 times.\n", 1))
    ran = project.run("preview", "monday")
    assert ran.code == 0
    assert "drafts/launch.md: 1 error" in ran.err
    assert "contentkit check drafts/launch.md" in ran.err


def test_the_version_is_told_and_whether_it_is_approved(project: Shell) -> None:
    before = project.run("preview", "monday").out.splitlines()[-1]
    approved = project.run("approve", "monday", "--by", "Odile", "--yes").out.split()[-1]
    version = approved.removeprefix("sha256:")[:12]
    assert before == f"--- monday: not approved yet; version {version}"
    after = project.run("preview", "monday").out.splitlines()[-1]
    assert after.startswith("--- monday: approved by Odile, ")
    assert after.endswith(f"; version {version}")


def test_a_thread_that_costs_money_says_how_much(project: Shell) -> None:
    heading = project.run("preview", "launch", "--account", "ours-x").out.splitlines()[0]
    assert heading == "ours-x · x · 3 parts · costs $0.045 · public"


def test_what_each_post_rests_on_is_shown_when_somebody_asks(project: Shell) -> None:
    assert "[evidence]" not in project.run("preview", "launch").out
    out = project.run("preview", "launch", "--evidence").out
    assert f"[evidence]   _{PARTS[0].removesuffix('.')}_." in out
    for other in ("--json", "--html"):
        ran = project.run("preview", "launch", "--evidence", other)
        assert (ran.code, ran.out) == (2, "")


def test_programs_get_the_renditions(project: Shell) -> None:
    project.write("drafts/images/chart.png", pictures.png(1))
    [rendition] = project.run("preview", "monday", "--json").json
    assert [part["text"] for part in rendition["parts"]] == PARTS
    assert rendition["account"]["name"] == "try"
    assert (rendition["draft"], rendition["entry"], rendition["cost"]) == ("drafts/launch.md", "monday", None)


def test_programs_get_amounts_of_money_exactly(project: Shell) -> None:
    [rendition] = project.run("preview", "launch", "--account", "ours-x", "--json").json
    assert rendition["entry"] is None
    assert rendition["cost"] == {"total": "0.045", "parts": ["0.015"] * 3}
