"""Whole processes in turns: what is counted, and what a ratio is."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.rounds import Case, Spread, Used, bare, measure, ratios, run


def case(folder: Path, code: str, name: str = "one") -> Case:
    return Case(name=name, command=[sys.executable, "-S", "-c", code], folder=folder, environment={})


def test_a_ratio_is_taken_within_each_round() -> None:
    measured = {
        "python -c pass": [Used(1, 1, 1), Used(2, 1, 1), Used(10, 1, 1)],
        "post": [Used(2, 9, 9), Used(2, 9, 9), Used(30, 9, 9)],
    }

    assert ratios(measured, "post") == Spread(median=2, least=1, greatest=3, count=3)


def test_each_case_runs_once_in_each_round_and_once_before_them(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = "import sys; open('log', 'a').write(sys.argv[1])"
    cases = [replace(case(tmp_path, code, name), command=[*case(tmp_path, code).command, name]) for name in "ab"]

    measured = measure(cases, 3)

    assert {name: len(used) for name, used in measured.items()} == {"a": 3, "b": 3}
    written = log.read_text()
    assert [sorted(written[at : at + 2]) for at in range(0, 8, 2)] == [["a", "b"]] * 4, "in turns"


def test_the_memory_of_a_process_and_of_its_children_is_counted(tmp_path: Path) -> None:
    # A process starts with no less than whoever starts it had at the most.
    ours = run(bare(tmp_path, {})).memory
    at_work = f"b'x' * {ours + 50_000_000}"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {at_work!r}])"

    used = [run(case(tmp_path, code)).memory for code in (at_work, parent)]

    assert min(used) > ours + 50_000_000


def test_of_a_short_command_the_mean_of_a_round_is_told(tmp_path: Path) -> None:
    short = replace(case(tmp_path, "import sys; open('log', 'a').write('x')"), times=4)

    measured = measure([short], 2)

    assert [len(used) for used in measured.values()] == [2]
    assert (tmp_path / "log").read_text() == "x" * 12


def test_what_comes_before_a_run_is_done_before_each(tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    measure([replace(case(tmp_path, "import os; os.unlink('mark')"), before=mark.touch)], 2)

    assert not mark.exists()


def test_a_command_that_ends_otherwise_than_it_should_is_told_with_what_it_said(tmp_path: Path) -> None:
    failing = case(tmp_path, "import sys; sys.exit('no such calendar')", name="queue")

    with pytest.raises(RuntimeError, match="queue: exit code 1: no such calendar"):
        run(failing)
    assert run(replace(failing, code=1)).cpu > 0


def test_a_case_with_columns_writes_to_a_terminal_that_wide(tmp_path: Path) -> None:
    code = (
        "import os; open('seen', 'w').write(f'{os.isatty(1)} {os.get_terminal_size(1).columns}'); print('x' * 200_000)"
    )

    run(replace(case(tmp_path, code), columns=90))

    assert (tmp_path / "seen").read_text() == "True 90"
