"""One time limit for a whole exchange, wherever the server is slow.

The library's time limits are for each read: a server that sends a byte a second, in the headers, in a chunk's length or in a
compressed stream, would hold up everything for ever. So the socket itself is cut when the time is over.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import ALPN_PROTOCOLS, create_urllib3_context
from urllib3.util.ssltransport import SSLTransport

# So long, in seconds, whoever watches the time of exchanges stays although none is under way.
_LOOKS_AFTER = 1.0
# All accounts of a run connect at one moment: the first of them reads whom to trust, and the others wait for it.
_READING = threading.Lock()


class Guard:
    """Knows the sockets of the exchange under way, and cuts them when its time is over.

    Who watches the time is a thread of its own, which stays for the next exchange: to begin one for each would take longer than
    many an answer.
    """

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._turn = threading.Condition()
        self._end: float | None = None
        self._wakes: float | None = None

    def watch(self, opened: socket.socket | SSLTransport | None) -> None:
        if isinstance(opened, SSLTransport):  # through a proxy that is reached over an encrypted connection of its own
            opened = opened.socket
        if opened is not None:
            self._sockets.append(opened)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """What happens within may take so long; then its connections break."""
        self._begin(time.monotonic() + seconds)
        try:
            yield
        finally:
            with self._turn:
                self._end = None
                self._sockets.clear()

    def _begin(self, end: float) -> None:
        with self._turn:
            self._sockets.clear()
            self._end = end
            if self._wakes is None:
                threading.Thread(target=self._keep_watch, daemon=True).start()
                self._wakes = end  # not before: a machine may give no thread now, and one for the next exchange
            elif end < self._wakes:
                self._turn.notify()

    def _keep_watch(self) -> None:
        with self._turn:
            while self._end is not None:
                left = self._end - time.monotonic()
                if left <= 0:
                    self._cut()
                    self._end = None
                    break
                left = min(left, _LOOKS_AFTER)
                self._wakes = time.monotonic() + left
                self._turn.wait(left)
            self._wakes = None

    def _cut(self) -> None:
        for opened in self._sockets:
            with suppress(OSError):
                # An encrypted socket's own would first make it a plain one, over which another thread may be writing.
                socket.socket.shutdown(opened, socket.SHUT_RDWR)


class GuardedAdapter(HTTPAdapter):
    """An adapter whose connections are watched by a guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        guard = self._guard

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                guard.watch(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                guard.watch(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self._pools = {"http": PlainPool, "https": SecurePool}
        self.poolmanager.pool_classes_by_scheme = self._pools

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """As the library has it, but whom to trust is not read anew for each connection: that takes longer than all else."""
        super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
        if conn.ca_certs:
            with _READING:
                conn.conn_kw["ssl_context"] = _trusting(conn.ca_certs)
            conn.ca_certs = None

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


@lru_cache(maxsize=4)
def _trusting(certificates: str) -> ssl.SSLContext:
    """What connections that trust whom this file names have in common, those of all accounts: it takes a megabyte."""
    context: ssl.SSLContext = create_urllib3_context()
    context.load_verify_locations(certificates)
    # Each connection would set these anew while OpenSSL copies them for another: what it then sends is memory set free.
    context.set_alpn_protocols(ALPN_PROTOCOLS)
    context.set_alpn_protocols = lambda alpn_protocols: None  # type: ignore[method-assign]  # noqa: ARG005
    return context
