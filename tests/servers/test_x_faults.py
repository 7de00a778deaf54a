"""The answers that the proxy gives in X's name are those that X's server gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_client import XClient
from tests.servers.x_faults import X_DIALECT
from tests.servers.x_server import XServer


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as running:
        yield running


def answered(server: XServer, fault: str) -> requests.Response:
    with FaultyProxy(server.url, [fault], **X_DIALECT) as proxy, XClient(server) as client:
        client.url = proxy.url
        return client.create()


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("too_many", 429),
        ("too_many_bare", 429),
        ("capped", 429),
        ("server_error", 500),
        ("unavailable", 503),
        ("unauthorized", 401),
        ("no_credit", 402),
        ("refuse", 400),
        ("duplicate", 403),
        ("invisible", 403),
        ("read_only", 403),
    ],
)
def test_an_answer_in_place_of_xs_keeps_the_post_from_being_made(server: XServer, fault: str, status: int) -> None:
    assert answered(server, fault).status_code == status
    assert server.history == ()


@pytest.mark.parametrize("fault", ["too_many", "server_error", "unauthorized", "duplicate", "read_only", "no_credit"])
def test_it_speaks_as_x_does(server: XServer, fault: str) -> None:
    body = answered(server, fault).json()
    assert {"title", "detail", "type"} <= set(body)
    assert "error" not in body


def test_too_many_names_the_limit_that_is_used_up_and_the_one_that_is_not(server: XServer) -> None:
    headers = answered(server, "too_many").headers
    assert (headers["x-rate-limit-remaining"], headers["x-user-limit-24hour-remaining"]) == ("0", "9000")
    assert int(headers["x-rate-limit-reset"]) < int(headers["x-user-limit-24hour-reset"])


def test_reads_pass(server: XServer) -> None:
    with FaultyProxy(server.url, ["server_error"], **X_DIALECT) as proxy, XClient(server) as client:
        client.url = proxy.url
        assert client.get("/2/users/me").status_code == 200
        assert proxy.script == ("server_error",)
