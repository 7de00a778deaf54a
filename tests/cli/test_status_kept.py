"""What ``status`` said is said again only as long as files, journal and clock would have it said anew in the same words."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.cli.answers import Answer, keep, kept_answer, place_of
from contentkit.cli.statusing import FORM, worked_out
from contentkit.errors import ContentkitError
from tests.cli.desk import EDITS, START, Desk, entries, new_desk
from tests.cli.shell import NOTE
from tests.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator


def _in_state(desk: Desk, name: str, words: str) -> None:
    desk.shell.state.mkdir(parents=True, exist_ok=True)
    (desk.shell.state / name).write_text(words)
    desk.touch(desk.shell.state / name)


def _heartbeat(desk: Desk, at: str, code: int = 0, **said: str) -> None:
    _in_state(desk, "heartbeat.json", json.dumps({"version": 1, "at": at, "code": code, "waiting": 0, "said": said}))


def _sign_in(desk: Desk, **ahead: float) -> None:
    one = {"server": "console", "at": f"{START + timedelta(**ahead):%Y-%m-%dT%H:%M:%SZ}", "marks": {}}
    _in_state(desk, "expiries.json", json.dumps({"version": 1, "accounts": {"try": one}}))


def _raw(desk: Desk, words: str) -> None:
    raw = desk.shell.home / "raw.md"
    raw.write_text(words)
    desk.touch(raw)
    _in_state(desk, "raw.json", json.dumps({"raw": {"notes/other.md": str(raw)}}))


_ALERTS = json.dumps(
    {
        "news": [{"at": "2026-11-20T00:00:00Z", "kind": "held", "words": "held"}],
        "troubled": [],
        "tries": 1,
        "not_before": "",
    }
)
_WITHOUT_SPACES = '{"version":1,"at":"2026-11-02T00:00:00Z","code":1,"waiting":0,"said":{"post":"no network"}}'
_OF_RUNS: dict[str, Callable[[Desk], object]] = {
    "a run": lambda desk: _heartbeat(desk, f"{desk.now:%Y-%m-%dT%H:%M:%SZ}"),
    "a run that failed": lambda desk: _heartbeat(desk, "2026-11-01T00:00:00Z", 1, post="the disk is full"),
    "no heartbeat": lambda desk: (desk.shell.state / "heartbeat.json").unlink(missing_ok=True),
    "a run told in other spaces": lambda desk: _in_state(desk, "heartbeat.json", _WITHOUT_SPACES),
    "alerts": lambda desk: _in_state(desk, "alerts.json", _ALERTS),
    "no alerts": lambda desk: (desk.shell.state / "alerts.json").unlink(missing_ok=True),
    "a sign-in ends": lambda desk: _sign_in(desk, days=8),
    "a sign-in ended": lambda desk: _sign_in(desk, hours=-1),
    "a raw file": lambda desk: _raw(desk, NOTE + "\nOff the record: Every team wrote its own scheduler.\n"),
    "a harmless raw file": lambda desk: _raw(desk, NOTE),
    "no raw file": lambda desk: (desk.shell.home / "raw.md").unlink(missing_ok=True),
    "names": lambda desk: desk.write("confidential.txt", "scheduler | schedulers\n"),
    "no names": lambda desk: (desk.shell.project / "confidential.txt").unlink(missing_ok=True),
}  # fmt: skip
_ALL = {**_OF_RUNS, **EDITS}


def _place(desk: Desk) -> str:
    return place_of(FORM, str(desk.shell.project), desk.environment)


@contextmanager
def _anew(desk: Desk, *, kept: bool) -> Iterator[Answer]:
    """What is told as the files are now. Raises ContentkitError."""
    with desk.looking() as (project, looked, _):
        answer = worked_out(project, looked)
    if kept:
        keep(answer, _place(desk), looked)
    yield answer


def _again(desk: Desk) -> Answer | None:
    return kept_answer(_place(desk), desk.environment, desk.now.timestamp())


def _judged(desk: Desk) -> bool:
    again = _again(desk)
    if again is not None:
        with _anew(desk, kept=False) as anew:
            assert (again.body, again.after) == (anew.body, anew.after)
    return again is not None


def _edited(names: list[str]) -> None:
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as home:
        desk = new_desk(Path(home))
        for name in names:
            with suppress(ContentkitError), _anew(desk, kept=True):
                pass
            _ALL[name](desk)
            _judged(desk)


_NAMES = st.lists(st.sampled_from([*sorted(_ALL), *["approved"] * 4]), min_size=1, max_size=5)


@settings(max_examples=4, deadline=None)
@given(_NAMES)
def test_what_is_told_again_is_what_would_be_told_anew(names: list[str]) -> None:
    _edited(names)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@settings(max_examples=500, deadline=None)
@given(_NAMES)
def test_what_is_told_again_is_what_would_be_told_anew_after_many_edits(names: list[str]) -> None:
    _edited(names)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A publisher's desk, at which runs come."""
    desk = new_desk(tmp_path)
    assert desk.shell.run("approve", "soon", "later", "--yes", "--by", "Ana").code == 0
    _heartbeat(desk, "2026-11-20T00:00:00Z")
    return desk


def test_each_change_that_is_told_ends_what_was_kept(desk: Desk) -> None:
    for name in [one for one in _ALL if one not in ("nothing", "a minute", "put back", "clock set back", "broken")]:
        with _anew(desk, kept=True) as before:
            told = (before.body, before.after)
        _ALL[name](desk)
        try:
            with _anew(desk, kept=False) as now:
                is_same = (now.body, now.after) == told
        except ContentkitError:
            assert _again(desk) is None, name
            desk.shell.enter(*entries())
            continue
        assert is_same or _again(desk) is None, name


def test_the_runs_of_cron_do_not_end_it(desk: Desk) -> None:
    with _anew(desk, kept=True):
        pass
    for _ in range(3):
        desk.now += timedelta(minutes=1)
        _OF_RUNS["a run"](desk)
        assert _judged(desk)
    _OF_RUNS["a run that failed"](desk)
    assert _again(desk) is None


def test_it_lasts_until_the_clock_has_another_word(desk: Desk) -> None:
    with _anew(desk, kept=True):
        pass
    desk.now += timedelta(minutes=20)
    assert _judged(desk)
    desk.now += timedelta(days=1)
    assert _again(desk) is None, "what was due is late"


def test_each_telling_says_when_the_last_run_was(desk: Desk) -> None:
    shell = desk.shell
    time.sleep(2.1)
    first = shell.run("status")
    assert Path(_place(desk)).exists()
    assert (first.code, "ended now" in first.err) == (0, False)
    _heartbeat(desk, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    told = counted(shell, "status")
    assert not told.loaded & {"yaml", "dataclasses", "contentkit.cli.scene", "contentkit.publishing", "typer"}
    assert not told.statements
    again = shell.run("status")
    assert "ended now" in again.err
    assert (again.out, again.code) == (first.out, first.code)
    assert json.loads(shell.run("status", "--json").out) == []
    assert shell.run("stop").code == 0
    assert shell.run("status").code == shell.run("status", "--json").code == 4
    assert shell.run("-C", str(shell.project), "status").out.startswith("publishing: stopped")
