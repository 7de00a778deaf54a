"""What was measured, as it is kept in benchmarks/measured.json, from which docs/performance.md is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.rounds import REPOSITORY, Spread
from benchmarks.topics import TOPICS, Curve, Figure, Topic

KEPT = REPOSITORY / "benchmarks/measured.json"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One topic, measured on a day (``2026-11-23``) in so many rounds; ``load`` is the machine's before and after."""

    day: str
    rounds: int
    load: tuple[float, float]
    topic: Topic


@dataclass(frozen=True, kw_only=True)
class Results:
    """All topics by name, the machine that they were measured on, the versions that they were compared with."""

    machine: Mapping[str, str]
    peers: Mapping[str, str]
    topics: Mapping[str, Measured] = field(default_factory=dict)

    def in_order(self) -> list[Measured]:
        """The topics as the page has them; one that is no topic any more is left out."""
        return [self.topics[name] for name in TOPICS if name in self.topics]


def read(path: Path = KEPT) -> Results:
    """What was kept; nothing where nothing was."""
    if not path.exists():
        return Results(machine={}, peers={})
    kept = json.loads(path.read_text("utf-8"))
    topics = {name: _measured(one) for name, one in kept["topics"].items()}
    return Results(machine=kept["machine"], peers=kept["peers"], topics=topics)


def write(results: Results, path: Path = KEPT) -> None:
    """Keeps results, replacing those of before."""
    path.write_text(json.dumps(asdict(results), indent=1, ensure_ascii=False) + "\n", "utf-8")


def _measured(kept: Mapping[str, Any]) -> Measured:
    topic = kept["topic"]
    whole = Topic(
        title=topic["title"],
        figures=[_figure(one) for one in topic["figures"]],
        curves=[Curve(**one) for one in topic["curves"]],
        notes=topic["notes"],
    )
    before, after = kept["load"]
    return Measured(day=kept["day"], rounds=kept["rounds"], load=(before, after), topic=whole)


def _figure(kept: Mapping[str, Any]) -> Figure:
    peers = {name: Spread(**spread) for name, spread in kept["peers"].items()}
    return Figure(**{**kept, "measured": Spread(**kept["measured"]), "peers": peers})
