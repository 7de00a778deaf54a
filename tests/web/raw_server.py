"""A server on 127.0.0.1 that says whatever bytes a test wants it to say, and counts who came."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

# How a client begins that wants to speak TLS: to a server without a context it will never send a head.
TLS = b"\x16\x03"
Script = Callable[[bytes], Iterable[bytes]]


class RawServer:
    """For each connection: reads the head of a request, then sends what ``script`` yields for it until the client has enough.

    ``heads`` are the requests that came, ``sent`` the bytes that a client took, ``visits`` the connections. With a
    ``context`` all of it happens within TLS. A pause of the script ends when the server closes.
    """

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._closing = threading.Event()
        self.port: int = self._listener.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self.heads: list[bytes] = []
        self.visits = 0
        self.sent = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        # Wakes whoever waits for the next client.
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._listener.close()

    def dripping(self, piece: bytes) -> Iterator[bytes]:
        """This piece again and again, a hundred times a second, until the server closes."""
        while not self._closing.wait(0.01):
            yield piece

    def silence(self) -> Iterator[bytes]:
        """Nothing, until the server closes."""
        self._closing.wait(30)
        yield from ()

    def _serve(self) -> None:
        while True:
            client, _ = self._listener.accept()
            with suppress(OSError), client:
                if self._closing.is_set():
                    return
                self.visits += 1
                client.settimeout(10)
                self._answer(client)

    def _answer(self, client: socket.socket) -> None:
        speaker = self._context.wrap_socket(client, server_side=True) if self._context else client
        with speaker:
            head = b""
            while b"\r\n\r\n" not in head and not head.startswith(TLS) and (piece := speaker.recv(65536)):
                head += piece
            self.heads.append(head)
            for piece in self._script(head):
                speaker.sendall(piece)
                self.sent += len(piece)


def page(body: bytes = b"<p>Hello.</p>", *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole answer."""
    lines = ("HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")
