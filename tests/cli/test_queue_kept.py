"""What the queue said is said again only as long as files, journal and clock would have it said anew in the same words."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.cli.answers import Answer, keep, kept_answer, place_of
from contentkit.cli.looking import Looked
from contentkit.cli.project import Project
from contentkit.cli.queueing import wanted_of, worked_out
from contentkit.config import load_config
from contentkit.errors import ContentkitError
from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell, entry

# Later than all files: what changed a moment ago is not kept.
_START = datetime.now(UTC) + timedelta(hours=1)
_tick = count(1)


@dataclass
class Desk:
    """A project in which a listing is kept, and a clock that goes as the test wants."""

    shell: Shell
    now: datetime = _START

    @property
    def environment(self) -> dict[str, str]:
        return self.shell.environment()

    @property
    def place(self) -> str:
        return place_of("queue.txt", str(self.shell.project), self.environment)

    def work_out(self, *, everything: bool = False) -> tuple[Answer, Looked]:
        """The answer as the files are now, and what was looked at for it. Raises ContentkitError."""
        looked = Looked(self.environment, self.now)
        with looked.listening():
            project = Project(self.shell.project, load_config(self.shell.project), looked)
            wanted = partial(wanted_of, everything=everything)(project, looked.now)
            return worked_out(project, looked, wanted, as_json=False)[1], looked

    def keep(self) -> None:
        try:
            answer, looked = self.work_out()
        except ContentkitError:
            return
        keep(answer, self.place, looked)

    def again(self) -> Answer | None:
        return kept_answer(self.place, self.environment, self.now.timestamp())

    def said(self, answer: Answer) -> tuple[list[str], str, list[str]]:
        return answer.before, answer.words(self.now.timestamp()), answer.after

    def write(self, name: str, content: str) -> None:
        path = self.shell.write(name, content)
        self.touch(path)

    def touch(self, path: Path) -> None:
        """No two changes of a file within one tick of the kernel's clock: that is for the marks, and tested there."""
        os.utime(path, ns=(1_700_000_000_000_000_000 + next(_tick),) * 2)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.shell.project / name
        if path.exists():
            self.write(name, path.read_text().replace(old, new))

    def add(self, name: str, words: str) -> None:
        path = self.shell.project / name
        self.write(name, (path.read_text() if path.exists() else "") + words)


def _at(**ahead: float) -> str:
    return f"{_START + timedelta(**ahead):%Y-%m-%d %H:%M}"


def _entries() -> list[str]:
    return [
        entry("soon", at=_at(minutes=40)),
        entry("later", at=_at(hours=5)),
        entry("week", at=_at(days=6), draft="drafts/other.md"),
        entry("paused", at=_at(days=2), more="paused: legal reads it"),
        entry("gone", at=_at(days=-6)),
        entry("behind", at=_at(days=7), more="after: later"),
        entry("missing", at=_at(days=1), draft="drafts/missing.md"),
    ]


def _receipt(name: str, **more: object) -> str:
    import json

    one = {
        "entry": name,
        "account": "try",
        "part": 0,
        "parts": 1,
        "fingerprint": "",
        "remote_id": name,
        "url": f"console://{name}",
    }
    return json.dumps({**one, "at": f"{_START - timedelta(hours=3):%Y-%m-%dT%H:%M:%SZ}", **more}) + "\n"


_EDITS: dict[str, Callable[[Desk], object]] = {
    "nothing": lambda desk: None,
    "a minute": lambda desk: setattr(desk, "now", desk.now + timedelta(minutes=1)),
    "an hour": lambda desk: setattr(desk, "now", desk.now + timedelta(hours=1)),
    "a day": lambda desk: setattr(desk, "now", desk.now + timedelta(days=1)),
    "clock set back": lambda desk: setattr(desk, "now", desk.now - timedelta(hours=2)),
    "moved": lambda desk: desk.change("calendar.yaml", _at(hours=5), _at(hours=7)),
    "a day off": lambda desk: desk.change("calendar.yaml", "id: later", "id: latest"),
    "unpaused": lambda desk: desk.change("calendar.yaml", ", paused: legal reads it", ""),
    "added": lambda desk: desk.add("calendar.yaml", f"  - {entry('added', at=_at(days=3))}\n"),
    "zone": lambda desk: desk.change("calendar.yaml", "timezone: UTC", "timezone: Asia/Kathmandu"),
    "broken": lambda desk: desk.add("calendar.yaml", "  - {\n"),
    "edited": lambda desk: desk.change("drafts/launch.md", "threw", "tossed"),
    "put back": lambda desk: desk.write("drafts/launch.md", DRAFT),
    "founder": lambda desk: desk.change("drafts/other.md", "title:", "founder: ana\ntitle:"),
    "no draft": lambda desk: (desk.shell.project / "drafts/other.md").unlink(missing_ok=True),
    "a draft": lambda desk: desk.write("drafts/missing.md", DRAFT),
    "said otherwise": lambda desk: desk.change("notes/call.md", "queue away", "queue out"),
    "no note": lambda desk: (desk.shell.project / "notes/call.md").unlink(missing_ok=True),
    "people": lambda desk: desk.write("people.yaml", "version: 1\npeople: {ana: {name: Ana, founder: {approvers: [ana]}}}\n"),
    "nobody": lambda desk: (desk.shell.project / "people.yaml").unlink(missing_ok=True),
    "settings": lambda desk: desk.add("contentkit.toml", '\n[accounts.two]\nplatform = "console"\n'),
    "machine": lambda desk: desk.write("../config/contentkit/machine.toml", 'version = 1\n[approval]\ntrust = "signed"\n'),
    "sent": lambda desk: desk.add("receipts.jsonl", _receipt("week")),
    "taken down": lambda desk: desk.add("receipts.jsonl", _receipt("week", retracted=f"{_START:%Y-%m-%dT%H:%M:%SZ}")),
    "approved": lambda desk: desk.shell.run("approve", "soon", "later", "--yes", "--by", "Ana"),
    "stopped": lambda desk: desk.shell.run("stop"),
    "started": lambda desk: desk.shell.run("start"),
    "no journal": lambda desk: (desk.shell.state / "journal.db").unlink(missing_ok=True),
}  # fmt: skip


def _desk(home: Path) -> Desk:
    desk = Desk(Shell(home=home, here=home / "project"))
    desk.write("contentkit.toml", CONFIG)
    desk.write("notes/call.md", NOTE)
    for name in ("launch", "other"):
        desk.write(f"drafts/{name}.md", DRAFT)
    desk.shell.enter(*_entries())
    return desk


def _told_again_as_anew(desk: Desk) -> bool:
    """Whether what was kept is told again; then it is what is worked out anew."""
    again = desk.again()
    if again is not None:
        assert desk.said(again) == desk.said(desk.work_out()[0])
    return again is not None


def _edited(edits: list[str]) -> None:
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as home:
        desk = _desk(Path(home))
        for name in edits:
            desk.keep()
            _EDITS[name](desk)
            _told_again_as_anew(desk)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(sorted(_EDITS)), min_size=1, max_size=4))
def test_what_is_told_again_is_what_would_be_told_anew(edits: list[str]) -> None:
    _edited(edits)


@pytest.mark.nightly
@settings(max_examples=1_000, deadline=None)
@given(st.lists(st.sampled_from(sorted(_EDITS)), min_size=1, max_size=8))
def test_what_is_told_again_is_what_would_be_told_anew_after_many_edits(edits: list[str]) -> None:
    _edited(edits)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return _desk(tmp_path)


def test_each_edit_that_changes_what_is_told_ends_what_was_kept(desk: Desk) -> None:
    for name in [one for one in _EDITS if one not in ("nothing", "a minute", "put back", "clock set back")]:
        desk.keep()
        before = desk.again()
        _EDITS[name](desk)
        try:
            anew = desk.said(desk.work_out()[0])
        except ContentkitError:
            assert desk.again() is None
            desk.shell.enter(*_entries())
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
    desk.now = _START - timedelta(seconds=1)
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


def test_a_link_in_the_place_of_a_folder_ends_what_was_kept(desk: Desk) -> None:
    desk.keep()
    assert desk.again() is not None
    notes, elsewhere = desk.shell.project / "notes", desk.shell.project.parent / "elsewhere"
    notes.rename(elsewhere)
    notes.symlink_to(elsewhere)
    assert desk.again() is None
