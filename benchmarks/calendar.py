"""What reading and editing ``calendar.yaml`` costs, beside the YAML libraries: CPU within fresh processes, after import.

Each has done the same to a calendar of one entry before: what is loaded and compiled once is not what grows with entries.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.rounds import Spread, spread
from benchmarks.topics import Bench, Curve, Figure, Size, Topic

_HEAD = """\
# Who posts what, and when. Times are those of Mexico City.
version: 1
timezone: America/Mexico_City

entries:
"""
_ENTRY = """\
  # Call {number}: agreed with the team
  - id: e{number}
    draft: drafts/call-{number}.md
    at: {at:%Y-%m-%d %H:%M}
    accounts: [one, two]
    campaign: "release {campaign}"  # as on the board
    late: hold
    warning: |-
      Figures of the year
"""
_TIMED = """
import sys, time
from pathlib import Path
path, small, arguments = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
{imports}
def work(path, name="", value=""):
    {work}
work(small, *(["e0", *arguments[1:]] if arguments else []))
began = time.process_time()
work(path, *arguments)
print(time.process_time() - began)
"""
_LOAD = _TIMED.format(
    imports="from contentkit.calendar.entries import load_calendar",
    work='load_calendar(path, "calendar.yaml", {"one", "two"})',
)
_EDIT = _TIMED.format(
    imports="from contentkit.calendar.edit import set_key",
    work='path.write_text(set_key(path.read_text(), "calendar.yaml", name, "campaign", value))',
)
_C_LOAD = _TIMED.format(imports="import yaml", work="yaml.load(path.read_text(), yaml.CSafeLoader)")
_RUAMEL = "from ruamel.yaml import YAML\nyaml = YAML()\nyaml.width = 4096\nyaml.indent(mapping=2, sequence=4, offset=2)"
_R_LOAD = _TIMED.format(imports=_RUAMEL, work="yaml.load(path.read_text())")
_R_EDIT = _TIMED.format(
    imports=_RUAMEL,
    work="""whole = yaml.load(path.read_text())
    next(one for one in whole["entries"] if one["id"] == name)["campaign"] = value
    with path.open("w") as file:
        yaml.dump(whole, file)""",
)
_OURS, _CSAFE, _ROUND_TRIP = "contentkit", "CSafeLoader", "ruamel.yaml"
# What others take for more entries is minutes.
_MOST_OF_RUAMEL = 10_000


@dataclass(frozen=True)
class _Script:
    """Python that works on a calendar and prints its CPU seconds, and the interpreter it needs."""

    python: str
    code: str

    def seconds(self, path: Path, *arguments: str) -> float:
        """Raises CalledProcessError where it fails."""
        small = write_calendar(path.parent, 1)
        command = [self.python, "-c", self.code, str(path), str(small), *arguments]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def topic(bench: Bench) -> Topic:
    """Reading and editing at 10,000 entries, and both from 100 to 100,000."""
    folder, title = bench.folder("calendar"), "The calendar"
    count = bench.size.of(10, 1_000, 10_000)
    path = write_calendar(folder, count)
    rounds = bench.size.of(1, 2, 3)
    loaded = _in_turns(_loading(bench, count), path, [], rounds)
    edited = _in_turns(_editing(bench, count), path, [f"e{count // 2}", '"release 7"'], rounds)
    figures = [*_of_loading(count, loaded), *_of_editing(count, edited)]
    notes = [
        f"{count:,} entries of seven keys with comments, a block and a list each: {path.stat().st_size / 1e6:.2g} MB.",
        "Ours reads times, zones and accounts, and tells what is wrong by line and column; CSafeLoader takes the last of two"
        " keys that are the same. Ours changes the characters of one value and reads it again; ruamel.yaml writes all.",
    ]
    if bench.size is not Size.WHOLE:
        return Topic(title=title, figures=figures, notes=notes)
    curves = _growth(bench, folder)
    tenfold = dict(curves[0].lines[_OURS])
    linear = Figure(
        what="reading 100,000 entries",
        unit="× the same for 10,000",
        measured=spread([tenfold[100_000] / tenfold[10_000]]),
        at_most=12,
    )
    return Topic(title=title, figures=[*figures, linear], curves=curves, notes=notes)


def write_calendar(folder: Path, count: int) -> Path:
    """A calendar with so many entries, six hours apart."""
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    entries = (
        _ENTRY.format(number=number, at=start + timedelta(hours=6) * number, campaign=number // 100)
        for number in range(count)
    )
    path = folder / f"calendar-{count}.yaml"
    path.write_text(_HEAD + "".join(entries))
    return path


def _loading(bench: Bench, count: int) -> Mapping[str, _Script]:
    ours = {_OURS: _Script(sys.executable, _LOAD), _CSAFE: _Script(sys.executable, _C_LOAD)}
    ruamel = bench.peers.python("ruamel.yaml")
    return {**ours, _ROUND_TRIP: _Script(ruamel, _R_LOAD)} if ruamel and count <= _MOST_OF_RUAMEL else ours


def _editing(bench: Bench, count: int) -> Mapping[str, _Script]:
    ours = {_OURS: _Script(sys.executable, _EDIT)}
    ruamel = bench.peers.python("ruamel.yaml")
    return {**ours, _ROUND_TRIP: _Script(ruamel, _R_EDIT)} if ruamel and count <= _MOST_OF_RUAMEL else ours


def _in_turns(
    scripts: Mapping[str, _Script], path: Path, arguments: Sequence[str], rounds: int
) -> Mapping[str, Sequence[float]]:
    """CPU seconds of each in each round."""
    taken: dict[str, list[float]] = {name: [] for name in scripts}
    for _ in range(rounds):
        for name, script in scripts.items():
            taken[name].append(script.seconds(path, *arguments))
    return taken


def _share(taken: Mapping[str, Sequence[float]], name: str, base: str) -> Spread:
    return spread([one / other for one, other in zip(taken[name], taken[base], strict=True)])


def _of_loading(count: int, taken: Mapping[str, Sequence[float]]) -> Iterator[Figure]:
    others = {name: _share(taken, name, _CSAFE) for name in taken if name not in (_OURS, _CSAFE)}
    yield Figure(
        what=f"reading {count:,} entries",
        unit="of PyYAML's CSafeLoader",
        measured=_share(taken, _OURS, _CSAFE),
        at_most=0.2,
        peers={f"{name} (round trip)": share for name, share in others.items()},
    )


def _of_editing(count: int, taken: Mapping[str, Sequence[float]]) -> Iterator[Figure]:
    in_ms = {name: spread([1000 * one for one in seconds]) for name, seconds in taken.items()}
    others = {name: one for name, one in in_ms.items() if name != _OURS}
    what = f"one field of {count:,} entries, from file to file"
    yield Figure(what=what, unit="ms of CPU", measured=in_ms[_OURS], peers=others)
    if _ROUND_TRIP in taken:
        share = _share(taken, _OURS, _ROUND_TRIP)
        yield Figure(what=what, unit="of ruamel.yaml's round trip", measured=share, at_most=0.001)


def _growth(bench: Bench, folder: Path) -> list[Curve]:
    loads: dict[str, list[tuple[float, float]]] = {}
    edits: dict[str, list[tuple[float, float]]] = {}
    for count in (100, 1_000, 10_000, 100_000):
        path = write_calendar(folder, count)
        for name, taken in _in_turns(_loading(bench, count), path, [], 1).items():
            loads.setdefault(name, []).append((count, 1000 * taken[0]))
        for name, taken in _in_turns(_editing(bench, count), path, [f"e{count // 2}", '"release 8"'], 1).items():
            edits.setdefault(name, []).append((count, 1000 * taken[0]))
    return [
        Curve(name="Reading a calendar", many="entries", unit="ms of CPU", lines=loads),
        Curve(name="Changing one field of a calendar", many="entries", unit="ms of CPU", lines=edits),
    ]
