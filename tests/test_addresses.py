"""Addresses of servers, as people write them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.addresses import is_same_server, server_address
from contentkit.errors import ContentError, ContentkitError


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("mastodon.social", "https://mastodon.social"),
        (" Mastodon.Social/ ", "https://mastodon.social"),
        ("https://mastodon.social/", "https://mastodon.social"),
        ("https://mastodon.social/@me", "https://mastodon.social"),
        ("mastodon.social/@us", "https://mastodon.social"),
        ("mastodon.social/web/@a@b.social", "https://mastodon.social"),
        ("HTTPS://mastodon.social/deck/@me?x=1#y", "https://mastodon.social"),
        ("@me@mastodon.social", "https://mastodon.social"),
        ("me@mastodon.social", "https://mastodon.social"),
        ("social.example.org:8443", "https://social.example.org:8443"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("http://127.0.0.1:3000/", "http://127.0.0.1:3000"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_servers_are_understood_as_people_write_them(written: str, address: str) -> None:
    assert server_address(written) == address


@pytest.mark.parametrize(
    "written",
    ["", " ", "@me", "my server", "ftp://example.org", "https://", "https://a:99999", "file:///etc/passwd",
     "http://mastodon.social", "http://127.0.0.1.example.org", "https://..", "-\x1b[31m-", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_server_is_told_before_anything_is_sent(written: str) -> None:
    with pytest.raises(ContentError) as caught:
        server_address(written)
    assert caught.value.hint
    assert caught.value.message.isprintable()


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(ContentError) as caught:
        server_address("https://me:pass@mastodon.social")
    assert "pass" not in caught.value.message


@given(st.text(max_size=40) | st.text(max_size=20).map("https://{}".format))
def test_an_address_is_plain_or_told_to_be_none(written: str) -> None:
    try:
        address = server_address(written)
    except ContentkitError:
        return
    parts = urlsplit(address)
    assert address.isascii()
    assert (parts.path, parts.query, parts.fragment, parts.username) == ("", "", "", None)
    assert server_address(address) == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://bücher.example", "https://xn--bcher-kva.example", True),
        ("https://Mastodon.social/", "https://mastodon.social", True),
        ("https://mastodon.social:443", "https://mastodon.social", True),
        ("https://mastodon.social", "https://mastodon.online", False),
        ("https://mastodon.social:8443", "https://mastodon.social", False),
        ("", "", True),
        ("", "https://mastodon.social", False),
    ],
)
def test_a_server_is_the_same_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert is_same_server(one, other) is same
