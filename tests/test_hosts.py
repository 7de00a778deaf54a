"""Names of hosts, in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.hosts import host_of, place_of


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("Example.ORG", "example.org"),
        ("example.org.", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("пример.example", "xn--e1afmkfd.example"),
        ("例え。example", "xn--r8jz45g.example"),
        ("a_b.example.org", "a_b.example.org"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("１２７.０.０.１", "127.0.0.1"),
        ("①②⑦.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("[0:0:0:0:0:0:0:1]", "[::1]"),
        ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
        ("1.example.org", "1.example.org"),
        ("0xcafe.example.org", "0xcafe.example.org"),
    ],
)
def test_each_host_has_one_spelling(written: str, host: str) -> None:
    assert host_of(written) == host


@pytest.mark.parametrize(
    "written",
    ["", ".", "..", "a..b", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.01", "0x",
     "127.0.0.256", "1.2.3.4.5", "example.1", "a b", "a%2eb", "a/b", "a:b", "a@b", "-a.example", "a-.example", "*.example",
     "::1", "[::1", "[]", "[fe80::1%25eth0]", "[v1.x]", "[127.0.0.1]", "[[::1]]", "a" * 64 + ".example", "a." * 127 + "ab",
     "ü" * 300, "x\ud800", "\u200b", "\n", "a\nb"],
)  # fmt: skip
def test_what_is_no_host_and_every_odd_spelling_of_a_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its callers say where it stands
        host_of(written)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Wiki.example.org", ("wiki.example.org", None)),
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("[::1]", ("[::1]", None)),
        ("[::1]:8080", ("[::1]", 8080)),
    ],
)
def test_a_host_may_name_its_port(written: str, place: tuple[str, int | None]) -> None:
    assert place_of(written) == place


@pytest.mark.parametrize("written", ["a:", "a:0", "a:65536", "a:x", "a:8 0", "a:８０", "a:1:2", ":80", "[::1]:", "::1"])
def test_a_port_is_a_number_of_one(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        place_of(written)


@given(st.text(max_size=300) | st.text("0123456789abcdefx.:[]", max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_spelling_is_plain_and_stays_what_it_is(written: str) -> None:
    try:
        host = host_of(written)
    except ValueError:
        return
    assert host.isascii()
    assert host.isprintable()
    assert not set(host) & set("/?#@\\% ")
    assert host_of(host) == host
