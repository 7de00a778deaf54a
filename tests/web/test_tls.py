"""Encrypted pages: the certificate must be for the name that was asked for, and from somebody who is trusted."""

from __future__ import annotations

import socket
import ssl
import subprocess
from dataclasses import dataclass

import pytest

from contentkit.errors import Refused, Unavailable
from contentkit.web.exchange import Untrusted
from contentkit.web.knocking import knock
from contentkit.web.reader import Reader
from tests.web.raw_server import RawServer, page, redirect

NAME = "pages.example.org"


@dataclass(frozen=True, kw_only=True)
class Identity:
    certificate: str
    context: ssl.SSLContext
    names: list[str | None]


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """A server that shows a certificate for one name, and notes the names it is asked for."""
    folder = tmp_path_factory.mktemp("identity")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    names: list[str | None] = []

    def note(_socket: ssl.SSLObject | ssl.SSLSocket, name: str | None, _context: ssl.SSLContext) -> None:
        names.append(name)

    context.sni_callback = note
    return Identity(certificate=str(certificate), context=context, names=names)


def reader_of(server: RawServer, certificates: str, *more: str) -> Reader:
    """A reader that allows this server under its name and its number, and more places."""
    hosts = frozenset({f"{NAME}:{server.port}", server.place, *more})
    return Reader(hosts=hosts, resolve=lambda host, port: ["127.0.0.1"], certificates=certificates, seconds=5)


def test_a_page_is_read_from_its_number_under_its_name(identity: Identity) -> None:
    with RawServer(lambda _: [page(b"ours")], identity.context) as server:
        fetched = reader_of(server, identity.certificate)(f"https://{NAME}:{server.port}/a")

    assert (fetched.body, fetched.address) == (b"ours", f"https://{NAME}:{server.port}/a")
    assert f"\r\nHost: {NAME}:{server.port}\r\n".encode() in server.heads[0]
    assert identity.names[-1] == NAME


def test_a_number_is_read_under_its_number(identity: Identity) -> None:
    with RawServer(lambda _: [page(b"ours")], identity.context) as server:
        assert reader_of(server, identity.certificate)(f"https://127.0.0.1:{server.port}/").body == b"ours"


def untrusted(server: RawServer, reader: Reader, name: str) -> None:
    with pytest.raises(Unavailable, match="certificate is not trusted") as caught:
        reader(f"https://{name}:{server.port}/")
    assert caught.value.unheard
    assert server.heads == [], "nothing was asked of a stranger"


def test_a_certificate_for_another_name_is_not_trusted(identity: Identity) -> None:
    with RawServer(lambda _: [page()], identity.context) as server:
        untrusted(
            server, reader_of(server, identity.certificate, f"other.example.org:{server.port}"), "other.example.org"
        )


def test_a_certificate_of_nobody_known_is_not_trusted(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", identity.certificate)
    with RawServer(lambda _: [page()], identity.context) as server:
        untrusted(server, reader_of(server, ""), NAME)


def test_a_server_that_does_not_speak_tls_is_for_later() -> None:
    with RawServer(lambda _: [page()]) as server, pytest.raises(Unavailable):
        reader_of(server, "")(f"https://{NAME}:{server.port}/")


def test_a_handshake_that_never_ends_is_left_when_the_time_is_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        reader = Reader(hosts=frozenset({f"127.0.0.1:{port}"}), seconds=0.3)
        with pytest.raises(Unavailable, match="in time"):
            reader(f"https://127.0.0.1:{port}/")


def test_a_redirect_never_gives_up_encryption(identity: Identity) -> None:
    with (
        RawServer(lambda _: [page()]) as plain,
        RawServer(lambda _: [redirect(f"http://{plain.place}/")], identity.context) as secure,
        pytest.raises(Refused, match="without encryption"),
    ):
        reader_of(secure, identity.certificate, plain.place)(f"https://{NAME}:{secure.port}/")
    assert plain.visits == 0


def test_a_redirect_may_take_up_encryption(identity: Identity) -> None:
    with (
        RawServer(lambda _: [page(b"ours")], identity.context) as secure,
        RawServer(lambda _: [redirect(f"https://{NAME}:{secure.port}/")]) as plain,
    ):
        assert reader_of(secure, identity.certificate, plain.place)(f"http://{plain.place}/").body == b"ours"


def test_whoever_only_asks_for_a_page_is_told_of_its_certificate(identity: Identity) -> None:
    with RawServer(lambda _: [page()], identity.context) as server, pytest.raises(Untrusted):
        knock(reader_of(server, ""), f"https://{NAME}:{server.port}/")
