"""Whoever is asked to approve sees everything that the approval binds, and what changed since the last one."""

from __future__ import annotations

import re

import pytest

from tests.cli.shell import DRAFT, Shell, entry

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def shown(shell: Shell) -> str:
    """What a person at a terminal is shown before the question, without colours, on one line."""
    ran = shell.run_in_terminal("approve", "launch", typed=b"n\n")
    assert ran.code == 4, ran.err
    return " ".join(COLOURS.sub("", ran.out).split())


@pytest.fixture
def approved(shell: Shell) -> Shell:
    shell.enter(entry("launch", at="2199-01-01 09:30"))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    return shell


def test_what_decides_when_is_shown_beside_the_threads(shell: Shell) -> None:
    waived = DRAFT.replace("Every team", "All 250 teams").replace(
        "#L3 -->", '#L3 -->\n<!-- waive: CK201 "250" by Ana: we counted -->'
    )
    shell.write("drafts/launch.md", waived)
    more = "late: hold, campaign: spring, timezone: Europe/Madrid"
    shell.enter(entry("launch", at="2199-01-01 09:30", more=more))
    words = shown(shell)
    assert "time: 2199-01-01 09:30 Europe/Madrid lateness: hold campaign: spring" in words
    assert 'waiver: CK201 "250" of post 1 by Ana: we counted' in words


def test_nothing_is_told_as_changed_where_nothing_was_approved_before_or_nothing_changed(approved: Shell) -> None:
    assert "Changed since" not in shown(approved)
    approved.run("approve", "launch", "--revoke")
    assert "Changed since" not in shown(approved)


def test_words_and_times_that_changed_are_marked_without_colours(approved: Shell) -> None:
    approved.write("drafts/launch.md", DRAFT.replace("threw the queue away", "gave the queue up"))
    approved.enter(entry("launch", at="2199-01-02 09:30"))
    words = shown(approved)
    assert "Changed since Ana approved it" in words
    assert "time: [-2199-01-01 09:30 UTC-]{+2199-01-02 09:30 UTC+}" in words
    assert "try 2/3: text: We [-threw-]{+gave+} the queue [-away-]{+up+}, and made" in words


def test_a_change_that_nobody_sees_is_spelled(approved: Shell) -> None:
    approved.write("drafts/launch.md", DRAFT.replace("own.", "own.").replace("the queue", "the\u00a0queue"))
    assert "the[-space-]{+\\u{a0}+}queue" in shown(approved)


def test_a_picture_that_was_exchanged_under_its_name_is_told(shell: Shell) -> None:
    from tests.publishing.pictures import png

    shell.write("drafts/launch.md", DRAFT.replace("lane of its own.", "lane of its own.\n\n![A lane](lane.png)"))
    shell.write("drafts/lane.png", png(20))
    shell.enter(entry("launch", at="2199-01-01 09:30"))
    assert shell.run("approve", "launch", "--yes").code == 0
    shell.write("drafts/lane.png", png(21))
    assert re.search(r"try 2/3: bytes of drafts/lane\.png: \[-[0-9a-f]{12}-\]\{\+[0-9a-f]{12}\+\}", shown(shell))


@pytest.mark.parametrize("where", ["confidential.txt", "notes/call.md"])
def test_words_that_nobody_may_repeat_are_not_shown_as_changed(approved: Shell, where: str) -> None:
    if where == "confidential.txt":
        approved.write(where, "a lane of its own\n")
    else:
        note = (approved.project / where).read_text()
        approved.write(where, note.replace("We threw the queue", "OTR: We threw the queue"))
    approved.write("drafts/launch.md", re.sub(r"We threw.*?L5 -->\n\n---\n\n", "", DRAFT, flags=re.S))
    words = shown(approved)
    assert "Changed since Ana approved it" in words
    assert "in words that nobody may repeat" in words
    assert "lane of its own" not in words
