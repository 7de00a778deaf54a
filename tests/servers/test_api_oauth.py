from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests

from tests.servers.api_input import Wrong
from tests.servers.api_oauth import OUT_OF_BAND
from tests.servers.compatible_server import MASTODON, CompatibleServer

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}


class Client:
    """An application that signs in to a server."""

    def __init__(self, server: CompatibleServer, scopes: str = "read:accounts write:statuses") -> None:
        self.server = server
        self.scopes = scopes
        sent = {"client_name": "a test", "redirect_uris": OUT_OF_BAND, "scopes": scopes, "website": "https://a.org"}
        self.app = requests.post(f"{server.url}/api/v1/apps", sent, timeout=5).json()

    def address(self, **more: str) -> str:
        asked = {
            "response_type": "code",
            "client_id": self.app["client_id"],
            "redirect_uri": OUT_OF_BAND,
            "scope": self.scopes,
        }
        return f"{self.server.url}/oauth/authorize?{urlencode(asked | more)}"

    def exchange(self, code: str, **more: str) -> requests.Response:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.app["client_id"],
            "client_secret": self.app["client_secret"],
            "redirect_uri": OUT_OF_BAND,
        }
        return requests.post(f"{self.server.url}/oauth/token", sent | more, timeout=5)


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer(speaks=MASTODON) as running:
        yield running


def call(server: CompatibleServer, token: str, method: str = "GET", path: str = "", **body: Any) -> int:
    path = path or "/api/v1/accounts/verify_credentials"
    headers = {"Authorization": f"Bearer {token}"}
    return requests.request(method, server.url + path, headers=headers, timeout=5, **body).status_code


def test_a_code_becomes_a_token_that_may_do_what_was_asked_for_and_no_more(server: CompatibleServer) -> None:
    client = Client(server)
    answer = client.exchange(server.approve(client.address())).json()
    token = answer["access_token"]

    assert (answer["token_type"], answer["scope"]) == ("Bearer", "read:accounts write:statuses")
    assert call(server, token) == 200
    assert call(server, token, "POST", "/api/v1/statuses", data={"status": "one"}) == 200
    assert call(server, token, path=f"/api/v1/statuses/{server.statuses[0].id}") == 403
    assert call(server, token, "POST", "/api/v2/media") == 403


def test_the_page_shows_the_code(server: CompatibleServer) -> None:
    client = Client(server)
    page = requests.get(client.address(), timeout=5)
    code = page.text.partition("<code>")[2].partition("</code>")[0]
    assert client.exchange(code).status_code == 200


def test_a_code_works_once(server: CompatibleServer) -> None:
    client = Client(server)
    code = server.approve(client.address())
    assert [client.exchange(code).status_code for _ in range(2)] == [200, 400]


def test_a_code_of_another_application_is_none(server: CompatibleServer) -> None:
    code = server.approve(Client(server).address())
    assert Client(server).exchange(code).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"client_secret": "x"}, 401), ({"client_id": "x"}, 401), ({"grant_type": "password"}, 400),
     ({"redirect_uri": "https://a.org"}, 400), ({"code": "x"}, 400)],
)  # fmt: skip
def test_an_exchange_with_a_wrong_detail_gives_nothing(
    server: CompatibleServer, sent: dict[str, str], status: int
) -> None:
    client = Client(server)
    code = server.approve(client.address())
    values: dict[str, str] = {"code": code} | sent
    assert client.exchange(**values).status_code == status
    assert server.desk.tokens == {}


@pytest.mark.parametrize(("verifier", "status"), [(VERIFIER, 200), ("w" * 43, 400), ("", 400)])
def test_who_began_with_a_challenge_must_prove_it(server: CompatibleServer, verifier: str, status: int) -> None:
    client = Client(server)
    code = server.approve(client.address(**PKCE))
    assert client.exchange(code, code_verifier=verifier).status_code == status


@pytest.mark.parametrize(
    "asked",
    [{"response_type": "token"}, {"redirect_uri": "https://a.org"}, {"scope": "read:accounts write:media"},
     {"scope": "nonsense"}, {"client_id": "x"}, PKCE | {"code_challenge_method": "plain"}, {"code_challenge": CHALLENGE}],
)  # fmt: skip
def test_there_is_no_code_for_what_is_asked_wrongly(server: CompatibleServer, asked: dict[str, str]) -> None:
    with pytest.raises(Wrong):
        server.approve(Client(server).address(**asked))


def test_there_is_nothing_to_approve_elsewhere(server: CompatibleServer) -> None:
    with pytest.raises(Wrong):
        server.approve("http://127.0.0.1:1/oauth/authorize?client_id=x")


@pytest.mark.parametrize(
    "sent",
    [{"client_name": " "}, {"redirect_uris": "https://a.org"}, {"scopes": "everything"}],
)
def test_an_application_needs_a_name_an_address_and_scopes_that_exist(
    server: CompatibleServer, sent: dict[str, str]
) -> None:
    whole = {"client_name": "a test", "redirect_uris": OUT_OF_BAND}
    assert requests.post(f"{server.url}/api/v1/apps", whole | sent, timeout=5).status_code in (400, 422)
    assert server.desk.apps == []


def test_a_server_may_grant_something_else(server: CompatibleServer) -> None:
    server.desk.grants = "read"
    client = Client(server)
    token = client.exchange(server.approve(client.address())).json()["access_token"]
    assert call(server, token) == 200
    assert call(server, token, "POST", "/api/v1/statuses", data={"status": "one"}) == 403


def test_the_standing_token_can_be_narrowed(server: CompatibleServer) -> None:
    server.set_scopes("read:statuses")
    assert call(server, server.token) == 403


def test_what_it_can_do_is_told_where_discovery_is_switched_on(server: CompatibleServer) -> None:
    path = "/.well-known/oauth-authorization-server"
    told = requests.get(server.url + path, timeout=5).json()
    with CompatibleServer() as plain:
        assert requests.get(plain.url + path, timeout=5).status_code == 404
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["token_endpoint"] == f"{server.url}/oauth/token"
