"""Two thousand posts of a hundred accounts in bad weather, as ``benchmarks.scale.storm`` makes it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks.rounds import REPOSITORY


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_nothing_is_lost_twice_or_out_of_order_in_bad_weather() -> None:
    command = [sys.executable, "-m", "benchmarks.scale.storm", "4", "25", "20", "4"]
    told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "lost 0; faults 0" in told.stdout
