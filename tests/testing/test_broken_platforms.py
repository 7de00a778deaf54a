"""The contract can fail: each platform that breaks a promise is seen by the test of that promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from contentkit.testing import PlatformContract
from tests.testing.broken_platforms import SEEN_BY

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Class::test to ``passed``, ``failure``, ``error`` or ``skipped``, from a pytest of their own."""
    folder = tmp_path_factory.mktemp("broken")
    tests = [f"tests/testing/broken_contracts.py::Test{broken.__name__}::{test}" for broken, test in SEEN_BY.items()]
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


@pytest.mark.parametrize("broken", SEEN_BY, ids=lambda broken: str(broken.__name__))
def test_a_broken_platform_fails_the_test_of_its_promise(outcomes: dict[str, str], broken: type[Any]) -> None:
    assert outcomes[f"Test{broken.__name__}::{SEEN_BY[broken]}"] == "failure"


def test_every_promise_has_a_platform_that_breaks_it() -> None:
    promises = {name for name in vars(PlatformContract) if name.startswith("test_")}
    assert promises == {test.partition("[")[0] for test in SEEN_BY.values()}
