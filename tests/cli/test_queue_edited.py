"""After an edit of the calendar the queue says what it would have said anew, though it looks at few entries."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentkitError
from tests.cli.desk import EDITS, Desk, at, new_desk
from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell, entry, time_in
from tests.counted import counted


def _change(old: str, new: str) -> Callable[[Desk], object]:
    return lambda desk: desk.change("calendar.yaml", old, new)


# Edits of the calendar that leave the rows of all other entries as they were, as long as none waits for another.
_OF_ONE: dict[str, Callable[[Desk], object]] = {
    "campaign": _change("{id: soon,", "{id: soon, campaign: 'a, b',"),
    "moved": _change(at(hours=5), at(hours=7)),
    "moved before all": _change(at(days=6), at(minutes=2)),
    "moved behind all": _change(at(minutes=40), at(days=30)),
    "forgotten": _change(at(days=-6), at(days=-20)),
    "paused": _change("{id: later,", "{id: later, paused: why not,"),
    "unpaused": _change(", paused: legal reads it", ""),
    "renamed": _change("{id: week,", "{id: weekly,"),
    "another draft": _change("{id: soon, draft: drafts/launch.md", "{id: soon, draft: drafts/other.md"),
    "no draft": _change("{id: week, draft: drafts/other.md", "{id: week, draft: drafts/nowhere.md"),
    "added": lambda desk: desk.add("calendar.yaml", f"  - {entry('added', at=at(days=3))}\n"),
    "taken out": lambda desk: desk.write("calendar.yaml", _without(desk, "id: soon,")),
    "two taken out": lambda desk: desk.write("calendar.yaml", _without(desk, "id: paused,", "id: gone,")),
    "remark": _change("  - {id: behind", "  # What Ana asked for:\n  - {id: behind"),
    "same": lambda desk: desk.touch(desk.shell.project / "calendar.yaml"),
}  # fmt: skip


def _without(desk: Desk, *words: str) -> str:
    lines = (desk.shell.project / "calendar.yaml").read_text().splitlines(keepends=True)
    return "".join(line for line in lines if not any(one in line for one in words))


def _approved(home: Path, *, linked: bool = False) -> Desk:
    """A desk of the publisher: entries of all states, but none that waits for another."""
    desk = new_desk(home)
    for name, old, new in (("calendar.yaml", ", after: later", ""), ("calendar.yaml", "{id: missing,", "{id: absent,")):
        if not linked:
            desk.change(name, old, new)
    assert desk.shell.run("approve", "soon", "later", "week", "--yes", "--by", "Ana").code == 0
    return desk


def _judged(desk: Desk) -> bool:
    """Whether the edit could be told in part, in each form; then it is what all of it says."""
    told = []
    for form in (desk, replace(desk, in_json=True), replace(desk, everything=True)):
        try:
            anew = form.said(form.work_out()[0])
        except ContentkitError:
            with suppress(ContentkitError):
                assert form.edit_told() is None
            continue
        said = form.edit_told()
        told.append(said is not None)
        if said is not None:
            assert form.said(said) == anew
            assert form.again() is None or form.said(form.again() or said) == anew
    return any(told)


def _keep(desk: Desk) -> None:
    for form in (desk, replace(desk, in_json=True), replace(desk, everything=True)):
        form.keep()


def _edited(names: list[str], *, linked: bool) -> None:
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as home:
        desk = _approved(Path(home), linked=linked)
        _keep(desk)
        for number, name in enumerate(names):
            ({**EDITS, **_OF_ONE})[name](desk)
            if not _judged(desk) or number % 2:
                _keep(desk)


_NAMES = st.lists(st.sampled_from([*sorted(EDITS), *sorted(_OF_ONE) * 3]), min_size=1, max_size=4)


@settings(max_examples=3, deadline=None)
@given(_NAMES, st.booleans())
def test_after_any_edits_the_same_is_said_as_anew(names: list[str], linked: bool) -> None:
    _edited(names, linked=linked)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@settings(max_examples=150, deadline=None)
@given(_NAMES, st.booleans())
def test_after_very_many_edits_the_same_is_said_as_anew(names: list[str], linked: bool) -> None:
    _edited(names, linked=linked)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return _approved(tmp_path)


def test_edits_of_one_entry_are_told_one_after_the_other_without_the_others(desk: Desk) -> None:
    _keep(desk)
    for name, edit in _OF_ONE.items():
        edit(desk)
        assert _judged(desk), name


@pytest.mark.parametrize("name", ["settings", "people", "edited", "said otherwise", "sent", "stopped", "zone", "a day"])
def test_where_anything_else_changed_too_all_is_worked_out(desk: Desk, name: str) -> None:
    _keep(desk)
    EDITS[name](desk)
    desk.now += timedelta(days=8 if name == "a day" else 0)
    _OF_ONE["campaign"](desk)
    assert desk.edit_told() is None


def test_what_others_wait_for_is_worked_out_with_them(tmp_path: Path) -> None:
    desk = _approved(tmp_path, linked=True)
    desk.change("calendar.yaml", "{id: missing,", "{id: absent,")
    desk.keep()
    _OF_ONE["paused"](desk)
    assert desk.edit_told() is None, "an entry comes after this one"
    desk.keep()
    _OF_ONE["campaign"](desk)
    assert desk.edit_told() is not None


def test_at_a_desk_whose_journal_is_not_the_publishers_all_is_worked_out(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.change("calendar.yaml", ", after: later", "")
    desk.keep()
    _OF_ONE["campaign"](desk)
    assert desk.edit_told() is None


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 1000])
def test_a_kept_calendar_that_is_damaged_is_none(desk: Desk, content: bytes) -> None:
    desk.keep()
    (Path(desk.place).parent / "calendar").write_bytes(content)
    _OF_ONE["campaign"](desk)
    assert desk.edit_told() is None


def test_of_many_entries_no_other_draft_is_opened_and_no_other_thread_asked_for(tmp_path: Path) -> None:
    shell = _many(tmp_path)
    counted(shell, "queue")
    path = shell.project / "calendar.yaml"
    shell.write("calendar.yaml", path.read_text().replace("{id: e7,", "{id: e7, campaign: spring,"))
    told = counted(shell, "queue")
    assert {name for name in told.opened if "drafts/" in name} == {"project/drafts/7.md"}
    assert not [one for one in told.statements if "state <> 'skipped'" in one and "entry = 'e7'" not in one]
    assert not told.loaded & {"contentkit.sources", "contentkit.checks", "markdown_it", "typer", "difflib"}
    shutil.rmtree(shell.home / ".cache")
    assert shell.run("queue").out == told.out


def _many(home: Path) -> Shell:
    """A publisher's project of a dozen approved entries, in which nothing has changed for a while."""
    shell = Shell(home=home, here=home / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("notes/call.md", NOTE)
    for number in range(12):
        shell.write(f"drafts/{number}.md", DRAFT)
    shell.enter(
        *(entry(f"e{number}", draft=f"drafts/{number}.md", at=time_in(days=number + 1)) for number in range(12))
    )
    assert shell.run("approve", *(f"e{number}" for number in range(12)), "--yes", "--by", "Ana").code == 0
    time.sleep(2.1)  # what changed a moment ago is not kept
    return shell
