"""How many instructions a command takes, which no other work on the machine changes: for comparing one change with another.

valgrind counts them (its cachegrind, without simulating caches). Hashes of texts are the same in each run, so two runs of one
command differ by less than a thousandth.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.rounds import Case, bare
from benchmarks.startup import cases
from benchmarks.topics import Bench, Peers, Size

_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
MISSING = "valgrind is not installed: instructions cannot be counted"


def main() -> int:
    """Prints instructions of the cases of start-up; returns the exit code."""
    if not shutil.which("valgrind"):
        print(MISSING, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        bench = Bench(scratch=folder / "home", rounds=1, size=Size.QUICK, peers=Peers(folder / "no-peers"))
        project = bench.folder("project")
        for row in rows([bare(project, bench.environment), *cases(project, bench)]):
            print(row, flush=True)
    return 0


def rows(compared: Sequence[Case]) -> Iterator[str]:
    """A line for each case: its instructions in millions, and how many times those of the first."""
    first = 0
    for case in compared:
        run_once(case)
        counted = instructions(case)
        first = first or counted
        yield f"{case.name:36} {counted / 1e6:9.1f} M {counted / first:7.2f} x"


def run_once(case: Case) -> None:
    """Lets a command compile and keep what it compiles and keeps only once."""
    subprocess.run(case.command, cwd=case.folder, env=case.environment, capture_output=True, check=False)


def instructions(case: Case) -> int:
    """How many instructions one run of a case takes. Raises RuntimeError where it ends otherwise than it should."""
    if case.before:
        case.before()
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    done = subprocess.run(
        [*valgrind, *case.command],
        cwd=case.folder,
        env={**case.environment, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    counted = _COUNTED.search(done.stderr)
    if done.returncode != case.code or not counted:
        raise RuntimeError(f"{case.name}: exit code {done.returncode}: {done.stderr}")
    return int(counted[1].replace(",", ""))
