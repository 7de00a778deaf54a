"""No address, however it is written, whatever its name says and wherever it redirects, leads inside."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentkitError, Refused, Unavailable, UsageError
from contentkit.text import printable
from contentkit.web.reader import Reader
from tests.web.raw_server import RawServer, page, redirect
from tests.web.wire import cut

PUBLIC = "93.184.215.14"


def says(*answers: str) -> Reader:
    """A reader whose resolver gives these answers to every name."""
    return Reader(resolve=lambda host, port: answers)


def refused(address: str, reader: Reader | None = None) -> UsageError:
    """The refusal, of which no connection was part, and no name."""
    with cut() as seen, pytest.raises(UsageError) as caught:
        (reader or Reader())(address)
    assert seen.connections == []
    assert seen.names == []
    return caught.value


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1.", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]",
     "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "169.254.169.254", "10.0.0.1", "192.168.1.1",
     "172.16.9.9", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "１２７.０.０.１", "①②⑦.0.0.1", "127。0。0。1"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["http://{}/", "https://{}", "http://{}:80/", "http://{}:443/x?y#z", "HTTP://{}"])
def test_a_number_inside_is_refused_before_anything_is_connected_to(host: str, form: str) -> None:
    assert "no address of the public internet" in refused(form.format(host)).message


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "0", "127.0.0.01"]
)  # fmt: skip
def test_a_number_in_an_odd_spelling_is_refused_though_the_resolver_would_understand_it(host: str) -> None:
    assert "names no host" in refused(f"http://{host}/").message


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org",
     "javascript:alert(1)", "data:text/html,x", "http:/example.org", "http:example.org", "http://", "http:///x",
     "https://:443/", "http://[::1", "http://::1/",
     "http://example.org:99999/", "http://example.org:8a/", "http://exa mple.org/", "http://example.org%00/",
     "http://%31%32%37.0.0.1/", "http://example..org/", "http://[fe80::1%25eth0]/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    assert refused(address, says(PUBLIC)).hint


@pytest.mark.parametrize(
    "address",
    ["http://a@127.0.0.1/", "http://127.0.0.1@example.org/", "http://me:hunter2@example.org/", "http://example.org@/",
     "http://me:hun?ter2@example.org/", "http://a%40b:hunter2@example.org/"],
)  # fmt: skip
def test_names_and_passwords_are_refused_and_never_repeated(address: str) -> None:
    error = refused(address, says("127.0.0.1"))

    assert "hun" not in error.words
    assert "ter2" not in error.words


def test_a_name_in_an_address_is_told_as_such() -> None:
    assert refused("https://me@example.org/").message == "an address with '@' has a name or a password in it"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1#@example.org/", "http://127.0.0.1?@example.org/", "http://127.0.0.1/@example.org"]
)
def test_what_stands_behind_the_host_is_no_host(address: str) -> None:
    assert refused(address).message.startswith("127.0.0.1: is no address")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1\\@example.org/", "http://example.org\\.evil.example/", "http:\\\\example.org\\", "http://exam\nple.org/",
     "http://example.org/\r\nHost: x", "http://exam\tple.org/", "\thttp://example.org/", "http://example.org\x00.evil.example/",
     "http://example.org\u202e/", "http://example.org/a\\b", "http://exam\u200bple.org/", "http://example.org/\x1b]52;c;x\x07", "http://example.org/\ud800"],
)  # fmt: skip
def test_characters_that_programs_read_differently_are_refused_and_made_visible(address: str) -> None:
    error = refused(address, says(PUBLIC))

    assert error.words.isprintable()


@pytest.mark.parametrize(
    "address",
    ["http://example.org/" + "x" * 5000, "http://" + "a." * 100_000, "[" * 20_000, "http://" + "@" * 1_000_000],
)
def test_addresses_without_end_are_refused(address: str) -> None:
    assert len(refused(address, says(PUBLIC)).words) < 250


@pytest.mark.parametrize("port", [1, 22, 25, 3306, 6379, 8080, 8443, 65535])
def test_other_ports_than_those_of_the_web_are_refused(port: int) -> None:
    assert f"port {port}" in refused(f"http://example.org:{port}/", says(PUBLIC)).message


@pytest.mark.parametrize(
    "answers",
    [("127.0.0.1",), ("169.254.169.254",), ("10.0.0.1",), ("::1",), ("fe80::1%eth0",), ("::ffff:10.0.0.1",),
     (PUBLIC, "127.0.0.1"), ("127.0.0.1", PUBLIC), (*["8.8.8.8"] * 50, "192.168.0.1")],
)  # fmt: skip
def test_one_address_inside_is_enough_to_refuse_a_name(answers: Sequence[str]) -> None:
    assert "leads to" in refused("http://pages.example.org/", says(*answers)).message


@pytest.mark.parametrize("answers", [(), ("localhost",), ("127.1",), ("",), ("\x1b[2J",), (PUBLIC, "no number")])
def test_a_resolver_without_a_usable_answer_is_told(answers: Sequence[str]) -> None:
    with cut() as seen, pytest.raises(Unavailable, match="could not be found"):
        says(*answers)("http://pages.example.org/")
    assert (seen.connections, seen.names) == ([], [])


def test_the_refusal_says_which_lines_of_which_file_would_allow_it() -> None:
    reader = Reader(resolve=lambda host, port: ["10.0.0.5"], allowed_in="/home/ana/.config/contentkit/machine.toml")
    error = refused("https://Wiki.corp.example./start", reader)

    assert error.message == "wiki.corp.example: leads to 10.0.0.5, which is no address of the public internet"
    assert "/home/ana/.config/contentkit/machine.toml" in error.hint
    assert 'hosts = ["wiki.corp.example"]' in error.hint
    assert 'hosts = ["wiki.corp.example:8080"]' in refused("http://wiki.corp.example:8080/", reader).hint


# -- rebinding


def test_a_name_is_asked_once_and_what_was_looked_at_is_connected_to() -> None:
    asked: list[str] = []

    def rebinds(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    with cut() as seen, pytest.raises(Unavailable):
        Reader(resolve=rebinds)("http://pages.example.org/")

    assert asked == ["pages.example.org"]
    assert seen.connections == [(PUBLIC, 80)]
    assert seen.names == []


def test_of_many_addresses_a_few_are_tried_in_their_order() -> None:
    with cut() as seen, pytest.raises(Unavailable):
        says(*(f"8.8.8.{number}" for number in range(1, 60)))("https://pages.example.org/")

    assert seen.connections == [(f"8.8.8.{number}", 443) for number in range(1, 5)]


def test_a_connection_that_ends_elsewhere_than_was_asked_is_not_used() -> None:
    # Linux connects 0.0.0.0 to 127.0.0.1: the one way to arrive somewhere else that needs no router.
    with RawServer(lambda _: [page()]) as server:
        reader = Reader(hosts=frozenset({f"wiki.corp.example:{server.port}"}), resolve=lambda host, port: ["0.0.0.0"])
        with pytest.raises(Unavailable):
            reader(f"http://wiki.corp.example:{server.port}/")
    assert [head for head in server.heads if head] == []


# -- what this machine allows


def test_an_allowed_host_may_be_inside_on_the_port_that_was_allowed() -> None:
    with RawServer(lambda _: [page(b"ours")]) as server:
        reader = Reader(hosts=frozenset({f"wiki.corp.example:{server.port}"}), resolve=lambda host, port: ["127.0.0.1"])
        fetched = reader(f"http://wiki.corp.example:{server.port}/start")

    assert (fetched.body, fetched.address) == (b"ours", f"http://wiki.corp.example:{server.port}/start")
    assert f"\r\nHost: wiki.corp.example:{server.port}\r\n".encode() in server.heads[0]


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8081/", "http://127.0.0.1/", "http://localhost:8080/", "http://127.0.0.2:8080/", "http://a.127.0.0.1:8080/",
     "http://wiki.corp.example:8080/", "http://www.wiki.corp.example/"],
)  # fmt: skip
def test_allowing_one_host_allows_no_other_and_no_other_port(address: str) -> None:
    hosts = frozenset({"127.0.0.1:8080", "wiki.corp.example"})
    refused(address, Reader(hosts=hosts, resolve=lambda host, port: ["127.0.0.1"]))


# -- redirects


def redirecting(*locations: str, resolve_to: Sequence[str] = ("127.0.0.1",), more: Sequence[str] = ()) -> list[bytes]:
    """Follows a server of this machine from /0; returns the requests it saw. Its host is allowed, and so are ``more``."""
    steps = iter(locations)
    with RawServer(lambda head: [redirect(next(steps, "/end")) if b" /end " not in head else page()]) as server:
        hosts = frozenset({server.place, *more})
        reader = Reader(hosts=hosts, resolve=lambda host, port: resolve_to)
        reader(f"http://{server.place}/0")
    return server.heads


@pytest.mark.parametrize(
    "location",
    ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1/", "http://127.0.0.1:1/", "//127.0.0.1/", "http://[::1]/",
     "http://2130706433/", "http://inside.example.org/", "HTTP://0x7f.1/", "http://user@127.0.0.1/", "http://example.org:22/"],
)  # fmt: skip
def test_a_redirect_inside_is_refused(location: str) -> None:
    with pytest.raises(Refused) as caught:
        redirecting(location)
    assert "redirects to" in caught.value.message
    assert "machine.toml" not in caught.value.words, "a page must not talk its reader into allowing a host"


@pytest.mark.parametrize(
    "location",
    ["", "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/", "http://", "http://[", "http://a\\b/", "/a\tb",
     "http://exam ple.org/", "http://\x1b]52;c;x\x07/", "http:///x", "data:,x", "x" * 5000],
)  # fmt: skip
def test_a_redirect_to_something_else_is_refused_in_plain_words(location: str) -> None:
    with pytest.raises(Refused) as caught:
        redirecting(location)
    assert caught.value.words.isprintable()


def test_a_redirect_whose_header_is_folded_into_a_second_line_injects_nothing() -> None:
    with pytest.raises(Refused):
        redirecting("/a\r\n X-Injected: 1")


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    assert len(redirecting("/1", "/2", "/end")) == 4
    with pytest.raises(Refused, match="more than 3 times"):
        redirecting("/1", "/2", "/3", "/end")


def test_a_redirect_to_itself_ends() -> None:
    with pytest.raises(Refused, match="more than 3 times"):
        redirecting("/0", "/0", "/0", "/0", "/0")


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("end", b"GET /end "),
        ("./x/../end", b"GET /end "),
        ("/end?a=b#c", b"GET /end?a=b "),
        ("/a\xc3\xb1o", b"GET /a%C3%B1o "),
        ("/caf\xe9", b"GET /caf%C3%A9 "),
        ("/a b", b"GET /a%20b "),
        ("?q", b"GET /0?q "),
    ],
)
def test_relative_and_foreign_letters_in_redirects_are_understood(location: str, asked: bytes) -> None:
    heads = redirecting(location)

    assert heads[1].startswith(asked)


def visits_from_outside(location: str, hosts: frozenset[str], *answers: str) -> list[str]:
    """The numbers that are dialled when a public page redirects there; names lead to the page first, then to ``answers``."""
    dialled: list[str] = []
    resolved = iter([PUBLIC, *answers])
    with RawServer(lambda head: [page() if b" /end " in head else redirect(location)]) as server:

        def dial(address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int, seconds: float) -> socket.socket:
            dialled.append(str(address))
            return socket.create_connection(("127.0.0.1", server.port), seconds)

        reader = Reader(hosts=hosts, resolve=lambda host, port: [next(resolved)], dial=dial)
        with suppress(Refused):
            reader("http://blog.example.org/post")
    return dialled


def test_a_public_page_leads_to_another_public_page() -> None:
    assert visits_from_outside("http://news.example.org/end", frozenset(), "8.8.8.8") == [PUBLIC, "8.8.8.8"]


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1/end", "http://inside.example.org/end", "/end", "http://blog.example.org/end"]
)
def test_a_public_page_leads_nowhere_inside_not_even_under_its_own_name(location: str) -> None:
    assert visits_from_outside(location, frozenset(), "127.0.0.1") == [PUBLIC]


def test_a_public_page_leads_to_no_allowed_host_inside() -> None:
    """Whoever wrote it would choose what is read inside."""
    hosts = frozenset({"wiki.corp.example", "127.0.0.1:8080"})

    assert visits_from_outside("http://wiki.corp.example/end", hosts, "10.0.0.5") == [PUBLIC]
    assert visits_from_outside("http://127.0.0.1:8080/end", hosts) == [PUBLIC]


def test_what_a_page_names_is_read_as_its_redirects_are() -> None:
    reader = Reader(hosts=frozenset({"wiki.corp.example"}), resolve=lambda host, port: ["10.0.0.5"])

    error = refused("http://wiki.corp.example/", reader.beside("https://blog.example.org/post"))
    assert "machine.toml" not in error.words
    assert reader.beside("http://wiki.corp.example/post") == reader


# -- whatever is written


def numbers() -> st.SearchStrategy[str]:
    hostile = [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "::ffff:169.254.169.254",
        "fe80::1%lo",
        "64:ff9b::a00:1",
        "nonsense",
        "",
        "127.1",
    ]
    return st.sampled_from([*hostile, PUBLIC, "2606:4700::1111"]) | st.ip_addresses().map(str)


def hosts() -> st.SearchStrategy[str]:
    return (
        st.text("0123456789abcdefxX.:[]%@#/?\\ _-", max_size=40)
        | st.ip_addresses(v=4).map(lambda number: str(int(number)))
        | st.ip_addresses(v=4).map(lambda number: hex(int(number)))
        | st.ip_addresses(v=6).map(lambda number: f"[{number}]")
        | st.ip_addresses(v=4).map(str)
        | st.text(max_size=20)
        | st.sampled_from(["localhost", "example.org", "１２７.1", "metadata.google.internal"])
    )


SCHEMES = st.sampled_from(["http://", "https://", "HTTP:", "http:/\\"])
PORTS = st.sampled_from(["", ":80", ":22", "@"])
ADDRESSES = st.text(max_size=60) | st.builds("{}{}{}{}".format, SCHEMES, hosts(), PORTS, st.text(max_size=20))


def never_inside(address: str, answers: Sequence[str]) -> None:
    with cut() as seen:
        try:
            Reader(resolve=lambda host, port: answers)(address)
        except ContentkitError as error:
            told = error.words
        else:
            pytest.fail("nothing can have been read")
    assert all(ipaddress.ip_address(number).is_global for number, _ in seen.connections)
    assert {port for _, port in seen.connections} <= {80, 443}
    assert seen.names == []
    assert told == printable(told)


@given(ADDRESSES, st.lists(numbers(), max_size=4))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_and_answered_nothing_inside_is_connected_to(address: str, answers: list[str]) -> None:
    never_inside(address, answers)


@pytest.mark.nightly
@given(ADDRESSES, st.lists(numbers(), max_size=4))
@settings(max_examples=50_000, deadline=None)
def test_whatever_is_written_and_answered_nothing_inside_is_connected_to_at_length(
    address: str, answers: list[str]
) -> None:
    never_inside(address, answers)
