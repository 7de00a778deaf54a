"""Raw notes and documents: the copy that posts may rest on, what it lacks, and what it is never written over."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.ingesting import MARKED, ON_RECORD, SECRET, git, holders, piped, raw_files, texts
from tests.cli.shell import Shell, finished

CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ana Torres>We rewrote the scheduler because every team had written the same one.

00:00:05.000 --> 00:00:07.000
<v Ben>And what did you throw away?
"""


def test_a_marked_raw_note_gets_a_copy_without_and_only_this_machine_knows_where_it_lies(shell: Shell) -> None:
    raw = shell.write("notes/raw/money.md", MARKED)
    ran = shell.run("ingest", "notes/raw/money.md")
    assert (ran.code, ran.rows[1][:2], ran.rows[1][4]) == (0, ["notes/money.md", "note"], "1")
    assert "notes/raw/money.md: copied to notes/money.md without 1 span off the record\n" in ran.err
    copy = (shell.project / "notes/money.md").read_text()
    assert copy.splitlines()[:3] == MARKED.splitlines()[:3]
    assert copy.splitlines()[-1].startswith("<!-- contentkit: copy, read ")
    assert texts(shell, "notes/money.md") == ON_RECORD
    assert dict(raw_files(shell)) == {"notes/money.md": str(raw)}
    assert stat.S_IMODE((shell.state / "raw.json").stat().st_mode) == 0o600


def test_what_was_cut_out_stands_nowhere_but_in_the_raw_file(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    said = [
        shell.run(*words.split())
        for words in ("ingest notes/raw --json", "draft notes/raw/money.md --slug m", "check", "queue", "doctor")
    ]
    assert not [ran for ran in said if "Quennell" in ran.out + ran.err]
    assert holders(shell.home, SECRET) == ["money.md"]
    assert holders(shell.home, "quennell") == ["money.md"]


def test_the_second_time_nothing_changes_and_the_source_is_known(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    before = shell.files()
    ran = shell.run("ingest", "notes/raw")
    assert (ran.code, [row[1] for row in ran.rows[1:]], ran.err) == (0, ["note (known)"], "")
    assert {name: content for name, content in shell.files().items() if "contentkit.db" not in name} == {
        name: content for name, content in before.items() if "contentkit.db" not in name
    }


def test_a_changed_original_replaces_the_copy_that_nobody_edited(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    shell.write("notes/raw/money.md", MARKED.replace("doubled", "tripled"))
    ran = shell.run("ingest", "notes/raw")
    assert ran.rows[1][:2] == ["notes/money.md", "note (changed)"]
    assert "We tripled the number" in (shell.project / "notes/money.md").read_text()


def test_a_copy_that_was_edited_is_kept_and_the_person_told_what_to_do(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    copy = shell.project / "notes/money.md"
    copy.write_text(copy.read_text().replace("teams", "customers"))
    edited = copy.read_bytes()
    assert shell.run("ingest", "notes/raw").code == 0, "the original is as it was: nothing speaks against the edit"
    shell.write("notes/raw/money.md", MARKED.replace("doubled", "tripled"))
    ran = shell.run("ingest", "notes/raw")
    assert ran.code == 1
    assert "notes/money.md: was edited since it was copied, and notes/raw/money.md changed since\n" in ran.err
    assert "move notes/money.md away" in ran.err
    assert copy.read_bytes() == edited


def test_captions_stay_captions_and_unmarked_raw_files_get_a_copy_too(shell: Shell) -> None:
    shell.write("notes/raw/Team Talk.vtt", CAPTIONS)
    ran = shell.run("ingest", "notes/raw")
    assert ran.rows[1][:2] == ["notes/team-talk.vtt", "transcript"]
    copy = (shell.project / "notes/team-talk.vtt").read_text()
    assert copy.startswith(CAPTIONS)
    assert "NOTE <!-- contentkit: copy of notes/raw/Team Talk.vtt".replace(" Talk", "%20Talk") in copy


def test_a_marked_note_beside_the_others_gets_a_copy_that_says_what_it_is(shell: Shell) -> None:
    shell.write("notes/money.md", MARKED)
    git(shell, "init", "--quiet")
    ran = shell.run("ingest", "notes/money.md")
    assert ran.rows[1][0] == "notes/money-on-the-record.md"
    assert "notes/money.md: git would take it with the words off the record\n" in ran.err
    assert "  Next: mkdir -p notes/raw && mv -- notes/money.md notes/raw/, then ingest it there\n" in ran.err
    git(shell, "add", "notes/money.md")
    ran = shell.run("ingest", "notes/money.md")
    assert "notes/money.md: git tracks it with the words off the record" in ran.err
    assert "  Next: git rm --cached -- notes/money.md; mkdir -p notes/raw && mv -- notes/money.md notes/raw/" in ran.err
    (shell.project / ".gitignore").write_text("notes/money.md\n")
    git(shell, "rm", "--quiet", "--cached", "notes/money.md")
    assert "off the record" not in shell.run("ingest", "notes/money.md").err


def test_a_raw_file_that_was_moved_keeps_its_copy(shell: Shell) -> None:
    shell.write("notes/money.md", MARKED)
    shell.run("ingest", "notes/money.md")
    (shell.project / "notes/raw").mkdir()
    (shell.project / "notes/money.md").rename(shell.project / "notes/raw/money.md")
    ran = shell.run("ingest", "notes/raw")
    assert ran.rows[1][:2] == ["notes/money-on-the-record.md", "note (known)"]
    assert raw_files(shell)["notes/money-on-the-record.md"] == str(shell.project / "notes/raw/money.md")


def test_a_clone_without_state_finds_the_copy_that_git_brought(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    shutil.rmtree(shell.home / "state")
    (shell.project / "contentkit.db").unlink()
    before = (shell.project / "notes/money.md").read_bytes()
    assert shell.run("ingest", "notes/raw").rows[1][0] == "notes/money.md"
    assert (shell.project / "notes/money.md").read_bytes() == before
    shutil.rmtree(shell.home / "state")
    shell.write("notes/raw/money.md", MARKED.replace("doubled", "tripled"))
    assert shell.run("ingest", "notes/raw").rows[1][:2] == ["notes/money.md", "note (changed)"]


def test_a_file_that_is_not_ours_is_never_written_over(shell: Shell) -> None:
    for name in ("notes/money.md", "notes/money-2.md"):
        shell.write(name, "Somebody's own note about money.\n")
    (shell.project / "notes/money-3.md").symlink_to(shell.home / "elsewhere.md")
    shell.write("notes/raw/money.md", MARKED)
    ran = shell.run("ingest", "notes/raw")
    assert ran.rows[1][0] == "notes/money-4.md"
    assert (shell.project / "notes/money.md").read_text() == "Somebody's own note about money.\n"
    assert not (shell.home / "elsewhere.md").exists()


def test_two_originals_of_one_name_get_a_copy_each(shell: Shell) -> None:
    for place in ("a", "b"):
        (shell.home / place).mkdir()
        (shell.home / place / "money.md").write_text(MARKED.replace("doubled", f"added {place} to"))
    ran = shell.run("ingest", "../a/money.md", "../b/money.md")
    assert [row[0] for row in ran.rows[1:]] == ["notes/money.md", "notes/money-2.md"]
    again = shell.run("ingest", "../b/money.md", "../a/money.md")
    assert [row[:2] for row in again.rows[1:]] == [
        ["notes/money-2.md", "note (known)"],
        ["notes/money.md", "note (known)"],
    ]


def test_a_copy_tells_the_name_of_a_harmless_file_elsewhere_and_not_its_folder(shell: Shell) -> None:
    (shell.home / "Plans 2027.md").write_text("We plan to grow by a third.\n")
    ran = shell.run("ingest", "../Plans 2027.md")
    assert ran.rows[1][0] == "notes/plans-2027.md"
    assert " copy of Plans%202027.md, read " in (shell.project / "notes/plans-2027.md").read_text()


def test_notes_that_lead_out_of_the_project_are_not_written_to(shell: Shell) -> None:
    (shell.home / "outside").mkdir()
    shutil.rmtree(shell.project / "notes")
    (shell.project / "notes").symlink_to(shell.home / "outside")
    ran = piped(shell, b"We grew by a third.\n", "ingest", "-")
    assert (ran.code, "notes: leads out of the project" in ran.err) == (1, True)
    assert list((shell.home / "outside").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_to_is_told_and_nothing_is_left(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    (shell.project / "notes").chmod(0o500)
    ran = shell.run("ingest", "notes/raw")
    (shell.project / "notes").chmod(0o700)
    assert (ran.code, "cannot be written" in ran.err) == (1, True)


def test_a_disk_without_room_leaves_no_half_copy(shell: Shell) -> None:
    shell.write("notes/raw/long.md", MARKED + "\nWe said a lot more than that.\n" * 4000)
    ran = shell.run_without_room(64, "ingest", "notes/raw/long.md")
    assert ran.code == 1
    assert not (shell.project / "notes/long.md").exists()
    assert [path for path in (shell.project / "notes").iterdir() if path.suffix == ".tmp"] == []


def test_two_at_once_write_one_copy_of_each(shell: Shell) -> None:
    for number in range(4):
        shell.write(f"notes/raw/call{number}.md", MARKED.replace("money", f"money {number}"))
    both = [shell.start("ingest", "notes/raw") for _ in range(2)]
    assert [finished(one).code for one in both] == [0, 0]
    copies = sorted(path.name for path in (shell.project / "notes").glob("call?*.md"))
    assert copies == [f"call{number}.md" for number in range(4)]
    assert sorted(raw_files(shell)) == [f"notes/{name}" for name in copies]


def test_a_list_of_raw_files_that_cannot_be_read_is_told_and_kept(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.state.mkdir(parents=True, mode=0o700)
    (shell.state / "raw.json").write_text("{not json")
    ran = shell.run("ingest", "notes/raw/money.md")
    assert (ran.code, "raw.json: cannot be read" in ran.err) == (1, True)
    assert (shell.state / "raw.json").read_text() == "{not json"
    assert not (shell.project / "notes/money.md").exists()


def test_names_that_no_evidence_can_hold_get_a_copy_with_a_plain_one(shell: Shell) -> None:
    odd = "a;b#L2-->\x1b[31m\n.md"
    (shell.project / "notes" / odd).write_text("We grew by a third this year.\n")
    ran = shell.run("ingest", str(Path("notes") / odd))
    assert ran.rows[1][0] == "notes/a-b-l2-31m.md"
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("We grew.\n\n[off the record] We were nearly broke.\n\nAnd sold the chairs.\n", 3),
        ("Ana: We grew.\nBo: Why?\nAna: We tried. Off the record from here. We were nearly broke.\nBo: Oh.\n", 3),
        ("We grew.\n\n[off the record] We were nearly broke. [/off the record]\n\nWe ship.\n", 0),
    ],
)
def test_it_is_told_where_nobody_came_back_on_the_record(shell: Shell, text: str, line: int) -> None:
    shell.write("notes/raw/call.md", text)

    told = shell.run("ingest", "notes/raw/call.md").err

    assert (f"notes/raw/call.md:{line}: off the record from here to the end" in told) == bool(line)
