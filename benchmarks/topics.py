"""What a benchmark of one topic gets and gives: its module has ``topic(bench: Bench) -> Topic`` and stands in ``TOPICS``.

It writes below ``bench.folder(…)`` only, takes its sizes from ``bench.size``, and leaves out a peer that is not there. The same
function serves ``make bench``, ``make bench-quick`` and the tests, which run it at its tiniest.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from benchmarks.rounds import Spread

# In the order of the page. A module is imported when its topic is run.
TOPICS = ("startup", "calendar", "queue", "drafting", "publishing", "sync", "readings")
BARE = "× bare Python"


class Size(enum.Enum):
    """How much is measured: as little as shows that a benchmark works, the ratios that change most, or all."""

    TINY = 0
    QUICK = 1
    WHOLE = 2

    def of(self, tiny: int, quick: int, whole: int) -> int:
        """The one of three that belongs to this size."""
        return (tiny, quick, whole)[self.value]


@dataclass(frozen=True)
class Peers:
    """What users would pick instead, each in an environment of its own below ``folder``; see ``benchmarks.peers``."""

    folder: Path

    def program(self, peer: str, name: str) -> str | None:
        """The path of a program of a peer; None where the peer is not installed."""
        path = self.folder / peer / "bin" / name
        return str(path) if path.exists() else None

    def python(self, peer: str) -> str | None:
        """The interpreter that can import a peer."""
        return self.program(peer, "python")


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What a topic is measured with. ``rounds`` is for cases of less than a second; fewer do for large ones."""

    scratch: Path
    rounds: int
    size: Size
    peers: Peers

    def folder(self, name: str) -> Path:
        """A new, empty folder."""
        made = self.scratch / name
        made.mkdir(parents=True)
        return made

    def kept(self, name: str) -> Path:
        """A folder that outlasts this run, for what takes minutes to make; empty at first."""
        made = self.peers.folder.parent / "kept" / name
        made.mkdir(parents=True, exist_ok=True)
        return made

    @property
    def environment(self) -> Mapping[str, str]:
        """For processes: a home of their own, the same for all."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.scratch), "LANG": "C.UTF-8", "TERM": "xterm-256color"}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row of the page: what was done, what it cost, what was asked of it and what others need for the same.

    ``what`` is Markdown. Peers are in the same ``unit``, measured in the same run.
    """

    what: str
    measured: Spread
    unit: str = BARE
    at_most: float | None = None
    at_least: float | None = None
    peers: Mapping[str, Spread] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Curve:
    """How something grows: for each line its points, ``x`` being a count of ``many`` and ``y`` in ``unit``."""

    name: str
    many: str
    unit: str
    lines: Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What one benchmark found. ``notes`` are Markdown sentences that a reader needs to judge the figures."""

    title: str
    figures: Sequence[Figure]
    curves: Sequence[Curve] = ()
    notes: Sequence[str] = ()


def topic_of(name: str) -> Callable[[Bench], Topic]:
    """The function that measures a topic."""
    found: Callable[[Bench], Topic] = import_module(f"benchmarks.{name}").topic
    return found
