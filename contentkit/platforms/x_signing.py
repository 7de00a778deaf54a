"""Requests to X, signed as OAuth 1.0a wants it (RFC 5849), on our own session and for the host that they really go to."""

from __future__ import annotations

import hmac
import io
import logging
import secrets
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlsplit

if TYPE_CHECKING:
    from requests import Response
    from tweepy import Client

    from contentkit.platforms.session import Exchange, WatchedSession

# They write signatures, tokens and whole posts into their logs when anybody asks for details.
_TALKATIVE = (
    "tweepy.client",
    "oauthlib.oauth1.rfc5849",
    "oauthlib.oauth1.rfc5849.signature",
    "requests_oauthlib.oauth1_auth",
)


class Signature:
    """What signs each request of a session with four keys. ``nonce`` is a word that is used once, ``now`` the time in seconds."""

    def __init__(
        self,
        keys: Mapping[str, str],
        nonce: Callable[[], str] = lambda: secrets.token_hex(16),
        now: Callable[[], float] = time.time,
    ) -> None:
        self._keys = keys
        self._nonce = nonce
        self._now = now

    def __call__(self, method: str, address: str, form: str) -> str:
        """The Authorization header. A body that is no form is not signed."""
        ours = {
            "oauth_consumer_key": self._keys["api_key"],
            "oauth_nonce": self._nonce(),
            "oauth_signature_method": "HMAC-SHA1",
            "oauth_timestamp": str(int(self._now())),
            "oauth_token": self._keys["access_token"],
            "oauth_version": "1.0",
        }
        told = {**ours, "oauth_signature": self._signed(_signature_base(method, address, form, ours))}
        return "OAuth " + ", ".join(f'{_escaped(name)}="{_escaped(value)}"' for name, value in told.items())

    def _signed(self, words: str) -> str:
        key = f"{_escaped(self._keys['api_secret'])}&{_escaped(self._keys['access_secret'])}"
        return b64encode(hmac.digest(key.encode(), words.encode(), "sha1")).decode()


def _signature_base(method: str, address: str, form: str, ours: Mapping[str, str]) -> str:
    """Everything of a request that is signed, in the one order and spelling that both sides know."""
    parts = urlsplit(address)
    told = [*parse_qsl(parts.query, keep_blank_values=True), *parse_qsl(form, keep_blank_values=True), *ours.items()]
    pairs = sorted((_escaped(name), _escaped(value)) for name, value in told)
    place = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    whole = "&".join(f"{name}={value}" for name, value in pairs)
    return "&".join((method.upper(), _escaped(f"{parts.scheme}://{place}{parts.path or '/'}"), _escaped(whole)))


def _escaped(words: str) -> str:
    return quote(words, safe="~")


def library(keys: Mapping[str, str], session: WatchedSession, host: str) -> Client:
    """tweepy on our session, which signs what it sends; what is for ``host`` goes to the session's server."""
    from tweepy import Client

    for name in _TALKATIVE:
        logging.getLogger(name).disabled = True
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
    """The part of a session that tweepy uses to create a post, with another host. Its signature would be for the first one."""

    def __init__(self, session: WatchedSession, host: str) -> None:
        self._session = session
        self._host = host

    def request(self, method: str, url: str, *, json: Any = None, **_: Any) -> Response:
        from contentkit.platforms.http_requests import json_body

        address = self._session.server + url.removeprefix(self._host)
        return _as_response(self._session.request(method, address, body=json_body(json)))


def _as_response(exchange: Exchange) -> Response:
    from requests import Response

    response = Response()
    response.status_code = exchange.status
    response.headers.update(exchange.headers)
    response.raw = io.BytesIO(exchange.body)
    return response
