"""A connection to one vetted address. Nothing on it outlasts its deadline, and no more comes in than was allowed.

The limits stand below the reader of HTTP: a chunk's length without end, a header a second, a flood of interim answers,
an endless handshake all meet them.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.web.deadline import Deadline
from contentkit.web.public import Address
from contentkit.web.target import Target

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Of a name with many addresses so many are tried, each with its share of the time.
_TRIED = 4


class TooMuch(OSError):
    """More came in than was allowed."""


class Unreached(OSError):
    """No connection was made."""


class Line(io.RawIOBase):
    """What comes in over an open socket, and goes out; ``allowed`` are the bytes that may have come in, in all."""

    def __init__(self, opened: socket.socket, deadline: Deadline, allowed: int) -> None:
        self._socket = opened
        self._deadline = deadline
        self._received = 0
        self.allowed = allowed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Raises OutOfTime, TooMuch and what a socket raises."""
        self._socket.settimeout(self._deadline.left())
        count = self._socket.recv_into(buffer)
        self._received += count
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


def opened(target: Target, addresses: Sequence[Address], deadline: Deadline, certificates: str, allowed: int) -> Line:
    """A line to the first of these addresses that can be reached, encrypted for https.

    ``certificates`` is the file of those that are trusted. Raises OSError: Unreached, OutOfTime, and what TLS raises.
    """
    plain = _connected(addresses, target.port, deadline)
    if target.scheme == "http":
        return Line(plain, deadline, allowed)
    try:
        context = ssl.create_default_context(cafile=certificates)
        plain.settimeout(deadline.left())
        # The name of the address that was asked for, never the number: it is what the certificate must be for.
        secure = context.wrap_socket(plain, server_hostname=target.host.strip("[]"))
    except BaseException:
        plain.close()
        raise
    return Line(secure, deadline, allowed)


def _connected(addresses: Sequence[Address], port: int, deadline: Deadline) -> socket.socket:
    """Raises Unreached, TimeoutError when the last one says nothing."""
    trouble: OSError = Unreached("no address")
    for index, address in enumerate(addresses[:_TRIED]):
        share = deadline.left() / (min(len(addresses), _TRIED) - index)
        try:
            return _connected_to(address, port, share)
        except TimeoutError as error:
            trouble = error
        except OSError as error:
            trouble = Unreached(error.strerror or str(error))
    raise trouble


def _connected_to(address: Address, port: int, seconds: float) -> socket.socket:
    made = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds)
        made.connect((str(address), port))
        if ipaddress.ip_address(made.getpeername()[0]) != address:
            raise ConnectionError("somebody else answered")
    except BaseException:
        made.close()
        raise
    return made
