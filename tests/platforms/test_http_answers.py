"""Answers byte for byte: what is understood, and what is taken for broken."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.platforms.http_answers import LARGEST_ANSWER, BrokenAnswer, Head, Incoming

OK = b"HTTP/1.1 200 OK\r\n"


def answered(data: bytes, *, at_once: int = 1 << 20, method: str = "GET") -> tuple[Head, bytes]:
    """The answer that these bytes are, when so many of them come at once."""
    left = bytearray(data)

    def receive(most: int) -> bytes:
        piece = bytes(left[: min(at_once, most)])
        del left[: len(piece)]
        return piece

    incoming = Incoming(receive)
    head = incoming.head()
    return head, incoming.body(head, method)


def chunked(*pieces: bytes) -> bytes:
    told = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))
    return OK + b"Transfer-Encoding: chunked\r\n\r\n" + told


def packed(content: bytes, how: bytes = b"gzip") -> bytes:
    return OK + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s" % (how, len(content), content)


@pytest.mark.parametrize("at_once", [1, 2, 1 << 20])
@pytest.mark.parametrize(
    ("data", "body"),
    [
        (OK + b"Content-Length: 2\r\n\r\n{}", b"{}"),
        (OK + b"Content-Length: 2\r\n\r\n{} and more", b"{}"),
        (OK + b"content-length: 2, 2\r\n\r\n{}", b"{}"),
        (b"HTTP/1.0 200\r\n\r\n{}", b"{}"),
        (b"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", b"{}"),
        (b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\n{}", b"{}"),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 2 + OK + b"Content-Length: 2\r\n\r\n{}", b"{}"),
        (chunked(b"{", b"}"), b"{}"),
        (OK + b"transfer-encoding: CHUNKED\r\n\r\n2;x=y\r\n{}\r\n0\r\nLate: z\r\n\r\n", b"{}"),
        (OK + b"Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n2\r\n{}\r\n0\r\n\r\n", b"{}"),
        (packed(gzip.compress(b"{}", mtime=0)), b"{}"),
        (packed(zlib.compress(b"{}"), b"Deflate"), b"{}"),
        (packed(b""), b""),
        (b"HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n", b""),
    ],
)
def test_an_answer_is_read_however_its_bytes_come(data: bytes, body: bytes, at_once: int) -> None:
    assert answered(data, at_once=at_once)[1] == body


def test_headers_are_read_as_servers_write_them() -> None:
    head, _ = answered(OK + b"Link: <a>\r\nlink:<b>\r\nX-Long: one\r\n  two\r\nX-Name: J\xfcrgen \r\nEmpty:\r\n\r\n")
    assert head == Head(200, {"link": "<a>, <b>", "x-long": "one two", "x-name": "Jürgen", "empty": ""})


def test_an_answer_to_head_has_no_body() -> None:
    assert answered(OK + b"Content-Length: 7\r\n\r\n", method="HEAD")[1] == b""


BROKEN = {
    "nothing": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
    "HTTP/2": b"HTTP/2 200 OK\r\n\r\n",
    "no status": b"HTTP/1.1 OK\r\n\r\n",
    "a status too long": b"HTTP/1.1 2000 OK\r\n\r\n",
    "another protocol": b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\n{}",
    "hints without end": b"HTTP/1.1 103 Early Hints\r\n\r\n" * 4_000,
    "no end of the headers": OK + b"Content-Length: 2\r\n",
    "a header without a name": OK + b": x\r\n\r\n",
    "a space before the colon": OK + b"Content-Length : 2\r\n\r\n{}",
    "a header that is continued before it begins": OK + b" x\r\n\r\n",
    "a line that ends twice": OK + b"X: a\rContent-Length: 2\r\n\r\n{}",
    "a length that is no number": OK + b"Content-Length: +2\r\n\r\n{}",
    "a negative length": OK + b"Content-Length: -2\r\n\r\n{}",
    "an empty length": OK + b"Content-Length:\r\n\r\n{}",
    "two lengths": OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    "less than promised": OK + b"Content-Length: 3\r\n\r\n{}",
    "a length beyond all": OK + b"Content-Length: 99999999999999999999\r\n\r\n{}",
    "too much": OK + b"Content-Length: %d\r\n\r\n" % (LARGEST_ANSWER + 1),
    "too much without a length": OK + b"\r\n" + b" " * (LARGEST_ANSWER + 1),
    "another coding": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "a chunk without a length": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "a negative chunk": OK + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
    "a chunk longer than it says": OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
    "chunks without an end": chunked(b"{}").removesuffix(b"0\r\n\r\n"),
    "chunks that break off in their last line": chunked(b"{}").removesuffix(b"\r\n"),
    "a chunk that is too large": OK + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n",
    "chunks that are too many": chunked(*[b"x"] * 300_000),
    "headers without end": OK + b"X: y\r\n" * 20_000,
    "a header without end": OK + b"X: " + b"y" * 70_000,
    "interim answers without end": b"HTTP/1.1 100 Continue\r\n\r\n" * 5_000,
    "an unknown packing": packed(b"{}", b"br"),
    "no packing at all": packed(b"{}"),
    "packed, and broken off": packed(gzip.compress(b"{}")[:-4]),
    "packed without end": packed(gzip.compress(bytes(LARGEST_ANSWER + 1))),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_odd_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenAnswer):
        answered(data)


@given(st.binary(max_size=60), st.sampled_from([b"", OK, OK + b"Transfer-Encoding: chunked\r\n\r\n", packed(b"")]))
def test_whatever_comes_is_an_answer_or_a_broken_one(data: bytes, begin: bytes) -> None:
    try:
        head, body = answered(begin + data, at_once=7)
    except BrokenAnswer:
        return
    assert 200 <= head.status <= 999
    assert len(body) <= LARGEST_ANSWER
