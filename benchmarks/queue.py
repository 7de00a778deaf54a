"""What ``contentkit queue``, ``status`` and ``today`` cost after years of use: thousands of entries, of which few are open."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.rounds import INSTALLED, Case, bare, measure, ratios, run
from benchmarks.topics import BARE, Bench, Curve, Figure, Size, Topic
from benchmarks.years import OPEN, Years, years_of_use

# Files that changed within this time are not taken for what they were.
_SETTLED = 2.5
_ROUNDS_OF_CURVE = 3
# What a script does that loads the file and draws the rows, as wide as the terminal.
_SCRIPT = """
import sys
import typer, yaml
from rich.console import Console
from rich.table import Table

def queue() -> None:
    with open("calendar.yaml") as file:
        entries = yaml.load(file, yaml.CSafeLoader)["entries"][-50:]
    table = Table("id", "draft", "at", "accounts", "campaign", "late")
    for one in entries:
        table.add_row(one["id"], one["draft"], str(one["at"]), ", ".join(one["accounts"]), one["campaign"], one["late"])
    Console(force_terminal=True, width=120).print(table)

typer.run(queue)
"""


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A command, what is done before each of its runs, and its goal."""

    words: Sequence[str]
    goal: float | None
    before: Callable[[Years, Case], object] | None = None
    columns: int | None = None
    code: int = 0


def _settled_and_edited(years: Years, case: Case) -> None:
    """One edit in a project in which nothing had changed for a while."""
    time.sleep(_SETTLED)
    run(case)
    years.edit()


def _after_cron(_: Years, case: Case) -> None:
    """The run of cron that finds nothing due, as there is one each minute."""
    run(replace(case, command=[INSTALLED, "post"], columns=None))


def _forgotten(years: Years, _: Case) -> None:
    """Removes all that was derived from the project, as if it had just been cloned."""
    shutil.rmtree(years.home / ".cache", ignore_errors=True)


_UNCHANGED: Mapping[str, _Asked] = {
    "`queue` in a pipe, nothing changed": _Asked(words=["queue"], goal=3),
    "`queue --json`, nothing changed": _Asked(words=["queue", "--json"], goal=3),
    "`queue --all` in a pipe, every row": _Asked(words=["queue", "--all"], goal=8),
    "`queue` on a terminal, as a table": _Asked(words=["queue"], goal=14, columns=120),
    "`status`": _Asked(words=["status"], goal=None),
    "`today`": _Asked(words=["today"], goal=None),
}
_TICKED: Mapping[str, _Asked] = {
    "`queue` in a pipe, nothing but that cron ran `post`": _Asked(words=["queue"], goal=3, before=_after_cron),
}
_CHANGED: Mapping[str, _Asked] = {
    "`queue` in a pipe, after one edit of the calendar": _Asked(words=["queue"], goal=7, before=_settled_and_edited),
    "`queue` in a pipe, with nothing kept": _Asked(words=["queue"], goal=None, before=_forgotten),
}
_ASKED = {**_UNCHANGED, **_TICKED, **_CHANGED}


def topic(bench: Bench) -> Topic:
    """The goals at 10,000 entries, and how what they cost grows with entries."""
    if bench.size is Size.TINY:
        return Topic(title="The queue", figures=[])
    count = bench.size.of(OPEN, 1_000, 10_000)
    folder = bench.folder("queue")
    cases, others = _cases(folder, count, bench, _ASKED), list(_others(folder / "unchanged", bench))
    measured = measure([bare(folder, bench.environment), *cases, *others], max(2, bench.rounds // 2))
    peers = {one.name: ratios(measured, one.name) for one in others}
    figures = [
        Figure(
            what=name,
            measured=ratios(measured, name),
            at_most=asked.goal,
            peers=peers if asked.before is _forgotten else {},
        )
        for name, asked in _ASKED.items()
    ]
    notes = [
        f"{count:,} entries of one account, all but {OPEN} of them out; some 50 rows are shown unless all are asked for.",
        "What is kept between runs is the calendar as it was read, what sources said of evidence, and the last answers; "
        "all of it may be removed at any time.",
    ]
    curves = [_growth(bench)] if bench.size is Size.WHOLE else []
    return Topic(title="The queue", figures=figures, curves=curves, notes=notes)


def _cases(folder: Path, count: int, bench: Bench, wanted: Collection[str]) -> list[Case]:
    """Those that are wanted. What changes nothing shares a project; where cron runs, or somebody edits, there are others."""
    years = {"unchanged": years_of_use(folder / "unchanged", count, bench.environment)}
    for name in ("ticked", "changed"):
        shutil.copytree(years["unchanged"].home, folder / name, symlinks=True)
        years[name] = Years(folder / name, count)
    asked = {"unchanged": _UNCHANGED, "ticked": _TICKED, "changed": _CHANGED}
    cases = {
        name: [_case(what, one, years[name], bench) for what, one in listed.items() if what in wanted]
        for name, listed in asked.items()
    }
    # Twice: what a first run writes is itself too young to be taken for settled.
    for _ in range(2):
        time.sleep(_SETTLED)
        for case in (*cases["unchanged"], *cases["ticked"]):
            run(case)
    time.sleep(_SETTLED)
    return [case for listed in cases.values() for case in listed]


def _case(name: str, asked: _Asked, years: Years, bench: Bench) -> Case:
    case = Case(
        name=name,
        command=[INSTALLED, *asked.words],
        folder=years.root,
        environment=years.environment(bench.environment),
        columns=asked.columns,
        code=asked.code,
    )
    return replace(case, before=partial(asked.before, years, case)) if asked.before else case


def _others(home: Path, bench: Bench) -> Iterator[Case]:
    python = bench.peers.python("sdks")
    if python:
        yield Case(
            name="typer, PyYAML's CSafeLoader and rich",
            command=[python, "-c", _SCRIPT],
            folder=home / "project",
            environment=bench.environment,
        )


def _growth(bench: Bench) -> Curve:
    """The same for 100 to 10,000 entries; a hundred thousand take a quarter of an hour to make."""
    lines: dict[str, list[tuple[float, float]]] = {"nothing changed": [], "after one edit": [], "nothing kept": []}
    shown = dict(zip(lines, ("`queue` in a pipe, nothing changed", *_CHANGED), strict=True))
    for count in (100, 1_000, 10_000):
        folder = bench.folder(f"queue-{count}")
        cases = _cases(folder, count, bench, shown.values())
        measured = measure([bare(folder, bench.environment), *cases], _ROUNDS_OF_CURVE)
        for name, case in shown.items():
            lines[name].append((count, ratios(measured, case).median))
        shutil.rmtree(folder)
    return Curve(name="contentkit queue, as the calendar grows", many="entries", unit=BARE, lines=lines)
