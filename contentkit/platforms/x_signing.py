"""Requests to X, signed as OAuth 1.0a wants it, on our own session and for the host that they really go to."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests import Response
    from requests.auth import AuthBase
    from tweepy import Client

    from contentkit.platforms.session import WatchedSession

# They write signatures, tokens and whole posts into their logs when anybody asks for details.
_TALKATIVE = (
    "tweepy.client",
    "oauthlib.oauth1.rfc5849",
    "oauthlib.oauth1.rfc5849.signature",
    "requests_oauthlib.oauth1_auth",
)


def signed(keys: Mapping[str, str]) -> AuthBase:
    """What signs each request of a session with these four keys."""
    from requests_oauthlib import OAuth1

    _hush()
    auth: AuthBase = OAuth1(keys["api_key"], keys["api_secret"], keys["access_token"], keys["access_secret"])
    return auth


def library(keys: Mapping[str, str], session: WatchedSession, host: str) -> Client:
    """tweepy on our session; what it sends to ``host`` goes to the session's server, and is signed for it."""
    from tweepy import Client

    _hush()
    client = Client(
        consumer_key=keys["api_key"],
        consumer_secret=keys["api_secret"],
        access_token=keys["access_token"],
        access_token_secret=keys["access_secret"],
        wait_on_rate_limit=False,
    )
    client.session.close()
    client.session = _Redirected(session, host)
    return client


class _Redirected:
    """The part of a session that tweepy uses, with another host."""

    def __init__(self, session: WatchedSession, host: str) -> None:
        self._session = session
        self._host = host

    def request(self, method: str, url: str, **arguments: Any) -> Response:
        return self._session.request(method, self._session.server + url.removeprefix(self._host), **arguments)


def _hush() -> None:
    for name in _TALKATIVE:
        logging.getLogger(name).disabled = True
