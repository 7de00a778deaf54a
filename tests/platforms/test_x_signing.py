"""Signatures, beside those of the library that signs OAuth 1.0a."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from requests import Request
from requests_oauthlib import OAuth1

from contentkit.platforms.x_signing import Signature

KEYS = {"api_key": "a key", "api_secret": "s&cret", "access_token": "1-tök", "access_secret": "a+b/="}
FIELDS = st.lists(st.tuples(st.text(max_size=6), st.text(max_size=6)), max_size=4)


def library_signs(method: str, address: str, form: str) -> str:
    library = OAuth1(
        KEYS["api_key"],
        KEYS["api_secret"],
        KEYS["access_token"],
        KEYS["access_secret"],
        nonce="once",
        timestamp="1795349100",
    )
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    request = Request(method, address, data=form or None, headers=kind).prepare()
    signature = library(request).headers["Authorization"]
    return signature.decode() if isinstance(signature, bytes) else signature


def fields_of(header: str) -> list[str]:
    return sorted(header.removeprefix("OAuth ").split(", "))


def signed(method: str, address: str, form: str = "") -> str:
    return Signature(KEYS, nonce=lambda: "once", now=lambda: 1795349100.7)(method, address, form)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "https://api.x.com/2/tweets"),
        ("get", "https://API.x.com:443/2/users/me?user.fields=a%2Cb&empty="),
        ("DELETE", "http://127.0.0.1:8080/2/tweets/1789"),
        ("GET", "http://127.0.0.1:80"),
    ],
)
def test_a_request_is_signed_as_the_library_signs_it(method: str, address: str) -> None:
    assert fields_of(signed(method, address)) == fields_of(library_signs(method, address, ""))


@settings(max_examples=25)
@given(FIELDS, FIELDS)
def test_whatever_is_asked_for_is_signed_as_the_library_signs_it(
    query: list[tuple[str, str]], form: list[tuple[str, str]]
) -> None:
    address = f"https://api.x.com/2/tweets?{urlencode(query)}"
    mine, theirs = (sign("POST", address, urlencode(form)) for sign in (signed, library_signs))
    assert fields_of(mine) == fields_of(theirs)


def test_no_two_signatures_are_the_same() -> None:
    sign = Signature(KEYS)
    assert sign("GET", "https://api.x.com/2/tweets", "") != sign("GET", "https://api.x.com/2/tweets", "")
