"""Pictures on Mastodon: what an upload's answer means, against what the server really has."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
import requests

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.models import Account
from contentkit.platforms import Attachment, Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.testing.faults import NAMES
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.platforms.wound_clock import WoundClock
from tests.servers.api_input import ServerLimits
from tests.servers.compatible_server import MASTODON, CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy, uploads_a_picture
from tests.servers.mock_mastodon import MockMastodon

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) + b"\r\n--"
# A newer way that is not found is tried the older way; whether an id is one, only the post that uses it will tell.
DONE = {"pass", "double", "double_second", "odd_headers", "continues", "hints", "not_found", "other_id", "silent_drop"}
REFUSED = {"refuse", "forbidden"}
JSON = (("Content-Type", "application/json"),)


def picture(data: bytes = PNG, mime: str = "image/png", alt: str = "A chart") -> Attachment:
    digest = hashlib.sha256(data).hexdigest()
    return Attachment(path="images/our chart.png", data=data, digest=digest, mime=mime, kind="image", alt=alt)


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock()


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def connection(
    url: str, clock: WoundClock, token: str = "compatible-token", *, patience: float = 10
) -> MastodonConnection:
    account = Account(name="mine", platform="mastodon", server=url)
    return MastodonConnection(account, token, WatchedSession(url, read=patience), clock)


def fate(upload: Callable[[], str]) -> type[PlatformError] | None:
    try:
        upload()
    except PlatformError as error:
        return type(error)
    return None


def looks(server: CompatibleServer) -> int:
    return sum(1 for request in server.history if request.path.startswith("/api/v1/media/"))


def test_the_bytes_the_alt_text_and_nothing_of_this_machine_arrive(server: CompatibleServer, clock: WoundClock) -> None:
    alt = "Größe “zählt”,\nzwei Zeilen 🧪"
    media_id = connection(server.url, clock).upload(picture(alt=alt))

    (kept,) = server.media
    assert (kept.id, kept.data, kept.description, kept.mime) == (media_id, PNG, alt, "image/png")
    assert kept.filename == f"{picture().digest[:16]}.png"
    assert (looks(server), clock.slept) == (0, 0)


@pytest.mark.parametrize("make", [CompatibleServer, MockMastodon])
def test_a_status_shows_its_pictures_and_is_found_with_their_number(
    make: type[CompatibleServer | MockMastodon], clock: WoundClock
) -> None:
    with make() as server:
        mine = connection(server.url, clock, server.token)
        ids = tuple(mine.upload(picture(alt=alt)) for alt in ("one", "two"))
        sent = mine.publish(Message(text="Two pictures.", key="k1", media=ids))
        bare = mine.publish(Message(text="None.", key="k2"))

        assert (sent.pictures, bare.pictures) == (2, 0)
        assert [status.pictures for status in mine.recent("")] == [0, 2]
        found = mine.find(sent.remote_id)
        assert found is not None
        assert found.pictures == 2


def test_a_picture_needs_no_words(server: CompatibleServer, clock: WoundClock) -> None:
    mine = connection(server.url, clock)
    mine.publish(Message(text="", key="k", media=(mine.upload(picture()),)))
    assert [(record.text, len(record.pictures)) for record in server.statuses] == [("", 1)]


def test_a_server_that_does_not_say_its_pictures_is_not_said_to_have_none(clock: WoundClock) -> None:
    with LoopbackServer(lambda _: Answer(status=200, headers=JSON, body=b'{"id": "7", "content": "x"}')) as odd:
        found = connection(odd.url, clock).find("7")
    assert found is not None
    assert found.pictures is None


def test_pictures_that_the_server_lost_are_seen_to_be_missing(server: CompatibleServer, clock: WoundClock) -> None:
    server.lose_pictures_next()
    mine = connection(server.url, clock)
    assert mine.publish(Message(text="x", key="k", media=(mine.upload(picture()),))).pictures == 0


def test_what_is_processed_later_is_waited_for(server: CompatibleServer, clock: WoundClock) -> None:
    server.set_processing(polls=5)
    mine = connection(server.url, clock)
    mine.publish(Message(text="x", key="k", media=(mine.upload(picture()),)))

    assert looks(server) == 6
    assert clock.slept == 0.5 + 1 + 2 + 5 + 5 + 5
    assert len(server.statuses[0].pictures) == 1


def test_processing_without_end_is_left_for_later(server: CompatibleServer, clock: WoundClock) -> None:
    server.set_processing(polls=10_000)
    with pytest.raises(Unavailable, match=r"images/our chart.png after 5 minutes") as caught:
        connection(server.url, clock).upload(picture())
    assert caught.value.wait
    assert 290 < clock.slept <= 300


def test_processing_that_failed_is_a_refusal_in_the_servers_words(server: CompatibleServer, clock: WoundClock) -> None:
    server.fail_processing_next()
    with pytest.raises(Refused, match="Error processing thumbnail"):
        connection(server.url, clock).upload(picture())


@pytest.mark.parametrize("fault", ["close", "drop_reset", "bad_gateway", "server_error", "html_ok"])
def test_a_look_that_fails_is_done_again(server: CompatibleServer, clock: WoundClock, fault: str) -> None:
    server.set_processing(polls=1)

    def looks_at_media(request: Request) -> bool:
        return request.path.startswith("/api/v1/media/")

    with FaultyProxy(server.url, [fault], matches=looks_at_media) as proxy:
        media_id = connection(proxy.url, clock).upload(picture())
    assert media_id == server.media[0].id


@pytest.mark.parametrize(("fault", "wait"), [("too_many", timedelta(minutes=4)), ("unauthorized", None)])
def test_a_look_that_is_told_to_wait_stops_looking(
    server: CompatibleServer, clock: WoundClock, fault: str, wait: timedelta | None
) -> None:
    server.set_processing(polls=1)
    with (
        FaultyProxy(server.url, [fault], matches=lambda request: request.method == "GET") as proxy,
        pytest.raises(Unavailable) as caught,
    ):
        connection(proxy.url, clock).upload(picture())
    assert caught.value.pauses_account is (wait is None)
    assert wait is None or (caught.value.wait or timedelta()) > wait


@pytest.mark.parametrize("fault", sorted(NAMES - {"hold", "hold_before"}))
def test_an_upload_is_there_or_refused_or_for_later_and_never_in_doubt(
    server: CompatibleServer, clock: WoundClock, fault: str
) -> None:
    with FaultyProxy(server.url, [fault], matches=uploads_a_picture, delay=1.5) as proxy:
        mine = connection(proxy.url, clock, patience=0.7)
        told = fate(lambda: mine.upload(picture()))
        sent = mine.publish(Message(text="x", key="k", media=(mine.upload(picture()),)))

    assert told is (None if fault in DONE else Refused if fault in REFUSED else Unavailable)
    assert (sent.pictures, len(server.statuses)) == (1, 1)


def test_a_rate_limit_tells_how_long(server: CompatibleServer, clock: WoundClock) -> None:
    with (
        FaultyProxy(server.url, ["too_many"], matches=uploads_a_picture) as proxy,
        pytest.raises(Unavailable) as caught,
    ):
        connection(proxy.url, clock).upload(picture())
    assert timedelta(minutes=4) < (caught.value.wait or timedelta()) < timedelta(minutes=6)


def test_a_token_that_is_no_longer_valid_pauses_the_account(server: CompatibleServer, clock: WoundClock) -> None:
    server.set_token("another")
    with pytest.raises(Unavailable) as caught:
        connection(server.url, clock).upload(picture())
    assert caught.value.pauses_account


def test_a_token_that_may_not_upload_names_the_scope(server: CompatibleServer, clock: WoundClock) -> None:
    server.set_scopes("write:statuses", "read")
    with pytest.raises(Refused, match=r"outside the authorized scopes .* write:media"):
        connection(server.url, clock).upload(picture())


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (ServerLimits(image_size_limit=10), r"bytes, the limit is 10 \(HTTP 413\)"),
        (ServerLimits(description_limit=3), r"longer than 3 characters \(HTTP 400\): images/our chart.png"),
    ],
)
def test_what_the_server_does_not_take_is_refused_in_its_words(
    server: CompatibleServer, clock: WoundClock, limits: ServerLimits, words: str
) -> None:
    server.set_limits(limits)
    with pytest.raises(Refused, match=words):
        connection(server.url, clock).upload(picture())


def test_a_proxys_own_page_that_says_too_large_is_a_refusal(clock: WoundClock) -> None:
    with (
        LoopbackServer(lambda _: Answer(status=413, body=b"<html>nginx</html>")) as proxy,
        pytest.raises(Refused, match=r"our chart.png: too large \(HTTP 413\)"),
    ):
        connection(proxy.url, clock).upload(picture())


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": 5}', b'{"id": ""}', b"<html>"])
@pytest.mark.parametrize("status", [200, 202])
def test_a_success_without_an_id_is_for_later(clock: WoundClock, status: int, body: bytes) -> None:
    with (
        LoopbackServer(lambda _: Answer(status=status, body=body)) as odd,
        pytest.raises(Unavailable, match="did not say"),
    ):
        connection(odd.url, clock).upload(picture())


def test_a_picture_that_the_server_does_not_know_is_refused(clock: WoundClock) -> None:
    body = json.dumps({"id": "7", "type": "unknown", "url": "https://example.org/missing.png"}).encode()
    with LoopbackServer(lambda _: Answer(status=200, body=body)) as odd, pytest.raises(Refused, match="does not know"):
        connection(odd.url, clock).upload(picture())


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_of_old_is_asked_in_its_way_and_the_new_one_not_again(clock: WoundClock, status: int) -> None:
    asked: list[str] = []

    def respond(request: Request) -> Answer:
        asked.append(request.path)
        if request.path == "/api/v2/media":
            return Answer(status=status, body=b"<html>no</html>")
        return Answer(status=200, headers=JSON, body=b'{"id": "7"}')

    with LoopbackServer(respond) as old:
        mine = connection(old.url, clock)
        assert [mine.upload(picture()) for _ in range(2)] == ["7", "7"]
    assert asked == ["/api/v2/media", "/api/v1/media", "/api/v1/media"]


def test_a_server_without_any_is_left_for_later(clock: WoundClock) -> None:
    with LoopbackServer(lambda _: Answer(status=404)) as none, pytest.raises(Unavailable):
        connection(none.url, clock).upload(picture())


def test_a_hostile_id_stays_one_part_of_the_path(clock: WoundClock) -> None:
    asked: list[str] = []

    def respond(request: Request) -> Answer:
        asked.append(request.target)
        return Answer(status=202 if request.method == "POST" else 200, body=b'{"id": "../../oauth/revoke?x"}')

    with LoopbackServer(respond) as hostile:
        connection(hostile.url, clock).upload(picture())
    assert asked[1] == "/api/v1/media/..%2F..%2Foauth%2Frevoke%3Fx"


def test_a_status_that_came_before_its_picture_was_ready_is_for_later(
    server: CompatibleServer, clock: WoundClock
) -> None:
    server.set_processing(polls=2)
    files = {"file": ("a.png", PNG, "image/png")}
    headers = {"Authorization": f"Bearer {server.token}"}
    accepted = requests.post(f"{server.url}/api/v2/media", files=files, headers=headers, timeout=5).json()

    with pytest.raises(Unavailable) as caught:
        connection(server.url, clock).publish(Message(text="x", key="k", media=(accepted["id"],)))
    assert caught.value.wait == timedelta(seconds=5)
    assert server.statuses == []


@pytest.mark.parametrize("speaks", [frozenset({"media v2"}), MASTODON])
def test_a_picture_that_is_in_use_means_that_a_copy_of_the_request_may_have_arrived(
    speaks: frozenset[str], clock: WoundClock
) -> None:
    with CompatibleServer(speaks=speaks) as server:
        mine = connection(server.url, clock)
        message = Message(text="x", key="k", media=(mine.upload(picture()),))
        mine.publish(message)
        with pytest.raises(Uncertain):
            mine.publish(message)
    assert len(server.statuses) == 1


@pytest.mark.parametrize("other", [200, 206])
def test_a_picture_in_use_is_recognised_in_any_language(clock: WoundClock, other: int) -> None:
    refused = Answer(status=422, headers=JSON, body='{"error": "Medien 7 nicht verfügbar"}'.encode())
    shown = {
        "/api/v1/media/7": Answer(status=404, headers=JSON, body=b'{"error": "Nicht gefunden"}'),
        "/api/v1/media/8": Answer(status=other, headers=JSON, body=b'{"id": "8"}'),
    }
    with LoopbackServer(lambda request: shown.get(request.path, refused)) as foreign:
        mine = connection(foreign.url, clock)
        with pytest.raises(Uncertain):
            mine.publish(Message(text="x", key="k", media=("8", "7")))


def test_a_status_refused_for_another_reason_stays_refused(server: CompatibleServer, clock: WoundClock) -> None:
    mine = connection(server.url, clock)
    media_id = mine.upload(picture())
    server.set_limits(ServerLimits(max_characters=3))
    with pytest.raises(Refused, match="the limit is 3"):
        mine.publish(Message(text="four", key="k", media=(media_id,)))


def test_a_refusal_whose_pictures_cannot_be_asked_for_is_a_doubt(server: CompatibleServer, clock: WoundClock) -> None:
    server.set_limits(ServerLimits(max_characters=3))
    with FaultyProxy(server.url, ["drop"], matches=lambda request: request.method == "GET") as proxy:
        mine = connection(proxy.url, clock)
        message = Message(text="four", key="k", media=(mine.upload(picture()),))
        with pytest.raises(Uncertain):
            mine.publish(message)


@pytest.mark.parametrize("kind", ["files", "json"])
def test_a_slow_line_has_the_time_that_it_needs(kind: str) -> None:
    """A connect timeout must not end an upload that goes on: the whole body takes longer than one."""
    size = 6_000_000
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)

        def read_slowly() -> None:
            client, _ = listener.accept()
            pause = threading.Event()
            with client, suppress(OSError):
                received = 0
                while received < size and (piece := client.recv(250_000)):
                    received += len(piece)
                    pause.wait(0.01)
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

        thread = threading.Thread(target=read_slowly)
        thread.start()
        slow = WatchedSession(f"http://127.0.0.1:{listener.getsockname()[1]}", connect=0.2, read=5)
        if kind == "files":
            answer = slow.hand_over("/x", size=size, files={"file": ("a", bytes(size), "image/png")})
        else:
            answer = slow.hand_over("/x", size=size, json={"media": "A" * size})
        thread.join()
    assert answer.status == 200
