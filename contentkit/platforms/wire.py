"""A connection for one exchange: made, encrypted where the address says so, and under one time limit wherever it is slow.

A limit for each read alone would let a server that sends a byte a second hold up everything for ever. And as long as a
connection is being made, also through a proxy, not one byte of the request can have left: whatever fails then says so.
"""

from __future__ import annotations

import socket
import threading
import time
from base64 import b64encode
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import SplitResult, unquote, urlsplit

from contentkit.platforms.http_answers import BrokenAnswer, Incoming
from contentkit.values import dataclass

if TYPE_CHECKING:
    from ssl import SSLContext

USUAL_PORTS = {"http": 80, "https": 443}
# One write of more could take longer than the time that is left: an encrypted socket counts anew for each piece.
_PIECE = 16 * 1024
# All accounts of a run connect at one moment: the first of them reads whom to trust, and the others wait for it.
_READING = threading.Lock()


class NotConnected(OSError):
    """No connection was made. Its words say why, without addresses."""


class Wire:
    """An open connection. ``silence`` is how many seconds the other side may neither say nor take anything, ``end`` the moment
    of the monotonic clock at which all is over; after each of them comes a TimeoutError."""

    def __init__(self, opened: socket.socket, *, silence: float, end: float) -> None:
        self.opened = opened
        self.silence = silence
        self.end = end

    def recv(self, most: int) -> bytes:
        """What came; nothing once the other side has ended. Raises OSError."""
        self.opened.settimeout(self.left())
        return self.opened.recv(most)

    def sendall(self, data: bytes) -> None:
        """Raises OSError: nobody knows then how much of it has arrived."""
        rest = memoryview(data)
        while rest:
            self.opened.settimeout(self.left())
            rest = rest[self.opened.send(rest[:_PIECE]) :]

    def settimeout(self, seconds: float | None) -> None:
        """For what speaks TLS over this wire, which has its time already."""

    def close(self) -> None:
        self.opened.close()

    def left(self) -> float:
        """The seconds that may pass now. Raises TimeoutError for none."""
        seconds = min(self.silence, self.end - time.monotonic())
        if seconds <= 0:
            raise TimeoutError("the time for it is over")
        return seconds


@dataclass(frozen=True, kw_only=True)
class Route:
    """The way to a server, an address with scheme and host; ``proxy`` is the address of one in between, or empty.

    ``certificates`` is a file of those that are trusted instead of certifi's, ``connect`` how many seconds a connection may take
    at each address of a host, ``silence`` as in a ``Wire``.
    """

    server: str
    proxy: str = field(repr=False)  # with a password, perhaps
    certificates: str
    connect: float
    silence: float

    @property
    def is_read_on_its_way(self) -> bool:
        """Whether a proxy gets the requests themselves, and not only what it cannot read."""
        return bool(self.proxy) and self.server.startswith("http:")

    @property
    def admission(self) -> dict[str, str]:
        """The headers by which the proxy lets us in; none where nothing is said of it."""
        parts = urlsplit(self.proxy)
        if not parts.username:
            return {}
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return {"Proxy-Authorization": f"Basic {b64encode(credentials.encode()).decode()}"}

    def wire(self, end: float) -> Wire:
        """A wire to the server that is over at this moment. Raises NotConnected."""
        try:
            wire = self._tunnel(end) if self.proxy else self._to(urlsplit(self.server), end)
        except NotConnected:
            raise
        except (OSError, UnicodeError) as error:
            raise NotConnected(self._why(error)) from error
        wire.silence = self.silence
        return wire

    def _why(self, error: Exception) -> str:
        if self.proxy:
            return "the proxy that machine.toml names opens no way to the server"
        if isinstance(error, socket.gaierror | UnicodeError):
            return "the server's name could not be found"
        if isinstance(error, TimeoutError):
            return "the server did not answer the connection in time"
        return "the server cannot be reached"

    def _to(self, place: SplitResult, end: float) -> Wire:
        """A wire to this very place, encrypted where its address says so."""
        host, port = host_and_port(place)
        wire = Wire(_dialed(host, port, self.connect, end), silence=self.connect, end=end)
        return self._encrypted(wire, host) if place.scheme == "https" else wire

    def _tunnel(self, end: float) -> Wire:
        """A wire to the proxy; for a server that is encrypted, one through it."""
        wire = self._to(urlsplit(self.proxy), end)
        if self.is_read_on_its_way:
            return wire
        host, port = host_and_port(urlsplit(self.server))
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        lines = [
            f"CONNECT {place} HTTP/1.1",
            f"Host: {place}",
            *(f"{k}: {v}" for k, v in self.admission.items()),
            "\r\n",
        ]
        try:
            wire.sendall("\r\n".join(lines).encode("ascii"))
            incoming = Incoming(wire.recv)
            if not 200 <= incoming.head().status < 300 or not incoming.is_read:
                raise BrokenAnswer("the proxy opens no way")
        except BaseException:
            wire.close()
            raise
        return self._encrypted(wire, host)

    def _encrypted(self, wire: Wire, host: str) -> Wire:
        """The wire with TLS spoken over it; closed where that fails. Raises OSError, NotConnected for a certificate."""
        import ssl

        try:
            context = trusting(self.certificates)
            if isinstance(wire.opened, socket.socket) and not isinstance(wire.opened, ssl.SSLSocket):
                wire.opened.settimeout(wire.left())
                # As bytes: of text Python would first ask a library how it is spelt.
                wire.opened = context.wrap_socket(wire.opened, server_hostname=host.encode("ascii"))
                return wire
            from urllib3.util.ssltransport import SSLTransport

            # Both have of a socket what they are asked for here.
            inner = cast("socket.socket", SSLTransport(cast("socket.socket", wire), context, server_hostname=host))
            wire.silence = self.silence
            return Wire(inner, silence=self.silence, end=wire.end)
        except ssl.SSLCertVerificationError as error:
            wire.close()
            raise NotConnected("the server's certificate is not trusted") from error
        except BaseException:
            wire.close()
            raise


def host_and_port(place: SplitResult) -> tuple[str, int]:
    """The host without brackets, and the port, also where it is the usual one."""
    return place.hostname or "", place.port or USUAL_PORTS[place.scheme]


def _dialed(host: str, port: int, seconds: float, end: float) -> socket.socket:
    """A socket to the first address of this host that takes a connection within its seconds. Raises OSError."""
    trouble = OSError("no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM):
        left = min(seconds, end - time.monotonic())
        if left <= 0:
            raise TimeoutError("the time for it is over")
        dialed = socket.socket(family, kind, protocol)
        try:
            dialed.settimeout(left)
            dialed.connect(address)
            # What is written leaves at once: nothing more comes that it could wait for.
            dialed.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            dialed.close()
            trouble = error
        except BaseException:
            dialed.close()
            raise
        else:
            return dialed
    raise trouble


def trusting(certificates: str) -> SSLContext:
    """What connections that trust whom this file names have in common, certifi's where none is named."""
    with _READING:
        return _trusting(certificates)


@lru_cache(maxsize=4)
def _trusting(certificates: str) -> SSLContext:
    """To read it takes longer than all else of a connection, and a megabyte: once for all accounts."""
    import ssl

    import certifi

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(certificates or certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
