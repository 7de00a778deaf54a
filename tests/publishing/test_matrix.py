"""What Mastodon's servers may answer, at every part of a thread and one after the other, with and without an Idempotency-Key.

Whatever happens: never two copies of a part, never a part that is missing without being visibly held, never out of order, and
nobody is asked what the publisher could have known. The naive publisher fails the same (tests/servers/test_naive_publisher.py
shows it alone, here it is the control): a check that cannot fail would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.naive_publisher import publish as publish_naively
from tests.publishing.sequences import KINDS, NOT_DELIVERED, SCENES, Scene, live, quick_folder, sampled, tally, triples
from tests.publishing.stage import THREAD, Stage
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon

pytestmark = pytest.mark.matrix

MASTODON = SCENES["mastodon"]
# Keys only ever help, and another team's reading of the API takes half a second to start: a sample will do by day.
BY_DAY = [(MASTODON, script) for script in sampled(MASTODON, seed=0)]
BY_DAY += [
    (SCENES[name], script) for name in ("mastodon with keys", "mastodon-mock") for script in sampled(MASTODON, 1)[:5]
]
BY_NIGHT = [
    (SCENES[name], seed) for name in ("mastodon", "mastodon with keys", "mastodon-mock") for seed in range(1, 6)
]


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
@pytest.mark.parametrize("first", KINDS)
def test_all_sequences_of_three(first: str) -> None:
    scripts = [script for script in triples(MASTODON) if script[0] == first]
    total, bad = tally(MASTODON, scripts)
    assert total.lives == len(KINDS) ** 2
    assert not bad
    assert not total.needless


@pytest.mark.parametrize("fault", sorted(NOT_DELIVERED & set(MASTODON.faults)))
def test_what_certainly_did_not_arrive_is_sent_again_without_asking(fault: str, tmp_path: Path) -> None:
    life = live(MASTODON, [fault] * 2, tmp_path / "state")
    assert (life.wrong, life.holds) == ((), ())


@pytest.mark.parametrize("fault", ["close", "reset", "truncate", "bad_gateway"])
def test_the_naive_publisher_doubles_where_keys_are_ignored(fault: str, tmp_path: Path) -> None:
    with (
        CompatibleServer() as server,
        FaultyProxy(server.url, ["pass", fault], strip_headers=("Idempotency-Key",)) as proxy,
    ):
        publish_naively(list(THREAD), proxy.url, server.token, "k", tmp_path / "journal.json")
        assert [status.text for status in server.statuses].count(THREAD[1]) == 2


@pytest.mark.parametrize("lost", ["close", "server_error_after", "empty_ok"])
def test_a_lost_answer_is_settled_in_the_same_run(lost: str, tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, [lost] * 3) as proxy:
        stage = Stage(tmp_path / "state", server=proxy.url, token=server.token)
        stage.approve()
        kinds = [outcome.kind for outcome in stage.run()]
        stage.close()
        assert kinds == ["found"] * 3
        assert server.threads() == [list(THREAD)]


@pytest.mark.parametrize("make", [MockMastodon, CompatibleServer])
def test_without_faults_the_thread_is_one_chain(
    make: Callable[[], MockMastodon | CompatibleServer], tmp_path: Path
) -> None:
    with make() as server:
        stage = Stage(tmp_path / "state", server=server.url, token=server.token)
        stage.approve()
        assert [outcome.kind for outcome in stage.run()] == ["sent"] * 3
        assert stage.run() == []
        assert [part for _, _, part, _ in stage.receipts] == [0, 1, 2]
        stage.close()
        assert server.threads() == [list(THREAD)]
