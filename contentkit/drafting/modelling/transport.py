"""The wire to a model server: only to where we sent it, only with our own headers, and no answer without end.

Imported where a request is made: it is heavy.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

import certifi
import httpx2 as httpx

# A thread of ten posts is a few kilobytes.
_LONGEST_ANSWER = 4_000_000
# A model that writes word by word may take longer than it may be silent.
_PATIENCE = 10
# All that a server needs of us; whatever else a library or an environment variable adds stays here.
_HEADERS = frozenset(("host", "accept", "connection", "content-type", "content-length"))


class Wire(httpx.BaseTransport):
    """HTTP whose answers end: after ten times ``timeout`` seconds in all, however slowly they drip, and after a size no draft
    has."""

    def __init__(self, timeout: float, api_key: str) -> None:
        self._http = httpx.HTTPTransport(verify=_certificates(), trust_env=False)
        self._timeout = timeout
        self._key = api_key

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        _keep_ours(request, self._key)
        watch = _Watch(_PATIENCE * self._timeout, request)
        try:
            response = self._http.handle_request(request)
        except BaseException as error:
            watch.end()
            raise watch.judged(error) from error
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            watch.end()
            response.close()
            raise httpx.RemoteProtocolError("the answer is packed, which was not asked for", request=request)
        return httpx.Response(
            status_code=response.status_code,
            headers=response.headers,
            stream=_Bounded(response, watch, request),
            request=request,
        )

    def close(self) -> None:
        self._http.close()


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to believe. Read once: that takes longer than many a request."""
    return ssl.create_default_context(cafile=certifi.where())


class _Watch:
    """Cuts the connection of a request when its time is over, whatever it waits for: headers that drip, or an answer.

    The timeouts of the packages are for one reading each, and a server decides how many of those there are.
    """

    def __init__(self, seconds: float, request: httpx.Request) -> None:
        self._deadline = time.monotonic() + seconds
        self._request = request
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        request.extensions = {**request.extensions, "trace": self._connected}
        self._timer.start()

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self._deadline

    def judged(self, error: BaseException) -> BaseException:
        """What an error of the connection means: one that was cut for its time came too late."""
        if not self.is_over or not isinstance(error, httpx.TransportError):
            return error
        if isinstance(error, httpx.ConnectError):
            return httpx.ConnectTimeout("no connection in time", request=self._request)
        return httpx.ReadTimeout("the answer did not end in time", request=self._request)

    def end(self) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    def _connected(self, event: str, told: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            # One of our own: what the package does with its own, to encrypt it or to close it, leaves this one alone.
            copy = told["return_value"].get_extra_info("socket").dup()
            with self._lock:
                self._sockets.append(copy)
            if self.is_over:
                self._cut()

    def _cut(self) -> None:
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):  # it is closed already
                    one.shutdown(socket.SHUT_RDWR)


class _Bounded(httpx.SyncByteStream):
    def __init__(self, response: httpx.Response, watch: _Watch, request: httpx.Request) -> None:
        self._response = response
        self._watch = watch
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        assert isinstance(self._response.stream, httpx.SyncByteStream)
        try:
            for piece in self._response.stream:
                size += len(piece)
                self._refuse_late()
                if size > _LONGEST_ANSWER:
                    raise httpx.RemoteProtocolError("the answer does not end", request=self._request)
                yield piece
        except httpx.TransportError as error:
            raise self._watch.judged(error) from error
        self._refuse_late()  # what was cut may look like an end

    def _refuse_late(self) -> None:
        if self._watch.is_over:
            raise httpx.ReadTimeout("the answer did not end in time", request=self._request)

    def close(self) -> None:
        self._watch.end()
        self._response.close()


def _keep_ours(request: httpx.Request, key: str) -> None:
    """Drops each header that is not ours: the package reads some from the environment."""
    for name in list(request.headers):
        if name.lower() not in _HEADERS:
            del request.headers[name]
    request.headers["user-agent"] = "contentkit"
    request.headers["accept-encoding"] = "identity"
    if key:
        request.headers["authorization"] = f"Bearer {key}"
