"""``draft`` of whatever ``ingest`` takes: the copy comes first, and the draft rests on it. Also where no project is."""

from __future__ import annotations

import re

import pytest

from tests.cli.ingesting import MARKED, piped
from tests.cli.shell import NOTE, Shell

PAGE = """<!doctype html><html><head><title>Lanes</title></head><body><article><h1>Lanes instead of a queue</h1>
<p>Every team we talked to had written the same scheduler, and each of them had thrown it away after a year.</p>
<p>We threw the queue away, and made each account a lane of its own, so that nothing waits for a stranger's trouble.</p>
</article></body></html>"""


@pytest.fixture
def elsewhere(shell: Shell) -> Shell:
    """A folder without a project."""
    folder = shell.home / "elsewhere"
    folder.mkdir()
    return shell.at(folder)


def sources_of(shell: Shell, *words: str) -> list[str]:
    ran = shell.run("draft", *words, "--slug", "made", "--json")
    assert ran.code == 0, ran.err
    cited = {evidence["source"] for post in ran.json["posts"] for evidence in post["evidence"]}
    assert cited == set(ran.json["sources"])
    return sorted(cited)


def test_a_draft_of_a_raw_note_rests_on_its_copy_and_says_so_in_one_line(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    ran = shell.run("draft", "notes/raw/money.md", "--slug", "money")
    assert ran.code == 0
    assert ran.err.startswith("notes/raw/money.md: copied to notes/money.md without 1 span off the record\n")
    written = (shell.project / "drafts/money.md").read_text()
    assert "sources: [notes/money.md]" in written
    assert "Quennell" not in written + ran.out + ran.err
    assert shell.run("check", "money").code == 0


def test_a_draft_of_a_saved_page_rests_on_its_copy(shell: Shell) -> None:
    shell.write("saved.html", PAGE)
    assert sources_of(shell, "saved.html") == ["notes/saved.md"]
    assert shell.run("check", "made").code == 0


def test_a_draft_of_a_pipe_rests_on_the_note_that_was_made_of_it(shell: Shell) -> None:
    ran = piped(shell, NOTE.encode(), "draft", "-", "--slug", "piped", "--json")
    assert ran.code == 0
    [source] = ran.json["sources"]
    assert re.fullmatch(r"notes/\d{4}-\d\d-\d\d-a-call-about-the-scheduler\.md", source)
    assert (shell.project / source).is_file()


def test_without_a_project_a_file_here_is_its_own_source_and_nothing_else_is_written(elsewhere: Shell) -> None:
    (elsewhere.here / "call.md").write_text(NOTE)
    assert sources_of(elsewhere, "call.md") == ["call.md"]
    found = sorted(path.relative_to(elsewhere.here).as_posix() for path in elsewhere.here.rglob("*"))
    assert found == ["call.md", "drafts", "drafts/made.md"]


@pytest.mark.parametrize(("name", "content"), [("saved.html", PAGE), ("money.md", MARKED), ("../outside.md", NOTE)])
def test_without_a_project_the_copy_lies_in_notes_and_no_state_is_kept(
    elsewhere: Shell, name: str, content: str
) -> None:
    (elsewhere.here / name).write_text(content)
    stem = re.sub(r".*/|\..*?$", "", name)
    assert sources_of(elsewhere, name) == [f"notes/{stem}.md"]
    assert not (elsewhere.home / "state").exists()
    assert elsewhere.run("draft", name, "--slug", "again").code == 0
    assert [path.name for path in (elsewhere.here / "notes").iterdir()] == [f"{stem}.md"]


def test_a_wrong_slug_is_told_before_anything_is_copied(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    assert shell.run("draft", "notes/raw/money.md", "--slug", "No Name").code == 2
    assert not (shell.project / "notes/money.md").exists()
