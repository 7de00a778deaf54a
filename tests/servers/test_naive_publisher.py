"""The control must be right without faults and wrong with them, or the crash matrix could not tell good from bad."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mastodon import MastodonError

from tests.naive_publisher import publish
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon

THREAD = ["one", "two", "three"]
Server = CompatibleServer | MockMastodon


@pytest.fixture(params=[CompatibleServer, MockMastodon])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with request.param() as running:
        yield running


def test_without_faults_it_posts_the_thread_once_in_order(server: Server, tmp_path: Path) -> None:
    journal = tmp_path / "journal.json"
    sent = publish(THREAD, server.url, server.token, "k", journal)

    assert server.threads() == [THREAD]
    assert json.loads(journal.read_text()) == sent
    assert len(set(sent)) == 3


def test_it_resumes_from_its_journal(server: Server, tmp_path: Path) -> None:
    journal = tmp_path / "journal.json"
    publish(THREAD[:2], server.url, server.token, "k", journal)
    publish(THREAD, server.url, server.token, "k", journal)
    publish(THREAD, server.url, server.token, "k", journal)

    assert server.threads() == [THREAD]


@pytest.mark.parametrize("fault", ["drop_reset", "server_error"])
def test_a_request_that_was_never_handled_is_repeated_rightly(server: Server, tmp_path: Path, fault: str) -> None:
    with FaultyProxy(server.url, ["pass", fault], strip_headers={"Idempotency-Key"}) as proxy:
        publish(THREAD, proxy.url, server.token, "k", tmp_path / "journal.json")

    assert server.threads() == [THREAD]


@pytest.mark.parametrize("fault", ["close", "server_error_after"])
def test_the_key_saves_it_where_the_server_honours_it(tmp_path: Path, fault: str) -> None:
    with MockMastodon() as server, FaultyProxy(server.url, ["pass", fault]) as proxy:
        publish(THREAD, proxy.url, server.token, "k", tmp_path / "journal.json")
        assert server.threads() == [THREAD]


@pytest.mark.parametrize("fault", ["close", "server_error_after"])
def test_a_lost_answer_doubles_a_post_where_the_key_is_stripped(tmp_path: Path, fault: str) -> None:
    with (
        MockMastodon() as server,
        FaultyProxy(server.url, ["pass", fault], strip_headers={"Idempotency-Key"}) as proxy,
    ):
        publish(THREAD, proxy.url, server.token, "k", tmp_path / "journal.json")
        assert server.threads() == [["one", "two", "two", "three"]]


@pytest.mark.parametrize("fault", ["close", "reset", "truncate", "bad_gateway", "server_error_after"])
def test_a_lost_answer_doubles_a_post_where_the_server_ignores_the_key(tmp_path: Path, fault: str) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", fault]) as proxy:
        publish(THREAD, proxy.url, server.token, "k", tmp_path / "journal.json")

    assert server.threads() == [["one", "two", "two", "three"]]
    assert [record.key for record in server.statuses] == ["k-0", "k-1", "k-1", "k-2"]


def test_it_gives_up_after_three_retries_with_up_to_four_doubles(tmp_path: Path) -> None:
    with (
        CompatibleServer() as server,
        FaultyProxy(server.url, ["close"] * 5) as proxy,
        pytest.raises(MastodonError),
    ):
        publish(THREAD, proxy.url, server.token, "k", tmp_path / "journal.json")

    assert server.threads() == [["one"]] * 4
    assert proxy.script == ("close",)


def test_killed_in_the_window_and_started_again_it_doubles_a_post(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "hold"]) as proxy:
        place = [proxy.url, server.token, "k", str(tmp_path / "journal.json"), *THREAD]
        command = [sys.executable, "-m", "tests.naive_publisher", *place]
        with subprocess.Popen(command, cwd=root) as victim:
            proxy.wait_until_held(timeout=20)
            victim.kill()
        proxy.release()
        assert subprocess.run(command, cwd=root, check=False).returncode == 0

    assert server.threads() == [["one", "two", "two", "three"]]
