"""The fate of a request, against the truth: what a server that plays a fault really has afterwards."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.models import Account
from contentkit.platforms import Message, Status
from contentkit.platforms.mastodon import Mastodon, MastodonConnection
from contentkit.platforms.session import Exchange, WatchedSession, answer_of, failure_of, wait_of
from contentkit.testing.faults import NAMES
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy

SENT = {"pass", "odd_headers", "double", "continues", "hints"}
# Two more are taken for sent, for a moment: the publisher looks whether the status is there.
BELIEVED = {*SENT, "double_second", "other_id", "silent_drop"}
REFUSED = {"refuse", "forbidden", "not_found"}
TOO_MANY = {"too_many", "too_many_bare", "too_many_epoch", "too_many_past", "too_many_for_ever", "too_many_after"}
UNAVAILABLE = {*TOO_MANY, "unauthorized", "payment"}
# The server took the post and says that it did not: the publisher looks before it sends it again.
LIES = {"too_many_after"}
BLOCKING = {"hold", "hold_before"}


def connection(url: str, token: str = "compatible-token") -> MastodonConnection:
    account = Account(name="mine", platform="mastodon", server=url)
    return MastodonConnection(account, token, WatchedSession(url, connect=1, read=0.7))


def fate(publish: Callable[[], Status]) -> type[PlatformError] | None:
    try:
        publish()
    except PlatformError as error:
        return type(error)
    return None


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.mark.parametrize("fault", sorted(NAMES - BLOCKING))
def test_the_fate_is_what_the_exchange_proves_and_never_contradicts_the_server(
    fault: str, server: CompatibleServer
) -> None:
    with FaultyProxy(server.url, [fault], delay=1.5) as proxy:
        told = fate(lambda: connection(proxy.url).publish(Message(text="Hello.", key="k1")))
    expected = (
        None
        if fault in BELIEVED
        else Refused
        if fault in REFUSED
        else Unavailable
        if fault in UNAVAILABLE
        else Uncertain
    )
    assert told is expected
    if told is None:
        assert bool(server.statuses) == (fault != "silent_drop")
    if told in (Refused, Unavailable) and fault not in LIES:
        assert not server.statuses
    assert len(server.statuses) <= (2 if fault.startswith("double") else 1)


def test_one_publish_is_one_request_whatever_the_answer(server: CompatibleServer) -> None:
    for fault in sorted(NAMES - BLOCKING - {"double", "double_second"}):
        with FaultyProxy(server.url, [fault], delay=1.5) as proxy:
            fate(lambda: connection(proxy.url).publish(Message(text="Hello.", key="k1")))
            assert len([one for one in proxy.history if one.request.method == "POST"]) == 1, fault


def test_the_key_the_parent_and_all_words_arrive(server: CompatibleServer) -> None:
    mine = connection(server.url)
    first = mine.publish(
        Message(text="One & two <three>", key="key-1", visibility="unlisted", warning="Careful", language="es")
    )
    second = mine.publish(Message(text="Reply\n\nwith a paragraph", key="key-2", parent=first.remote_id))
    one, two = server.statuses
    assert (one.text, one.visibility, one.spoiler_text, one.language, one.key) == (
        "One & two <three>", "unlisted", "Careful", "es", "key-1",
    )  # fmt: skip
    assert (two.text, two.in_reply_to_id, second.parent) == ("Reply\n\nwith a paragraph", one.id, one.id)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert fate(lambda: connection(f"http://127.0.0.1:{port}").publish(Message(text="x", key="k"))) is Unavailable


def test_the_name_of_the_server_is_unknown() -> None:
    assert fate(lambda: connection("http://no-such-host.invalid").publish(Message(text="x", key="k"))) is Unavailable


def test_a_certificate_that_nobody_trusts_gets_no_token(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "1",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                client, _ = listener.accept()
                with client, context.wrap_socket(client, server_side=True) as secure:
                    heard.append(secure.recv(1000))
            except OSError:
                pass

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        assert fate(lambda: connection(url).publish(Message(text="x", key="k"))) is Unavailable
        thread.join()
    assert b"".join(heard) == b""


def test_an_answer_about_another_parent_is_no_confirmation() -> None:
    answer = Answer(
        status=200, body=b'{"id": "7", "in_reply_to_id": "99"}', headers=(("Content-Type", "application/json"),)
    )
    with LoopbackServer(lambda request: answer) as odd:
        assert fate(lambda: connection(odd.url).publish(Message(text="x", key="k", parent="5"))) is Uncertain


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'"x"',
        b"{}",
        b'{"id": 5.5}',
        b'{"id": true}',
        b'{"id": -1}',
        b'{"id": ""}',
        b'{"id": null}',
        b"<html>",
        b'{"id": "5"',
        b"\xff\xfe",
    ],
)
def test_a_success_without_an_id_is_a_doubt(body: bytes) -> None:
    with pytest.raises(Uncertain):
        answer_of(Exchange(method="POST", status=200, body=body), "example.org")


@pytest.mark.parametrize("status", [400, 403, 404, 410, 413, 422])
def test_a_refusal_counts_only_in_the_networks_own_shape(status: int) -> None:
    assert isinstance(failure_of(Exchange(method="POST", status=status, body=b'{"error": "no"}'), "x"), Refused)
    assert isinstance(
        failure_of(Exchange(method="POST", status=status, body=b"<html>proxy says no</html>"), "x"), Uncertain
    )


@pytest.mark.parametrize(
    "status", [*range(300, 309), 405, 406, 408, 409, 411, 418, 425, 451, *range(500, 512), 520, 599]
)
def test_any_other_answer_is_a_doubt(status: int) -> None:
    assert isinstance(failure_of(Exchange(method="POST", status=status, body=b'{"error": "odd"}'), "x"), Uncertain)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "30"}, 30),
        ({"retry-after": "1"}, 10),
        ({"retry-after": "0"}, 300),
        ({"retry-after": "Sun, 22 Nov 2026 12:01:00 GMT"}, 60),
        ({"x-ratelimit-reset": "2026-11-22T12:05:00.000Z"}, 300),
        ({"x-ratelimit-reset": "2026-11-22T12:20:00.000"}, 1200),
        ({"x-ratelimit-reset": "1795349100"}, 300),
        ({"x-ratelimit-reset": "1795349160000"}, 360),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "90"}, 90),
        ({"ratelimit-remaining": "7", "ratelimit-reset": "90"}, 300),
        ({"x-rate-limit-reset": "1795349400", "x-app-limit-24hour-reset": "99999999999"}, 600),
        ({"x-rate-limit-reset": "1795349400", "x-app-limit-24hour-reset": "1795431600"}, 82800),
        ({"x-ratelimit-reset": "2026-11-22T11:00:00Z"}, 300),
        ({"x-ratelimit-reset": "2126-11-22T11:00:00Z"}, 300),
        ({"x-ratelimit-reset": "9999-12-31T23:59:59.999Z"}, 300),
        ({"x-ratelimit-reset": "the day after tomorrow"}, 300),
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, 300),
        ({}, 300),
    ],
)
def test_how_long_a_rate_limit_lasts(headers: dict[str, str], seconds: int) -> None:
    """What cannot be meant costs five minutes: a post that waited 24 hours for a lie would be late."""
    headers = {"date": "Sun, 22 Nov 2026 12:00:00 GMT", **headers}
    assert wait_of(Exchange(method="POST", status=429, headers=headers)) == timedelta(seconds=seconds)


def test_the_token_never_goes_to_another_host(server: CompatibleServer) -> None:
    session = WatchedSession(server.url)
    with pytest.raises(Unavailable):
        session.request("GET", "http://127.0.0.2:1/elsewhere", headers={"Authorization": "Bearer secret"})


def test_a_redirect_is_not_followed(server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["redirect_307"]) as proxy:
        assert fate(lambda: connection(proxy.url).publish(Message(text="x", key="k"))) is Uncertain
        assert len(proxy.history) == 1


def test_netrc_and_proxies_of_the_environment_are_not_used(
    server: CompatibleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\ndefault login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    connection(server.url).publish(Message(text="x", key="k"))
    assert len(server.statuses) == 1
    assert {request.header("Authorization") for request in server.history} == {"Bearer compatible-token"}


def test_messages_carry_no_token_and_no_address_of_memory(server: CompatibleServer) -> None:
    for fault in sorted(NAMES - BLOCKING - BELIEVED):
        with FaultyProxy(server.url, [fault], delay=1.5) as proxy:
            try:
                connection(proxy.url).publish(Message(text="the words", key="k"))
            except PlatformError as error:
                words = f"{error.message} {error.hint}"
                assert "compatible-token" not in words, fault
                assert "0x" not in words, fault
                assert "the words" not in words, fault


_TRICKLES = {
    "in the body": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b" "),
    "in the headers": (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    "in a chunk's length": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
    "in a compressed name": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\0",
        b"n",
    ),
    "before anything": (b"", b""),
}


@pytest.mark.parametrize("where", _TRICKLES)
def test_an_answer_that_trickles_without_end_is_a_doubt_in_bounded_time(where: str) -> None:
    begin, drop = _TRICKLES[where]
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def trickle() -> None:
            client, _ = listener.accept()
            with client, suppress(OSError):
                client.recv(10_000)
                client.sendall(begin)
                while not stop.wait(0.05):
                    client.sendall(drop)

        thread = threading.Thread(target=trickle)
        thread.start()
        began = time.monotonic()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        account = Account(name="mine", platform="mastodon", server=url)
        impatient = MastodonConnection(account, "token", WatchedSession(url, connect=0.5, answer=0.5))
        assert fate(lambda: impatient.publish(Message(text="x", key="k"))) is Uncertain
        # It trickles for ever, and half a second was allowed.
        assert time.monotonic() - began < 30
        stop.set()
        thread.join()


def test_half_characters_of_a_server_are_replaced_before_anything_stores_them() -> None:
    answer = Exchange(method="GET", status=422, body=b'{"error": "no \\ud83d way", "\\udc00": ["\\ud83d"]}')
    assert answer.error == "no ? way"
    assert answer.json()["?"] == ["?"]


def test_an_answer_that_unpacks_without_end_is_a_doubt_in_bounded_space() -> None:
    bomb = gzip.compress(b" " * (64 * 1024 * 1024))
    headers = (("Content-Encoding", "gzip"), ("Content-Type", "application/json"))
    with LoopbackServer(lambda request: Answer(status=200, headers=headers, body=bomb)) as hostile:
        tracemalloc.start()
        try:
            assert fate(lambda: connection(hostile.url).publish(Message(text="x", key="k"))) is Uncertain
            assert tracemalloc.get_traced_memory()[1] < 40 * 1024 * 1024
        finally:
            tracemalloc.stop()


def test_a_compressed_answer_is_understood(server: CompatibleServer) -> None:
    body = gzip.compress(b'{"id": "7", "in_reply_to_id": null}')
    with LoopbackServer(
        lambda request: Answer(status=200, headers=(("Content-Encoding", "gzip"),), body=body)
    ) as packed:
        assert connection(packed.url).publish(Message(text="x", key="k")).remote_id == "7"


@pytest.mark.parametrize("value", ["9" * 30, "9" * 5000, "-1", "1e9", "inf"])
def test_an_absurd_wait_is_bounded(value: str) -> None:
    assert wait_of(Exchange(method="POST", status=429, headers={"retry-after": value})) <= timedelta(hours=24)


def test_json_nested_without_end_is_no_json() -> None:
    assert Exchange(method="GET", status=200, body=b"[" * 100_000).json() is None


def test_a_server_that_echoes_the_token_does_not_get_it_into_our_messages() -> None:
    def echo(request: Request) -> Answer:
        return Answer(status=422, body=json.dumps({"error": request.header("Authorization") + "x" * 9000}).encode())

    with LoopbackServer(echo) as hostile:
        account = Account(name="mine", platform="mastodon", server=hostile.url)
        ours = Mastodon().connect(account, {"token": "compatible-token"}, Path())
        with pytest.raises(Refused) as caught:
            ours.publish(Message(text="x", key="k"))
    assert "compatible-token" not in caught.value.message
    assert len(caught.value.message) < 500
