"""What the journal keeps of a network's answers: enough to decide by, nothing secret, nothing that steers a terminal."""

from __future__ import annotations

from contextlib import suppress

import pytest

from contentkit.errors import PlatformError
from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.excerpts import excerpt_of
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import Exchange, WatchedSession
from contentkit.testing.loopback import Answer, LoopbackServer
from tests.servers.compatible_server import CompatibleServer

TOKEN = "a-token/of+ours"


def _answered(url: str, token: str = TOKEN) -> MastodonConnection:
    """A connection that was asked to publish, whatever came of it."""
    account = Account(name="mine", platform="mastodon", server=url)
    connection = MastodonConnection(account, token, WatchedSession(url, secrets=[token]))
    with suppress(PlatformError):
        connection.publish(Message(text="Hello.", key="k1"))
    return connection


def test_status_headers_that_matter_and_the_body_are_kept_on_one_line() -> None:
    headers = (
        ("Retry-After", "90"),
        ("X-RateLimit-Reset", "2026-11-23T10:00:00Z"),
        ("X-Request-Id", "7f-1"),
        ("Set-Cookie", "session=1"),
    )
    answer = Answer(status=429, headers=headers, body=b'{"error":\n"Too many"}')
    with LoopbackServer(lambda request: answer) as server:
        told = _answered(server.url).answer()
    assert told.startswith("HTTP 429; ")
    assert "retry-after: 90; x-ratelimit-reset: 2026-11-23T10:00:00Z; x-request-id: 7f-1; " in told
    assert told.endswith('; {"error":"Too many"}')
    assert ("date: " in told, "cookie" in told) == (True, False)


@pytest.mark.parametrize(
    "body",
    [
        b'{"error": "your token is ' + TOKEN.encode() + b'"}',
        b'{"error": "your token is \\u0061-token/of+ours"}',
        b"<p>a-token%2Fof%2Bours</p>",
    ],
)
def test_no_spelling_of_the_token_gets_in(body: bytes) -> None:
    with LoopbackServer(lambda request: Answer(status=403, body=body)) as server:
        told = _answered(server.url).answer()
    assert ("***" in told, "ours" in told) == (True, False)


def test_what_steers_a_terminal_is_made_visible_and_a_flood_is_cut() -> None:
    body = b"\x1b]0;owned\x07 red\r\n\xff" + b"x" * 100_000
    told = excerpt_of(Exchange(method="POST", status=500, body=body))
    assert told.isprintable()
    assert 500 < len(told) < 600


def test_reading_afterwards_changes_nothing_and_the_next_attempt_everything() -> None:
    with CompatibleServer() as server:
        connection = _answered(server.url, server.token)
        told = connection.answer()
        connection.find(server.statuses[0].id)
        assert (told[:8], connection.answer() == told) == ("HTTP 200", True)
    with suppress(PlatformError):
        connection.publish(Message(text="Again.", key="k2"))
    assert connection.answer() == "no answer (NotConnected)"


def test_nothing_was_asked() -> None:
    assert excerpt_of(None) == ""
