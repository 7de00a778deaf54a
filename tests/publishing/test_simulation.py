from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from contentkit.clock import Clock, SystemClock
from contentkit.publishing.journal import Journal
from contentkit.publishing.opening import open_journal
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.publishing.transactions import SharedConnection
from tests.publishing.simulation.life import simulate
from tests.publishing.simulation.many import found_at, history_of, live_all
from tests.publishing.simulation.place import StatePlace
from tests.publishing.simulation.planted import PLANTED
from tests.publishing.simulation.program import Program
from tests.publishing.simulation.reads import Memory, RememberingConnection

# Of every change so many lives are lived, and no planted fault may live as long as this.
_LIVES, _BLOCKS, _LONGEST = 2000, 10, 500
# From other seeds on, what takes three conditions at once may take longer.
_LONGEST_ELSEWHERE = 1500


# What takes some hundred lives to show is looked for at night.
_RARE = {
    "looks without a watermark",
    "receipts are trusted",
    "what was unsaid stays unsaid",
    "parents are taken for granted",
    "no mark before a part leaves",
}
_EACH = [
    pytest.param(program, id=program.name, marks=[pytest.mark.nightly] if program.name in _RARE else [])
    for program in PLANTED
]


def _assert_nothing_is_wrong(seeds: range) -> None:
    lives = live_all(seeds)
    for seed, what in lives.wrong[:1]:
        raise AssertionError("\n".join((f"seed {seed}: {what}", *history_of(seed))))
    assert lives.lived == len(seeds)
    assert lives.counts["posts asked for"] > len(seeds), "they were too quiet to prove anything"


# In blocks, as a single test must end in time on a busy machine.
@pytest.mark.parametrize("block", range(_BLOCKS))
def test_whatever_happens_nothing_is_doubled_lost_or_out_of_order(block: int) -> None:
    size = _LIVES // _BLOCKS
    _assert_nothing_is_wrong(range(block * size, (block + 1) * size))


@pytest.mark.parametrize("program", _EACH)
def test_each_planted_fault_is_found(program: Program) -> None:
    seed = found_at(program, range(_LONGEST))
    assert seed is not None


@pytest.mark.nightly
@pytest.mark.parametrize("start", [10_000, 20_000, 30_000])
@pytest.mark.parametrize("program", PLANTED, ids=lambda program: program.name)
def test_each_planted_fault_is_found_wherever_one_begins(program: Program, start: int) -> None:
    seed = found_at(program, range(start, start + _LONGEST_ELSEWHERE))
    assert seed is not None


# In the second, two accounts come between each other.
@pytest.mark.parametrize("seed", [7, 30])
def test_a_life_can_be_lived_again(seed: int) -> None:
    assert history_of(seed) == history_of(seed)


class ForgetfulPlace(StatePlace):
    """Where everything is read from SQLite each time."""

    def journal(self, clock: Clock) -> Journal:
        return Journal(SharedConnection(self._connection), clock, "this-machine")

    def version(self, table: str) -> object:
        """It may always be another one."""
        return object()


@pytest.mark.parametrize(
    "first", [0, *(pytest.param(first, marks=pytest.mark.nightly) for first in range(10, 300, 10))]
)
def test_what_is_remembered_of_the_journal_is_what_stands_there(first: int, tmp_path: Path) -> None:
    forgetful, remembering = ForgetfulPlace(tmp_path / "anew" / "state"), StatePlace(tmp_path / "once" / "state")
    for seed in range(first, first + 10):
        anew, once = (simulate(seed, place, tells=True).world for place in (forgetful, remembering))
        assert len(anew.history) > 1
        assert [line.replace("/anew/", "/once/") for line in anew.history] == once.history
        assert (anew.moments, anew.counts, anew.random.random()) == (once.moments, once.counts, once.random.random())
    forgetful.close()
    remembering.close()


def test_what_was_undone_is_not_remembered(tmp_path: Path) -> None:
    open_journal(tmp_path, SystemClock(), "this-machine").close()
    db = RememberingConnection(sqlite3.connect(tmp_path / JOURNAL_NAME, isolation_level=None), Memory())
    values = "SELECT value FROM meta"
    assert db.execute(values).fetchall() == []
    with suppress(RuntimeError), db.transaction():
        db.execute("INSERT INTO meta VALUES ('one', 'undone')")
        assert db.execute(values).fetchall() == [("undone",)]
        raise RuntimeError
    assert db.execute(values).fetchall() == []
    db.close()


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(100))
def test_the_same_for_many_more_lives(block: int) -> None:
    _assert_nothing_is_wrong(range(2000 + block * 200, 2000 + (block + 1) * 200))
