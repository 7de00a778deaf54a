"""Reading a page, a feed, a file: what is asked, what comes back, and what each other answer is called."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from contentkit import __version__
from contentkit.errors import ContentError, ContentkitError, Refused, Unavailable
from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Reply, Request, Truncated
from contentkit.web import Fetched
from contentkit.web.reader import Reader
from tests.web.raw_server import RawServer, page

HTML = ("Content-Type", "text/html; charset=UTF-8")
PAGE = Answer(status=200, headers=(HTML,), body="<p>Größe</p>".encode())


def reader_of(server: LoopbackServer | RawServer, seconds: float = 20.0) -> Reader:
    """A reader on a machine that allows this server."""
    place = server.place if isinstance(server, RawServer) else urlsplit(server.url).netloc
    return Reader(hosts=frozenset({place}), seconds=seconds)


def read(reply: Reply, path: str = "/page", **known: str) -> Fetched:
    with LoopbackServer(lambda request: reply) as server:
        return reader_of(server)(server.url + path, **known)


def failure(reply: Reply) -> ContentkitError:
    with pytest.raises(ContentkitError) as caught:
        read(reply)
    return caught.value


def recorded(reply: Callable[[Request], Reply], address: str = "/page", **known: str) -> list[Request]:
    """The requests that one reading makes."""
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return reply(request)

    with LoopbackServer(respond) as server:
        reader_of(server)(server.url + address, **known)
    return seen


# -- what is asked


def test_a_request_says_who_asks_and_carries_nothing_else() -> None:
    [request] = recorded(lambda _: PAGE)

    assert (request.method, request.target, request.body) == ("GET", "/page", b"")
    assert {name.lower() for name, _ in request.headers} == {
        "host", "user-agent", "accept", "accept-encoding", "connection",
    }  # fmt: skip
    assert request.header("User-Agent") == f"contentkit/{__version__}"
    assert request.header("Accept-Encoding") == "gzip"


def test_no_proxy_and_no_password_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".netrc").write_text("machine 127.0.0.1 login me password hunter2\n")
    (home / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(home))
    with RawServer(lambda _: [page(b"from the proxy")]) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.place}")
        monkeypatch.setenv("no_proxy", "")
        [request] = recorded(lambda _: PAGE)
        assert proxy.visits == 0
    assert not request.header("Authorization")


def test_cookies_are_not_kept_from_one_answer_to_the_next_request() -> None:
    def respond(request: Request) -> Reply:
        if request.target == "/page":
            return Answer(status=302, headers=(("Location", "/next"), ("Set-Cookie", "a=b; Path=/")))
        return PAGE

    assert [request.header("Cookie") for request in recorded(respond)] == ["", ""]


def test_letters_and_spaces_of_a_path_are_encoded_once_and_a_fragment_is_kept_back() -> None:
    [request] = recorded(lambda _: PAGE, "/año nuevo/%C3%A9?q=¿sí?&r=a+b#año")

    assert request.target == "/a%C3%B1o%20nuevo/%C3%A9?q=%C2%BFs%C3%AD?&r=a+b"


def test_a_query_without_a_path_is_asked_of_the_root() -> None:
    [request] = recorded(lambda _: PAGE, "?p=1")

    assert request.target == "/?p=1"


# -- what comes back


def test_a_page_comes_with_its_address_type_charset_and_tags() -> None:
    tags = (("ETag", '"v1"'), ("Last-Modified", "Sat, 21 Nov 2026 08:00:00 GMT"))
    with LoopbackServer(lambda _: Answer(status=200, headers=(HTML, *tags), body=b"x")) as server:
        fetched = reader_of(server)(f" {server.url.upper()}/page?a=b#c ")

    assert fetched == Fetched(
        address=f"{server.url}/page?a=b",
        status=200,
        content_type="text/html",
        charset="utf-8",
        body=b"x",
        etag='"v1"',
        modified="Sat, 21 Nov 2026 08:00:00 GMT",
    )


def test_bytes_are_as_they_came_byte_order_mark_included() -> None:
    body = "\ufeff<p>Größe</p>".encode()

    assert read(Answer(status=200, headers=(HTML,), body=body)).body == body


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("text/html", ("text/html", "")),
        ("TEXT/HTML;Charset=\"ISO-8859-1\"", ("text/html", "iso-8859-1")),
        ("text/plain; format=flowed; charset=utf-8; x=y", ("text/plain", "utf-8")),
        ("text/html; charset=\x1b[2J", ("text/html", "")),
        ("application/json;charset=" + "x" * 300, ("application/json", "x" * 40)),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_types_and_charsets_are_taken_apart(header: str, told: tuple[str, str]) -> None:
    fetched = read(Answer(status=200, headers=(("Content-Type", header),), body=b"x"))

    assert (fetched.content_type, fetched.charset) == told


def test_a_page_without_a_type_is_read_too() -> None:
    assert read(Answer(status=200, body=b"words")).content_type == ""


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate", "GZIP"])
def test_packed_pages_are_unpacked(packing: str) -> None:
    body = b"words, " * 30_000
    packed = zlib.compress(body) if packing == "deflate" else gzip.compress(body)

    assert read(Answer(status=200, headers=(HTML, ("Content-Encoding", packing)), body=packed)).body == body


def test_what_is_appended_to_a_packed_page_is_left_out_as_browsers_do() -> None:
    packed = gzip.compress(b"the page") + b"\0" * 10 + gzip.compress(b"more")

    assert read(Answer(status=200, headers=(HTML, ("Content-Encoding", "gzip")), body=packed)).body == b"the page"


def test_a_packed_page_of_nothing_is_empty() -> None:
    assert read(Answer(status=200, headers=(HTML, ("Content-Encoding", "gzip")))).body == b""


def test_a_page_in_chunks_is_put_together() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = [b"5\r\nHello\r\n", b"7;x=y\r\n, world\r\n", b"0\r\nX-Trailer: 1\r\n\r\n"]
    with RawServer(lambda _: [head, *chunks]) as server:
        assert reader_of(server)(f"http://{server.place}/").body == b"Hello, world"


def test_a_page_that_ends_with_its_connection_is_read_to_the_end() -> None:
    with RawServer(lambda _: [b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"Hello", b", world"]) as server:
        assert reader_of(server)(f"http://{server.place}/").body == b"Hello, world"


def test_the_largest_page_is_just_read() -> None:
    body = b"x" * 10 * 1024 * 1024

    assert read(Answer(status=200, headers=(HTML,), body=body)).body == body
    assert read(Answer(status=200, headers=(HTML, ("Content-Encoding", "gzip")), body=gzip.compress(body))).body == body


# -- is there something new


def test_tags_of_an_earlier_answer_are_asked_with_and_nothing_new_is_an_answer() -> None:
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return Answer(status=304)

    with LoopbackServer(respond) as server:
        fetched = reader_of(server)(server.url + "/feed", etag='W/"v1"', modified="Sat, 21 Nov 2026 08:00:00 GMT")

    assert (fetched.status, fetched.body, fetched.address) == (304, b"", server.url + "/feed")
    assert (fetched.etag, fetched.modified) == ('W/"v1"', "Sat, 21 Nov 2026 08:00:00 GMT")
    assert seen[0].header("If-None-Match") == 'W/"v1"'
    assert seen[0].header("If-Modified-Since") == "Sat, 21 Nov 2026 08:00:00 GMT"


@pytest.mark.parametrize("tag", ['"a\r\nX-Injected: 1"', '"a\nb"', '"ü"', '"\x1b[2J"', '"' + "x" * 2000 + '"'])
def test_a_tag_that_is_no_plain_value_is_not_sent(tag: str) -> None:
    [request] = recorded(lambda _: PAGE, etag=tag, modified=tag)

    assert not request.header("If-None-Match")
    assert not request.header("If-Modified-Since")
    assert not request.header("X-Injected")


def test_a_tag_that_is_no_plain_value_is_not_kept() -> None:
    with RawServer(lambda _: [page(b"x", 'ETag: "\xfc\x1b[2J"', "Last-Modified: \x07")]) as server:
        fetched = reader_of(server)(f"http://{server.place}/")

    assert (fetched.etag, fetched.modified) == ("", "")


def test_nothing_new_is_no_answer_to_who_knows_nothing_yet() -> None:
    assert isinstance(failure(Answer(status=304)), Refused)


# -- other answers


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 406, 410, 418, 451, 204, 206, 300, 305])
def test_an_answer_that_will_stay_so_is_refused_with_what_to_do(status: int) -> None:
    error = failure(Answer(status=status))

    assert type(error) is Refused
    assert f"HTTP {status}" in error.message
    assert error.hint


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 599])
def test_an_answer_that_may_change_is_for_later(status: int) -> None:
    error = failure(Answer(status=status))

    assert type(error) is Unavailable
    assert error.hint == "try again later"
    assert error.wait is None


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("90", timedelta(seconds=90)),
        ("99999999999999", timedelta(hours=24)),
        ("Sun, 22 Nov 2026 08:10:00 GMT", timedelta(minutes=10)),
        ("Sun, 22 Nov 2026 07:00:00 GMT", timedelta(0)),
        ("Sun, 22 Nov 2099 07:00:00 GMT", timedelta(hours=24)),
        ("-5", None),
        ("soon", None),
        ("٣", None),
        ("Sun, 99 Nov 20x6", None),
    ],
)
def test_how_long_to_wait_is_told_by_the_servers_own_clock(told: str, wait: timedelta | None) -> None:
    headers = (("Retry-After", told.encode().decode("latin-1")), ("Date", "Sun, 22 Nov 2026 08:00:00 GMT"))
    error = failure(Answer(status=503, headers=headers))

    assert isinstance(error, Unavailable)
    assert error.wait == wait


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream", "text/html2", "x\x1b[2J"])
def test_what_no_source_can_be_made_of_is_not_read(kind: str) -> None:
    with RawServer(lambda _: [page(b"x" * 100, kind=kind)]) as server, pytest.raises(ContentError) as caught:
        reader_of(server)(f"http://{server.place}/")

    assert caught.value.message.isprintable()


@pytest.mark.parametrize("kind", ["application/rss+xml", "application/x-rss+xml", "text/rss+xml"])
def test_a_feed_is_read_under_each_name_that_servers_give_it(kind: str) -> None:
    assert read(Answer(status=200, headers=(("Content-Type", kind),), body=b"<rss/>")).content_type == kind


def test_a_caller_may_read_other_types() -> None:
    with RawServer(lambda _: [page(kind="text/calendar")]) as server:
        reader = Reader(hosts=frozenset({server.place}), types=frozenset({"text/calendar"}))
        assert reader(f"http://{server.place}/").content_type == "text/calendar"


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "compress"])
def test_what_is_packed_in_another_way_is_not_read(packing: str) -> None:
    error = failure(Answer(status=200, headers=(HTML, ("Content-Encoding", packing)), body=b"x"))

    assert type(error) is ContentError
    assert "save the page" in error.hint


@pytest.mark.parametrize("location", ["file:///etc/hostname", "gopher://example.org/", "http://a b/"])
def test_a_redirect_to_no_page_says_what_to_do_instead(location: str) -> None:
    error = failure(Answer(status=302, headers=(("Location", location),)))

    assert type(error) is Refused
    assert "save the page" in error.hint


@pytest.mark.parametrize("reply", [HangUp.FIN, HangUp.RST, Truncated(PAGE)])
def test_a_broken_connection_is_for_later(reply: Reply) -> None:
    assert type(failure(reply)) is Unavailable


@pytest.mark.parametrize(
    "packed", [gzip.compress(b"words " * 1000)[:-9], b"\x1f\x8b broken", b"words"], ids=["cut", "odd", "not packed"]
)
def test_a_broken_packing_is_for_later(packed: bytes) -> None:
    answer = Answer(status=200, headers=(HTML, ("Content-Encoding", "gzip")), body=packed)

    assert type(failure(answer)) is Unavailable


def test_nobody_listens() -> None:
    with LoopbackServer(lambda _: PAGE) as server:
        reader = reader_of(server)
    with pytest.raises(Unavailable) as caught:
        reader(server.url)

    assert caught.value.unheard


def test_messages_name_the_host_and_never_the_path_or_query() -> None:
    with LoopbackServer(lambda _: Answer(status=404)) as server, pytest.raises(Refused) as caught:
        reader_of(server)(f"{server.url}/private/k3y?token=s3cret")

    assert caught.value.message == f"{urlsplit(server.url).netloc}: has no such page (HTTP 404)"


def test_a_reader_that_reads_nothing_loads_neither_tls_nor_http() -> None:
    code = "import sys, contentkit.web.reader; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not set(done.stdout.split()) & {"ssl", "http.client", "requests", "urllib3", "idna", "certifi"}
