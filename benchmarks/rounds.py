"""Whole processes measured in turns, and what they cost as ratios to one of them.

Speed drifts on any machine that does something else as well, so milliseconds of two runs cannot be compared. What runs within one
round meets about the same machine: a ratio is taken within each round, and the median of these ratios is told with their
spread. Who runs after whom changes from round to round, because who follows a large process starts with cold caches.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
INSTALLED = str(Path(sys.executable).with_name("contentkit"))
_KIBIBYTES = 1 if sys.platform == "darwin" else 1024
_LINES = 50


@dataclass(frozen=True, kw_only=True)
class Case:
    """One command to be run as a whole process.

    With ``columns`` it writes to a terminal that wide, otherwise to nowhere. ``before`` runs before each run and is not counted;
    any exit code but ``code`` fails. A short command runs several ``times`` in a round, and their mean is the round's.
    """

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    before: Callable[[], object] | None = None
    columns: int | None = None
    code: int = 0
    times: int = 1


@dataclass(frozen=True)
class Used:
    """What one process and its children used: seconds of CPU (user and system), seconds by the clock, bytes at the most.

    The bytes are never fewer than this process has, from which the other was started.
    """

    cpu: float
    wall: float
    memory: int


@dataclass(frozen=True)
class Spread:
    """The median of several measurements, the least and the greatest of them, and how many they are; 0 where nobody kept that."""

    median: float
    least: float
    greatest: float
    count: int = 0


def bare(folder: Path, environment: Mapping[str, str], python: str = sys.executable) -> Case:
    """An interpreter that does nothing, which all else is compared with."""
    return Case(name="python -c pass", command=[python, "-c", "pass"], folder=folder, environment=environment, times=5)


def measure(cases: Sequence[Case], rounds: int) -> Mapping[str, Sequence[Used]]:
    """What each case used in each round, by its name, after a round that fills caches. Raises RuntimeError where one fails."""
    used: dict[str, list[Used]] = {case.name: [] for case in cases}
    turns = [case for case in cases for _ in range(case.times)]
    for number in range(rounds + 1):
        spent: dict[str, list[Used]] = {case.name: [] for case in cases}
        for case in random.Random(number).sample(turns, len(turns)):
            spent[case.name].append(run(case))
        for name, times in spent.items() if number else ():
            used[name].append(_mean(times))
    return used


def _mean(used: Sequence[Used]) -> Used:
    cpu, wall = (statistics.fmean(one) for one in zip(*((one.cpu, one.wall) for one in used), strict=True))
    return Used(cpu, wall, max(one.memory for one in used))


def ratios(measured: Mapping[str, Sequence[Used]], case: str, base: str = "python -c pass") -> Spread:
    """The CPU time of one case by that of another, taken within each round."""
    return spread([one.cpu / other.cpu for one, other in zip(measured[case], measured[base], strict=True)])


def spread(values: Sequence[float]) -> Spread:
    """The spread of measurements, of which there is one at least."""
    return Spread(statistics.median(values), min(values), max(values), len(values))


def run(case: Case) -> Used:
    """Runs a case once. Raises RuntimeError, with what it said, where it ends with another exit code than it should."""
    if case.before:
        case.before()
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        with _output(case.columns) as (output, drain):
            process = subprocess.Popen(
                case.command,
                cwd=case.folder,
                env=case.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=said,
            )
            drain()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != case.code:
            said.seek(0)
            raise RuntimeError(f"{case.name}: exit code {process.returncode}: {said.read().decode()}")
    return Used(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * _KIBIBYTES)


@contextmanager
def _output(columns: int | None) -> Iterator[tuple[int, Callable[[], None]]]:
    """Where a command writes, and what reads it until the command ended."""
    if columns is None:
        yield subprocess.DEVNULL, lambda: None
        return
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (_LINES, columns))

    def drain() -> None:
        os.close(theirs)
        while _read(ours):
            pass

    try:
        yield theirs, drain
    finally:
        os.close(ours)


def _read(terminal: int) -> bytes:
    """What was written to a terminal; nothing once nobody can write any more, which Linux reports as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
