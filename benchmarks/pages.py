"""docs/performance.md and its pictures, written from what was measured and is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from benchmarks.growth import drawn
from benchmarks.results import Measured, Results, read
from benchmarks.rounds import Spread
from benchmarks.topics import TOPICS, Curve, Figure

PAGE = "docs/performance.md"
PICTURES = "docs/growth"
_BLOCK = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- /measured -->)", re.S)
_HEAD = "| what | goal | measured | others, in the same run |\n| --- | --- | --- | --- |\n"


def pages(root: Path) -> Mapping[str, str]:
    """The page as it should be and its pictures, by their paths from ``root``; what is said by hand stays as it is."""
    results = read()
    text, count = _BLOCK.subn(lambda _: "\n".join(_measured(results)), (root / PAGE).read_text("utf-8"))
    if count != 1:
        raise SystemExit(
            f"{PAGE}: mark what is written by the benchmarks with <!-- measured --> and <!-- /measured -->"
        )
    curves = [curve for measured in results.in_order() for curve in measured.topic.curves]
    return {PAGE: text, **{_picture(curve): drawn(curve) for curve in curves}}


def rows(measured: Measured) -> Iterator[str]:
    """The table of a topic, line by line."""
    yield from (_HEAD + "".join(_row(figure) for figure in measured.topic.figures)).splitlines()


def misses(results: Results) -> list[str]:
    """What costs more than was asked, as sentences."""
    figures = [figure for measured in results.in_order() for figure in measured.topic.figures]
    return [f"{one.what}: {_spread(one.measured)} {one.unit}, {_goal(one)}" for one in figures if not is_met(one)]


def is_met(figure: Figure) -> bool:
    """Whether the median is within the goal; true where none was set."""
    too_much = figure.at_most is not None and figure.measured.median > figure.at_most
    too_little = figure.at_least is not None and figure.measured.median < figure.at_least
    return not (too_much or too_little)


def _measured(results: Results) -> Iterator[str]:
    yield from _summary(results)
    for measured in results.in_order():
        yield f"\n## {measured.topic.title}\n"
        yield from rows(measured)
        yield f"\n{_when(measured)}\n"
        yield from (f"* {note}" for note in measured.topic.notes)
        yield from (f"\n![{curve.name}](growth/{Path(_picture(curve)).name})" for curve in measured.topic.curves)
    yield from _machine(results)


def _summary(results: Results) -> Iterator[str]:
    asked = [one for measured in results.in_order() for one in measured.topic.figures if _goal(one)]
    missed = misses(results)
    if not asked:
        yield "\nNothing was measured yet.\n"
        return
    if absent := [name for name in TOPICS if name not in results.topics]:
        yield f"\nNot measured, so without any figure here: {', '.join(absent)}."
    yield f"\nOf {len(asked)} goals {len(asked) - len(missed)} are met{', and these are missed:' if missed else '.'}\n"
    yield from (f"* {sentence}" for sentence in missed)


def _machine(results: Results) -> Iterator[str]:
    yield "\n## The machine and the versions\n\n| what | which |\n| --- | --- |"
    yield from (f"| {name} | {value} |" for name, value in results.machine.items())
    compared = ", ".join(f"{name} {version}" for name, version in sorted(results.peers.items()))
    yield f"| compared with | {compared} |\n"


def _row(figure: Figure) -> str:
    goal = _goal(figure) or "none"
    measured = f"{_spread(figure.measured)} {figure.unit}{_rounds(figure.measured.count)}"
    if not is_met(figure):
        measured = f"**missed**: {measured}"
    others = "<br>".join(f"{name}: {_spread(spread)}" for name, spread in figure.peers.items())
    return f"| {figure.what} | {goal} | {measured} | {others} |\n"


def _goal(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"at most {number(figure.at_most)}"
    return "" if figure.at_least is None else f"at least {number(figure.at_least)}"


def _spread(spread: Spread) -> str:
    """The median, and in brackets the least and the greatest where they differ from it."""
    middle, least, greatest = (number(one) for one in (spread.median, spread.least, spread.greatest))
    return middle if least == middle == greatest else f"{middle} ({least} to {greatest})"


def _rounds(count: int) -> str:
    if not count:
        return ""
    return ", once" if count == 1 else f", {count} rounds"


def number(value: float) -> str:
    """Three figures, at the most: ``1,234``, ``123``, ``12.3``, ``1.23``, ``2``."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}" if value < 0.1 else f"{value:.2f}"


def _when(measured: Measured) -> str:
    day = date.fromisoformat(measured.day)
    before, after = measured.load
    return f"Measured on {day.day} {day:%B %Y}; load of the machine {before} before and {after} after."


def _picture(curve: Curve) -> str:
    return f"{PICTURES}/{re.sub(r'[^a-z0-9]+', '-', curve.name.lower()).strip('-')}.svg"
