"""For which accounts a draft is checked, and what is passed over."""

from __future__ import annotations

import pytest

from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell, entry, time_in

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


TAGGED = DRAFT.replace("same scheduler.", "same scheduler. #every #team #same #scheduler")
SEVERITY = '\n[checks.severity]\nCK321 = "{}"\n'


def test_every_command_takes_a_finding_for_as_bad_as_the_project_does(shell: Shell) -> None:
    shell.write("drafts/launch.md", TAGGED)
    shell.enter(entry("launch", at=time_in(days=1)))
    assert [one["severity"] for one in shell.run("check", "--json").json] == ["warning"]
    shell.write("contentkit.toml", CONFIG + SEVERITY.format("error"))
    assert shell.run("check").code == 1
    assert "not approved: 1 error" in shell.run("approve", "launch", "--yes").err
    assert "1 error: contentkit check" in shell.run("preview", "launch").err
    shell.write("contentkit.toml", CONFIG + SEVERITY.format("off"))
    assert (shell.run("check").out, shell.run("approve", "launch", "--yes", "--by", "Ana").code) == ("", 0)


def test_information_is_shown_and_counted_nowhere(shell: Shell) -> None:
    shell.write("drafts/launch.md", TAGGED)
    shell.write("contentkit.toml", CONFIG + SEVERITY.format("information"))
    ran = shell.run("check")
    assert ran.out.startswith("drafts/launch.md:6:76: information CK321: 4 hashtags")
    assert (ran.code, ran.err) == (0, "1 draft: no problems\n")
    assert "CK321" not in (preview := shell.run("preview", "launch")).out + preview.err
    assert "contentkit check" not in preview.err


def test_a_finding_is_as_bad_as_on_the_accounts_that_its_post_is_for(shell: Shell) -> None:
    shell.write("contentkit.toml", f'{CONFIG}checks = {{ CK321 = "error" }}\n[accounts.other]\nplatform = "console"\n')
    shell.write(
        "drafts/launch.md", f"{TAGGED}<!-- only: other -->\n".replace("#L3 -->\n", "#L3 -->\n<!-- only: other -->\n", 1)
    )
    assert [(one["severity"], one["account"]) for one in shell.run("check", "--json").json] == [("warning", "")]
    shell.write("drafts/launch.md", TAGGED)
    found = {one["account"]: one["severity"] for one in shell.run("check", "--json").json}
    assert found == {"other": "warning", "try": "error"}


def test_a_waiver_of_a_finding_that_is_off_is_not_idle(shell: Shell) -> None:
    waived = TAGGED.replace("#L3 -->\n", '#L3 -->\n<!-- waive: CK321 "#scheduler" by Ana: we want all four -->\n', 1)
    shell.write("drafts/launch.md", waived)
    assert shell.run("check", "--json").json == []
    shell.write("contentkit.toml", CONFIG + SEVERITY.format("off"))
    assert shell.run("check", "--json").json == []


def test_what_only_the_thread_of_an_account_shows_can_be_waived(shell: Shell) -> None:
    shell.write(
        "contentkit.toml", f'{CONFIG}limits = {{ characters = 40 }}\nsplit = "balanced"\n{SEVERITY.format("error")}'
    )
    shell.write("contentkit.toml", (shell.project / "contentkit.toml").read_text().replace("CK321", "CK325"))
    found = [one["post"] for one in shell.run("check", "--json").json if one["check"] == "CK325"]
    assert found == [0, 1, 2]
    waived = DRAFT.replace("#L3 -->\n", "#L3 -->\n<!-- waive: CK325 by Ana: it reads well -->\n", 1)
    shell.write("drafts/launch.md", waived)
    assert [one["post"] for one in shell.run("check", "--json").json if one["check"] == "CK325"] == [1, 2]


def test_a_finding_says_where_its_words_stand_in_the_file(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT.replace("Every team", "<!-- first -->\nEvery team of 250"))
    [found] = shell.run("check", "--json").json
    assert (found["check"], found["place"]) == ("CK201", "drafts/launch.md:7")
    assert (found["spot"]["column"], found["spot"]["end_column"]) == (15, 18)
    assert found["spot"]["excerpt"][:2] == ["Every team of ", "250"]


def test_a_fresh_draft_is_told_what_the_project_wants_to_be_told(shell: Shell) -> None:
    shell.write("notes/call.md", NOTE.replace("We threw the queue away", "WE THREW THE WHOLE OLD QUEUE AWAY"))
    assert "CK322" in shell.run("draft", "notes/call.md", "--slug", "one").err
    shell.write("contentkit.toml", CONFIG + SEVERITY.format("off").replace("CK321", "CK322"))
    assert "CK322" not in shell.run("draft", "notes/call.md", "--slug", "two").err


def test_settings_that_cannot_be_used_are_told_once_and_blamed_on_no_draft(shell: Shell) -> None:
    shell.write("drafts/other.md", DRAFT)
    shell.write("contentkit.toml", CONFIG + SEVERITY.format("off").replace("CK321", "CK201"))
    ran = shell.run("check")
    assert ran.code == 1
    assert ran.err.count("CK201 cannot be made silent") == 1
    assert "could not be checked" not in ran.err
