"""One question and its answer: HTTP as far as reading a page needs it. No cookies, no signing in, no proxies, nothing kept."""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Literal, cast

from contentkit.errors import ContentError, Unavailable
from contentkit.values import dataclass
from contentkit.web.asking import BY_HAND
from contentkit.web.dialing import Unreached
from contentkit.web.line import Line, TooMuch
from contentkit.web.target import Target

LARGEST_BODY = 10 * 1024 * 1024
# What chunks cost, where a server cuts its answer into many.
_FRAMES = 1024 * 1024
_PIECE = 64 * 1024
# zlib: tell gzip and zlib apart by the first bytes.
_EITHER = 47


class Untrusted(Unavailable):
    """The server is there and does not show a certificate that can be trusted: browsers warn of it."""


@dataclass(frozen=True)
class Answer:
    """An answer whose headers were read, and whose body waits; nothing of either was believed yet."""

    target: Target
    response: HTTPResponse
    line: Line

    @property
    def status(self) -> int:
        return self.response.status

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return (self.response.headers.get_all(name) or [""])[0].strip()

    def body(self) -> bytes:
        """All of the body, unpacked. Raises ContentError for too much of it, Unavailable when it breaks off."""
        self.line.allowed += LARGEST_BODY + _FRAMES
        with translated(self.target):
            if (self.response.length or 0) > LARGEST_BODY:
                raise TooMuch
            packed = self.header("Content-Encoding").lower()
            if packed in ("", "identity"):
                return b"".join(_limited(_pieces(self.response)))
            if packed in ("gzip", "x-gzip", "deflate"):
                return b"".join(_limited(_unpacked(_pieces(self.response))))
        message = f"{self.target.place}: sends its page packed in a way that nobody asked for"
        raise ContentError(message, hint=BY_HAND)


@contextmanager
def asked(
    line: Line, target: Target, headers: Mapping[str, str], method: Literal["GET", "HEAD"] = "GET"
) -> Iterator[Answer]:
    """The answer to a question for this target. Raises Unavailable, ContentError for huge headers. Closes the line."""
    lines = [f"{name}: {value}" for name, value in {"Host": target.place, **headers, "Connection": "close"}.items()]
    with closing(line):
        with translated(target):
            line.sendall("\r\n".join((f"{method} {target.path} HTTP/1.1", *lines, "\r\n")).encode("ascii"))
            # It asks of a socket only that it makes a file.
            response = HTTPResponse(cast("socket.socket", line), method=method)
            response.begin()
            if line.ended:  # nobody looked for more unless the headers were not complete
                raise ConnectionError("less than promised")
        with closing(response):
            yield Answer(target, response, line)


@contextmanager
def translated(target: Target) -> Iterator[None]:
    """What sockets, TLS, HTTP and zlib raise, as ours. Raises Unavailable and ContentError."""
    try:
        yield
    except TooMuch:
        hint = "save the part you need as a file, and ingest that"
        raise ContentError(
            f"{target.place}: sends more than contentkit reads (10 MiB, and 64 KiB of headers)", hint=hint
        ) from None
    except ssl.SSLCertVerificationError:
        hint = "open it in a browser: it says what is wrong with the certificate"
        raise Untrusted(f"{target.place}: the server's certificate is not trusted", hint=hint, unheard=True) from None
    except TimeoutError:
        raise Unavailable(f"{target.place}: no answer in time", hint="try again later") from None
    except Unreached:
        hint = "check the address, or try again later"
        raise Unavailable(f"{target.place}: the server cannot be reached", hint=hint, unheard=True) from None
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        hint = "try again later"
        raise Unavailable(f"{target.place}: the connection broke ({type(error).__name__})", hint=hint) from None


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    """Raises HTTPException and ValueError for what is no HTTP, ConnectionError when less came than was promised."""
    while piece := response.read(_PIECE):
        yield piece
    if response.length:
        raise ConnectionError("less than promised")


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The first stream of what was packed; like browsers, nothing that is appended to it. Of nothing, nothing.

    Raises zlib.error, and ConnectionError when it breaks off.
    """
    unpacker = zlib.decompressobj(_EITHER)
    begun = False
    for piece in pieces:
        begun = True
        # One byte more than may come, so that the counting sees it.
        yield unpacker.decompress(piece, LARGEST_BODY + 1)
        if unpacker.eof:
            return
    if begun:
        raise ConnectionError("less than promised")


def _limited(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Raises TooMuch."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_BODY:
            raise TooMuch
        yield piece
