"""A connection to one address. Nothing on it outlasts its deadline, and no more comes in than was allowed.

The limits stand below the reader of HTTP: a chunk's length without end, a header a second, a flood of interim answers,
an endless handshake all meet them.
"""

from __future__ import annotations

import io
import socket
import ssl
from typing import TYPE_CHECKING

import certifi

from contentkit.web.deadline import Deadline
from contentkit.web.target import Target

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


LARGEST_HEADERS = 64 * 1024


class TooMuch(OSError):
    """More came in than was allowed."""


class Line(io.RawIOBase):
    """What comes in over an open socket, and goes out; ``allowed`` are the bytes that may have come in, in all:
    at first those of the headers. ``ended`` says that the other side has said all of it."""

    def __init__(self, opened: socket.socket, deadline: Deadline) -> None:
        self._socket = opened
        self._deadline = deadline
        self._received = 0
        self.ended = False
        self.allowed = LARGEST_HEADERS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Raises OutOfTime, TooMuch and what a socket raises."""
        self._socket.settimeout(self._deadline.left())
        count = self._socket.recv_into(buffer)
        self._received += count
        self.ended = not count
        if self._received > self.allowed:
            raise TooMuch
        return count

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What ``http.client`` reads from."""
        return io.BufferedReader(self)

    def close(self) -> None:
        super().close()
        self._socket.close()


def line_to(target: Target, plain: socket.socket, deadline: Deadline, certificates: str = "") -> Line:
    """A line over a connected socket, encrypted for https; ``certificates`` is a file of trusted ones instead of certifi's.

    Raises OSError: OutOfTime, and what TLS raises; the socket is closed then.
    """
    if target.scheme == "http":
        return Line(plain, deadline)
    try:
        context = ssl.create_default_context(cafile=certificates or certifi.where())
        plain.settimeout(deadline.left())
        # The name of the address that was asked for, never the number: it is what the certificate must be for.
        return Line(context.wrap_socket(plain, server_hostname=target.host.strip("[]")), deadline)
    except BaseException:
        plain.close()
        raise
