"""The crash matrix: every fault at every part of a thread, on servers with and without an Idempotency-Key.

Whatever happens: never two copies of a part, never a part that is missing without being visibly unknown or held, never
out of order. The naive publisher fails the same test (tests/servers/test_naive_publisher.py shows it alone, here it is
the control): a check that cannot fail would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contentkit.publishing.publications import State
from contentkit.testing.faults import NAMES
from tests.naive_publisher import publish as publish_naively
from tests.publishing.stage import THREAD, Stage
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon

pytestmark = pytest.mark.matrix

# "hold" and "hold_before" wait for a test's word: tests/publishing/test_killed.py kills the program in them.
FAULTS = sorted(NAMES - {"pass", "hold", "hold_before"})
# What certainly did not arrive is sent again by the next run, without asking anybody.
NOT_DELIVERED = {"too_many", "too_many_bare", "unauthorized"}
# Keys only ever help: the server that forgets them proves more, so the one that keeps them is for the night.
SERVERS = (pytest.param("mastodon", marks=pytest.mark.nightly), "mastodon without keys", "compatible")
Upstream = MockMastodon | CompatibleServer


@pytest.fixture
def upstream(request: pytest.FixtureRequest) -> Iterator[tuple[Upstream, tuple[str, ...]]]:
    kind = request.param
    server: Upstream = CompatibleServer() if kind == "compatible" else MockMastodon()
    with server:
        yield server, ("Idempotency-Key",) if kind == "mastodon without keys" else ()


def _texts(server: Upstream) -> list[str]:
    statuses = server.statuses() if isinstance(server, MockMastodon) else server.statuses
    return [status.text for status in statuses]


@pytest.mark.parametrize("upstream", SERVERS, indirect=True)
@pytest.mark.parametrize("part", range(len(THREAD)))
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_doubles_loses_or_reorders(
    fault: str, part: int, upstream: tuple[Upstream, tuple[str, ...]], tmp_path: Path
) -> None:
    server, stripped = upstream
    with FaultyProxy(server.url, [*["pass"] * part, fault], delay=1.5, strip_headers=stripped) as proxy:
        stage = Stage(tmp_path / "state", server=proxy.url, token=server.token, read_seconds=0.7)
        stage.approve()
        said = stage.run_until_settled(12)
        states = stage.states()
        texts = _texts(server)
        stage.close()

    copies = 2 if fault == "double" and not (isinstance(server, MockMastodon) and not stripped) else 1
    assert [texts.count(text) for text in THREAD if text in texts] == [
        copies if text == THREAD[part] else 1 for text in THREAD if text in texts
    ]
    assert texts == sorted(texts, key=THREAD.index), "out of order"
    for text, state in zip(THREAD, states, strict=True):
        assert (text in texts) == (state is State.SENT) or state is State.HELD, "lost in silence"
    if State.HELD in states:
        assert "held" in said
    else:
        assert states == [State.SENT] * 3
    if copies == 2:
        assert "doubled" in said
    if fault in NOT_DELIVERED or fault in ("double", "odd_headers"):
        assert states == [State.SENT] * 3


@pytest.mark.parametrize("fault", ["close", "reset", "truncate", "bad_gateway"])
def test_the_naive_publisher_doubles_where_keys_are_ignored(fault: str, tmp_path: Path) -> None:
    with (
        CompatibleServer() as server,
        FaultyProxy(server.url, ["pass", fault], strip_headers=("Idempotency-Key",)) as proxy,
    ):
        publish_naively(list(THREAD), proxy.url, server.token, "k", tmp_path / "journal.json")
        assert _texts(server).count(THREAD[1]) == 2


@pytest.mark.parametrize("lost", ["close", "server_error_after", "empty_ok"])
def test_a_lost_answer_is_settled_in_the_same_run(lost: str, tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, [lost] * 3) as proxy:
        stage = Stage(tmp_path / "state", server=proxy.url, token=server.token)
        stage.approve()
        kinds = [outcome.kind for outcome in stage.run()]
        stage.close()
        assert kinds == ["found"] * 3
        assert server.threads() == [list(THREAD)]


def _threads(server: Upstream) -> list[list[str]]:
    return server.threads()


@pytest.mark.parametrize("make", [MockMastodon, CompatibleServer])
def test_without_faults_the_thread_is_one_chain(make: Callable[[], Upstream], tmp_path: Path) -> None:
    with make() as server:
        stage = Stage(tmp_path / "state", server=server.url, token=server.token)
        stage.approve()
        assert [outcome.kind for outcome in stage.run()] == ["sent"] * 3
        assert stage.run() == []
        assert [part for _, _, part, _ in stage.receipts] == [0, 1, 2]
        stage.close()
        assert _threads(server) == [list(THREAD)]
