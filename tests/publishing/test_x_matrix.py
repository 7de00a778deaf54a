"""What X may answer, at every part of a thread and one after the other: on X as it is documented, with its lag, without its
check for duplicates, and on a server that forgets which post a reply belongs to.

The control is tests/servers/test_naive_x_publisher.py: a publisher without a journal doubles or tears a thread there.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.publishing.on_x import stage_on_x
from tests.publishing.sequences import (
    NOT_DELIVERED,
    SCENES,
    X_KINDS,
    Scene,
    live,
    quick_folder,
    sampled,
    tally,
    triples,
)
from tests.publishing.stage import THREAD
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_faults import X_DIALECT
from tests.servers.x_oauth import Keys
from tests.servers.x_playground import XPlayground
from tests.servers.x_server import XRules, XServer

pytestmark = pytest.mark.matrix

WITH_LAG = SCENES["x with lag"]
NETWORKS = [scene for name, scene in SCENES.items() if name.startswith("x")]
# Lag is the same with one trouble more.
BY_DAY = [(WITH_LAG, script) for script in sampled(WITH_LAG, seed=0)]
BY_DAY += [(scene, script) for scene in NETWORKS[2:] for script in sampled(scene, seed=1)[:5]]
BY_NIGHT = [(scene, seed) for scene in NETWORKS for seed in range(1, 6)]


@pytest.mark.parametrize(
    ("scene", "script"), [pytest.param(*one, id=f"{one[0].name}: {' '.join(one[1])}") for one in BY_DAY]
)
def test_no_answers_double_lose_or_reorder(scene: Scene, script: tuple[str, ...]) -> None:
    with quick_folder() as folder:
        life = live(scene, script, Path(folder) / "state")
    assert not life.wrong
    assert not [hold for hold in life.holds if hold.needless]


@pytest.mark.nightly
@pytest.mark.parametrize(("scene", "seed"), [pytest.param(*one, id=f"{one[0].name} {one[1]}") for one in BY_NIGHT])
def test_every_fault_at_every_part(scene: Scene, seed: int) -> None:
    total, bad = tally(scene, sampled(scene, seed))
    assert not bad
    assert not total.needless


@pytest.mark.nightly
@pytest.mark.parametrize("scene", [SCENES["x"], WITH_LAG], ids=lambda scene: scene.name)
@pytest.mark.parametrize("first", X_KINDS)
def test_all_sequences_of_three(first: str, scene: Scene) -> None:
    scripts = [script for script in triples(scene) if script[0] == first]
    total, bad = tally(scene, scripts)
    assert total.lives == (len(scene.kinds) ** 2 if first in scene.kinds else 0)
    assert not bad
    assert not total.needless


@pytest.mark.parametrize("fault", sorted(NOT_DELIVERED & set(WITH_LAG.faults)))
def test_what_certainly_did_not_arrive_is_sent_again_without_asking(fault: str, tmp_path: Path) -> None:
    life = live(WITH_LAG, [fault] * 2, tmp_path / "state")
    assert (life.wrong, life.holds) == ((), ())


@pytest.mark.parametrize(
    "rules", [XRules(), XRules(hidden_reads=1, hidden_as_parent=2), XRules(duplicate_window=timedelta(0)), None]
)
def test_without_faults_the_thread_is_one_chain(rules: XRules | None, tmp_path: Path) -> None:
    with XServer(rules=rules) if rules else XPlayground() as upstream:
        keys = upstream.keys if isinstance(upstream, XServer) else Keys()
        stage = stage_on_x(tmp_path / "state", upstream.url, keys.as_secrets())
        stage.approve()
        said = stage.run_until_settled(14)
        stage.close()
        assert [kind for kind in said if kind != "found"] == ["sent"] * (3 - said.count("found"))
        assert upstream.threads() == [list(THREAD)]


@pytest.mark.parametrize("lost", ["close", "server_error_after", "truncate"])
def test_a_lost_answer_is_settled_in_the_same_run(lost: str, tmp_path: Path) -> None:
    with XServer() as server, FaultyProxy(server.url, [lost] * 3, **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, server.keys.as_secrets())
        stage.approve()
        kinds = [outcome.kind for outcome in stage.run()]
        stage.close()
        assert kinds == ["found"] * 3
        assert server.threads() == [list(THREAD)]


def test_pictures_go_with_their_parts_and_are_read_back(tmp_path: Path) -> None:
    with XServer() as server, FaultyProxy(server.url, ["pass", "close"], **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, server.keys.as_secrets())
        pictures = stage.picture("a.png", 1, alt="One"), stage.picture("b.png", 2, alt="Two")
        stage.approve(media={0: pictures, 1: (stage.picture("c.png", 3, alt="Three"),)})
        kinds = [outcome.kind for outcome in stage.run()]
        stage.close()
        assert kinds == ["sent", "found", "sent"]
        assert [len(status.media) for status in server.statuses] == [2, 1, 0]
        assert [upload.alt_text for upload in server.uploads] == ["One", "Two", "Three"]
