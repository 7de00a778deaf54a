"""Deleting what is on X: what arrives there, and what is told of its fate. X changes nothing that is published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.session import WatchedSession
from contentkit.platforms.x import X, XConnection
from contentkit.testing.faulty_proxy import FaultyProxy
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.servers.x_faults import X_INSTEAD
from tests.servers.x_oauth import Keys
from tests.servers.x_server import XServer


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server


def _connection(url: str, keys: Keys) -> XConnection:
    account = Account(name="mine", platform="x", server=url)
    return XConnection(account, keys.as_secrets(), WatchedSession(url, connect=2, read=1))


def _is_a_deletion(request: Request) -> bool:
    return request.method == "DELETE"


def test_a_deleted_post_is_gone_and_once_more_is_fine(server: XServer) -> None:
    mine = _connection(server.url, server.keys)
    sent = mine.publish(Message(text="before", key="k")).remote_id
    mine.delete(sent)
    assert server.statuses[0].deleted
    mine.delete(sent)
    assert mine.find(sent) is None
    assert [one.what for one in server.charges].count("delete") == 1


def test_a_post_cannot_be_changed(server: XServer) -> None:
    with pytest.raises(Refused):
        _connection(server.url, server.keys).edit("1", Message(text="after", key="k"), [])
    assert not X().edits


_LOST = ("close", "reset", "truncate", "drop", "server_error", "server_error_after", "bad_gateway", "html_ok")
_FATES: dict[str, type[PlatformError]] = dict.fromkeys(_LOST, Uncertain) | {
    "too_many": Unavailable,
    "unauthorized": Unavailable,
    "no_credit": Unavailable,
    "capped": Unavailable,
    "read_only": Unavailable,
    "forbidden": Refused,
}


@pytest.mark.parametrize("fault", _FATES)
def test_the_fate_of_a_deletion(server: XServer, fault: str) -> None:
    sent = _connection(server.url, server.keys).publish(Message(text="before", key="k")).remote_id
    with FaultyProxy(server.url, [fault], matches=_is_a_deletion, instead=X_INSTEAD) as proxy:
        with pytest.raises(_FATES[fault]) as caught:
            _connection(proxy.url, server.keys).delete(sent)
        asked = sum(_is_a_deletion(one.request) for one in proxy.history)
    assert (asked, type(caught.value)) == (1, _FATES[fault]), "a request is never sent again"
    assert _FATES[fault] is Uncertain or not server.statuses[0].deleted


@pytest.mark.parametrize(
    "body", [b"{}", b'{"data": {"deleted": false}}', b'{"data": {"deleted": "true"}}', b'{"data": null}', b"[]"]
)
def test_what_x_does_not_call_deleted_is_in_doubt(body: bytes) -> None:
    with LoopbackServer(lambda _: Answer(status=200, body=body)) as odd, pytest.raises(Uncertain):
        _connection(odd.url, Keys()).delete("1")
