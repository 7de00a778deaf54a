"""The unit and the compose file of docs/how-to/scale.md: what the programs that read them take, as far as it shows here."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from tests.test_docs import parse

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/scale.md"


def block(kind: str) -> str:
    """The one block of this kind on the page."""
    [found] = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text("utf-8"), re.S | re.M)
    return str(found)


def test_the_unit_starts_a_worker_again_and_gives_it_time_to_end() -> None:
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(block("ini"))

    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).is_absolute()
    parse(words)
    assert unit["Service"]["Restart"] == "always"
    assert unit["Service"]["KillSignal"] == "SIGTERM"
    # Longer than the longest request that may be under way.
    assert int(unit["Service"]["TimeoutStopSec"]) > 90


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to say it")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    path = tmp_path / "contentkit-worker.service"
    path.write_text(block("ini").replace("/opt/contentkit/bin/contentkit", "/bin/true"))

    done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)

    assert path.name not in done.stderr


def test_the_compose_file_names_what_it_uses() -> None:
    compose = yaml.safe_load(block("yaml"))
    worker, database = compose["services"]["worker"], compose["services"]["database"]

    parse(shlex.split(worker["command"])[1:])
    assert set(worker["depends_on"]) <= set(compose["services"])
    assert {volume.split(":")[0] for volume in database["volumes"]} == set(compose["volumes"])
    assert set(database["secrets"]) == set(compose["secrets"])
    assert int(worker["stop_grace_period"].removesuffix("s")) > 90
