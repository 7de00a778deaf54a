"""``check`` for programs: in CI, in editors."""

from __future__ import annotations

import json
import os
import sys

import jsonschema
import pytest

from tests.cli.shell import CONFIG, DRAFT, Shell
from tests.views.schemas import CODE_QUALITY, SARIF

WRONG = DRAFT.replace("Every team", "Every team of 250")


def test_the_form_is_text_unless_another_is_asked_for(shell: Shell) -> None:
    shell.write("drafts/launch.md", WRONG)
    assert shell.run("check").out == shell.run("check", "--format", "text").out != ""
    assert shell.run("check", "--json").json == shell.run("check", "--format", "json").json
    assert shell.run("check", "--json", "--format", "sarif").code == 2


def test_a_form_that_there_is_not_is_named_with_the_nearest(shell: Shell) -> None:
    ran = shell.run("check", "--format", "serif")
    assert (ran.code, ran.err) == (2, "contentkit: there is no format 'serif'\n  did you mean 'sarif'?\n")


@pytest.mark.parametrize(("form", "schema"), [("sarif", SARIF), ("gitlab", CODE_QUALITY)])
def test_a_report_has_the_form_that_others_read(shell: Shell, form: str, schema: dict[str, object]) -> None:
    waived = '<!-- waive: CK201 "250" by Ana: counted -->'
    shell.write("drafts/other.md", WRONG.replace("#L3 -->", f"#L3 -->\n{waived}", 1))
    shell.write("drafts/launch.md", WRONG)
    ran = shell.run("check", "--format", form)
    jsonschema.validate(ran.json, schema)
    assert (ran.code, ran.err) == (1, "")
    assert "Ana: counted" not in ran.out
    ran = shell.run("check", "--format", form, "--waived")
    jsonschema.validate(ran.json, schema)
    assert ("Ana: counted" in ran.out) == (form == "sarif")


def test_what_was_waived_is_told_on_request_with_who_and_why(shell: Shell) -> None:
    waived = '<!-- waive: CK201 "250" by Ana: counted -->'
    shell.write("drafts/launch.md", WRONG.replace("#L3 -->", f"#L3 -->\n{waived}", 1))
    assert shell.run("check").out == ""
    ran = shell.run("check", "--waived")
    assert (ran.code, ran.err) == (0, "1 draft: no problems\n")
    assert ran.out.startswith("drafts/launch.md:6:15: waived CK201: ")
    assert ran.out.endswith("(Ana: counted)\n")
    assert [one["waived"]["by"] for one in shell.run("check", "--waived", "--json").json] == ["Ana"]


def test_a_project_below_the_root_of_its_repository_is_told_from_that_root(shell: Shell) -> None:
    assert shell.at(shell.home).ran(["git", "init", "--quiet"]).code == 0
    shell.write("drafts/launch.md", WRONG)
    ran = shell.run("check", "launch", "--format", "github")
    assert ran.out.startswith(
        "::error file=project/drafts/launch.md,line=6,endLine=6,col=15,endColumn=18,title=CK201::"
    )


@pytest.mark.parametrize("form", ["json", "github", "gitlab", "sarif"])
def test_a_draft_that_cannot_be_read_is_a_finding_for_programs(shell: Shell, form: str) -> None:
    shell.write("drafts/launch.md", DRAFT.replace("title:", "langauge: en\ntitle:"))
    ran = shell.run("check", "--format", form)
    assert ran.code == 1
    assert "CK100" in ran.out
    assert "has no key 'langauge'" in ran.out


def test_with_strict_a_warning_is_enough_to_fail_and_information_is_not(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT.replace("same scheduler.", "same scheduler. #every #team #same #scheduler"))
    assert (shell.run("check").code, shell.run("check", "--strict").code) == (0, 1)
    shell.write("contentkit.toml", f'{CONFIG}checks = {{ CK321 = "information" }}\n')
    assert shell.run("check", "--strict").code == 0


def test_no_form_repeats_what_is_off_the_record(shell: Shell) -> None:
    said = "The raise is 7341 pesos for Quillon."
    shell.write("notes/call.md", f"Every team had 250 schedulers.\n\n[off the record] {said} [/off the record]\n")
    waiver = '<!-- waive: CK304 "Quillon" by Ana: Quillon agreed -->'
    shell.write(
        "drafts/launch.md",
        DRAFT.replace("Every team", f"All 999 teams of Quillon, {said}").replace("#L3", f"#L1 -->\n{waiver}\n<!-- x"),
    )
    for form in ("text", "json", "github", "gitlab", "sarif"):
        ran = shell.run("check", "--format", form)
        assert ran.code == 1
        assert "7341" not in ran.out + ran.err
        assert "Quillon" not in ran.out + ran.err
    assert "Quillon" not in (seen := shell.run_in_terminal("check")).out + seen.err
    assert json.dumps("CK303") in shell.run("check", "--json").out


def test_the_entry_of_a_check_says_what_it_is_about(shell: Shell) -> None:
    ran = shell.run("check", "--about", "ck201")
    assert ran.code == 0
    assert ran.out.startswith("CK201, error: ")


def test_an_unknown_check_is_named_with_the_nearest(shell: Shell) -> None:
    ran = shell.run("check", "--about", "CK20")
    assert (ran.code, "did you mean 'CK" in ran.err) == (2, True)


def test_no_half_of_a_confidential_name_is_shown_around_the_words_of_a_finding(shell: Shell) -> None:
    shell.write("confidential.txt", "Quennell Pennybacker\n")
    filling = "We met so often that nobody counted, and it was said to be "
    shell.write(
        "drafts/launch.md", DRAFT.replace("Every team", f"{filling}Quennell Pennybacker, with 251 others. Every team")
    )
    for form in ("json", "github", "gitlab", "sarif"):
        assert "uennell" not in shell.run("check", "--format", form).out
    assert "uennell" not in shell.run_in_terminal("check").out


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are text there")
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif"])
def test_a_draft_whose_name_is_no_text_is_checked_as_any_other(shell: Shell, form: str) -> None:
    (shell.project / os.fsdecode(b"drafts/caf\xe9.md")).write_text(DRAFT)
    ran = shell.run("check", "--format", form)
    assert (ran.code, "fault" in ran.err) == (0, False)
