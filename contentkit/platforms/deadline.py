"""One time limit for a whole exchange, wherever the server is slow.

The library's time limits are for each read: a server that sends a byte a second, in the headers, in a chunk's length or in a
compressed stream, would hold up everything for ever. So the socket itself is cut when the time is over.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Guard:
    """Knows the sockets of the exchange under way, and cuts them when its time is over."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []

    def watch(self, opened: socket.socket | None) -> None:
        if opened is not None:
            self._sockets.append(opened)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """What happens within may take so long; then its connections break."""
        self._sockets.clear()
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._sockets.clear()

    def _cut(self) -> None:
        for opened in self._sockets:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


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

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager
