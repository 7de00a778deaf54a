"""Plays all points and prints the figures as a table.

python -m tests.publishing.syscalls.report                          everything, one process for each network
python -m tests.publishing.syscalls.report --one-in 10 --after 3    a tenth of the points, from the fourth on
python -m tests.publishing.syscalls.report --network x kill         some of it
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.publishing.sequences import quick_folder
from tests.publishing.syscalls.matrix import (
    Played,
    error_points,
    full_disk_points,
    kill_points,
    play,
    play_naively,
    recorded,
    recorded_naively,
)
from tests.publishing.syscalls.plans import Plan
from tests.publishing.syscalls.power import Looked, control, ours, play_power_loss
from tests.publishing.syscalls.world import NETWORKS, World, world_of

_POINTS = {"kill": kill_points, "error": error_points, "full disk": full_disk_points}
_SETTINGS = (("DELETE", "FULL"), ("WAL", "NORMAL"), ("DELETE", "EXTRA"))


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the table. ``happened`` counts the points at which what was planned did happen."""

    what: str
    network: str
    points: int
    happened: int
    violations: int
    held: int
    needlessly: int
    seconds: float

    def __str__(self) -> str:
        cells = (self.what, self.network, self.points, self.happened, self.violations, self.held, self.needlessly)
        return "| " + " | ".join(f"{cell}" for cell in cells) + f" | {self.seconds:.0f} |"


HEAD = """| what | network | points | happened | violations | held | held needlessly | seconds |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"""


def _tell(news: str) -> None:
    """What a night should not have to wait for."""
    print(news, file=sys.stderr, flush=True)  # noqa: T201 - what this module is started for


def _line(what: str, network: str, played: Iterable[Played]) -> Line:
    begun, all_of_them = time.monotonic(), []
    for one in played:
        all_of_them.append(one)
        if one.verdict.violations and "control" not in what:
            _tell(f"{what}, {network}: {one.plan}: {one.verdict.violations}")
    return Line(
        what=what,
        network=network,
        points=len(all_of_them),
        happened=sum(one.happened for one in all_of_them),
        violations=sum(bool(one.verdict.violations) for one in all_of_them),
        held=sum(one.verdict.held for one in all_of_them),
        needlessly=sum(one.verdict.needlessly for one in all_of_them),
        seconds=time.monotonic() - begun,
    )


def _cuts(what: str, network: str, look: Callable[[], list[Looked]]) -> Line:
    begun = time.monotonic()
    looked = look()
    return Line(
        what=what,
        network=network,
        points=len(looked),
        happened=sum(one.images for one in looked),
        violations=sum(bool(one.wrongs) for one in looked),
        held=0,
        needlessly=0,
        seconds=time.monotonic() - begun,
    )


def _after_power_losses(world: World, chosen: slice) -> Iterator[Played]:
    for choice, number in enumerate(recorded(world).changing[chosen]):
        verdict = play_power_loss(world, number, choice)
        yield Played(plan=Plan(kill_at=number), happened=True, verdict=verdict)


def figures(network: str, kinds: tuple[str, ...], one_in: int, after: int) -> list[Line]:
    """All rows about one network, from one in so many points, after so many were left out."""
    chosen = slice(after, None, one_in)
    with quick_folder() as folder, world_of(network, Path(folder)) as world:
        lines = []
        for kind in [one for one in _POINTS if one in kinds]:
            plans = _POINTS[kind](recorded(world))[chosen]
            lines.append(_line(kind, network, (play(world, plan) for plan in plans)))
            _tell(str(lines[-1]))
        if "power" in kinds:
            lines.append(_cuts("power loss: cuts (happened: disks)", network, lambda: ours(world, one_in=one_in)))
            lines.append(_line("power loss, then cron", network, _after_power_losses(world, chosen)))
        if "control" in kinds and network == "mastodon":
            for kind, points in _POINTS.items():
                plans = points(recorded_naively(world))[chosen]
                name = f"control: {kind}, marks after"
                lines.append(_line(name, network, (play_naively(world, plan) for plan in plans)))
            for settings in _SETTINGS:
                name = f"control: power loss, {'/'.join(settings)}"
                lines.append(_cuts(name, network, lambda settings=settings: control(world, *settings)))  # type: ignore[misc]
        return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", default=[*_POINTS, "power", "control"])
    parser.add_argument("--network", choices=NETWORKS, action="append")
    parser.add_argument("--one-in", type=int, default=1, metavar="N")
    parser.add_argument("--after", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    networks = asked.network or NETWORKS
    with ProcessPoolExecutor(len(networks)) as pool:
        asking = [pool.submit(figures, network, tuple(asked.kinds), asked.one_in, asked.after) for network in networks]
        lines = [line for answer in asking for line in answer.result()]
    print(HEAD, *lines, sep="\n")  # noqa: T201 - what this module is started for
    sys.exit(any(line.violations for line in lines if "control" not in line.what))


if __name__ == "__main__":
    main()
