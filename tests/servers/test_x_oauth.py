"""The signature is checked against the example that X's own documentation works through, and against a real signer."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth1

from contentkit.testing.loopback import Request
from tests.servers.x_oauth import TOLERANCE, Gate, Keys, signature

KEYS = Keys()
ADDRESS = "http://127.0.0.1:8080/2/tweets"


def arrived(prepared: requests.PreparedRequest) -> Request:
    """The request as a server sees it."""
    assert prepared.url
    assert prepared.method
    body = prepared.body or b""
    headers = {"Host": "127.0.0.1:8080", **prepared.headers}
    # requests_oauthlib leaves its header as bytes.
    named = tuple((name, value.decode() if isinstance(value, bytes) else value) for name, value in headers.items())
    return Request(
        method=prepared.method,
        target=prepared.path_url,
        headers=named,
        body=body.encode() if isinstance(body, str) else body,
    )


def signed(keys: Keys = KEYS, *, method: str = "GET", url: str = ADDRESS, **more: Any) -> Request:
    auth = OAuth1(keys.api_key, keys.api_secret, keys.access_token, keys.access_secret)
    return arrived(requests.Request(method, url, auth=auth, **more).prepare())


def signed_at(moment: float, nonce: str = "n") -> Request:
    auth = OAuth1(
        KEYS.api_key, KEYS.api_secret, KEYS.access_token, KEYS.access_secret, timestamp=str(int(moment)), nonce=nonce
    )
    return arrived(requests.Request("GET", ADDRESS, auth=auth).prepare())


def test_the_worked_example_of_the_documentation_is_signed_as_there() -> None:
    keys = Keys(
        api_secret="kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        access_secret="LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )
    told = {
        "oauth_consumer_key": "xvz1evFS4wEEPTGEFPHBog",
        "oauth_nonce": "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": "1318622958",
        "oauth_token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "oauth_version": "1.0",
    }
    request = Request(
        method="POST",
        target="/1.1/statuses/update.json?include_entities=true",
        headers=(("Host", "api.twitter.com"), ("Content-Type", "application/x-www-form-urlencoded")),
        body=b"status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21",
    )
    assert signature(request, told, keys, "https") == "hCtSmYh+iHYCEqBWrE7C7hYmtUk="


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"url": f"{ADDRESS}?ids=1,2&tweet.fields=a b+c&empty=&äö=€~"},
        {"method": "POST", "json": {"text": "not signed"}},
        {"method": "POST", "data": {"status": "signed & sealed"}},
        {"method": "POST", "files": {"media": b"not signed"}, "data": {"segment_index": "0"}},
    ],
    ids=["plain", "query", "json", "form", "multipart"],
)
def test_what_a_library_signs_is_let_in(what: dict[str, Any]) -> None:
    # Signed here and not when the tests are collected: a signature grows stale in five minutes.
    assert Gate(KEYS).fault(signed(**what)) == ""


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"target": "/2/tweets?ids=2"}, "wrong signature"),
        ({"target": "/2/users/me"}, "wrong signature"),
        ({"method": "POST"}, "wrong signature"),
        ({"headers": ()}, "oauth_consumer_key is missing"),
        ({"headers": (("Authorization", "Bearer x"),)}, "oauth_consumer_key is missing"),
    ],
)
def test_a_request_that_was_changed_is_kept_out(change: dict[str, Any], fault: str) -> None:
    assert Gate(KEYS).fault(replace(signed(url=f"{ADDRESS}?ids=1"), **change)) == fault


def test_a_signed_body_cannot_be_changed() -> None:
    form = signed(method="POST", data={"status": "one"})
    assert Gate(KEYS).fault(replace(form, body=b"status=two")) == "wrong signature"


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        (Keys(api_key="another"), "unknown key or token"),
        (Keys(access_token="another"), "unknown key or token"),
        (Keys(api_secret="another"), "wrong signature"),
        (Keys(access_secret="another"), "wrong signature"),
    ],
)
def test_other_keys_are_kept_out(keys: Keys, fault: str) -> None:
    assert Gate(KEYS).fault(signed(keys)) == fault


def test_a_nonce_is_good_once() -> None:
    gate = Gate(KEYS)
    request = signed()
    assert [gate.fault(request), gate.fault(request)] == ["", "nonce used before"]


@pytest.mark.parametrize("off", [-TOLERANCE - 5, TOLERANCE + 5])
def test_a_clock_that_is_off_by_more_than_five_minutes_is_kept_out(off: int) -> None:
    assert Gate(KEYS).fault(signed_at(time.time() + off)) == "stale timestamp"


def test_the_realm_is_not_part_of_the_signature() -> None:
    auth = OAuth1(KEYS.api_key, KEYS.api_secret, KEYS.access_token, KEYS.access_secret, realm="contentkit")
    assert Gate(KEYS).fault(arrived(requests.Request("GET", ADDRESS, auth=auth).prepare())) == ""


def test_another_method_than_hmac_sha1_is_kept_out() -> None:
    auth = OAuth1(KEYS.api_key, KEYS.api_secret, KEYS.access_token, KEYS.access_secret, signature_method="PLAINTEXT")
    request = arrived(requests.Request("GET", ADDRESS, auth=auth).prepare())
    assert Gate(KEYS).fault(request) == "not HMAC-SHA1 of OAuth 1.0"
