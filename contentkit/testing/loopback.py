"""An HTTP server on 127.0.0.1 in threads, whose answers may also be what a broken network makes of them.

It prints nothing, survives clients that vanish, and frees every thread and socket when it closes. A failure of
the test server itself is kept and raised at the end of its ``with`` block, so that no test passes because of one.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

# A client that opens a connection and says nothing is given up after this many seconds.
_PATIENCE = 10.0
_LINGER_ZERO = struct.pack("ii", 1, 0)


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it arrived; ``target`` is the path with its query."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> Mapping[str, list[str]]:
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    def header(self, name: str) -> str:
        """The first header of this name in any case, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole answer; its Content-Length is that of the body unless the headers name one."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def framed(self) -> tuple[tuple[str, str], ...]:
        """The headers with the date and the length they need, and the end of the connection."""
        named = {name.lower() for name, _ in self.headers}
        length = () if "content-length" in named else (("Content-Length", str(len(self.body))),)
        date = () if "date" in named else (("Date", formatdate(usegmt=True)),)
        return (*self.headers, *date, *length, ("Connection", "close"))


@dataclass(frozen=True)
class Truncated:
    """An answer that breaks off after half of its body."""

    answer: Answer


@dataclass(frozen=True)
class Raw:
    """Bytes in place of an answer, exactly as they are; then the connection ends."""

    data: bytes


class HangUp(Enum):
    """No answer at all: an orderly end of the connection (FIN), or a reset (RST)."""

    FIN = "fin"
    RST = "rst"


Reply = Answer | Truncated | Raw | HangUp


class LoopbackServer:
    """Answers each request with what ``respond`` returns, one connection per request, as a context manager."""

    def __init__(self, respond: Callable[[Request], Reply]) -> None:
        self._http = _QuietServer(("127.0.0.1", 0), _handler(respond))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> LoopbackServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()
        if self._http.failures and error is None:
            raise self._http.failures[0]


class _QuietServer(ThreadingHTTPServer):
    """Keeps track of open connections, and joins its threads when it closes."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.failures: list[BaseException] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        error = sys.exception()
        # The client went away, or was silent for too long: what these servers are made for.
        if error is not None and not isinstance(error, OSError):
            self.failures.append(error)

    def hang_up(self) -> None:
        """Ends every connection that is still open, so that no thread waits for a byte that never comes."""
        with self._lock:
            waiting = list(self._open)
        for connection in waiting:
            _end_reading(connection)


def _end_reading(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it ended by itself


def _as_written(reply: Answer | Truncated) -> tuple[Answer, bytes]:
    """What is promised, and the body that comes."""
    if isinstance(reply, Truncated):
        return reply.answer, reply.answer.body[: len(reply.answer.body) // 2]
    return reply, reply.body


def _handler(respond: Callable[[Request], Reply]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = _PATIENCE

        def answer(self) -> None:
            self.close_connection = True
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = tuple(self.headers.items())
            reply = respond(Request(method=self.command, target=self.path, headers=headers, body=body))
            if isinstance(reply, Answer | Truncated):
                self._write(*_as_written(reply))
            elif isinstance(reply, Raw):
                self.wfile.write(reply.data)
            elif reply is HangUp.RST:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
                # Closed here, so that the server cannot say a polite FIN first; the reader still holds the descriptor.
                self.connection.close()

        def _write(self, answer: Answer, body: bytes) -> None:
            self.send_response_only(answer.status)
            for name, value in answer.framed:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: a test's output belongs to pytest."""

    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    return Handler
