"""The contracts can fail: each plug-in that breaks a promise is seen by the test of that promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from contentkit.testing import DrafterContract, PlatformContract
from tests.testing import broken_drafters, broken_platforms

ROOT = Path(__file__).resolve().parents[2]
PLATFORMS = [f"TestPlatform{broken.__name__}::{test}" for broken, test in broken_platforms.SEEN_BY.items()]
DRAFTERS = [f"TestDrafter{broken.__name__}::{test}" for broken, test in broken_drafters.SEEN_BY.items()]


def outcomes(folder: Path) -> dict[str, str]:
    """``Class::test`` to ``passed``, ``failure``, ``error`` or ``skipped``, from a pytest of their own."""
    tests = [f"tests/testing/broken_contracts.py::{name}" for name in (*PLATFORMS, *DRAFTERS)]
    flags = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--junit-xml={folder}/report.xml"]
    command = [sys.executable, "-m", "pytest", *flags, f"--basetemp={folder}/tmp", *tests]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    cases = ElementTree.parse(folder / "report.xml").getroot().iter("testcase")
    return {
        f"{case.attrib['classname'].rpartition('.')[2]}::{case.attrib['name']}": next(
            (part.tag for part in case if part.tag in ("failure", "error", "skipped")), "passed"
        )
        for case in cases
    }


def test_each_broken_plugin_fails_the_test_of_its_promise(tmp_path: Path) -> None:
    assert outcomes(tmp_path) == dict.fromkeys((*PLATFORMS, *DRAFTERS), "failure")


@pytest.mark.parametrize(("contract", "broken"), [(PlatformContract, PLATFORMS), (DrafterContract, DRAFTERS)])
def test_every_promise_has_a_plugin_that_breaks_it(contract: type, broken: list[str]) -> None:
    promises = {name for name in dir(contract) if name.startswith("test_")}
    assert promises == {name.partition("::")[2].partition("[")[0] for name in broken}
