"""Entries kept back and let go again, with the real commands."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell, entry, time_in
from tests.cli.test_approve import texts_at


def approve(shell: Shell, *names: str) -> None:
    assert shell.run("approve", *names, "--yes", "--by", "Ana Torres").code == 0


def calendar(shell: Shell) -> bytes:
    return (shell.project / "calendar.yaml").read_bytes()


def test_a_pause_keeps_an_approved_entry_back_and_its_end_lets_it_go(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    approve(shell, "launch")
    before = calendar(shell)
    ran = shell.run("pause", "launch", "--why", "legal, and Ben, read it")
    assert (ran.code, ran.out) == (
        0,
        "launch: paused (legal, and Ben, read it); the approval of Ana Torres holds\n",
    )
    assert ran.err == "Next: contentkit unpause launch\n"
    assert shell.run("post").out == ""
    assert texts_at(shell) == []
    ran = shell.run("unpause", "launch")
    assert ran.code == 0
    assert ran.out.startswith("launch: no longer paused; approved by Ana Torres: was due ")
    assert ran.out.endswith(", goes out with the next run\n")
    assert calendar(shell) == before
    shell.run("post")
    assert texts_at(shell)


def test_what_is_left_of_an_unpaused_entry_to_do_is_said(shell: Shell) -> None:
    shell.enter(
        entry("young", at="2199-01-01 09:30", more="paused: true"),
        entry("old", at=time_in(hours=-8), more="paused: true, late: post within 1d"),
    )
    ran = shell.run("unpause", "young")
    assert ran.out == "young: no longer paused; not approved: nothing goes out before it is approved\n"
    assert ran.err == "Next: contentkit approve young\n"
    approve(shell, "old")
    text = calendar(shell).replace(b"within 1d", b"within 1h")
    shell.write("calendar.yaml", text)
    ran = shell.run("unpause", "old")
    assert ran.out == (
        "old: no longer paused; the approval of Ana Torres is void: nothing goes out before it is approved\n"
    )


def test_several_entries_are_paused_at_once_or_none(shell: Shell) -> None:
    shell.enter(*(entry(name, at="2199-01-01 09:30") for name in ("one", "two", "three")))
    before = calendar(shell)
    ran = shell.run("pause", "one", "twoo")
    assert (ran.code, ran.err) == (
        1,
        "contentkit: the calendar has no entry 'twoo'\n  did you mean 'two'?\n",
    )
    assert calendar(shell) == before
    ran = shell.run("pause", "one", "two")
    assert ran.out == "one: paused\ntwo: paused\n"
    assert shell.run("queue").out.count("paused") == 2
    ran = shell.run("pause", "three", "two", "--why", "rain")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "contentkit: two is paused already")
    assert b"rain" not in calendar(shell)


def test_a_second_pause_names_the_reason_of_the_first(shell: Shell) -> None:
    shell.enter(entry("launch", at="2199-01-01 09:30", more="paused: legal reads it"))
    ran = shell.run("pause", "launch")
    assert ran.err == (
        "contentkit: launch is paused already (legal reads it)\n  'contentkit unpause launch' ends that\n"
    )


def test_what_is_not_paused_is_not_unpaused(shell: Shell) -> None:
    shell.enter(entry("launch", at="2199-01-01 09:30", more="paused: false"))
    before = calendar(shell)
    ran = shell.run("unpause", "launch")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "contentkit: launch is not paused")
    assert calendar(shell) == before


@pytest.mark.parametrize("why", ["no", " true ", "~", "OFF"])
def test_a_word_that_yaml_could_take_for_another_thing_is_no_reason(shell: Shell, why: str) -> None:
    shell.enter(entry("launch", at="2199-01-01 09:30"))
    before = calendar(shell)
    ran = shell.run("pause", "launch", "--why", why)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"contentkit: '{why.strip()}' is no reason to pause")
    assert calendar(shell) == before


@pytest.mark.parametrize("why", ['"quoted"', "a: b", "# hash", "{a, b}", "- x", "two\nlines", "\x1b[2Jred", "née 🚀"])
def test_any_words_are_a_reason_and_cannot_steer_a_terminal(shell: Shell, why: str) -> None:
    shell.enter(entry("launch", at="2199-01-01 09:30"))
    ran = shell.run("pause", "launch", "--why", why)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert ran.out.count("\n") == 1
    assert shell.run("unpause", "launch").code == 0


def test_a_thread_that_has_begun_says_what_is_out(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    approve(shell, "launch")
    shell.run("post")
    ran = shell.run("pause", "launch")
    assert ran.out == "launch: paused; out already: 3 of 3 parts on try; the approval of Ana Torres holds\n"


def test_a_desk_is_told_who_acts_on_the_change(shell: Shell) -> None:
    copy = 'approved: {by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:0", clone: "0123"}'
    shell.enter(entry("launch", at="2199-01-01 09:30", more=copy))
    ran = shell.run("pause", "launch")
    assert ran.out == "launch: paused\n"
    assert ran.err == (
        "Another machine publishes: it acts on this once it has this calendar.yaml.\nNext: contentkit unpause launch\n"
    )


def test_an_empty_calendar_says_how_an_entry_comes_there(shell: Shell) -> None:
    ran = shell.run("pause", "launch")
    assert (ran.code, ran.err.splitlines()[1]) == (1, "  it has none yet: 'contentkit schedule' puts one there")


def test_a_calendar_that_cannot_be_edited_safely_stays_as_it_is(shell: Shell) -> None:
    moved = entry("launch", at="2199-01-01 09:30")
    shell.write("calendar.yaml", f"version: 1\ntimezone: UTC\nentries: &all\n  - {moved}\n")
    before = calendar(shell)
    ran = shell.run("pause", "launch")
    assert ran.code == 1
    assert ran.err.splitlines()[0] == "contentkit: calendar.yaml:3:10: anchors and aliases are not used here"
    assert calendar(shell) == before
