"""Instructions are counted by valgrind, where it is installed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.counts import instructions
from benchmarks.rounds import Case


def case(folder: Path, code: str) -> Case:
    return Case(name="one", command=[sys.executable, "-S", "-c", code], folder=folder, environment={})


@pytest.mark.nightly
@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind is not installed")
def test_the_same_work_has_the_same_count_and_more_work_a_greater_one(tmp_path: Path) -> None:
    once, again = (instructions(case(tmp_path, "pass")) for _ in range(2))
    more = instructions(case(tmp_path, "sum(range(100_000))"))

    assert abs(once - again) < once / 1000
    assert more > once + 100_000
    with pytest.raises(RuntimeError, match="one: exit code 3"):
        instructions(case(tmp_path, "raise SystemExit(3)"))
