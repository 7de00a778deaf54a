"""For which accounts a draft is checked, and what is passed over."""

from __future__ import annotations

import pytest

from tests.cli.shell import DRAFT, Shell, entry, time_in

NARROW = '\n[accounts.narrow]\nplatform = "console"\nsplit = "never"\nlimits = { characters = 60 }\n'


def add_narrow_account(shell: Shell) -> None:
    """An account that has no room for the second post of the thread."""
    path = shell.project / "contentkit.toml"
    path.write_text(path.read_text() + NARROW)


def test_a_draft_that_is_not_on_the_calendar_is_checked_for_all_accounts(shell: Shell) -> None:
    add_narrow_account(shell)
    assert [(one["check"], one["account"]) for one in shell.run("check", "--json").json] == [("CK310", "narrow")]


def test_a_draft_on_the_calendar_is_checked_for_the_accounts_of_its_entries(shell: Shell) -> None:
    add_narrow_account(shell)
    shell.enter(entry("launch", at=time_in(days=1)), entry("again", at=time_in(days=2)))
    assert (shell.run("check", "--json").json, shell.run("check").code) == ([], 0)
    shell.enter(entry("launch", at=time_in(days=1)), entry("again", at=time_in(days=2), accounts="narrow"))
    assert [one["account"] for one in shell.run("check", "--json").json] == ["narrow"]


def test_what_is_wrong_for_two_entries_is_said_once(shell: Shell) -> None:
    add_narrow_account(shell)
    at = time_in(days=1)
    shell.enter(entry("launch", at=at, accounts="narrow"), entry("again", at=at, accounts="narrow"))
    assert len(shell.run("check", "--json").json) == 1


def test_a_calendar_that_cannot_be_read_does_not_stop_a_check(shell: Shell) -> None:
    shell.write("calendar.yaml", "version: 1\nentries: [")
    assert shell.run("check").code == 0


def test_what_is_published_to_the_end_is_only_noted_unless_it_is_named(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert shell.run("post").code == 0
    shell.write("drafts/launch.md", DRAFT.replace("Every team", "All 250 teams"))
    ran = shell.run("check")
    assert (ran.code, ran.out, ran.err) == (0, "", "drafts/launch.md: published already, not checked\n")
    assert shell.run("check", "launch").code == 1
    (shell.project / "receipts.jsonl").write_text((shell.project / "receipts.jsonl").read_text().split("\n")[0])
    assert shell.run("check").code == 1


@pytest.mark.parametrize("name", ["notes/link.md", "../outside.md"])
def test_no_source_outside_of_the_project_is_read(shell: Shell, name: str) -> None:
    (shell.home / "outside.md").write_text("The root user has number 4711.\n")
    (shell.project / "notes").mkdir(exist_ok=True)
    (shell.project / "notes/link.md").symlink_to(shell.home / "outside.md")
    shell.write(
        "drafts/odd.md", f"---\nversion: 1\nsources: [{name}]\n---\nIt is 4712.\n<!-- evidence: {name}#L1 -->\n"
    )

    ran = shell.run("check", "drafts/odd.md")

    assert ran.code == 1
    assert f"{name}: lies outside of the project" in ran.err
    assert "4711" not in ran.out + ran.err


def test_networks_that_nobody_knows_are_told_with_the_nearest(shell: Shell) -> None:
    shell.write("drafts/launch.md", f"{DRAFT.replace('Every team', '@{ana}').rstrip()}\n<!-- only: mastadon, try -->\n")
    shell.write("people.yaml", "version: 1\npeople:\n  ana: {consent: mention, handles: {consol: ana}}\n")
    told = {one["check"]: (one["place"], one["remedy"]) for one in shell.run("check", "--json").json}
    assert told["CK318"] == ("drafts/launch.md:16", "did you mean 'mastodon'?")
    assert told["CK319"] == ("people.yaml:3", "did you mean 'console'?")
    shell.enter(entry("launch", at=time_in(days=1)))
    assert shell.run("approve", "launch", "--yes").code == 4


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("drafts/launch.md", "title:", "langauge: en\ntitle:"),
        ("drafts/launch.md", "Every team", "@{anna} and every team"),
        ("people.yaml", "people: {}", "people: ["),
        ("contentkit.toml", '"console"', '"consoel"'),
    ],
)
def test_a_draft_that_could_not_be_checked_is_not_called_fine(shell: Shell, name: str, old: str, new: str) -> None:
    shell.write(name, (shell.project / name).read_text().replace(old, new, 1))
    ran = shell.run("check", "launch")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "1 draft: 1 could not be checked")


def test_what_is_wrong_with_other_drafts_is_counted_beside_one_that_could_not_be_checked(shell: Shell) -> None:
    shell.write("drafts/other.md", DRAFT.replace("Every team", "All 250 teams"))
    shell.write("drafts/launch.md", DRAFT.replace("title:", "langauge: en\ntitle:"))
    assert shell.run("check").err.splitlines()[0] == "2 drafts: 1 error; 1 could not be checked"
