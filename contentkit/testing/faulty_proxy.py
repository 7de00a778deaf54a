"""A reverse proxy that plays a script of network faults and remembers what passed.

with FaultyProxy(server.url, script=["pass", "close"]) as proxy:
    publish(to=proxy.url)               # the second post is accepted, its answer is lost
assert [passed.fault for passed in proxy.history if passed.fault] == ["pass", "close"]
"""

from __future__ import annotations

import http.client
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from contentkit.testing.faults import AFTERWARDS, INSTEAD, NAMES
from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Reply, Request, Truncated

# RFC 9110, 7.6.1: these belong to one connection and are not passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"})
_UPSTREAM_PATIENCE = 10.0


def changes_something(request: Request) -> bool:
    return request.method not in ("GET", "HEAD")


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request at the proxy: the fault played on it (empty: none was due), and the upstream's answers to it."""

    request: Request
    fault: str
    upstream: tuple[Answer, ...] = ()

    @property
    def forwarded(self) -> int:
        """How often the upstream handled the request."""
        return len(self.upstream)


class FaultyProxy:
    """Forwards to ``upstream_url``; each matching request takes the next fault of the script, then all pass.

    The names of the faults stand in ``contentkit.testing.faults``. ``instead`` are answers in the network's own words, by
    the names of ``INSTEAD`` or by new ones. ``delay`` is in seconds. ``strip_headers`` are taken off every request on its
    way to the upstream.
    """

    def __init__(
        self,
        upstream_url: str,
        script: Iterable[str] = (),
        *,
        matches: Callable[[Request], bool] = changes_something,
        instead: Mapping[str, Callable[[], Answer]] = INSTEAD,
        delay: float = 30.0,
        strip_headers: Iterable[str] = (),
    ) -> None:
        self._upstream = urlsplit(upstream_url).netloc
        self._matches = matches
        self._instead = {**INSTEAD, **instead}
        self._delay = delay
        self._stripped = _HOP_BY_HOP | {name.lower() for name in strip_headers}
        self._script: deque[str] = deque()
        self._history: list[Exchange] = []
        self._lock = threading.Lock()
        self._gate = _Gate()
        self.enqueue(*script)
        self._server = LoopbackServer(self._respond)
        self.url = self._server.url

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gate.close()
        self._server.__exit__(kind, error, trace)

    def enqueue(self, *faults: str) -> None:
        """Appends faults to the script. Raises ValueError for one that does not exist."""
        if unknown := set(faults) - NAMES - set(self._instead):
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}")
        with self._lock:
            self._script.extend(faults)

    @property
    def script(self) -> tuple[str, ...]:
        """The faults that are still to be played."""
        with self._lock:
            return tuple(self._script)

    @property
    def history(self) -> tuple[Exchange, ...]:
        """What passed so far, complete before the client can see an answer."""
        with self._lock:
            return tuple(self._history)

    def wait_until_held(self, timeout: float = 5.0) -> None:
        """Returns once a request stands at ``hold`` or ``hold_before``; raises TimeoutError after so many seconds."""
        self._gate.wait_until_held(timeout)

    def release(self) -> None:
        """Lets every held request go on; later ones are held anew."""
        self._gate.release()

    def _respond(self, request: Request) -> Reply:
        fault = self._next_fault(request)
        if fault == "hold_before" and not self._gate.hold():
            return HangUp.FIN
        answers = tuple(self._forward(request) for _ in range(self._times_forwarded(fault)))
        with self._lock:
            self._history.append(Exchange(request=request, fault=fault, upstream=answers))
        if answers:
            return self._spoiled(fault, answers[-1] if fault == "double_second" else answers[0])
        return self._instead[fault]() if fault in self._instead else _HANG_UPS[fault]

    def _times_forwarded(self, fault: str) -> int:
        if fault in ("double", "double_second"):
            return 2
        return 0 if fault in self._instead or fault in {"drop", "drop_reset"} else 1

    def _next_fault(self, request: Request) -> str:
        if not self._matches(request):
            return ""
        with self._lock:
            return self._script.popleft() if self._script else "pass"

    def _spoiled(self, fault: str, answer: Answer) -> Reply:
        """What is left of the upstream's answer."""
        if fault == "delay":
            self._gate.wait(self._delay)
        if fault == "hold":
            self._gate.hold()
        if fault in _HANG_UPS:
            return _HANG_UPS[fault]
        if fault == "truncate":
            return Truncated(answer)
        return AFTERWARDS[fault](answer) if fault in AFTERWARDS else answer

    def _forward(self, request: Request) -> Answer:
        with closing(http.client.HTTPConnection(self._upstream, timeout=_UPSTREAM_PATIENCE)) as connection:
            # The client's own Host goes through: links that the upstream writes then lead to the proxy again.
            connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
            for name, value in request.headers:
                if name.lower() not in self._stripped:
                    connection.putheader(name, value)
            connection.putheader("Connection", "close")
            connection.endheaders(request.body or None)
            response = connection.getresponse()
            headers = tuple(pair for pair in response.getheaders() if pair[0].lower() not in _HOP_BY_HOP)
            return Answer(status=response.status, headers=headers, body=response.read())


_HANG_UPS = {"close": HangUp.FIN, "reset": HangUp.RST, "drop": HangUp.FIN, "drop_reset": HangUp.RST}


class _Gate:
    """Where requests wait until they are released, or until the proxy closes."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held = 0
        self._releases = 0
        self._closed = False

    def hold(self) -> bool:
        """Waits; true when released, false when the proxy closed."""
        with self._changed:
            mine = self._releases
            self._held += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._releases > mine)
            self._held -= 1
            return self._releases > mine

    def wait(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)

    def wait_until_held(self, timeout: float) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: self._held > 0, timeout):
                raise TimeoutError(f"no request was held within {timeout:g} s")

    def release(self) -> None:
        with self._changed:
            self._releases += 1
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
