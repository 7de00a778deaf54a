"""What is compared with is locked, and what cannot be had is told and left out."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.peers import LOCK, PACKAGES, made, pinned
from benchmarks.topics import Peers

PINS = ["toot==0.52.1"]


def working(place: Path, pins: Sequence[str]) -> None:
    (place / "bin").mkdir()
    (place / "bin/toot").write_text(" ".join(pins))


def failing(place: Path, pins: Sequence[str]) -> None:
    raise subprocess.CalledProcessError(1, ["uv"], "", "resolving\nerror: no network here\n")


@pytest.mark.parametrize("package", sorted({package for names in PACKAGES.values() for package in names}))
def test_each_package_is_locked_with_its_hashes(package: str) -> None:
    pin = pinned(package)

    _, _, rest = LOCK.read_text("utf-8").partition(pin)
    assert rest.split("\n", 2)[1].strip().startswith("--hash=sha256:")


def test_a_package_without_a_lock_is_told_with_what_to_do() -> None:
    with pytest.raises(LookupError, match=r"bench\.txt has no pytest-of-nobody: run 'make lock'"):
        pinned("pytest-of-nobody")


def test_what_cannot_be_installed_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    told = made(tmp_path / "toot", PINS, failing)

    assert told == "toot could not be installed and is left out: error: no network here"
    assert Peers(tmp_path).program("toot", "toot") is None
    assert not (tmp_path / "toot").exists()


def test_a_peer_is_installed_once_and_again_when_its_version_changes(tmp_path: Path) -> None:
    assert made(tmp_path / "toot", PINS, working) == ""
    program = Peers(tmp_path).program("toot", "toot")
    assert program is not None

    assert made(tmp_path / "toot", PINS, failing) == "", "it is there"
    assert made(tmp_path / "toot", ["toot==0.52.2"], working) == ""
    assert Path(program).read_text() == "toot==0.52.2"
