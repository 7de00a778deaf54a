"""Names of files come into git, and into all that is said of a source: what they must not tell, and where they lead."""

from __future__ import annotations

import pytest

from tests.cli.ingesting import MARKED, git
from tests.cli.shell import NOTE, Shell


@pytest.mark.parametrize("name", ["Zorblatt call", "call-with-zorblatt", "2026_ZORBLATT_2"])
def test_a_confidential_name_in_a_raw_files_name_comes_into_no_copys_name(shell: Shell, name: str) -> None:
    shell.write("confidential.txt", "Zorblatt\n")
    shell.write(f"notes/raw/{name}.md", NOTE)
    ran = shell.run("ingest", "notes/raw")
    assert ran.code == 0
    [copy] = [path.name for path in (shell.project / "notes").glob("*.md") if path.name != "call.md"]
    assert "name-1" in copy
    assert "zorblatt" not in copy.lower()


@pytest.mark.parametrize("name", ["vexoxen (off the record).md", "OTR - call.md", "call_otr.txt", "off-the-record.md"])
def test_a_file_that_calls_itself_off_the_record_is_so_as_a_whole(shell: Shell, name: str) -> None:
    shell.write(f"notes/raw/{name}", NOTE)
    ran = shell.run("ingest", "notes/raw")
    assert (ran.code, "its name says that it is off the record" in ran.err) == (1, True)
    assert [path.name for path in (shell.project / "notes").glob("*.*")] == ["call.md"]


def test_no_draft_is_written_through_a_link_out_of_the_project(shell: Shell) -> None:
    elsewhere = shell.home / "elsewhere"
    (shell.project / "drafts").rename(elsewhere)
    (shell.project / "drafts").symlink_to(elsewhere)
    ran = shell.run("draft", "notes/call.md", "--slug", "other")
    assert (ran.code, "drafts: leads out of the project" in ran.err) == (2, True)
    assert not (elsewhere / "other.md").exists()


def test_a_name_with_a_line_end_is_told_on_one_line(shell: Shell) -> None:
    git(shell, "init", "--quiet")
    shell.write("notes/a\nb.md", MARKED)
    shell.write("notes/c\nd.md", "[/otr] Never opened.\n")
    shell.write("notes/e\nf.json", "{}")
    git(shell, "add", "--all")
    ingested, checked, looked = shell.run("ingest", "notes"), shell.run("check"), shell.run("doctor")

    told = [line for ran in (ingested, checked, looked) for line in f"{ran.out}{ran.err}".splitlines()]
    assert not [line for line in told if line.startswith(("b.md", "d.md", "f.json"))]
    assert sum("notes/a\\u{a}b.md" in line for line in told) > 3
