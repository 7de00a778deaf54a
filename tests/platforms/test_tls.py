"""Encrypted connections: whom to trust is read once, and each connection still proves whom it leads to."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import certifi
import pytest

from contentkit.errors import Unavailable
from contentkit.platforms.session import Bearer, WatchedSession
from contentkit.platforms.wire import _trusting

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"id": "1"}'


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The certificate of 127.0.0.1, which nobody has signed but itself, with its key."""
    path = tmp_path / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path,
         "-out", tmp_path / "certificate.pem", "-days", "1", "-subj", "/CN=x",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:social.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + (tmp_path / "certificate.pem").read_bytes())
    return path


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    """Where a server answers each connection once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                client, _ = listener.accept()
                with suppress(OSError), client, context.wrap_socket(client, server_side=True) as secure:
                    secure.recv(10_000)
                    secure.sendall(ANSWER)

        def until_closed() -> None:
            with suppress(OSError):
                serve()

        thread = threading.Thread(target=until_closed)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(30)


def session(host: str, port: int, trusted: Path | None = None) -> WatchedSession:
    made = WatchedSession(f"https://{host}:{port}", read=10)
    if trusted:
        made.verify = str(trusted)
    return made


def test_whom_to_trust_is_read_once_for_all_connections(port: int, certificate: Path) -> None:
    read = _trusting.cache_info().misses
    for mine in (session("127.0.0.1", port, certificate), session("127.0.0.1", port, certificate)):
        assert [mine.read("/x").json() for _ in range(3)] == [{"id": "1"}] * 3
    assert _trusting.cache_info().misses == read + 1


def test_accounts_that_connect_at_one_moment_read_it_once(port: int, certificate: Path) -> None:
    certificate.write_bytes(certificate.read_bytes() + Path(certifi.where()).read_bytes())
    read, together = _trusting.cache_info().misses, threading.Barrier(4, timeout=30)

    def ask(mine: WatchedSession) -> int:
        together.wait()
        return mine.read("/x").status

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, [session("127.0.0.1", port, certificate) for _ in range(4)])) == [200] * 4
    assert _trusting.cache_info().misses == read + 1


def test_a_server_that_is_trusted_by_one_is_not_by_another(port: int, certificate: Path) -> None:
    assert session("127.0.0.1", port, certificate).read("/x").status == 200
    with pytest.raises(Unavailable, match="not trusted"):
        session("127.0.0.1", port).read("/x")


def test_who_does_not_want_to_hear_all_of_it_is_heard(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    refusal = b'HTTP/1.1 413 Too Large\r\nContent-Length: 21\r\nConnection: close\r\n\r\n{"error":"too large"}'

    def refuse(listener: socket.socket) -> None:
        client, _ = listener.accept()
        with context.wrap_socket(client, server_side=True) as secure:
            secure.recv(1)
            secure.sendall(refusal)
            secure.shutdown(socket.SHUT_WR)

    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        refused = pool.submit(refuse, listener)
        mine = session("127.0.0.1", listener.getsockname()[1], certificate)
        answer = mine.hand_over("/media", files={"file": ("film.mp4", bytes(8_000_000), "video/mp4")})
        refused.result()

    assert (answer.status, answer.error) == (413, "too large")


def test_a_server_is_asked_for_the_protocol_that_is_spoken(certificate: Path) -> None:
    heard, hello = ssl.MemoryBIO(), ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        _trusting(str(certificate)).wrap_bio(heard, hello, server_hostname="127.0.0.1").do_handshake()
    assert b"http/1.1" in hello.read()


class _EncryptedProxy:
    """A proxy that is reached over TLS, and plays the server behind it, too; ``answer`` is what that says. ``heard`` are what the
    proxy and the server were asked."""

    def __init__(self, certificate: Path, answer: bytes) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self.heard: list[bytes] = []
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> _EncryptedProxy:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._thread.join(30)
        self._listener.close()

    def _serve(self) -> None:
        client, _ = self._listener.accept()
        with suppress(OSError), client, self._context.wrap_socket(client, server_side=True) as outer:
            self.heard.append(outer.recv(10_000))
            outer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._behind(outer)

    def _behind(self, outer: ssl.SSLSocket) -> None:
        """The server, until the client is gone."""
        came, goes = ssl.MemoryBIO(), ssl.MemoryBIO()
        inner, met = self._context.wrap_bio(came, goes, server_side=True), False
        while data := outer.recv(100_000):
            came.write(data)
            with suppress(ssl.SSLWantReadError):
                if not met:
                    inner.do_handshake()
                    met = True
                self.heard.append(inner.read(10_000))
                inner.write(self._answer)
            outer.sendall(goes.read())


def _through(proxy: _EncryptedProxy, certificate: Path, read: float = 10) -> WatchedSession:
    made = WatchedSession("https://social.example", auth=Bearer("the-token"), proxy=proxy.url, read=read)
    made.verify = str(certificate)
    return made


def test_a_proxy_that_is_encrypted_itself_cannot_read_what_it_passes_on(certificate: Path) -> None:
    with _EncryptedProxy(certificate, ANSWER) as proxy:
        assert _through(proxy, certificate).read("/x").json() == {"id": "1"}
    asked, passed_on = proxy.heard
    assert asked.startswith(b"CONNECT social.example:443 HTTP/1.1\r\n")
    assert passed_on.startswith(b"GET /x HTTP/1.1\r\n")
    assert (b"the-token" in asked, b"the-token" in passed_on) == (False, True)


def test_time_is_limited_through_a_proxy_that_is_encrypted_itself(certificate: Path) -> None:
    with _EncryptedProxy(certificate, b"") as proxy:
        session = _through(proxy, certificate, read=0.3)
        with pytest.raises(Unavailable, match="no answer in time") as caught:
            session.read("/x")
    assert not caught.value.unheard


def test_an_encrypted_server_that_says_nothing_was_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        made = WatchedSession(f"https://127.0.0.1:{silent.getsockname()[1]}", connect=0.2)
        with pytest.raises(Unavailable, match="did not answer the connection in time") as caught:
            made.read("/x")
    assert caught.value.unheard


def test_a_certificate_of_another_name_is_not_trusted(port: int, certificate: Path) -> None:
    assert session("127.0.0.1", port, certificate).read("/x").status == 200
    with pytest.raises(Unavailable, match="not trusted"):
        session("localhost", port, certificate).read("/x")
