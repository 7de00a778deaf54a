"""``check --fix``: what needs no judgement is mended, and nothing else."""

from __future__ import annotations

import pytest

from contentkit.models import quotation_hash
from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in

STRAIGHT = DRAFT.replace("talked to had", "talked to\nhad")
BENT = STRAIGHT.replace("talked to\n", "talked to  \n").replace("same scheduler.", "same   scheduler.")
PATCH = """--- drafts/launch.md
+++ drafts/launch.md
@@ -6 +6 @@
-Every team we talked to  
+Every team we talked to
@@ -7 +7 @@
-had written the same   scheduler.
+had written the same scheduler.
"""  # noqa: W291 - a line ends with spaces


@pytest.fixture
def bent(shell: Shell) -> Shell:
    shell.write("drafts/launch.md", BENT)
    return shell


def test_what_needs_no_judgement_is_mended_and_shown(bent: Shell) -> None:
    ran = bent.run("check", "--fix")
    assert (ran.code, ran.out) == (0, PATCH)
    assert ran.err == "2 places in 1 draft mended.\n1 draft: no problems\n"
    assert (bent.project / "drafts/launch.md").read_text() == STRAIGHT


def test_a_dry_run_shows_the_same_and_writes_nothing(bent: Shell) -> None:
    before = bent.files()
    ran = bent.run("check", "--fix", "--dry-run")
    assert (ran.code, ran.out) == (0, PATCH)
    assert ran.err == "2 places in 1 draft can be mended; nothing was written.\n"
    assert bent.files() == before


def test_where_there_is_nothing_to_mend_no_file_is_touched(shell: Shell) -> None:
    before = (shell.project / "drafts/launch.md").stat()
    ran = shell.run("check", "--fix")
    assert (ran.code, ran.out, ran.err) == (0, "", "There was nothing to mend.\n1 draft: no problems\n")
    assert (shell.project / "drafts/launch.md").stat().st_mtime_ns == before.st_mtime_ns


def test_what_is_left_is_told_and_counts(bent: Shell) -> None:
    bent.write("drafts/launch.md", BENT.replace("Every team", "Every team of 250"))
    ran = bent.run("check", "--fix")
    assert ran.code == 1
    assert "drafts/launch.md:6:15: error CK201" in ran.out
    assert "CK341" not in ran.out


def test_a_check_that_is_off_mends_nothing(bent: Shell) -> None:
    bent.write("contentkit.toml", f'{CONFIG}\n[checks.severity]\nCK341 = "off"\n')
    assert bent.run("check", "--fix").out == ""
    assert (bent.project / "drafts/launch.md").read_text() == BENT


def test_what_is_approved_is_left_unless_somebody_says_yes(bent: Shell) -> None:
    bent.enter(entry("launch", at=time_in(days=1)))
    assert bent.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    ran = bent.run("check", "--fix")
    assert "drafts/launch.md: left as it is, because launch is approved just so." in ran.err
    assert (bent.project / "drafts/launch.md").read_text() == BENT
    ran = bent.run("check", "--fix", "--yes")
    assert "launch: its approval is void" in ran.err
    assert (bent.project / "drafts/launch.md").read_text() == STRAIGHT


def test_what_is_published_is_left_alone(bent: Shell) -> None:
    bent.enter(entry("launch", at=time_in(seconds=-60)))
    assert bent.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert bent.run("post").code == 0
    ran = bent.run("check", "--fix", "--yes", "launch")
    assert "drafts/launch.md is published as launch" in ran.err
    assert (bent.project / "drafts/launch.md").read_text() == BENT


def test_no_patch_shows_what_is_off_the_record(bent: Shell) -> None:
    said = "The raise is 7341 pesos for all of them."
    bent.write("notes/call.md", f"Every team was there.\n\n[off the record] {said} [/off the record]\n")
    bent.write("drafts/launch.md", BENT.replace("scheduler.", f"scheduler. {said}", 1))
    ran = bent.run("check", "--fix")
    assert "drafts/launch.md: holds what nobody may repeat: left as it is" in ran.err
    assert "7341" not in ran.out + ran.err


@pytest.mark.parametrize(
    "options", [["--dry-run"], ["--yes"], ["--fix", "--json"], ["--fix", "--format", "sarif"]], ids=" ".join
)
def test_options_that_do_not_go_together_are_refused(shell: Shell, options: list[str]) -> None:
    assert shell.run("check", *options).code == 2


def test_a_person_sees_the_spaces_that_go(bent: Shell) -> None:
    assert "talked to\x1b[0m\x1b[7;31m··" in bent.run_in_terminal("check", "--fix", "--dry-run").out


def test_evidence_whose_lines_only_moved_points_at_them_again(shell: Shell) -> None:
    said = quotation_hash("Every team we talked to had written the same scheduler.")
    shell.write("drafts/launch.md", DRAFT.replace("#L3 -->", f"#L3 sha:{said} -->"))
    note = (shell.project / "notes/call.md").read_text()
    shell.write("notes/call.md", f"\n\n{note}")
    ran = shell.run("check", "--fix", "--dry-run")
    assert (
        f"-<!-- evidence: notes/call.md#L3 sha:{said} -->\n+<!-- evidence: notes/call.md#L5 sha:{said} -->" in ran.out
    )


@pytest.mark.parametrize("option", ["--links", "--second-opinion"])
def test_what_a_dry_run_could_not_show_is_not_asked_for(shell: Shell, option: str) -> None:
    ran = shell.run("check", "--fix", "--dry-run", option)
    assert (ran.code, f"{option} finds nothing" in ran.err) == (2, True)
