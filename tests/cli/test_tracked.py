"""What git tracks although it holds words off the record, and what cannot be compared: in the way of check and approval."""

from __future__ import annotations

import pytest

from tests.cli.ingesting import MARKED, SECRET, git
from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in

CAPTIONS = """WEBVTT

00:01.000 --> 00:02.000
OTR: we were nearly broke.

00:03.000 --> 00:04.000
We grew.
"""


@pytest.fixture
def tracked(shell: Shell) -> Shell:
    """A project in git, all of whose files are tracked."""
    git(shell, "init", "--quiet")
    git(shell, "add", "--all")
    return shell


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("notes/money.md", MARKED, 5),
        ("transcripts/old/money.vtt", CAPTIONS, 4),
        ("money.txt", "We grew.\n\nOff the record: we were nearly broke.\n", 3),
        ("docs/sub folder/\u043etr.md", "We grew.\n\n[otr] We were nearly broke. [/otr]\n", 3),
    ],
)  # fmt: skip
def test_a_marked_file_in_git_blocks_check_wherever_it_lies(tracked: Shell, name: str, content: str, line: int) -> None:
    tracked.write(name, content)
    assert tracked.run("check").code == 0, "git does not have it yet"
    git(tracked, "add", name)
    ran = tracked.run("check")
    assert ran.code == 1
    assert f"{name}:{line}: error CK306: git tracks this file" in ran.out
    assert "broke" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes/embargo.md", f"{MARKED}\n[embargo until tomorrow] We ship. [/embargo]\n".encode()),
        ("notes/torn.md", MARKED.replace("[/off the record]", "").encode() + b"\n[/off the record][/off the record]\n"),
        ("notes/long.md", MARKED.encode() + b"We grew again.\n" * 40_000),
        ("notes/longer.md", MARKED.encode() + b"We grew again, every team of us did.\n" * 40_000),
        ("notes/latin.md", MARKED.replace("doubled", "dobl\xf3").encode("latin-1")),
    ],
)  # fmt: skip
def test_a_file_in_git_that_cannot_be_read_to_its_end_blocks_check(tracked: Shell, name: str, content: bytes) -> None:
    (tracked.project / name).write_bytes(content)
    git(tracked, "add", name)
    ran = tracked.run("check")
    assert (ran.code, f"{name}: error CK306: " in ran.out) == (1, True)
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "name", ["notes/call", "notes/call.sbv", "chat.log", "export.json", "call.rest", "notes/call.org"]
)
def test_what_people_said_is_looked_at_whatever_it_is_called(tracked: Shell, name: str, encoding: str) -> None:
    (tracked.project / name).write_bytes(MARKED.encode(encoding))
    git(tracked, "add", name)
    assert f"{name}:5: error CK306: " in tracked.run("check").out


def test_pictures_and_long_notes_without_marks_may_be_in_git(tracked: Shell) -> None:
    noise = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR otr; record\0"
    (tracked.project / "notes/chart.png").write_bytes(noise)
    tracked.write("notes/long.md", "It is a record for us, we grew again.\n" * 20_000)
    git(tracked, "add", "--all")
    ran = tracked.run("check")
    assert (ran.code, "CK306" in ran.out) == (0, False)


def test_a_document_in_git_that_nobody_can_look_into_is_told(tracked: Shell) -> None:
    (tracked.project / "notes/call.docx").write_bytes(b"PK\x03\x04 broken")
    git(tracked, "add", "--all")
    ran = tracked.run("check")
    assert (ran.code, "notes/call.docx: warning CK306: " in ran.out) == (0, True)


def test_embargoes_code_and_what_only_speaks_of_records_may_be_in_git(tracked: Shell) -> None:
    tracked.write("notes/a.md", "We grew.\n\n[embargo until 2027-01-01 09:00 UTC] We ship. [/embargo]\n")
    tracked.write("notes/b.md", "For the record: we grew by a third, a record for us.\n")
    tracked.write("tool.py", 'MARK = "[off the record] x [/off the record]"\n')
    git(tracked, "add", "--all")
    ran = tracked.run("check")
    assert (ran.code, "CK306" in ran.out) == (0, False)


def test_examples_of_marks_are_passed_over_where_the_project_says_so(tracked: Shell) -> None:
    tracked.write("docs/how-we-work.md", MARKED)
    tracked.write("docs/more.md", MARKED)
    git(tracked, "add", "--all")
    tracked.write("contentkit.toml", f'{CONFIG}\n[checks]\nexamples = ["docs/how-we-work.md"]\n')
    assert "docs/how-we-work.md" not in tracked.run("check").out
    assert "docs/more.md:5: error CK306" in tracked.run("check").out
    tracked.write("contentkit.toml", f'{CONFIG}\n[checks]\nexamples = ["docs/"]\n')
    assert tracked.run("check").code == 0
    tracked.write("contentkit.toml", f'{CONFIG}\n[checks]\nexamples = ["notes/"]\n')
    ran = tracked.run("check")
    assert (ran.code, "what is in notes/ and drafts/ is no example" in ran.err) == (1, True)


def test_no_approval_is_given_while_git_tracks_the_raw_file_of_a_source(tracked: Shell) -> None:
    tracked.write("notes/raw/call.md", (tracked.project / "notes/call.md").read_text() + "\nOTR: nearly broke.\n")
    (tracked.project / "notes/call.md").unlink()
    assert tracked.run("ingest", "notes/raw").rows[1][0] == "notes/call.md"
    tracked.enter(entry("launch", at=time_in(hours=2)))
    git(tracked, "add", "--all")
    ran = tracked.run("approve", "launch", "--yes")
    assert (ran.code, "notes/raw/call.md:9: error CK306" in ran.err) == (4, True)
    git(tracked, "rm", "--cached", "--quiet", "notes/raw/call.md")
    assert tracked.run("approve", "launch", "--yes").code == 0


def test_words_of_the_raw_file_are_found_in_a_draft_that_rests_on_the_copy(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    leaked = "Quennell Capital wants to lead the round."
    shell.write("drafts/launch.md", DRAFT.replace("notes/call.md", "notes/money.md").replace(
        "Every team we talked to had written the same scheduler.", leaked))  # fmt: skip
    assert "error CK303" in shell.run("check").out


def test_words_of_the_raw_file_are_found_in_what_only_the_entry_publishes(shell: Shell) -> None:
    shell.write("notes/raw/call.md", (shell.project / "notes/call.md").read_text() + f"\nOTR: {SECRET}.\n")
    (shell.project / "notes/call.md").unlink()
    shell.run("ingest", "notes/raw")
    shell.enter(entry("launch", at=time_in(hours=2), more=f"warning: {SECRET}"))
    ran = shell.run("check")
    assert (ran.code, "CK303: the content warning of the entry repeats words" in ran.out) == (1, True)
    assert "uennell" not in ran.out + ran.err
    assert shell.run("approve", "launch", "--yes").code == 4


@pytest.fixture
def without_raw(shell: Shell) -> Shell:
    """A project whose draft rests on a copy that lacks words, and whose raw file is gone."""
    raw = shell.write("notes/raw/call.md", (shell.project / "notes/call.md").read_text() + "\nOTR: nearly broke.\n")
    (shell.project / "notes/call.md").unlink()
    assert shell.run("ingest", "notes/raw").code == 0
    assert shell.run("check").out == ""
    raw.rename(shell.home / "elsewhere.md")
    shell.enter(entry("launch", at=time_in(hours=2)))
    return shell


def test_what_cannot_be_compared_is_a_warning_that_an_approval_waits_for(without_raw: Shell) -> None:
    ran = without_raw.run("check")
    assert (ran.code, "drafts/launch.md:6: warning CK305: " in ran.out) == (0, True)
    assert "notes/call.md" in ran.out
    assert without_raw.run("approve", "launch", "--yes").code == 4
    waived = DRAFT.replace("L3 -->", "L3 -->\n<!-- waive: CK305 by Ana: I compared it with my notes -->")
    without_raw.write("drafts/launch.md", waived)
    assert without_raw.run("check").out == ""
    assert without_raw.run("approve", "launch", "--yes").code == 0


def test_a_raw_file_that_is_back_can_be_compared_again(without_raw: Shell) -> None:
    assert without_raw.run("ingest", "../elsewhere.md").rows[1][:2] == ["notes/call.md", "note (known)"]
    assert without_raw.run("check").out == ""
    assert without_raw.run("approve", "launch", "--yes").code == 0


def test_a_git_that_does_not_tell_is_no_all_clear(tracked: Shell) -> None:
    tracked.write("notes/money.md", MARKED)
    git(tracked, "add", "notes/money.md")
    tracked.write(".git/index", "garbage")

    ran = tracked.run("check")

    assert ran.code == 1
    assert "what git tracks cannot be asked" in ran.err


def test_doctor_tells_what_check_finds_in_git(tracked: Shell) -> None:
    assert tracked.run("doctor").code in (0, 4)
    tracked.write("notes/money.md", MARKED)
    git(tracked, "add", "notes/money.md")

    ran = tracked.run("doctor")

    assert ran.code == 1
    assert "notes/money.md:5: git tracks this file, and it holds words off the record" in ran.out
    assert SECRET not in ran.out + ran.err


def test_a_git_that_does_not_tell_doctor_is_no_all_clear(tracked: Shell) -> None:
    tracked.write(".git/index", "garbage")

    ran = tracked.run("doctor")

    assert (ran.code, "what git tracks cannot be asked" in ran.out) == (1, True)


def test_without_git_doctor_does_not_call_a_repository_sound(tracked: Shell) -> None:
    ran = tracked.run("doctor", variables={"PATH": "/nowhere"})

    assert (ran.code, "git is not installed" in ran.out, "All is well" in ran.err) == (4, True, False)
