"""What can be named: folders, patterns, a pipe; what is told of it, and what stands in the way."""

from __future__ import annotations

import json
import os
import re

import pytest

from tests.cli.ingesting import MARKED, git, piped
from tests.cli.shell import NOTE, Shell, finished, interrupt
from tests.cli.test_interrupted import writer_of

PRIVATE = "The key under the mat is number 4711."


def paths(ran_rows: list[list[str]]) -> list[str]:
    return [row[0] for row in ran_rows[1:]]


def test_a_folder_is_searched_for_known_kinds_without_hidden_ones_and_what_git_ignores(shell: Shell) -> None:
    git(shell, "init", "--quiet")
    shell.write(".gitignore", "notes/raw/\nnotes/scratch.md\n")
    for name in ("deep/er/b.txt", "scratch.md", "raw/r.md", ".hidden/h.md", "photo.png", "data.csv"):
        shell.write(f"notes/{name}", f"This is {name.replace('.', ' ')}, and it says enough.\n")
    ran = shell.run("ingest", "notes")
    assert ran.code == 0
    assert sorted(paths(ran.rows)) == ["notes/call.md", "notes/deep/er/b.txt", "notes/r.md"]
    assert ran.err.endswith("3 sources: 3 new\n")


def test_a_git_that_does_not_tell_what_it_ignores_keeps_the_folder_out(shell: Shell) -> None:
    git(shell, "init", "--quiet")
    shell.write(".gitignore", "notes/scratch.md\n")
    shell.write("notes/scratch.md", f"{PRIVATE}\n")

    ran = shell.run("ingest", "notes", variables={"PATH": "/nowhere"})

    assert (ran.code, ran.out) == (1, "")
    assert "what git ignores cannot be asked" in ran.err


def test_a_folder_with_a_repository_in_it_is_read_by_the_rules_of_both(shell: Shell) -> None:
    git(shell, "init", "--quiet")
    shell.write(".gitignore", "scratch.md\n")
    for name in ("inner/kept.md", "inner/private.md", "inner/scratch.md"):
        shell.write(f"notes/{name}", f"This is {name.replace('.', ' ')}, and it says enough.\n")
    shell.write("notes/inner/.gitignore", "private.md\n")
    git(shell, "init", "--quiet", "notes/inner")

    assert sorted(paths(shell.run("ingest", "notes").rows)) == ["notes/call.md", "notes/inner/kept.md"]


def test_files_of_any_program_in_a_folder_are_passed_over_and_told(shell: Shell) -> None:
    git(shell, "init", "--quiet")
    shell.write(".gitignore", "notes/cache.json\n")
    for name in ("call.json", "irc.log", "deep/call.tsv", "cache.json", "photo.png"):
        shell.write(f"notes/{name}", "{}")

    ran = shell.run("ingest", "notes")

    [told] = [line for line in ran.err.splitlines() if "passed over" in line]
    assert told.startswith(
        "notes: passed over, as any program may have written them: call.json, irc.log, deep/call.tsv;"
    )
    assert (ran.code, paths(ran.rows)) == (0, ["notes/call.md"])


def test_the_copies_of_a_folders_raw_files_are_the_same_sources(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.write("notes/plan.md", MARKED)
    first, second = (shell.run("ingest", "notes") for _ in range(2))
    assert sorted(paths(first.rows)) == ["notes/call.md", "notes/money.md", "notes/plan-on-the-record.md"]
    assert sorted(paths(second.rows)) == sorted(paths(first.rows))
    assert second.err.endswith("3 sources: 3 known\n")


def test_links_out_of_a_folder_and_drafts_are_not_taken_in(shell: Shell) -> None:
    (shell.home / "private.md").write_text("Nobody named this file, and it says enough.\n")
    (shell.project / "notes/link.md").symlink_to(shell.home / "private.md")
    (shell.project / "notes/around").symlink_to(shell.project)
    assert paths(shell.run("ingest", ".").rows) == ["notes/call.md"]


@pytest.mark.parametrize("pattern", ["notes/c*.md", "**/call.md", "notes/call.md"])
def test_a_pattern_that_the_shell_left_as_it_is_names_files(shell: Shell, pattern: str) -> None:
    shell.write("notes/other.md", NOTE)
    assert paths(shell.run("ingest", pattern, "notes/call.md").rows) == ["notes/call.md"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(shell: Shell) -> None:
    shell.write("notes/[1] call.md", NOTE)
    assert paths(shell.run("ingest", "notes/[1] call.md").rows) == ["notes/[1] call.md"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 2, "ingest: nothing is named"),
        (["notes/*.vtt"], 1, "notes/*.vtt: there is no such file"),
        (["drafts"], 1, "drafts: holds no notes, transcripts or posts"),
        (["ftp://example.org/a.md"], 2, "'ftp://example.org/a.md' is not an http(s) address"),
        (["file:///etc/passwd"], 2, "'file:///etc/passwd' is not an http(s) address"),
        ([""], 2, "a name is empty"),
        (["a" * 300], 1, "File name too long"),
        (["--since", "2026-01-01", "notes"], 2, "--since and --latest are about feeds"),
        (["--feed", "https://example.org/feed", "--since", "soon"], 2, "'soon' is no date"),
        (["--feed", "notes/call.md"], 1, "notes/call.md"),
    ],
)
def test_words_that_name_nothing_are_told(shell: Shell, words: list[str], code: int, told: str) -> None:
    ran = shell.run("ingest", *words)
    assert (ran.code, told in ran.err, "Traceback" in ran.err) == (code, True, False)


def test_what_cannot_be_read_does_not_keep_the_rest_out_and_is_counted(shell: Shell) -> None:
    shell.write("notes/broken.md", b"caf\xe9\n")
    ran = shell.run("ingest", "notes", "nowhere.md")
    assert (ran.code, paths(ran.rows)) == (1, ["notes/call.md"])
    assert ran.err.endswith("1 source: 1 new; 2 could not be read\n")


def test_standard_input_becomes_a_note_of_today_once(shell: Shell) -> None:
    words = b"We grew by a third this year, which nobody had thought possible.\n"
    first = piped(shell, words, "ingest", "-", "--json")
    [source] = first.json
    assert re.fullmatch(
        r"notes/\d{4}-\d\d-\d\d-we-grew-by-a-third-this-year-which-nobody-had-thought\.md", source["path"]
    )
    assert (source["original"], source["copied"], source["state"]) == ("standard input", True, "new")
    [again] = piped(shell, words, "ingest", "-", "--json").json
    assert (again["path"], again["state"]) == (source["path"], "known")
    [other] = piped(shell, words + b"\nAnd we shrank again.\n", "ingest", "-", "--json").json
    assert other["path"] == source["path"].replace(".md", "-2.md")


def test_what_was_cut_out_of_a_pipe_is_gone_and_the_person_knows(shell: Shell) -> None:
    ran = piped(shell, MARKED.encode(), "ingest", "-")
    assert ran.code == 0
    assert "standard input: what was cut out is kept nowhere" in ran.err
    assert not (shell.state / "raw.json").exists()


@pytest.mark.parametrize(("given", "told"), [(b"", "is empty"), (b"\x00\x01\x02" * 99, "is binary")])
def test_a_pipe_without_words_is_refused(shell: Shell, given: bytes, told: str) -> None:
    ran = piped(shell, given, "ingest", "-")
    assert (ran.code, f"standard input: {told}" in ran.err) == (1, True)
    assert sorted(path.name for path in (shell.project / "notes").iterdir()) == ["call.md"]


def test_links_in_a_circle_are_told_and_do_not_keep_the_rest_out(shell: Shell) -> None:
    (shell.project / "notes/loop.md").symlink_to("loop.md")
    ran = shell.run("ingest", "notes/loop.md", "notes/call.md")
    assert (ran.code, paths(ran.rows)) == (1, ["notes/call.md"])
    assert "notes/loop.md: cannot be read" in ran.err


def test_a_device_without_end_is_read_no_further_than_the_largest_note(shell: Shell) -> None:
    ran = shell.run("ingest", "/dev/zero")
    assert (ran.code, "Traceback" in ran.err) == (1, False)


def test_ctrl_c_while_reading_a_pipe_leaves_nothing(shell: Shell) -> None:
    os.mkfifo(shell.project / "notes/slow.md")
    before = sorted(shell.files())
    process = shell.start("ingest", "notes/call.md", "notes/slow.md")
    writer = writer_of(shell.project / "notes/slow.md")
    interrupt(process)
    os.close(writer)  # the signal may have come just before the process went to wait for the note
    assert finished(process).code == 130
    assert sorted(shell.files()) == before


def test_what_was_removed_and_what_is_in_doubt_is_told(shell: Shell) -> None:
    shell.write("notes/odd.md", "We\u200b grew a lot this year, and nobody knows why.\n")
    ran = shell.run("ingest", "notes/odd.md")
    assert ran.code == 0
    assert "notes/odd.md: left out, because readers cannot see it: " in ran.err


def test_a_terminal_of_80_columns_shows_no_broken_word_and_no_bar_for_a_few(shell: Shell) -> None:
    shell.write("notes/raw/2026-12-01-a-long-call-with-the-founder.md", MARKED)
    ran = shell.run_in_terminal("ingest", "notes")
    assert ran.code == 0
    lines = re.sub(r"\x1b\[\d*m", "", ran.out).splitlines()
    assert max(len(line) for line in lines) <= 80
    assert "…" not in ran.out
    assert "notes/2026-12-01-a-long-call-with-the-founder.md" in ran.out
    assert "Reading" not in ran.err


def test_json_is_one_list_also_when_nothing_was_read(shell: Shell) -> None:
    ran = shell.run("ingest", "nowhere.md", "--json")
    assert (ran.code, json.loads(ran.out)) == (1, [])


@pytest.mark.parametrize("word", ["ftp://example.org/a", "", "http://127.0.0.1:1/a"])
def test_one_name_that_means_nothing_is_a_mistake_as_it_is_to_draft(shell: Shell, word: str) -> None:
    assert [shell.run(verb, word).code for verb in ("ingest", "draft")] == [2, 2]
    assert shell.run("ingest", word, "nowhere.md").code == 1


def test_a_link_out_of_the_project_is_not_followed_by_its_name(shell: Shell) -> None:
    (shell.home / "private.md").write_text(f"{PRIVATE}\n")
    (shell.project / "notes/link.md").symlink_to(shell.home / "private.md")

    for named in ("notes/link.md", "notes/li*.md"):
        ran = shell.run("ingest", named)
        assert (ran.code, "is a link that leads out of the project" in ran.err) == (1, True), named
    assert not any(
        PRIVATE.encode() in data for name, data in shell.files().items() if "notes" in name and "link" not in name
    )


def test_who_is_taken_for_one_voice_because_nobody_is_named_is_told(shell: Shell) -> None:
    shell.write("notes/call.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nWe sold 40 of them.\n")
    shell.write("notes/film.vtt", "---\nspeaker: Ana\n---\nWEBVTT\n\n00:00.000 --> 00:02.000\nWe sold 40 of them.\n")
    ran = shell.run("ingest", "notes/call.vtt", "notes/film.vtt")

    assert ran.err.splitlines()[0] == (
        "notes/call.vtt: names nobody who speaks: whoever it was, all of it counts as said by 'Speaker'"
    )
    assert "film.vtt" not in ran.err
