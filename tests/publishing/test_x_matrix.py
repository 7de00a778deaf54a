"""The crash matrix on X: every fault at every part, on X as it is documented, with its lag, without its check for
duplicates, and on a server that forgets which post a reply belongs to.

The control is tests/servers/test_naive_x_publisher.py: a publisher without a journal doubles or tears a thread there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from contentkit.publishing.publications import State
from contentkit.testing.faults import NAMES
from tests.publishing.on_x import spent, stage_on_x
from tests.publishing.stage import THREAD
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_faults import X_DIALECT
from tests.servers.x_oauth import Keys
from tests.servers.x_playground import XPlayground
from tests.servers.x_server import XRules, XServer

pytestmark = pytest.mark.matrix

FAULTS = sorted((NAMES | {"no_credit", "duplicate", "invisible"}) - {"pass", "hold", "hold_before"})
# What certainly did not arrive is sent again, in the same run or the next, without asking anybody.
NOT_DELIVERED = {"too_many", "too_many_bare", "unauthorized", "no_credit", "invisible"}
RULES = {
    "as documented": XRules(),
    "with lag": XRules(hidden_reads=1, hidden_as_parent=2),
    "without a check for duplicates": XRules(duplicate_window=timedelta(0)),
}
# Lag is the same with one trouble more, so the one without is for the night.
SERVERS = (
    pytest.param("as documented", marks=pytest.mark.nightly),
    "with lag",
    "without a check for duplicates",
    "forgetful",
)
Upstream = XServer | XPlayground


def _keys(server: Upstream) -> dict[str, str]:
    return server.keys.as_secrets() if isinstance(server, XServer) else Keys().as_secrets()


@pytest.fixture
def upstream(request: pytest.FixtureRequest) -> Iterator[Upstream]:
    with XPlayground() if request.param == "forgetful" else XServer(rules=RULES[request.param]) as server:
        yield server


@pytest.mark.parametrize("upstream", SERVERS, indirect=True)
@pytest.mark.parametrize("part", range(len(THREAD)))
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_doubles_loses_or_reorders(fault: str, part: int, upstream: Upstream, tmp_path: Path) -> None:
    with FaultyProxy(upstream.url, [*["pass"] * part, fault], delay=1.5, **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, _keys(upstream))
        stage.approve()
        said = stage.run_until_settled(14)
        states, noted = stage.states(), spent(stage)
        stage.close()
    texts = [status.text for status in upstream.statuses]

    # A signed request counts once with X; a server that does not look at signatures makes two of it.
    copies = 2 if fault == "double" and isinstance(upstream, XPlayground) else 1
    for text in THREAD:
        assert texts.count(text) in (0, copies if text == THREAD[part] else 1), "twice"
    assert texts == sorted(texts, key=THREAD.index), "out of order"
    for text, state in zip(THREAD, states, strict=True):
        assert (text in texts) == (state is State.SENT) or state is State.HELD, "lost in silence"
    if State.HELD in states:
        assert "held" in said
    else:
        assert states == [State.SENT] * 3
    if isinstance(upstream, XServer):
        assert noted >= Decimal(upstream.spent) / 1000, "billed more than the ledger knows of"
    if fault in NOT_DELIVERED or fault in ("pass", "odd_headers"):
        assert states == [State.SENT] * 3


@pytest.mark.parametrize("upstream", [*RULES, "forgetful"], indirect=True)
def test_without_faults_the_thread_is_one_chain(upstream: Upstream, tmp_path: Path) -> None:
    stage = stage_on_x(tmp_path / "state", upstream.url, _keys(upstream))
    stage.approve()
    said = stage.run_until_settled(14)
    stage.close()
    assert [kind for kind in said if kind != "found"] == ["sent"] * (3 - said.count("found"))
    assert upstream.threads() == [list(THREAD)]


@pytest.mark.parametrize("lost", ["close", "server_error_after", "truncate"])
def test_a_lost_answer_is_settled_in_the_same_run(lost: str, tmp_path: Path) -> None:
    with XServer() as server, FaultyProxy(server.url, [lost] * 3, **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, _keys(server))
        stage.approve()
        kinds = [outcome.kind for outcome in stage.run()]
        stage.close()
        assert kinds == ["found"] * 3
        assert server.threads() == [list(THREAD)]


def test_pictures_go_with_their_parts_and_are_read_back(tmp_path: Path) -> None:
    with XServer() as server, FaultyProxy(server.url, ["pass", "close"], **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, _keys(server))
        pictures = stage.picture("a.png", 1, alt="One"), stage.picture("b.png", 2, alt="Two")
        stage.approve(media={0: pictures, 1: (stage.picture("c.png", 3, alt="Three"),)})
        kinds = [outcome.kind for outcome in stage.run()]
        stage.close()
        assert kinds == ["sent", "found", "sent"]
        assert [len(status.media) for status in server.statuses] == [2, 1, 0]
        assert [upload.alt_text for upload in server.uploads] == ["One", "Two", "Three"]
