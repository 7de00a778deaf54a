"""Answers of HTTP/1.1 as they come in over a connection, read strictly: whatever is odd about one is a broken answer.

The standard library's reader is not used: it takes longer to load than a post to send, and believes lengths that are no numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from contentkit.patterns import regex

# How large an answer may be when unpacked, and all of its headers; what chunks cost, where a server cuts it into many.
LARGEST_ANSWER = 8 * 1024 * 1024
LARGEST_HEADERS = 64 * 1024
_FRAMES = 1024 * 1024
_PIECE = 64 * 1024
_STATUS = regex(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: .*)?")
_HEADER = regex(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\0\r]*)")
_LENGTH = regex(r"[0-9]{1,15}")
_CHUNK = regex(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\0\r]*)?")
# The only one below 200 after which no answer follows.
_SWITCHED = 101
_WITHOUT_BODY = (204, 304)
_PACKED = ("gzip", "x-gzip", "deflate")
# zlib: tell gzip and zlib apart by the first bytes.
_EITHER = 47


class BrokenAnswer(OSError):
    """What came is no whole answer."""


class Head(NamedTuple):
    """Status and headers: names in small letters, the values of those that came more than once joined with commas."""

    status: int
    headers: dict[str, str]


class Incoming:
    """What comes in, line by line and piece by piece. ``receive`` gives at most so many bytes, none at the end."""

    def __init__(self, receive: Callable[[int], bytes]) -> None:
        self._receive = receive
        self._waiting = bytearray()
        self._lines_allowed = LARGEST_HEADERS

    @property
    def is_read(self) -> bool:
        """Whether nothing of what came waits."""
        return not self._waiting

    def head(self) -> Head:
        """The next answer's. Raises BrokenAnswer and what ``receive`` raises."""
        while True:
            line = _STATUS.fullmatch(self._line())
            if not line:
                raise BrokenAnswer("it does not begin as an answer does")
            head = Head(int(line[1]), _joined(self._fields()))
            if head.status >= 200:
                return head
            if head.status == _SWITCHED:
                raise BrokenAnswer("it changes to something that nobody asked for (HTTP 101)")

    def body(self, head: Head, method: str) -> bytes:
        """What follows this head, which is the last of this connection, unpacked. Raises BrokenAnswer as ``head``."""
        if method == "HEAD" or head.status in _WITHOUT_BODY:
            return b""
        content = b"".join(self._pieces(head.headers))
        packed = head.headers.get("content-encoding", "").strip().lower()
        if packed in ("", "identity"):
            return content
        if packed not in _PACKED:
            raise BrokenAnswer("it is packed in a way that nobody asked for")
        return _unpacked(content)

    def _pieces(self, headers: dict[str, str]) -> Iterator[bytes]:
        if "transfer-encoding" in headers:
            if headers["transfer-encoding"].strip().lower() != "chunked":
                raise BrokenAnswer("it comes in a way that nobody knows")
            self._lines_allowed += _FRAMES
            yield from _limited(self._chunks())
        elif "content-length" in headers:
            lengths = {one.strip() for one in headers["content-length"].split(",")}
            if len(lengths) > 1 or not _LENGTH.fullmatch(length := lengths.pop()):
                raise BrokenAnswer("its length is no number")
            if int(length) > LARGEST_ANSWER:
                raise BrokenAnswer("it is too large")
            yield self._exactly(int(length))
        else:
            yield from _limited(iter(self._any, b""))

    def _chunks(self) -> Iterator[bytes]:
        while True:
            line = _CHUNK.fullmatch(self._line())
            if not line:
                raise BrokenAnswer("a piece of it has no length")
            size = int(line[1], 16)
            if not size:
                for _ in self._fields():
                    pass  # what was told too late to be believed
                return
            if size > LARGEST_ANSWER:
                raise BrokenAnswer("it is too large")
            yield self._exactly(size)
            if self._line():
                raise BrokenAnswer("a piece of it is longer than it says")

    def _fields(self) -> Iterator[tuple[str, str]]:
        """The headers up to the empty line, in their order."""
        name, value = "", b""
        while line := self._line():
            if line[:1] in b" \t" and name:
                value += b" " + line.strip()
                continue
            if name:
                yield name, value.decode("latin-1").strip()
            field = _HEADER.fullmatch(line)
            if not field:
                raise BrokenAnswer("its headers are none")
            name, value = field[1].decode().lower(), field[2]
        if name:
            yield name, value.decode("latin-1").strip()

    def _line(self) -> bytes:
        """The next line without its end."""
        looked = 0
        while (end := self._waiting.find(b"\n", looked)) < 0:
            looked = len(self._waiting)
            if looked > self._lines_allowed:
                raise BrokenAnswer("its headers are too large")
            self._wait()
        line = bytes(self._waiting[:end])
        del self._waiting[: end + 1]
        self._lines_allowed -= end + 1
        if self._lines_allowed < 0:
            raise BrokenAnswer("its headers are too large")
        return line.removesuffix(b"\r")

    def _exactly(self, size: int) -> bytes:
        while len(self._waiting) < size:
            self._wait()
        piece = bytes(self._waiting[:size])
        del self._waiting[:size]
        return piece

    def _any(self) -> bytes:
        if not self._waiting:
            return self._receive(_PIECE)
        piece = bytes(self._waiting)
        self._waiting.clear()
        return piece

    def _wait(self) -> None:
        piece = self._receive(_PIECE)
        if not piece:
            raise BrokenAnswer("it breaks off")
        self._waiting += piece


def _joined(fields: Iterator[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in fields:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _limited(pieces: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise BrokenAnswer("it is too large")
        yield piece


def _unpacked(packed: bytes) -> bytes:
    """The first stream of what was packed; like browsers, nothing that is appended to it. Of nothing, nothing."""
    import zlib

    unpacker = zlib.decompressobj(_EITHER)
    try:
        content = unpacker.decompress(packed, LARGEST_ANSWER + 1)
    except zlib.error:
        raise BrokenAnswer("it cannot be unpacked") from None
    if len(content) > LARGEST_ANSWER:
        raise BrokenAnswer("it is too large")
    if packed and not unpacker.eof:
        raise BrokenAnswer("it breaks off")
    return content
