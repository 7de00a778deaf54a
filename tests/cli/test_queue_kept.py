"""What the queue said is said again only as long as files, journal and clock would have it said anew in the same words."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.cli.answers import kept_answer
from contentkit.cli.queueing import place_for
from contentkit.errors import ContentkitError
from tests.cli.desk import EDITS, START, Desk, entries, new_desk
from tests.cli.shell import NOTE, PARTS


def _told_again_as_anew(desk: Desk) -> bool:
    """Whether what was kept is told again; then it is what is worked out anew."""
    again = desk.again()
    if again is not None:
        assert desk.said(again) == desk.said(desk.work_out()[0])
    return again is not None


def _edited(edits: list[str]) -> None:
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as home:
        desk = new_desk(Path(home))
        for name in edits:
            desk.keep()
            EDITS[name](desk)
            _told_again_as_anew(desk)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=4))
def test_what_is_told_again_is_what_would_be_told_anew(edits: list[str]) -> None:
    _edited(edits)


@pytest.mark.nightly
@settings(max_examples=1_000, deadline=None)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=8))
def test_what_is_told_again_is_what_would_be_told_anew_after_many_edits(edits: list[str]) -> None:
    _edited(edits)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def test_each_edit_that_changes_what_is_told_ends_what_was_kept(desk: Desk) -> None:
    for name in [one for one in EDITS if one not in ("nothing", "a minute", "put back", "clock set back")]:
        desk.keep()
        before = desk.again()
        EDITS[name](desk)
        try:
            anew = desk.said(desk.work_out()[0])
        except ContentkitError:
            assert desk.again() is None
            desk.shell.enter(*entries())
            continue
        if before is None or desk.said(before) != anew:
            assert desk.again() is None, name


def test_it_is_told_again_until_the_clock_has_another_word(desk: Desk) -> None:
    desk.keep()
    assert _told_again_as_anew(desk)
    # Half an hour later the first entry is 10 minutes away, which each telling counts anew.
    desk.now += timedelta(minutes=30)
    assert _told_again_as_anew(desk)
    desk.now += timedelta(days=30)
    assert not _told_again_as_anew(desk), "what nobody approved is late"
    desk.now = START - timedelta(seconds=1)
    assert not _told_again_as_anew(desk), "the clock was set back"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n", b"garbage", b"\xff\xfe\x00", b"contentkit 0.1.0 0 1 0\n\n", b"x" * 100_000,
    ],
)  # fmt: skip
def test_what_is_damaged_is_not_told(desk: Desk, content: bytes) -> None:
    desk.keep()
    place = Path(desk.place)
    place.write_bytes(content)
    assert desk.again() is None


def test_no_part_of_it_is_told_that_is_cut_or_bent(desk: Desk) -> None:
    desk.keep()
    place = Path(desk.place)
    whole = place.read_bytes()
    for number in range(0, len(whole), 37):
        place.write_bytes(whole[:number])
        assert desk.again() is None
        place.write_bytes(whole[:number] + bytes([whole[number] ^ 1]) + whole[number + 1 :])
        assert desk.again() is None
    place.write_bytes(whole)
    assert desk.again() is not None


def test_it_is_for_its_owner_alone_and_nothing_else_is_believed(desk: Desk) -> None:
    desk.keep()
    place = Path(desk.place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    place.chmod(0o666)
    assert desk.again() is None, "others may have written it"
    place.chmod(0o600)
    elsewhere = place.with_name("elsewhere")
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    assert desk.again() is None
    place.unlink()
    place.mkdir()
    assert desk.again() is None
    desk.keep()
    assert desk.again() is None, "nothing is in the way of a folder, and nothing is told of it"
    place.rmdir()
    os.mkfifo(place)
    assert desk.again() is None


def test_of_another_version_nothing_is_told(desk: Desk) -> None:
    desk.keep()
    place = Path(desk.place)
    own = f"{sys.hexversion:x}".encode()
    place.write_bytes(place.read_bytes().replace(own, b"30a00f0", 1))
    assert desk.again() is None


def test_of_another_home_nothing_is_told(desk: Desk) -> None:
    desk.keep()
    environment = {**desk.environment, "XDG_STATE_HOME": f"{desk.shell.home}/elsewhere"}
    assert kept_answer(desk.place, environment, desk.now.timestamp()) is None


def test_where_nothing_can_be_kept_the_queue_is_shown_all_the_same(desk: Desk) -> None:
    (desk.shell.home / ".cache").write_text("a file, and no folder")
    first = desk.shell.run("queue")
    assert (first.code, first.err) == (0, "")
    assert desk.shell.run("queue").out == first.out


def test_what_changed_a_moment_ago_is_not_kept(desk: Desk) -> None:
    desk.now = datetime.now(UTC)
    desk.keep()
    assert not Path(desk.place).exists(), "another change could follow within one tick of the clock"


def test_what_was_said_off_the_record_is_not_kept(desk: Desk) -> None:
    desk.write("notes/call.md", NOTE + "\nOff the record: the merger closes in May.\n\nBack on the record.\n")
    desk.keep()
    assert b"merger" not in Path(desk.place).read_bytes()
    assert _told_again_as_anew(desk)


def test_a_list_of_names_that_appears_ends_what_was_kept(desk: Desk) -> None:
    desk.keep()
    assert desk.again() is not None
    desk.write("confidential.txt", "Initech\n")
    assert desk.again() is None


def test_a_raw_file_that_comes_back_ends_what_was_kept(desk: Desk) -> None:
    desk.change("drafts/launch.md", PARTS[0], "Initech fired all eleven engineers of its scheduler team.")
    assert desk.shell.run("approve", "soon", "--yes", "--by", "Ana").code == 0
    raw = desk.shell.home / "raw.md"
    known = desk.shell.state / "raw.json"
    known.write_text(json.dumps({"raw": {"notes/other.md": str(raw)}}))
    desk.touch(known)
    desk.write("notes/call.md", NOTE.replace("We threw", "Embargo until 2999-03-01 09:00 UTC: We threw"))
    desk.keep()
    assert "CK316" in desk.work_out()[0].body
    assert _told_again_as_anew(desk)
    raw.write_text("# A talk\n\nWe met.\n\nOff the record: Initech fired all eleven engineers of its scheduler team.\n")
    assert "CK303" in desk.work_out()[0].body
    assert desk.again() is None


def test_a_link_in_the_place_of_a_folder_ends_what_was_kept(desk: Desk) -> None:
    desk.keep()
    assert desk.again() is not None
    notes, elsewhere = desk.shell.project / "notes", desk.shell.project.parent / "elsewhere"
    notes.rename(elsewhere)
    notes.symlink_to(elsewhere)
    assert desk.again() is None


def test_of_a_journal_in_a_database_of_many_teams_nothing_is_kept(desk: Desk) -> None:
    with desk.looking() as (project, _, wanted):
        assert place_for(project, wanted, in_json=False) == desk.place
        desk.shell.state.mkdir(parents=True)
        (desk.shell.state / "home").write_text(str(desk.shell.project))
        assert place_for(project, wanted, in_json=False) == ""
