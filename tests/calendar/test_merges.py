"""Two branches that change the calendar, merged by git itself: what merges, what means the same after, and what cannot merge."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from contentkit.calendar.edit import add_entry, remove_entry, remove_key, set_key, set_text
from contentkit.calendar.entries import parse_calendar
from contentkit.errors import ContentError
from contentkit.models import Entry

Edit = Callable[[str], str]
NAME = "calendar.yaml"
ENTRY = "  - id: e{0}\n    draft: drafts/a.md\n    at: 2026-11-{0} 09:30\n    accounts: [ana-x]\n"
BRACES = "  - {{id: e{0}, draft: drafts/a.md, at: 2026-11-{0} 09:30, accounts: [ana-x]}}\n"
HEAD = "version: 1\ntimezone: Europe/Madrid\nentries:\n"
DAYS = (10, 15, 20, 25)
CLOSE = HEAD + "".join(ENTRY.format(day) for day in DAYS)
SPACED = HEAD + "\n".join(ENTRY.format(day) for day in DAYS)
FLOW = HEAD + "".join(BRACES.format(day) for day in DAYS)
COMMENTED = HEAD + "".join("  # Of the week.\n" + ENTRY.format(day) + "    # ask Ana\n" for day in DAYS)
APPROVAL = '{by: Ana, at: 2026-11-05T08:00:00Z, digest: "sha256:aaaa"}'
LAYOUTS = pytest.mark.parametrize("base", [CLOSE, SPACED, COMMENTED], ids=["close", "spaced", "commented"])


def add(name: str, day: int, hour: int = 9) -> Edit:
    fields = {"id": name, "draft": "drafts/a.md", "at": f"2026-11-{day:02} {hour:02}:30", "accounts": ["ana-x"]}
    return lambda text: add_entry(text, NAME, fields)


def approve(name: str) -> Edit:
    return lambda text: set_key(text, NAME, name, "approved", APPROVAL)


def pause(name: str) -> Edit:
    return lambda text: set_text(text, NAME, name, "paused", "legal reads it")


def move(name: str, day: int) -> Edit:
    return lambda text: set_text(text, NAME, name, "at", f"2026-11-{day} 17:00")


def remove(name: str) -> Edit:
    return lambda text: remove_entry(text, NAME, name)


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def merged(folder: Path, base: str, ours: Edit, theirs: Edit) -> str | None:
    """The calendar after a merge of two branches that each made one edit of ``base``; None where git finds a conflict."""
    path = folder / NAME

    def commit(text: str) -> None:
        path.write_text(text)
        assert git(folder, "add", NAME).returncode == 0
        assert git(folder, "commit", "-m", "an edit").returncode == 0

    assert git(folder, "init", "-b", "main").returncode == 0
    commit(base)
    assert git(folder, "checkout", "-b", "theirs").returncode == 0
    commit(theirs(base))
    assert git(folder, "checkout", "main").returncode == 0
    commit(ours(base))
    return None if git(folder, "merge", "theirs").returncode else path.read_text()


def entries(text: str | None) -> tuple[Entry, ...]:
    assert text is not None, "git found a conflict"
    return parse_calendar(text, NAME, ("ana-x",)).entries


def ids(text: str | None) -> list[str]:
    return [entry.id for entry in entries(text)]


@pytest.mark.parametrize("base", [CLOSE, SPACED, COMMENTED, FLOW], ids=["close", "spaced", "commented", "flow"])
@pytest.mark.parametrize(("one", "other"), [(12, 22), (11, 16), (16, 11), (5, 28), (5, 12), (22, 28)])
def test_entries_added_at_days_between_which_one_stands_merge(tmp_path: Path, base: str, one: int, other: int) -> None:
    found = entries(merged(tmp_path, base, add("ours", one), add("theirs", other)))
    assert len(found) == 6
    assert [entry.at for entry in found] == sorted(entry.at for entry in found)


@LAYOUTS
@pytest.mark.parametrize("day", [12, 16, 22, 28], ids=["before", "behind", "later", "last"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (approve("e15"), lambda entry: entry.approved is not None),
        (pause("e15"), lambda entry: entry.pause_reason == "legal reads it"),
        (move("e15", 16), lambda entry: entry.wall == "2026-11-16T17:00:00"),
    ],
    ids=["approved", "paused", "moved"],
)
def test_an_entry_is_added_while_another_is_changed(
    tmp_path: Path, base: str, day: int, change: Edit, told: Callable[[Entry], bool]
) -> None:
    found = entries(merged(tmp_path, base, add("new", day), change))
    assert len(found) == 5
    assert [entry.id for entry in found if told(entry)] == ["e15"]


@LAYOUTS
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (approve("e10"), approve("e15")),
        (approve("e15"), pause("e20")),
        (move("e10", 11), move("e15", 16)),
        (approve("e15"), pause("e15")),
        (move("e15", 16), pause("e15")),
        (remove("e10"), approve("e20")),
        (remove("e10"), add("new", 22)),
    ],
    ids=["approvals", "approval and pause", "moves", "of one", "move and pause of one", "removal", "removal and new"],
)
def test_changes_of_different_keys_or_entries_merge(tmp_path: Path, base: str, ours: Edit, theirs: Edit) -> None:
    found = entries(merged(tmp_path, base, ours, theirs))
    there, here = entries(theirs(base)), entries(ours(base))
    changed = {entry.id for text in (there, here) for entry in text} & {entry.id for entry in found}
    assert len(found) == len(there) + len(here) - len(DAYS)
    assert changed == {entry.id for entry in found}


def test_an_approval_and_a_pause_of_one_entry_are_both_there_after_a_merge(tmp_path: Path) -> None:
    found = {entry.id: entry for entry in entries(merged(tmp_path, CLOSE, approve("e15"), pause("e15")))}
    assert found["e15"].approved
    assert found["e15"].paused


@LAYOUTS
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (add("ours", 16), add("theirs", 17)),
        (add("ours", 16), add("theirs", 16)),
        (move("e15", 16), move("e15", 17)),
        (approve("e15"), move("e15", 16)),
        (approve("e15"), remove("e15")),
    ],
    ids=["neighbouring days", "same time", "two moves", "approval of what was moved", "approval of what was removed"],
)
def test_what_two_branches_decide_of_one_place_is_left_to_a_person(
    tmp_path: Path, base: str, ours: Edit, theirs: Edit
) -> None:
    assert merged(tmp_path, base, ours, theirs) is None
    with pytest.raises(ContentError, match=r"^calendar.yaml:\d+:1: a merge was left unfinished here$"):
        parse_calendar((tmp_path / NAME).read_text(), NAME, ("ana-x",))


def test_entries_of_one_id_from_two_branches_are_told_apart(tmp_path: Path) -> None:
    text = merged(tmp_path, CLOSE, add("launch", 12), add("launch", 22))
    assert text is not None
    with pytest.raises(ContentError, match="the id 'launch' stands here twice, for two entries") as caught:
        entries(text)
    assert caught.value.hint == "the first is on line 8; give this one another id, as 'launch-2'"


def test_an_entry_that_was_moved_keeps_nobody_from_merging(tmp_path: Path) -> None:
    """Its lines stay where they are: what another branch adds has the same neighbours as before."""
    base = move("e10", 24)(CLOSE)
    assert sorted(ids(merged(tmp_path, base, add("ours", 16), add("theirs", 22)))) == sorted(
        ["e10", "e15", "e20", "e25", "ours", "theirs"]
    )


def test_the_end_of_a_pause_merges_with_a_new_neighbour(tmp_path: Path) -> None:
    base = pause("e15")(CLOSE)
    found = merged(tmp_path, base, lambda text: remove_key(text, NAME, "e15", "paused"), add("new", 12))
    assert [entry.paused for entry in entries(found)] == [False] * 5
