"""Many lives, one after the other, in one place."""

from __future__ import annotations

import gc
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.publishing.simulation.life import simulate
from tests.publishing.simulation.place import StatePlace
from tests.publishing.simulation.program import REAL, Program

_IN_MEMORY = Path("/dev/shm")
# So many objects more than before, and Python looks for rings among them: a life makes few.
_RARELY = 20_000


@dataclass
class Lives:
    """``counts`` is what happened in all of them, ``wrong`` the seeds that went against an invariant, with what was wrong."""

    lived: int = 0
    last: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)


@contextmanager
def a_place() -> Iterator[StatePlace]:
    """A folder in memory where the machine has that."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        place, often = StatePlace(Path(folder) / "state"), gc.get_threshold()
        gc.set_threshold(_RARELY)
        try:
            yield place
        finally:
            gc.set_threshold(*often)
            place.close()


def live_all(seeds: Iterable[int], program: Program = REAL) -> Lives:
    """The lives of these seeds, whatever becomes of each."""
    lives = Lives()
    with a_place() as place:
        for seed in seeds:
            world = simulate(seed, place, program).world
            lives.lived, lives.last, lives.counts = lives.lived + 1, seed, lives.counts + world.counts
            if world.wrong:
                lives.wrong.append((seed, "; ".join(world.wrong)))
    return lives


def found_at(program: Program, seeds: Iterable[int]) -> int | None:
    """The first of these seeds in whose life something is wrong with a program; None when it never shows."""
    with a_place() as place:
        return next((seed for seed in seeds if simulate(seed, place, program).world.wrong), None)


def history_of(seed: int, program: Program = REAL) -> list[str]:
    """The life of this seed in words, a line each."""
    with a_place() as place:
        return simulate(seed, place, program, tells=True).world.history
