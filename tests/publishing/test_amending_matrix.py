"""What networks may answer when something that is out is edited, deleted or replaced: each ends as it was decided, or is asked
about; nothing is ever twice, and nothing hangs under what is gone.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.publishing.changed_lives import Change, live, with_faults
from tests.publishing.sequences import SCENES, Scene, quick_folder

pytestmark = pytest.mark.matrix

MASTODON, X, LATE_X = SCENES["mastodon"], SCENES["x"], SCENES["x with lag"]
# A creation that something on the way doubles is nobody's fault: tests/publishing/test_matrix.py has it.
DOUBLES = ("double", "double_second")
CASES: list[tuple[Scene, Change]] = [
    (MASTODON, "edit"),
    (MASTODON, "delete"),
    (with_faults(MASTODON, *DOUBLES), "replace"),
    (X, "delete"),
    (with_faults(X, *DOUBLES), "replace"),
    (with_faults(LATE_X, *DOUBLES), "replace"),
]
NAMES = [f"{change} on {scene.name}" for scene, change in CASES]
_BLOCKS = 16
# Where the network itself says no, it is asked again only at a person's word.
SAYS_NO = {"forbidden", "refuse", "not_found"}


@dataclass(frozen=True)
class _Case:
    scene: Scene
    change: Change
    script: tuple[str, ...]


def _by_day(seed: int, number: int) -> list[_Case]:
    """For each change so many pairs of faults, drawn by the seed."""
    generator = random.Random(seed)
    cases = []
    for scene, change in CASES:
        pairs = list(itertools.product(scene.kinds, repeat=2))
        cases += [_Case(scene, change, pair) for pair in generator.sample(pairs, number)]
    return cases


def _lived(scene: Scene, change: Change, scripts: Sequence[tuple[str, ...]], *, stale: int = 0) -> list[str]:
    """What went wrong in these lives, in words."""
    wrong = []
    for script in scripts:
        with quick_folder() as folder:
            life = live(scene, change, script, Path(folder) / "state", stale=stale)
        wrong += [f"{' '.join(script)}: {words}" for words in life.wrong]
        if not SAYS_NO & set(script) and any("asked for" in hold for hold in life.holds):
            wrong.append(f"{' '.join(script)}: {life.holds}")
    return wrong


@pytest.mark.parametrize(
    "case", [pytest.param(one, id=f"{one.change} on {one.scene.name}: {' '.join(one.script)}") for one in _by_day(1, 4)]
)
def test_a_change_ends_as_it_was_decided(case: _Case) -> None:
    assert _lived(case.scene, case.change, [case.script]) == []


@pytest.mark.nightly
@pytest.mark.parametrize(("scene", "change"), CASES, ids=NAMES)
def test_every_single_fault(scene: Scene, change: Change) -> None:
    assert _lived(scene, change, [(fault,) for fault in scene.faults]) == []


# In blocks that end in time on a busy machine.
@pytest.mark.nightly
@pytest.mark.parametrize("block", range(_BLOCKS))
@pytest.mark.parametrize(("scene", "change"), CASES, ids=NAMES)
def test_every_pair_of_faults(scene: Scene, change: Change, block: int) -> None:
    assert _lived(scene, change, list(itertools.product(scene.kinds, repeat=2))[block::_BLOCKS]) == []


@pytest.mark.parametrize("change", ["edit", "delete", "replace"])
@pytest.mark.parametrize("stale", [3, pytest.param(20, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("script", [(), ("close",), ("drop", "close")], ids=" ".join)
def test_a_network_that_goes_on_showing_what_was_before(script: tuple[str, ...], stale: int, change: Change) -> None:
    assert _lived(MASTODON, change, [script], stale=stale) == []


def test_a_network_that_never_shows_it_leaves_it_to_a_person(tmp_path: Path) -> None:
    life = live(MASTODON, "edit", (), tmp_path / "state", stale=10_000)
    assert any("asked for 5 times, and not done" in hold for hold in life.holds)
