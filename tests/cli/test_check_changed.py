"""``check --changed``: what a branch changes, as a reviewer, a runner and an attacker meet it."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.cli.branches import DUE, EDITED, approved, branch_off, checks_in, commit, git
from tests.cli.shell import COMMAND, DRAFT, Shell, entry
from tests.views.schemas import CODE_QUALITY, SARIF


def test_a_branch_without_changes_has_nothing_to_tell(shell: Shell) -> None:
    branch_off(shell)
    ran = shell.run("check", "--changed", "main")
    assert (ran.code, ran.out) == (0, "")
    assert "nothing that is published differs\nno problems\n" in ran.err


def test_only_findings_that_were_not_there_before_count(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT.replace("made each", "made all 77"))
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED.replace("made each", "made all 77"))
    commit(shell)
    ran = shell.run("check", "--changed", "main", "--json")
    assert [one["words"] for one in ran.json["findings"]] == ["250"]
    assert [one["words"] for one in ran.json["known"]] == ["77"]
    assert ran.code == 1


def test_a_branch_that_leaves_an_old_error_alone_passes(shell: Shell) -> None:
    shell.write("drafts/launch.md", EDITED)
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED.replace("any more", "ever again"))
    commit(shell)
    ran = shell.run("check", "--changed", "main")
    assert ran.code == 0
    assert "1 was there before and is not told" in ran.err


def test_what_a_branch_mends_is_counted(shell: Shell) -> None:
    shell.write("drafts/launch.md", EDITED)
    branch_off(shell)
    shell.write("drafts/launch.md", DRAFT)
    assert shell.run("check", "--changed", "main", "--json").json["mended"] == 1


def test_work_that_is_not_committed_counts_too(shell: Shell) -> None:
    branch_off(shell)
    shell.write("drafts/new.md", EDITED)
    assert "drafts/new.md:6:15: error CK201" in shell.run("check", "--changed", "main").out


def test_a_draft_whose_source_changed_is_looked_at_again(shell: Shell) -> None:
    branch_off(shell)
    shell.write("notes/call.md", "# A call\n\nWe talked about lunch.\n")
    ran = shell.run("check", "--changed", "main", "--json")
    assert ran.code == 1
    assert {one["place"].partition(":")[0] for one in ran.json["findings"]} == {"drafts/launch.md", "notes/call.md"}
    assert ran.json["items"][0]["changes"] == ["notes/call.md differs"]


def test_an_untouched_draft_is_not_looked_at(shell: Shell) -> None:
    shell.write("drafts/other.md", EDITED)
    branch_off(shell)
    shell.write("drafts/launch.md", DRAFT.replace("any more", "ever again"))
    ran = shell.run("check", "--changed", "main", "--json")
    assert "drafts/other.md" not in {one["spot"]["path"] for one in (*ran.json["findings"], *ran.json["known"])}


def test_what_others_merged_meanwhile_is_not_told_as_the_branchs(shell: Shell) -> None:
    branch_off(shell)
    git(shell, "checkout", "--quiet", "main")
    shell.write("drafts/launch.md", DRAFT.replace("any more", "ever again"))
    commit(shell)
    git(shell, "checkout", "--quiet", "work")
    assert shell.run("check", "--changed", "main").out == ""


def test_a_draft_that_is_only_renamed_brings_no_finding_as_new(shell: Shell) -> None:
    shell.write("drafts/launch.md", EDITED)
    branch_off(shell)
    git(shell, "mv", "drafts/launch.md", "drafts/takeoff.md")
    ran = shell.run("check", "--changed", "main", "--json")
    assert (checks_in(ran), len(ran.json["known"]), ran.code) == ([], 1, 0)
    [item] = ran.json["items"]
    assert (item["changes"], item["threads"]) == (["was called drafts/launch.md"], [])


def test_an_edit_shows_what_differs_and_that_the_approval_is_void(shell: Shell) -> None:
    approved(shell)
    branch_off(shell)
    shell.write("drafts/launch.md", DRAFT.replace("any more", "ever again"))
    ran = shell.run("check", "--changed", "main")
    assert "  approved by Ana until now: void with this\n" in ran.out
    assert "|   - Nothing waits for a stranger's trouble any more.\n" in ran.out
    assert "|   + Nothing waits for a stranger's trouble ever again.\n" in ran.out
    assert "calendar.yaml:4: warning CK401: the approval of launch by Ana is void with this" in ran.out


def test_a_new_entry_is_shown_as_it_will_look_and_is_not_approved(shell: Shell) -> None:
    branch_off(shell)
    shell.enter(entry("launch", at=DUE))
    ran = shell.run("check", "--changed", "main")
    assert ran.out.startswith(
        "launch: drafts/launch.md, Tue 1 Dec 2099 09:30 UTC, on try\n  new\n  not approved yet\n| try · console"
    )
    assert "| Every team we talked to had written the same scheduler.\n" in ran.out


def test_a_move_tells_both_times_and_voids_the_approval(shell: Shell) -> None:
    approved(shell)
    branch_off(shell)
    calendar = (shell.project / "calendar.yaml").read_text()
    shell.write("calendar.yaml", calendar.replace("09:30", "11:00"))
    ran = shell.run("check", "--changed", "main", "--json")
    [item] = ran.json["items"]
    assert item["changes"] == ["moved from Tue 1 Dec 2099 09:30 UTC to Tue 1 Dec 2099 11:00 UTC"]
    assert checks_in(ran) == ["CK401"]


def test_an_approval_that_the_settings_void_names_them(shell: Shell) -> None:
    approved(shell)
    branch_off(shell)
    config = (shell.project / "contentkit.toml").read_text()
    shell.write("contentkit.toml", config.replace('platform = "console"', 'platform = "console"\nhandle = "@other"'))
    ran = shell.run("check", "--changed", "main", "--json")
    assert (checks_in(ran), ran.json["items"][0]["changes"]) == (["CK401"], ["contentkit.toml differs"])


def test_an_approval_that_was_void_before_is_not_the_branchs_doing(shell: Shell) -> None:
    approved(shell)
    shell.write("drafts/launch.md", DRAFT.replace("any more", "ever again"))
    branch_off(shell)
    shell.write("drafts/launch.md", DRAFT.replace("any more", "at all"))
    assert "CK401" not in checks_in(shell.run("check", "--changed", "main", "--json"))


def test_an_approval_copied_from_another_entry_is_named(shell: Shell) -> None:
    approved(shell)
    branch_off(shell)
    calendar = (shell.project / "calendar.yaml").read_text().rstrip("\n")
    launch = calendar.splitlines()[-1]
    copied = launch.replace("id: launch", "id: again").replace("2099-12-01", "2099-12-05")
    shell.write("calendar.yaml", f"{calendar}\n{copied}\n")
    ran = shell.run("check", "--changed", "main")
    assert (
        "error CK402: this branch writes that Ana approved again, with a digest that is not of it: it is that of launch, copied"
        in ran.out
    )
    assert ran.code == 1


def test_costs_on_x_are_told_before_and_after(shell: Shell) -> None:
    config = (shell.project / "contentkit.toml").read_text()
    shell.write("contentkit.toml", f'{config}\n[accounts.on-x]\nplatform = "x"\nlanguage = "en"\n')
    shell.enter(entry("launch", at=DUE, accounts="on-x"))
    branch_off(shell)
    shell.write("drafts/launch.md", f"{DRAFT}\n---\n\nEach account is a lane.\n<!-- evidence: notes/call.md#L5 -->\n")
    ran = shell.run("check", "--changed", "main")
    assert "costs $0.06" in ran.out
    assert "(was $0.045)" in ran.out


def test_an_entry_that_is_out_already_is_not_checked_and_says_so(shell: Shell) -> None:
    receipt = {"entry": "launch", "account": "try", "part": 0, "parts": 1, "fingerprint": "", "remote_id": "1"}
    shell.enter(entry("launch", at=DUE))
    shell.write("receipts.jsonl", json.dumps({**receipt, "url": "", "at": "2026-11-03T09:30:00Z"}) + "\n")
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED)
    ran = shell.run("check", "--changed", "main")
    assert "is out already: nothing of this reaches the networks" in ran.out
    assert (ran.code, "drafts/launch.md: published already, not checked" in ran.err) == (0, True)


def test_receipts_that_the_branch_brings_spare_no_draft_the_check(shell: Shell) -> None:
    receipt = {"entry": "launch", "account": "try", "part": 0, "parts": 1, "fingerprint": "", "remote_id": "1"}
    shell.enter(entry("launch", at=DUE))
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED)
    shell.write("receipts.jsonl", json.dumps({**receipt, "url": "", "at": "2026-11-03T09:30:00Z"}) + "\n")
    commit(shell)
    assert sorted(checks_in(shell.run("check", "--changed", "main", "--json"))) == ["CK201", "CK408"]


@pytest.mark.parametrize(("form", "schema"), [("sarif", SARIF), ("gitlab", CODE_QUALITY)])
def test_reports_for_programs_have_the_form_that_they_read(shell: Shell, form: str, schema: dict[str, object]) -> None:
    approved(shell)
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED)
    ran = shell.run("check", "--changed", "main", "--format", form)
    jsonschema.validate(ran.json, schema)
    assert "CK201" in ran.out
    assert "CK401" in ran.out


def test_the_page_shows_the_threads_that_differ(shell: Shell) -> None:
    shell.enter(entry("launch", at=DUE))
    shell.write("drafts/other.md", DRAFT)
    branch_off(shell)
    shell.write("drafts/launch.md", DRAFT.replace("any more", "ever again"))
    ran = shell.run("check", "--changed", "main", "--html", "page.html")
    page = (shell.project / "page.html").read_text()
    assert (ran.code, "ever again" in page, "drafts/other.md" in page) == (0, True, False)


def test_a_calendar_that_cannot_be_read_is_a_finding_and_no_entry_of_it_is_gone(shell: Shell) -> None:
    approved(shell)
    branch_off(shell)
    shell.write("calendar.yaml", "version: 1\ntimezone: UTC\nentires: []\n")
    ran = shell.run("check", "--changed", "main", "--json")
    assert ran.json["items"] == []
    assert [(one["check"], one["place"]) for one in ran.json["findings"]] == [("CK100", "calendar.yaml:3")]


def test_thousands_of_entries_are_told_in_time(shell: Shell) -> None:
    branch_off(shell)
    shell.enter(
        *(entry(f"e{number}", at=f"2099-01-{number % 28 + 1:02} {number % 24:02}:30") for number in range(1000))
    )
    limited = ["/bin/sh", "-c", 'ulimit -t 30 && exec "$@"', "sh", *COMMAND, "check", "--changed", "main", "--json"]
    ran = shell.ran(limited)
    assert (ran.code, len(ran.json["items"])) == (0, 1000)
    assert checks_in(ran).count("CK407") == 1000


def test_a_project_that_is_new_in_the_branch_is_new_as_a_whole(shell: Shell) -> None:
    hidden = shell.home / "hidden"
    shell.project.rename(hidden)
    shell.project.mkdir()
    branch_off(shell)
    for path in hidden.iterdir():
        path.rename(shell.project / path.name)
    ran = shell.run("check", "--changed", "main", "--json")
    assert (ran.code, [item["changes"] for item in ran.json["items"]]) == (0, [["new"]])


def test_a_handle_that_the_branch_puts_in_the_place_of_another_is_told(shell: Shell) -> None:
    people = "version: 1\npeople:\n  mira: {name: Mira Okafor, consent: mention, handles: {x: mira}}\n"
    shell.write("people.yaml", people)
    branch_off(shell)
    shell.write("people.yaml", people.replace("x: mira", "x: mlra"))
    ran = shell.run("check", "--changed", "main")
    assert "people.yaml:3: warning CK412: this branch gives mira another handle on x: mlra" in ran.out


def test_a_strict_run_fails_for_warnings(shell: Shell) -> None:
    approved(shell)
    branch_off(shell)
    shell.write("drafts/launch.md", DRAFT.replace("any more", "ever again"))
    assert [shell.run("check", "--changed", "main", *more).code for more in ([], ["--strict"])] == [0, 1]


@pytest.mark.parametrize("others", [["launch"], ["--fix"], ["--links"], ["--second-opinion"]])
def test_what_does_not_go_with_it_is_refused(shell: Shell, others: list[str]) -> None:
    branch_off(shell)
    ran = shell.run("check", "--changed", "main", *others)
    assert (ran.code, "does not go with --changed" in ran.err) == (2, True)


def test_a_page_is_asked_for_with_changes_only(shell: Shell) -> None:
    assert shell.run("check", "--html", "page.html").code == 2


def test_a_terminal_shows_it_in_frames(shell: Shell) -> None:
    branch_off(shell)
    shell.enter(entry("launch", at=DUE))
    ran = shell.run_in_terminal("check", "--changed", "main")
    assert (ran.code, "╭─" in ran.out) == (0, True)
