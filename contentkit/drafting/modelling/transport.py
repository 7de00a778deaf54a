"""The wire to a model server: only to where we sent it, only with our own headers, and no answer without end.

Imported where a request is made: it is heavy.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from functools import cache

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
        deadline = time.monotonic() + _PATIENCE * self._timeout
        _keep_ours(request, self._key)
        response = self._http.handle_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise httpx.RemoteProtocolError("the answer is packed, which was not asked for", request=request)
        return httpx.Response(
            status_code=response.status_code,
            headers=response.headers,
            stream=_Bounded(response, deadline, request),
            request=request,
        )

    def close(self) -> None:
        self._http.close()


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to believe. Read once: that takes longer than many a request."""
    return ssl.create_default_context(cafile=certifi.where())


class _Bounded(httpx.SyncByteStream):
    def __init__(self, response: httpx.Response, deadline: float, request: httpx.Request) -> None:
        self._response = response
        self._deadline = deadline
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        assert isinstance(self._response.stream, httpx.SyncByteStream)
        for piece in self._response.stream:
            size += len(piece)
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the answer did not end in time", request=self._request)
            if size > _LONGEST_ANSWER:
                raise httpx.RemoteProtocolError("the answer does not end", request=self._request)
            yield piece

    def close(self) -> None:
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
