"""Servers that would hold a reader up, fill its memory or speak nonsense: each gets a typed error, and soon."""

from __future__ import annotations

import gzip
import itertools
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError, ContentkitError, Unavailable
from contentkit.web.reader import Reader
from tests.web.raw_server import RawServer, Script, page
from tests.web.test_reader import reader_of

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
# Far above what is read, far below what would trouble this machine.
FLOOD = 64 * 1024 * 1024
_READ = """
import resource, sys
from contentkit.errors import ContentkitError
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from contentkit.web.reader import Reader
try:
    Reader(hosts=frozenset({sys.argv[1]}), seconds=10)(f"http://{sys.argv[1]}/")
except ContentkitError as error:
    print(type(error).__name__)
"""


def fate_in_a_small_room(script: Script) -> tuple[str, RawServer]:
    """The error in a process with 512 MiB and twenty seconds of a processor, and what the server saw."""
    with RawServer(script) as server:
        done = subprocess.run([sys.executable, "-c", _READ, server.place], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.strip(), server


def failure(*pieces: bytes, seconds: float = 20.0) -> ContentkitError:
    with RawServer(lambda _: pieces) as server, pytest.raises(ContentkitError) as caught:
        reader_of(server, seconds)(f"http://{server.place}/")
    assert caught.value.words.isprintable()
    return caught.value


def flood(start: bytes, piece: bytes) -> Script:
    return lambda _: itertools.chain([start], itertools.repeat(piece, FLOOD // len(piece)))


# -- too slow


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 ", b"2"),
        (OK, b"X-A: b\r\n"),
        (OK + b"X-A: ", b"b"),
        (OK + b"\r\n", b"words"),
        (OK + b"Content-Length: 1000000\r\n\r\n", b"w"),
        (CHUNKED, b"1\r\nw\r\n"),
        (CHUNKED, b"0"),
        (CHUNKED + b"5;", b"x"),
        (CHUNKED + b"0\r\n", b"X-Trailer: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")[:1]),
    ],
    ids=["status", "code", "headers", "header", "body", "length", "chunks", "size", "extension", "trailer", "interim", "packed"],
)  # fmt: skip
def test_a_server_that_drips_is_left_when_the_time_is_over(start: bytes, drop: bytes) -> None:
    def drips(head: bytes) -> Iterator[bytes]:
        yield start
        yield from server.dripping(drop)

    server = RawServer(drips)
    with server, pytest.raises(Unavailable, match="in time"):
        reader_of(server, 0.3)(f"http://{server.place}/")


def test_a_server_that_says_nothing_is_left_when_the_time_is_over() -> None:
    server = RawServer(lambda _: server.silence())
    with server, pytest.raises(Unavailable, match="in time"):
        reader_of(server, 0.2)(f"http://{server.place}/")


def test_redirects_share_one_time() -> None:
    def respond(head: bytes) -> Iterator[bytes]:
        if b" /end " in head:
            yield from server.silence()
        yield b"HTTP/1.1 302 Elsewhere\r\nLocation: /end\r\n"
        for _ in itertools.islice(server.dripping(b""), 20):
            yield b"X-A: b\r\n"
        yield b"\r\n"

    server = RawServer(respond)
    with server, pytest.raises(Unavailable, match="in time"):
        reader_of(server, 0.4)(f"http://{server.place}/")
    assert len(server.heads) == 2


def test_a_resolver_that_never_answers_is_left_when_the_time_is_over() -> None:
    import threading

    over = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        over.wait(30)
        return []

    with pytest.raises(Unavailable, match="could not be found in time"):
        Reader(resolve=hangs, seconds=0.1)("http://pages.example.org/")
    over.set()


def test_a_fault_of_the_resolver_is_not_hidden() -> None:
    def broken(host: str, port: int) -> list[str]:
        raise KeyError(host)

    with pytest.raises(KeyError):
        Reader(resolve=broken)("http://pages.example.org/")


# -- too much


def bomb(floods: int) -> bytes:
    """One gzip stream of so many floods of nothing, without its last bytes: nobody gets to its checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # What is packed after a full flush refers to nothing before it: the same piece may stand there again.
    piece = packer.compress(bytes(FLOOD)) + packer.flush(zlib.Z_FULL_FLUSH)
    return gzip.compress(b"")[:10] + piece * floods


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (OK + b"\r\n", b"w" * 65536),
        (CHUNKED, b"10000\r\n" + b"w" * 65536 + b"\r\n"),
        (CHUNKED, b"f" * 65536),
        (CHUNKED + b"5;", b"x" * 65536),
        (CHUNKED + b"0\r\n", b"X-Trailer: y\r\n" * 4096),
        (CHUNKED + b"0\r\n", b"y" * 65536),
        (OK, b"X-Header: y\r\n" * 4096),
        (OK + b"X-Header: ", b"y" * 65536),
        (b"HTTP/1.1 200 ", b"O" * 65536),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2048),
        (b"", b"HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n" * 2048),
    ],
    ids=["body", "chunks", "size", "extension", "trailers", "trailer", "headers", "header", "status", "interim", "interims"],
)  # fmt: skip
def test_a_flood_is_left_early(start: bytes, piece: bytes) -> None:
    fate, server = fate_in_a_small_room(flood(start, piece))

    assert fate in ("ContentError", "Unavailable")
    # What was sent, and still lies in the buffers of two sockets.
    assert server.sent < 24 * 1024 * 1024


@pytest.mark.parametrize("floods", [1, 16], ids=["64 MiB", "1 GiB"])
def test_a_bomb_is_left_before_it_is_unpacked(floods: int) -> None:
    packed = bomb(floods)
    fate, _ = fate_in_a_small_room(lambda _: [page(packed, "Content-Encoding: gzip")])

    assert fate == "ContentError"


def test_a_bomb_is_unpacked_no_further_than_it_is_read() -> None:
    packed = gzip.compress(bytes(FLOOD))
    tracemalloc.start()
    try:
        failure(page(packed, "Content-Encoding: gzip"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 32 * 1024 * 1024


def test_many_tiny_packed_streams_are_one_page() -> None:
    packed = gzip.compress(b"the page") + gzip.compress(b"") * 100_000
    fate, _ = fate_in_a_small_room(lambda _: [page(packed, "Content-Encoding: gzip")])

    assert fate == ""


def test_a_page_in_chunks_of_a_byte_ends() -> None:
    fate, _ = fate_in_a_small_room(lambda _: [CHUNKED, b"1\r\nw\r\n" * 200_000, b"0\r\n\r\n"])

    assert fate == ""


def test_a_page_that_says_that_it_is_too_large_is_not_begun() -> None:
    assert type(failure(OK + b"Content-Length: 10485761\r\n\r\n")) is ContentError


def test_one_byte_too_many_is_too_many() -> None:
    body = b"x" * (10 * 1024 * 1024 + 1)

    assert type(failure(OK + b"\r\n", body)) is ContentError
    assert type(failure(page(gzip.compress(body), "Content-Encoding: gzip"))) is ContentError


def test_a_picture_is_not_begun() -> None:
    picture = flood(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", b"x" * 65536)
    with RawServer(picture) as server, pytest.raises(ContentError):
        reader_of(server)(f"http://{server.place}/")
    assert server.sent < 16 * 1024 * 1024


# -- nonsense


@pytest.mark.parametrize(
    "said",
    [b"", b"\n", b"\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n",
     b"HTTP/1.1 99999 x\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n", b"ICY 200 OK\r\n\r\nx", b"<html>no headers</html>",
     b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", OK, OK[:-1], OK + b"X-Cut", OK + b"Content-Length: 100\r\n\r\nwords",
     OK + b"X: y\r\n" * 101 + b"\r\n", CHUNKED, CHUNKED + b"zz\r\n", CHUNKED + b"-5\r\nwords\r\n",
     CHUNKED + b"-1\r\nwords\r\n0\r\n\r\n", CHUNKED + b"\r\n\r\n", CHUNKED + b"5\r\nwor",
     CHUNKED + b"ffffffffffffffffffff\r\nwords", CHUNKED + b"5\r\nwords"],
)  # fmt: skip
def test_nonsense_is_for_later(said: bytes) -> None:
    assert type(failure(said)) is Unavailable


def ends_in_a_page_or_a_typed_error(said: Iterable[bytes]) -> None:
    told = ""
    with RawServer(lambda _: said) as server:
        try:
            reader_of(server, 5.0)(f"http://{server.place}/")
        except ContentkitError as error:
            told = error.words
    assert told.isprintable()


@pytest.mark.parametrize(
    "header",
    [b"Content-Length: -5", b"Content-Length: many", b"Content-Length: " + b"9" * 5000, b"no colon", b": no name", b" folded",
     b"Content-Length: 5\r\nContent-Length: 6", b"X-\x00: \x1b[2J", b"Content-Type: \xff\xfe", b"Content-Encoding: \x1b[2J",
     b"Content-Type: text/html\r\n ; charset=x"],
)  # fmt: skip
def test_odd_headers_are_a_page_or_an_error(header: bytes) -> None:
    ends_in_a_page_or_a_typed_error([OK + header + b"\r\n\r\nwords"])


STARTS = [OK, CHUNKED, b"HTTP/1.1 302 x\r\nLocation: ", b"HTTP/1.1 ", b"\r\n", b"5\r\n", b"Content-Length: ", b"\xff"]
SAID = st.lists(st.sampled_from(STARTS) | st.binary(max_size=30), max_size=8)


@given(SAID)
@settings(max_examples=200, deadline=None)
def test_whatever_a_server_says_is_a_page_or_a_typed_error(said: list[bytes]) -> None:
    ends_in_a_page_or_a_typed_error(said)


@pytest.mark.nightly
@given(SAID)
@settings(max_examples=50_000, deadline=None)
def test_whatever_a_server_says_is_a_page_or_a_typed_error_at_length(said: list[bytes]) -> None:
    ends_in_a_page_or_a_typed_error(said)
