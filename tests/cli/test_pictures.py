"""Pictures on their way from a draft to a network, by the commands that a person uses."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys

import pytest

from tests.cli.shell import DRAFT as THREAD
from tests.cli.shell import NOTE, PARTS, Shell, entry, time_in
from tests.media import pictures

DRAFT = """---
version: 1
title: The scheduler
sources: [notes/call.md]
---
Every team we talked to had written the same scheduler.

![Lanes, one for each account](images/lanes.jpg)
![The same as a table](../tables/lanes.png)
<!-- evidence: notes/call.md#L3 -->
"""
PHOTO, TABLE = "drafts/images/lanes.jpg", "tables/lanes.png"


@pytest.fixture
def project(shell: Shell) -> Shell:
    """A draft with a photograph that says where it was taken, and a picture from another folder; due now."""
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    shell.write(PHOTO, pictures.jpeg())
    shell.write(TABLE, pictures.png(1))
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    return shell


def approve(shell: Shell) -> None:
    ran = shell.run("approve", "launch", "--yes", "--by", "Ana")
    assert ran.code == 0, ran


def published(shell: Shell) -> list[int]:
    """How many pictures each status of the console has."""
    path = shell.state / "try.console.jsonl"
    return [json.loads(line)["pictures"] for line in path.read_text().splitlines()] if path.exists() else []


def test_a_thread_goes_out_with_its_pictures(project: Shell) -> None:
    assert project.run("check").code == 0
    approve(project)
    assert project.run("post").code == 0
    assert published(project) == [2]


def test_the_preview_says_what_is_sent_of_each_picture_and_what_was_taken_out(project: Shell) -> None:
    lines = project.run("preview", "launch").out.splitlines()
    assert f"[picture] {PHOTO}: Lanes, one for each account" in lines
    assert f"[picture] {TABLE}: The same as a table" in lines
    assert any(line.startswith("    JPEG, 24 x 40, ") and "removed: GPS position, Exif" in line for line in lines)


def test_who_approves_in_a_terminal_sees_the_pictures_first(project: Shell) -> None:
    ran = project.run_in_terminal("approve", "launch", "--by", "Ana", typed=b"y\n")
    assert ran.code == 0, ran
    assert "removed: GPS position" in ran.out


def test_a_dry_run_shows_the_pictures_that_would_be_sent(project: Shell) -> None:
    approve(project)
    lines = project.run("post", "--dry-run").out.splitlines()
    assert lines[-2:] == [f"[picture] {PHOTO}: Lanes, one for each account", f"[picture] {TABLE}: The same as a table"]


def test_a_picture_that_was_edited_after_the_approval_is_held(project: Shell) -> None:
    approve(project)
    project.write(TABLE, pictures.png(1, mode="L"))
    ran = project.run("post")
    assert ran.code == 4
    assert "HELD" in ran.out
    assert published(project) == []


_TELLING_READS = """
import sys
from pathlib import Path
from contentkit.cli.main import main
sys.argv = ["contentkit", *sys.argv[1:]]
try:
    main()
finally:
    sys.stderr.write(Path("/proc/self/io").read_text())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has read")
def test_a_longer_thread_does_not_read_its_pictures_again_for_each_part(project: Shell) -> None:
    size, parts = 8_000_000, len(PARTS)
    # What stands behind a picture is read, and not sent.
    for number in range(parts):
        project.write(f"drafts/{number}.png", pictures.png(1) + bytes(size))
    with_pictures = (f"![Lane {number}]({number}.png)\n<!-- evidence" for number in range(parts))
    words = re.sub("<!-- evidence", lambda _: next(with_pictures), THREAD)
    project.write("drafts/launch.md", words)
    approve(project)
    ran = project.ran([sys.executable, "-c", _TELLING_READS, "post"])
    assert (ran.code, published(project)) == (0, [1] * parts)
    read = int(next(line for line in ran.err.splitlines() if line.startswith("rchar: ")).split()[1])
    # To see whether they are the approved ones, whether they fit, and to send them; the rest is the program itself.
    assert read < 5 * parts * size


def test_an_alt_text_that_was_edited_after_the_approval_is_held(project: Shell) -> None:
    approve(project)
    project.write("drafts/launch.md", DRAFT.replace("as a table", "in a table"))
    assert project.run("post").code == 4
    assert published(project) == []


@pytest.mark.parametrize("forgotten", ["receipts", "journal", "nothing"])
def test_pictures_that_are_out_cannot_be_approved_otherwise(project: Shell, forgotten: str) -> None:
    approve(project)
    assert project.run("post").code == 0
    if forgotten == "receipts":
        (project.project / "receipts.jsonl").unlink()
    elif forgotten == "journal":
        shutil.rmtree(project.state)
        assert project.run("takeover", "--yes").code == 0
    project.write("drafts/launch.md", DRAFT.replace("as a table", "in a table"))
    ran = project.run("approve", "launch", "--yes")
    assert ran.code == 1, ran
    assert "launch on try: part 1 is published already, with other pictures or alt texts" in ran.err


def test_a_picture_that_was_only_touched_goes_out(project: Shell) -> None:
    approve(project)
    os.utime(project.project / PHOTO)
    project.write(TABLE, (project.project / TABLE).read_bytes())
    assert project.run("post").code == 0
    assert published(project) == [2]


def test_a_picture_whose_metadata_alone_changed_is_still_the_approved_one(project: Shell) -> None:
    approve(project)
    project.write(PHOTO, pictures.jpeg(comment="another remark"))
    assert project.run("post").code == 0
    assert published(project) == [2]


BROKEN = {
    "missing": None,
    "empty": b"",
    "cut off": pictures.jpeg()[:500],
    "no picture": b"<html>",
}


@pytest.mark.parametrize("harm", BROKEN)
def test_a_broken_picture_is_told_with_its_line_and_hides_nothing_else(project: Shell, harm: str) -> None:
    (project.project / PHOTO).unlink()
    if (data := BROKEN[harm]) is not None:
        project.write(PHOTO, data)
    project.write("drafts/launch.md", DRAFT.replace("The same as a table", ""))
    ran = project.run("check", "--json")
    assert ran.code == 1
    assert sorted((one["check"], one["place"]) for one in ran.json) == [
        ("CK312", "drafts/launch.md:8"),
        ("CK313", "drafts/launch.md:9"),
    ]


@pytest.mark.parametrize("harm", BROKEN)
def test_a_broken_picture_is_seen_in_preview_and_queue_and_stops_the_approval(project: Shell, harm: str) -> None:
    (project.project / PHOTO).unlink()
    if (data := BROKEN[harm]) is not None:
        project.write(PHOTO, data)
    shown = project.run("preview", "launch")
    assert (shown.code, "    cannot be sent: " in shown.out) == (0, True)
    assert project.run("queue").code == 0
    assert project.run("approve", "launch", "--yes", "--by", "Ana").code == 4


def test_a_picture_that_breaks_after_the_approval_is_held_and_the_queue_says_why(project: Shell) -> None:
    approve(project)
    project.write(PHOTO, b"")
    assert f"{PHOTO}: is empty" in project.run("queue").out
    assert project.run("post").code == 4
    assert published(project) == []


def test_too_many_pictures_for_an_account_are_told_before_anybody_approves(project: Shell) -> None:
    images = "".join(f"![Lane number {number}](images/lanes.jpg)\n" for number in range(3))
    project.write("drafts/launch.md", DRAFT.replace("![Lanes", images + "![Lanes"))
    (problem,) = (one for one in project.run("check", "--json").json if one["check"] == "CK312")
    assert problem["place"] == "drafts/launch.md:8"
    assert problem["message"] == "try: 5 pictures, 4 are allowed"


def test_a_picture_that_moved_with_its_draft_is_told_before_its_minute(project: Shell) -> None:
    project.enter(entry("launch", at=time_in(hours=2)))
    approve(project)
    shutil.move(project.project / "drafts", project.project / "drafts-of-2026")
    project.enter(entry("launch", at=time_in(hours=2), draft="drafts-of-2026/launch.md"))
    assert "edited since its approval" in project.run("status").out
