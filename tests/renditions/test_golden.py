"""The same files give the same threads, on every machine and next year: an approval is bound to them."""

from __future__ import annotations

import json

import pytest

from contentkit.renditions import RENDITION_VERSION
from tests.renditions.golden import THREADS, threads

GOLDEN = json.loads(THREADS.read_text("utf-8"))
SAY = "raise RENDITION_VERSION in contentkit/renditions.py, then run 'python -m tests.renditions.golden'"


@pytest.fixture(scope="module")
def now() -> dict[str, object]:
    return threads()


def test_the_threads_are_those_of_the_version_of_rendering(now: dict[str, object]) -> None:
    assert GOLDEN["rendition"] == RENDITION_VERSION, "run 'python -m tests.renditions.golden'"
    assert now.keys() == GOLDEN.keys()


@pytest.mark.parametrize("thread", [key for key in GOLDEN if key != "rendition"])
def test_the_same_files_give_the_same_thread(now: dict[str, object], thread: str) -> None:
    assert now[thread] == GOLDEN[thread], f"approved threads would be held: {SAY}"
