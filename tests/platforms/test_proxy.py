"""The proxy that this machine's user names: requests go through it, its password nowhere else."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from contentkit.errors import ContentError, StateError, Unavailable
from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.session import Bearer, WatchedSession
from contentkit.platforms.wire import Route
from contentkit.platforms.x import X
from contentkit.settings.machine import load_machine
from contentkit.testing.loopback import Answer, LoopbackServer, Request

FAR = "http://social.example"


def _through(proxy: LoopbackServer, credentials: str = "") -> str:
    return proxy.url.replace("http://", f"http://{credentials}")


def test_a_request_goes_to_the_proxy_with_its_password_and_the_answer_comes_back_without(tmp_path: Path) -> None:
    seen: list[Request] = []

    def answer(request: Request) -> Answer:
        seen.append(request)
        return Answer(status=403, body=b'{"error": "not with pa%20ss and YW5hOnBhIHNz"}')

    with LoopbackServer(answer) as proxy:
        session = WatchedSession(FAR, proxy=_through(proxy, "ana:pa%20ss@"))
        exchange = session.read("/api/v2/instance")
    assert seen[0].target == f"{FAR}/api/v2/instance"
    assert seen[0].header("Proxy-Authorization") == "Basic YW5hOnBhIHNz"
    assert exchange.error == "not with *** and ***"


def test_nothing_was_sent_where_the_proxy_opens_no_way() -> None:
    with LoopbackServer(lambda request: Answer(status=502)) as proxy:
        connection = Mastodon().connect(
            Account(name="mine", platform="mastodon", server="https://social.example", proxy=proxy.url),
            {"token": "token"},
            Path(),
        )
        with pytest.raises(Unavailable, match=r"the proxy that machine\.toml names opens no way"):
            connection.publish(Message(text="Hello.", key="k"))


def test_nothing_was_sent_where_nobody_is_at_the_proxys_address() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keys = dict.fromkeys(X.secrets, "key")
    account = Account(name="mine", platform="x", proxy=f"http://127.0.0.1:{port}")
    with pytest.raises(Unavailable):
        X().connect(account, keys, Path()).publish(Message(text="Hello.", key="k"))


def test_a_server_on_this_machine_is_reached_without_the_proxy() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Answer:
        asked.append(request.target)
        return Answer(status=200, body=b"{}")

    with LoopbackServer(answer) as server:
        WatchedSession(server.url, proxy="http://127.0.0.1:9").read("/here")
    assert asked == ["/here"]


def _machine(folder: Path, proxy: str, mode: int = 0o600) -> Path:
    path = folder / "machine.toml"
    path.write_text(f'version = 1\n[network]\nproxy = "{proxy}"\n')
    path.chmod(mode)
    return folder


def test_machine_toml_names_it_and_keeps_its_password_to_itself(tmp_path: Path) -> None:
    machine = load_machine(_machine(tmp_path, "http://ana:hush@proxy.example:3128"))
    assert machine.proxy == "http://ana:hush@proxy.example:3128"
    route = Route(server=FAR, proxy=machine.proxy, certificates="", connect=1, silence=1)
    assert "hush" not in f"{machine!r} {route!r}"
    with pytest.raises(StateError, match="others can read it") as caught:
        load_machine(_machine(tmp_path, "http://ana:hush@proxy.example:3128", 0o644))
    assert "hush" not in str(caught.value)
    assert load_machine(_machine(tmp_path, "http://proxy.example:3128", 0o644)).proxy == "http://proxy.example:3128"


@pytest.mark.parametrize(
    "proxy", ["proxy.example:3128", "socks5://proxy.example", "http://", "http://ana:hush@proxy/x y", "http://p:99999"]
)
def test_what_is_no_proxy_is_refused_and_not_repeated(tmp_path: Path, proxy: str) -> None:
    with pytest.raises(ContentError, match="must be the address of an HTTP proxy") as caught:
        load_machine(_machine(tmp_path, proxy))
    assert "hush" not in f"{caught.value} {caught.value.hint}"


class _Relay:
    """A proxy that opens the way it is asked for to one place, whatever its name; ``asked`` are the ways, in order."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.asked: list[bytes] = []
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> _Relay:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._thread.join(10)
        self._listener.close()

    def _serve(self) -> None:
        client, _ = self._listener.accept()
        with client, socket.create_connection(("127.0.0.1", self._port)) as server:
            self.asked.append(client.recv(4096))
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pass_on, args=(server, client))
            back.start()
            _pass_on(client, server)
            back.join(10)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def test_a_token_passes_the_proxy_only_within_the_tunnel(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "1",
         "-subj", "/CN=social.example", "-addext", "subjectAltName=DNS:social.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client, context.wrap_socket(client, server_side=True) as secure:
                heard.append(secure.recv(4096))
                secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")

        server = threading.Thread(target=serve)
        server.start()
        with _Relay(listener.getsockname()[1]) as relay:
            session = WatchedSession("https://social.example", auth=Bearer("the-token"), proxy=relay.url)
            session.verify = str(certificate)
            assert session.read("/api/v2/instance").status == 200
            session.close()
        server.join(10)
    assert heard[0].startswith(b"GET /api/v2/instance HTTP/1.1\r\n")
    assert (b"the-token" in heard[0], b"the-token" in relay.asked[0]) == (True, False)
    assert relay.asked[0].startswith(b"CONNECT social.example:443 ")
