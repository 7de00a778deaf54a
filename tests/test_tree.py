"""The tests of a clone run the clone, whichever checkout is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Shell

ROOT = Path(__file__).parent.parent
HARNESS = (
    "tests/__init__.py",
    "tests/cli/shell.py",
    "tests/publishing/project.py",
    "tests/started.py",
    "tests/warm.py",
)
SHELL = "Shell(home=here, here=here).run().out"
PROJECT = "ProjectOnDisk(here).run().stdout"
RUN = """
from pathlib import Path
from tests.cli.shell import Shell
from tests.publishing.project import ProjectOnDisk
here = Path("project").absolute()
print({run}, end="")
"""


@pytest.mark.parametrize("run", [SHELL, PROJECT])
def test_commands_are_those_of_the_clone_whose_tests_run(tmp_path: Path, run: str) -> None:
    for name in HARNESS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("contentkit/cli", "project"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("contentkit/__init__.py", "contentkit/cli/__init__.py"):
        (tmp_path / name).touch()
    (tmp_path / "contentkit/cli/main.py").write_text('def main():\n    print("the clone")\n')
    command = [sys.executable, "-c", RUN.format(run=run)]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("the clone\n", "")


def test_modules_of_a_test_are_found_beside_the_tree(tmp_path: Path) -> None:
    (tmp_path / "plugin.py").write_text('print("found")')
    (tmp_path / "project").mkdir()
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    ran = shell.ran([sys.executable, "-c", "import plugin"], {"PYTHONPATH": str(tmp_path)})
    assert ran.out == "found\n"
