"""Each fault as a plain client sees it, and what the upstream really did."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import requests

from contentkit.testing.faults import MOVED_TO, NAMES
from contentkit.testing.loopback import Answer, Request
from tests.cli.shell import wait_until
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy

# Fault: the status of the answer, and how many statuses the upstream made.
ANSWERED = {
    "pass": (200, 1),
    "odd_headers": (200, 1),
    "html_ok": (200, 1),
    "empty_ok": (200, 1),
    "bad_gateway": (502, 1),
    "gateway_timeout": (504, 1),
    "server_error_after": (500, 1),
    "unavailable_after": (503, 1),
    "too_many_after": (429, 1),
    "list_ok": (200, 1),
    "other_id": (200, 1),
    "bomb": (200, 1),
    "continues": (200, 1),
    "hints": (103, 1),
    "shorter": (200, 1),
    "double": (200, 2),
    "double_second": (200, 2),
    "too_many": (429, 0),
    "too_many_bare": (429, 0),
    "too_many_epoch": (429, 0),
    "too_many_past": (429, 0),
    "too_many_for_ever": (429, 0),
    "bad_gateway_before": (502, 0),
    "payment": (402, 0),
    "forbidden": (403, 0),
    "not_found": (404, 0),
    "request_timeout": (408, 0),
    "too_early": (425, 0),
    "challenge": (403, 0),
    "silent_drop": (200, 0),
    "server_error": (500, 0),
    "unavailable": (503, 0),
    "unauthorized": (401, 0),
    "refuse": (422, 0),
    "redirect": (302, 0),
    "redirect_307": (307, 0),
}
# Fault: the error of the client, to the letter of its class, and how many statuses the upstream made.
BROKEN_OFF = {
    "close": (http.client.RemoteDisconnected, 1),
    "reset": (ConnectionResetError, 1),
    "truncate": (http.client.IncompleteRead, 1),
    "longer": (http.client.IncompleteRead, 1),
    "chunks": (http.client.IncompleteRead, 1),
    "drop": (http.client.RemoteDisconnected, 0),
    "drop_reset": (ConnectionResetError, 0),
}


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as running:
        yield running


def post(url: str, token: str, text: str = "one", *, key: str = "k1", timeout: float = 5.0) -> Answer:
    """Posts a status once, as simply as Python can, and reads the whole answer."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Idempotency-Key": key,
    }
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)) as connection:
        connection.request("POST", "/api/v1/statuses", f"status={text}", headers)
        response = connection.getresponse()
        return Answer(status=response.status, headers=tuple(response.getheaders()), body=response.read())


def headers_of(answer: Answer) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers}


def test_every_fault_is_tested_here() -> None:
    assert {*ANSWERED, *BROKEN_OFF, "delay", "hold", "hold_before"} == NAMES


@pytest.mark.parametrize(("fault", "status", "made"), [(fault, *seen) for fault, seen in ANSWERED.items()])
def test_an_answer_comes_and_the_upstream_did_what_the_fault_says(
    server: CompatibleServer, fault: str, status: int, made: int
) -> None:
    with FaultyProxy(server.url, [fault]) as proxy:
        answer = post(proxy.url, server.token)

    assert answer.status == status
    assert [record.text for record in server.statuses] == ["one"] * made
    assert [(passed.fault, passed.forwarded) for passed in proxy.history] == [(fault, made)]


@pytest.mark.parametrize(("fault", "error", "made"), [(fault, *seen) for fault, seen in BROKEN_OFF.items()])
def test_the_connection_breaks_and_the_upstream_did_what_the_fault_says(
    server: CompatibleServer, fault: str, error: type[Exception], made: int
) -> None:
    with FaultyProxy(server.url, [fault]) as proxy, pytest.raises(error) as seen:
        post(proxy.url, server.token)

    assert seen.type is error
    assert [record.text for record in server.statuses] == ["one"] * made
    assert [(passed.fault, passed.forwarded) for passed in proxy.history] == [(fault, made)]


def test_requests_sees_a_lost_answer_and_a_lost_request_as_the_same_error(server: CompatibleServer) -> None:
    seen = []
    with FaultyProxy(server.url, ["close", "drop"]) as proxy, requests.Session() as session:
        session.trust_env = False
        for text in ("handled", "dropped"):
            with pytest.raises(requests.ConnectionError) as error:
                session.post(
                    f"{proxy.url}/api/v1/statuses",
                    {"status": text},
                    headers={"Authorization": f"Bearer {server.token}"},
                )
            seen.append((error.type, str(error.value)))

    assert seen[0] == seen[1]
    assert [record.text for record in server.statuses] == ["handled"]


def test_a_truncated_answer_promises_its_whole_length_and_keeps_half_of_it(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["truncate"]) as proxy, pytest.raises(http.client.IncompleteRead) as error:
        post(proxy.url, server.token)

    whole = proxy.history[0].upstream[0].body
    assert error.value.partial == whole[: len(whole) // 2]
    assert error.value.expected == len(whole) - len(whole) // 2


def test_a_delayed_answer_outlives_the_client_but_not_the_proxy(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["delay"], delay=60) as proxy:
        with pytest.raises(TimeoutError):
            post(proxy.url, server.token, timeout=0.15)
        wait_until(lambda: server.statuses)
        closing_began = time.monotonic()

    assert time.monotonic() - closing_began < 30
    assert len(server.statuses) == 1


def test_a_delay_that_the_client_can_bear_delivers_the_answer(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["delay"], delay=0.1) as proxy:
        began = time.monotonic()
        answer = post(proxy.url, server.token)

    assert answer.status == 200
    assert time.monotonic() - began >= 0.1


def test_a_held_answer_waits_for_the_release_after_the_upstream_handled_the_request(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["hold"]) as proxy, ThreadPoolExecutor(1) as client:
        answer = client.submit(post, proxy.url, server.token)
        proxy.wait_until_held()
        assert len(server.statuses) == 1
        assert not answer.done()
        proxy.release()
        assert answer.result(timeout=5).status == 200


def test_a_request_held_before_is_handled_only_after_the_release(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["hold_before"]) as proxy, ThreadPoolExecutor(1) as client:
        answer = client.submit(post, proxy.url, server.token)
        proxy.wait_until_held()
        assert server.statuses == []
        proxy.release()
        assert answer.result(timeout=5).status == 200

    assert len(server.statuses) == 1


@pytest.mark.parametrize(("fault", "made"), [("hold", 1), ("hold_before", 0)])
def test_closing_the_proxy_ends_what_it_holds(server: CompatibleServer, fault: str, made: int) -> None:
    with ThreadPoolExecutor(1) as client:
        with FaultyProxy(server.url, [fault]) as proxy:
            answer = client.submit(post, proxy.url, server.token)
            proxy.wait_until_held()
        answer.exception(timeout=5)

    assert len(server.statuses) == made


def test_a_client_that_dies_while_it_is_held_harms_nobody(server: CompatibleServer) -> None:
    host, port = urlsplit(server.url).hostname, urlsplit(server.url).port
    assert host
    assert port
    with FaultyProxy(server.url, ["hold"]) as proxy:
        with socket.create_connection((host, urlsplit(proxy.url).port or 0)) as dying:
            body = b"status=last+words"
            head = f"POST /api/v1/statuses HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\n"
            kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
            dying.sendall((head + kind).encode() + body)
            proxy.wait_until_held()
        proxy.release()
        assert post(proxy.url, server.token).status == 200

    assert [record.text for record in server.statuses] == ["last words", "one"]


def test_waiting_for_a_request_that_never_comes_is_an_error(server: CompatibleServer) -> None:
    with FaultyProxy(server.url) as proxy, pytest.raises(TimeoutError):
        proxy.wait_until_held(timeout=0.05)


def test_the_script_is_played_in_order_and_then_everything_passes(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["refuse"]) as proxy:
        proxy.enqueue("pass", "server_error")
        seen = [post(proxy.url, server.token, text).status for text in ("one", "two", "three", "four")]

    assert seen == [422, 200, 500, 200]
    assert proxy.script == ()
    assert [record.text for record in server.statuses] == ["two", "four"]


def test_other_requests_pass_and_leave_the_script_alone(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["refuse"]) as proxy:
        read = requests.get(f"{proxy.url}/api/v2/instance", timeout=5)

    assert read.status_code == 200
    assert proxy.script == ("refuse",)
    assert [passed.fault for passed in proxy.history] == [""]


def test_a_test_may_choose_which_requests_suffer(server: CompatibleServer) -> None:
    def is_a_reading(request: Request) -> bool:
        return request.method == "GET"

    with FaultyProxy(server.url, ["bad_gateway"], matches=is_a_reading) as proxy:
        assert post(proxy.url, server.token).status == 200
        assert requests.get(f"{proxy.url}/api/v2/instance", timeout=5).status_code == 502


def test_a_fault_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such fault: explode"):
        FaultyProxy("http://127.0.0.1:1", ["explode"])


def test_headers_are_stripped_before_the_upstream_sees_them(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, strip_headers={"Idempotency-Key"}) as proxy:
        post(proxy.url, server.token, key="k1")

    assert [record.key for record in server.statuses] == [""]
    assert proxy.history[0].request.header("idempotency-key") == "k1"


def test_without_stripping_the_key_arrives(server: CompatibleServer) -> None:
    with FaultyProxy(server.url) as proxy:
        post(proxy.url, server.token, key="k1")

    assert [record.key for record in server.statuses] == ["k1"]


def test_too_many_names_its_reset_as_mastodon_does_and_the_bare_one_names_nothing(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["too_many", "too_many_bare"]) as proxy:
        full, bare = (headers_of(post(proxy.url, server.token)) for _ in range(2))

    assert full["x-ratelimit-reset"].endswith("Z")
    assert datetime.fromisoformat(full["x-ratelimit-reset"]) > datetime.now(UTC)
    assert "retry-after" not in full
    assert set(bare) == {"content-length", "connection", "date"}


def test_odd_headers_stand_over_the_true_answer(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["odd_headers"]) as proxy:
        answer = post(proxy.url, server.token)

    assert json.loads(answer.body)["id"] == server.statuses[0].id
    assert headers_of(answer)["x-ratelimit-reset"] == "the day after tomorrow"
    assert [name.lower() for name, _ in answer.headers].count("x-ratelimit-reset") == 1


@pytest.mark.parametrize(("fault", "then"), [("redirect", "GET"), ("redirect_307", "POST")])
def test_who_follows_a_redirect_is_seen_doing_it(server: CompatibleServer, fault: str, then: str) -> None:
    with FaultyProxy(server.url, [fault]) as proxy:
        requests.post(f"{proxy.url}/api/v1/statuses", {"status": "one"}, timeout=5)

    assert [(passed.request.method, passed.request.path) for passed in proxy.history] == [
        ("POST", "/api/v1/statuses"),
        (then, MOVED_TO),
    ]
    assert server.statuses == []


def test_links_that_the_upstream_writes_lead_to_the_proxy(server: CompatibleServer) -> None:
    with FaultyProxy(server.url) as proxy:
        post(proxy.url, server.token)
        listed = requests.get(
            f"{proxy.url}/api/v1/accounts/{server.account_id}/statuses",
            headers={"Authorization": f"Bearer {server.token}"},
            timeout=5,
        )

    assert listed.links["next"]["url"].startswith(proxy.url)


def test_many_clients_at_once_each_take_one_fault(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["refuse"] * 20) as proxy, ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda number: post(proxy.url, server.token, str(number)).status, range(40)))

    assert sorted(answers) == [200] * 20 + [422] * 20
    assert len(server.statuses) == 20
    assert len({record.id for record in server.statuses}) == 20


def test_an_unreachable_upstream_is_a_lost_connection_and_leaves_no_thread() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}"
        before = threading.active_count()
        with FaultyProxy(nowhere) as proxy, pytest.raises(http.client.RemoteDisconnected):
            post(proxy.url, "any")

    assert threading.active_count() == before
