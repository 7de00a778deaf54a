"""The control for X must be right without faults and wrong with them: doubled where X lets it, torn apart where not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from tests.naive_x_publisher import publish
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_faults import X_DIALECT
from tests.servers.x_server import XRules, XServer

THREAD = ["one", "two", "three"]
LOST = ["close", "reset", "truncate", "bad_gateway", "gateway_timeout", "server_error_after"]
# X's check for duplicates looks for texts that are the same; without it doubles can be seen as such.
UNCHECKED = XRules(duplicate_window=timedelta(0))


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer(rules=UNCHECKED) as running:
        yield running


def test_without_faults_it_posts_the_thread_once_in_order(server: XServer, tmp_path: Path) -> None:
    journal = tmp_path / "journal.json"
    sent = publish(THREAD, server.url, server.keys, journal)

    assert server.threads() == [THREAD]
    assert json.loads(journal.read_text()) == sent


def test_it_resumes_from_its_journal(server: XServer, tmp_path: Path) -> None:
    journal = tmp_path / "journal.json"
    publish(THREAD[:2], server.url, server.keys, journal)
    publish(THREAD, server.url, server.keys, journal)
    assert server.threads() == [THREAD]


@pytest.mark.parametrize("fault", ["drop", "drop_reset", "server_error", "unavailable", "too_many"])
def test_a_request_that_was_never_handled_is_repeated_rightly(server: XServer, tmp_path: Path, fault: str) -> None:
    with FaultyProxy(server.url, ["pass", fault], **X_DIALECT) as proxy:
        publish(THREAD, proxy.url, server.keys, tmp_path / "journal.json")
    assert server.threads() == [THREAD]


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_answer_doubles_a_post(server: XServer, tmp_path: Path, fault: str) -> None:
    with FaultyProxy(server.url, ["pass", fault], **X_DIALECT) as proxy:
        publish(THREAD, proxy.url, server.keys, tmp_path / "journal.json")
    assert server.threads() == [["one", "two", "two", "three"]]


@pytest.mark.parametrize("fault", LOST)
def test_where_duplicates_are_refused_a_lost_answer_tears_the_thread_apart(tmp_path: Path, fault: str) -> None:
    with XServer() as server, FaultyProxy(server.url, ["pass", fault], **X_DIALECT) as proxy:
        sent = publish(THREAD, proxy.url, server.keys, tmp_path / "journal.json")

    assert server.threads() == [["one", "two"], ["three"]]
    assert sent[1] == ""


def test_taking_every_refusal_for_a_duplicate_loses_posts(server: XServer, tmp_path: Path) -> None:
    with FaultyProxy(server.url, ["pass", "read_only"], **X_DIALECT) as proxy:
        publish(THREAD, proxy.url, server.keys, tmp_path / "journal.json")
    assert server.threads() == [["one"], ["three"]]


def test_a_parent_that_cannot_be_seen_yet_loses_posts(tmp_path: Path) -> None:
    with XServer(rules=XRules(hidden_as_parent=1)) as server:
        publish(THREAD, server.url, server.keys, tmp_path / "journal.json")
    assert server.threads() == [["one"], ["three"]]


def test_it_gives_up_after_three_retries_with_up_to_four_doubles(server: XServer, tmp_path: Path) -> None:
    with FaultyProxy(server.url, ["close"] * 5, **X_DIALECT) as proxy, pytest.raises(requests.ConnectionError):
        publish(THREAD, proxy.url, server.keys, tmp_path / "journal.json")
    assert server.threads() == [["one"]] * 4
    assert proxy.script == ("close",)


def test_a_request_doubled_on_its_way_is_refused_the_second_time(server: XServer, tmp_path: Path) -> None:
    with FaultyProxy(server.url, ["double"], **X_DIALECT) as proxy:
        publish(THREAD, proxy.url, server.keys, tmp_path / "journal.json")
    assert server.threads() == [THREAD]
    assert server.refusals == ("nonce used before",)


def test_killed_in_the_window_and_started_again_it_doubles_a_post(server: XServer, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    with FaultyProxy(server.url, ["pass", "hold"], **X_DIALECT) as proxy:
        command = [sys.executable, "-m", "tests.naive_x_publisher", proxy.url, str(tmp_path / "journal.json"), *THREAD]
        with subprocess.Popen(command, cwd=root) as victim:
            proxy.wait_until_held(timeout=20)
            victim.kill()
        proxy.release()
        assert subprocess.run(command, cwd=root, check=False).returncode == 0
    assert server.threads() == [["one", "two", "two", "three"]]
