from __future__ import annotations

import http.client
import socket
import time
from urllib.parse import urlsplit

import pytest

from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Reply, Request


def ask(url: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request("GET", "/a?b=c&b=d&e=", headers={"X-Trace": "1"})
        response = connection.getresponse()
        return Answer(status=response.status, body=response.read())
    finally:
        connection.close()


def test_a_request_arrives_with_its_path_query_and_headers() -> None:
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return Answer(status=204)

    with LoopbackServer(respond) as server:
        assert ask(server.url).status == 204

    assert (seen[0].path, seen[0].query, seen[0].header("x-trace")) == ("/a", {"b": ["c", "d"], "e": [""]}, "1")


def test_a_failure_of_the_server_itself_fails_the_test_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def respond(request: Request) -> Reply:
        raise KeyError("a mistake in a test server")

    with (
        pytest.raises(KeyError, match="a mistake"),
        LoopbackServer(respond) as server,
        pytest.raises(http.client.RemoteDisconnected),
    ):
        ask(server.url)

    assert capfd.readouterr() == ("", "")


def test_clients_that_say_nothing_do_not_delay_the_end() -> None:
    with LoopbackServer(lambda _: HangUp.FIN) as server:
        place = urlsplit(server.url)
        silent = [socket.create_connection((place.hostname or "", place.port or 0)) for _ in range(3)]
        with pytest.raises(http.client.RemoteDisconnected):
            ask(server.url)
        closing_began = time.monotonic()
    for connection in silent:
        connection.close()

    assert time.monotonic() - closing_began < 8  # a connection is waited for ten seconds
