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
from urllib3.util.ssltransport import SSLTransport

from contentkit.errors import Unavailable
from contentkit.platforms.deadline import Guard, _trusting
from contentkit.platforms.session import WatchedSession

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"id": "1"}'


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The certificate of 127.0.0.1, which nobody has signed but itself, with its key."""
    path = tmp_path / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path,
         "-out", tmp_path / "certificate.pem", "-days", "1", "-subj", "/CN=x", "-addext", "subjectAltName=IP:127.0.0.1"],
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


def test_no_connection_sets_anew_what_others_read_at_the_same_time(certificate: Path) -> None:
    context = _trusting(str(certificate))
    context.set_alpn_protocols(["other"])
    heard, hello = ssl.MemoryBIO(), ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(heard, hello, server_hostname="127.0.0.1").do_handshake()
    said = hello.read()
    assert b"http/1.1" in said
    assert b"other" not in said


def test_what_is_cut_stays_encrypted_to_its_end(port: int, certificate: Path) -> None:
    guard, trusting = Guard(), _trusting(str(certificate))
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        encrypted = trusting.wrap_socket(plain, server_hostname="127.0.0.1")
        with encrypted, guard.limited(0.05):
            guard.watch(encrypted)
            assert encrypted.recv(1) == b""
            assert encrypted.cipher() is not None


def _shake_hands_twice(client: socket.socket, context: ssl.SSLContext) -> None:
    """Answers as a proxy, and through it as the server behind, and says nothing more until the client is gone."""
    with suppress(OSError), client, context.wrap_socket(client, server_side=True) as outer:
        heard, said = ssl.MemoryBIO(), ssl.MemoryBIO()
        inner = context.wrap_bio(heard, said, server_side=True)
        while data := outer.recv(100_000):
            heard.write(data)
            with suppress(ssl.SSLWantReadError):
                inner.do_handshake()
            if said.pending:
                outer.sendall(said.read())


def test_time_is_limited_through_a_proxy_that_is_encrypted_itself(certificate: Path) -> None:
    guard, trusting, serving = Guard(), _trusting(str(certificate)), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    here, there = socket.socketpair()
    here.settimeout(30)
    server = threading.Thread(target=_shake_hands_twice, args=(there, serving))
    server.start()
    with trusting.wrap_socket(here, server_hostname="127.0.0.1") as outer:
        inner = SSLTransport(outer, trusting, "127.0.0.1")
        with guard.limited(0.05):
            guard.watch(inner)
            assert not inner.recv(1)
    server.join(30)
    assert not server.is_alive()


def test_a_certificate_of_another_name_is_not_trusted(port: int, certificate: Path) -> None:
    assert session("127.0.0.1", port, certificate).read("/x").status == 200
    with pytest.raises(Unavailable, match="not trusted"):
        session("localhost", port, certificate).read("/x")
