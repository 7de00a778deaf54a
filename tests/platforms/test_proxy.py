"""The proxy that this machine's user names: requests go through it, its password nowhere else."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from contentkit.errors import ContentError, StateError, Unavailable
from contentkit.machine import load_machine
from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.session import WatchedSession
from contentkit.platforms.x import X
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
    assert "hush" not in repr(machine)
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
