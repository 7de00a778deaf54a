"""Pictures and films on their way to X: the bytes that arrive, what X makes of them, and how each step may fail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pytest

from contentkit.errors import PlatformError, Refused, Unavailable
from contentkit.media import MediaKind
from contentkit.models import Account
from contentkit.platforms import Attachment, Message
from contentkit.platforms.session import WatchedSession
from contentkit.platforms.x import XConnection
from contentkit.testing.faults import NAMES
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.platforms.wound_clock import WoundClock
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_media import MediaRules
from tests.servers.x_oauth import Keys
from tests.servers.x_server import XServer

MEGABYTE = 1024 * 1024
KEYS = Keys().as_secrets()
DONE = {"pass", "odd_headers", "double", "continues", "hints"}
REFUSED = {"refuse", "forbidden", "not_found"}


def connection(url: str, clock: WoundClock | None = None) -> XConnection:
    session = WatchedSession(url, secrets=KEYS.values(), connect=1, read=0.7)
    return XConnection(Account(name="mine", platform="x", server=url), KEYS, session, clock or WoundClock())


def attachment(
    data: bytes = b"picture", kind: MediaKind = "image", mime: str = "image/png", alt: str = ""
) -> Attachment:
    return Attachment(
        path="images/one", data=data, digest=hashlib.sha256(data).hexdigest(), mime=mime, kind=kind, alt=alt
    )


FILM = attachment(b"film" * (3 * MEGABYTE // 4) + b"end", kind="video", mime="video/mp4")


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server


def test_a_reason_that_has_no_end_is_cut() -> None:
    failed = {"processing_info": {"state": "failed", "error": {"message": "no " * 10_000}}}
    answer = Answer(status=200, body=json.dumps({"data": {"id": "5", **failed}}).encode())
    with LoopbackServer(lambda request: answer) as x, pytest.raises(Refused) as caught:
        connection(x.url).upload(attachment())
    assert len(caught.value.message) < 400


@pytest.mark.parametrize(("remote_id", "pictures"), [("1990000000000000001", 0), ("98", None)])
def test_a_post_without_a_word_of_pictures_has_none_unless_it_is_of_the_simulator(
    remote_id: str, pictures: int | None
) -> None:
    body = json.dumps({"data": {"id": remote_id, "text": "With a picture"}}).encode()
    with LoopbackServer(lambda request: Answer(status=200, body=body)) as x:
        found = connection(x.url).find(remote_id)
    assert found
    assert found.pictures == pictures


@pytest.mark.parametrize(
    "sent",
    [
        attachment(bytes(range(256)) * 50),
        attachment(b"jpeg", mime="image/jpeg"),
        attachment(b"webp", mime="image/webp"),
        attachment(b"one frame", mime="image/gif"),
        attachment(b"frames" * MEGABYTE, kind="gif", mime="image/gif"),
        FILM,
        attachment(b"x" * MEGABYTE, kind="video", mime="video/quicktime"),
    ],
    ids=lambda sent: f"{sent.kind} {sent.mime} {len(sent.data)}",
)
def test_the_very_bytes_arrive_and_can_be_published(sent: Attachment, server: XServer) -> None:
    mine = connection(server.url)
    media_id = mine.upload(sent)
    [arrived] = server.uploads
    assert (arrived.id, arrived.data, arrived.media_type) == (media_id, sent.data, sent.mime)
    status = mine.publish(Message(text="With a picture", key="k", media=(media_id,)))
    found = mine.find(status.remote_id)
    assert found
    assert (found.text, found.pictures) == ("With a picture", 1)


def test_four_pictures_and_no_words_come_back_as_that(server: XServer) -> None:
    mine = connection(server.url)
    media = tuple(mine.upload(attachment(bytes([number]))) for number in range(4))
    found = mine.find(mine.publish(Message(text="", key="k", media=media)).remote_id)
    assert found
    assert (found.text, found.pictures) == ("", 4)


def test_a_link_in_the_words_stays_beside_the_link_of_the_pictures(server: XServer) -> None:
    mine = connection(server.url)
    text = "Read https://example.org/story"
    found = mine.find(mine.publish(Message(text=text, key="k", media=(mine.upload(attachment()),))).remote_id)
    assert found
    assert found.text == text


def test_a_picture_is_one_request_and_its_alt_text_another_that_is_paid_for(server: XServer) -> None:
    mine = connection(server.url)
    mine.upload(attachment(alt="A chart & <what> it shows"))
    assert [request.path for request in server.history] == ["/2/media/upload", "/2/media/metadata"]
    assert server.uploads[0].alt_text == "A chart & <what> it shows"
    assert server.spent == 5


def test_no_alt_text_costs_nothing(server: XServer) -> None:
    connection(server.url).upload(attachment())
    assert server.spent == 0


def test_a_film_is_waited_for_as_long_as_x_says() -> None:
    clock = WoundClock()
    with XServer(media=MediaRules(looks=3, check_after_secs=7)) as server:
        connection(server.url, clock).upload(FILM)
        assert server.uploads[0].state == "ready"
    assert clock.naps == [7, 7, 7]


def test_a_film_that_takes_too_long_is_tried_later() -> None:
    clock = WoundClock()
    with XServer(media=MediaRules(looks=1000, check_after_secs=20)) as server, pytest.raises(Unavailable):
        connection(server.url, clock).upload(FILM)
    assert 200 < clock.slept <= 300


def test_a_film_that_x_cannot_use_is_refused_with_its_reason() -> None:
    with XServer(media=MediaRules(outcome="failed")) as server, pytest.raises(Refused) as caught:
        connection(server.url).upload(FILM)
    assert caught.value.message.startswith("images/one")
    assert "Unsupported video format" in caught.value.message


@pytest.mark.parametrize("sent", [attachment(b"x" * 101), FILM], ids=["picture", "film"])
def test_what_is_too_large_is_refused_by_name(sent: Attachment) -> None:
    with XServer(media=MediaRules(image_bytes=100, video_bytes=100)) as server, pytest.raises(Refused) as caught:
        connection(server.url).upload(sent)
    assert caught.value.message.startswith("images/one")


def test_an_alt_text_that_is_too_long_is_refused(server: XServer) -> None:
    with pytest.raises(Refused):
        connection(server.url).upload(attachment(alt="x" * 1001))


def test_without_credit_for_the_alt_text_the_account_pauses(server: XServer) -> None:
    server.set_credit(0)
    with pytest.raises(Unavailable) as caught:
        connection(server.url).upload(attachment(alt="A chart"))
    assert caught.value.pauses_account


def test_a_wrong_key_pauses_the_account(server: XServer) -> None:
    server.set_keys(Keys(api_secret="another"))
    with pytest.raises(Unavailable) as caught:
        connection(server.url).upload(attachment())
    assert caught.value.pauses_account


@pytest.mark.parametrize("fault", sorted(NAMES - {"hold", "hold_before"} - DONE))
@pytest.mark.parametrize(
    "step",
    ["initialize", *(pytest.param(one, marks=pytest.mark.nightly) for one in ("append", "finalize", "metadata"))],
)
def test_an_upload_is_never_a_doubt_whichever_step_fails(step: str, fault: str, server: XServer) -> None:
    sent = attachment(b"frames", kind="gif", mime="image/gif", alt="A dance")
    with FaultyProxy(server.url, [fault], matches=lambda request: step in request.target, delay=1.0) as proxy:
        mine = connection(proxy.url)
        with pytest.raises(PlatformError) as caught:
            mine.upload(sent)
        assert type(caught.value) is (Refused if fault in REFUSED else Unavailable)
        media_id = mine.upload(sent)
    assert next(one for one in server.uploads if one.id == media_id).data == b"frames"


@pytest.mark.parametrize("fault", ["close", "drop_reset", "bad_gateway", "server_error", "html_ok"])
def test_a_look_that_fails_is_done_again(server: XServer, fault: str) -> None:
    with FaultyProxy(server.url, [fault], matches=lambda request: "STATUS" in request.target) as proxy:
        media_id = connection(proxy.url).upload(FILM)
    assert [one.id for one in server.uploads] == [media_id]


@pytest.mark.parametrize(("fault", "pauses"), [("too_many", False), ("unauthorized", True)])
def test_a_look_that_is_told_to_wait_stops_looking(server: XServer, fault: str, pauses: bool) -> None:
    with (
        FaultyProxy(server.url, [fault], matches=lambda request: "STATUS" in request.target) as proxy,
        pytest.raises(Unavailable) as caught,
    ):
        connection(proxy.url).upload(FILM)
    assert caught.value.pauses_account is pauses


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": {}}, {"data": {"id": 5}}, {"data": {"id": "../5"}}, []])
@pytest.mark.parametrize("sent", [attachment(), FILM], ids=["picture", "film"])
def test_an_odd_answer_is_tried_later(sent: Attachment, body: object) -> None:
    answer = Answer(status=200, body=json.dumps(body).encode())
    with LoopbackServer(lambda request: answer) as odd, pytest.raises(Unavailable):
        connection(odd.url).upload(sent)


@pytest.mark.parametrize("told", [0, -5, "soon", None, 1e999, [], True, 10**400])
def test_odd_waits_are_kept_within_bounds(told: object) -> None:
    clock = WoundClock()
    states = iter(["pending", "processing", "succeeded"])

    def respond(request: Request) -> Answer:
        if request.path.endswith("/append"):
            return Answer(status=204)
        if request.path.endswith("/initialize"):
            return Answer(status=200, body=b'{"data": {"id": "5"}}')
        info = {"state": next(states), "check_after_secs": told}
        return Answer(status=200, body=json.dumps({"data": {"id": "5", "processing_info": info}}).encode())

    with LoopbackServer(respond) as odd:
        connection(odd.url, clock).upload(FILM)
    assert len(clock.naps) == 2
    assert all(1 <= seconds <= 30 for seconds in clock.naps)


def test_a_server_that_wants_json_throughout_gets_it() -> None:
    """X's simulator reads every body as JSON, has its own names for alt texts, and lets the state vanish when it is done."""
    pieces: list[str] = []
    states = iter([{"processing_info": {"state": "processing", "check_after_secs": 1}}, {}])

    def respond(request: Request) -> Answer:
        wanted = {"id", "metadata", "media_id", "alt_text"} if request.path.endswith("/metadata") else set()
        if request.method == "POST" and request.body:
            try:
                body = json.loads(request.body)
            except ValueError:
                return Answer(status=400, body=b'{"errors": [{"message": "invalid JSON"}]}')
            if wanted - set(body):
                return Answer(status=400, body=b'{"errors": [{"message": "media_id field is required"}]}')
            pieces.append(body.get("media", ""))
        if request.path.endswith("/append"):
            return Answer(status=204)
        state = next(states) if "finalize" in request.path or request.method == "GET" else {}
        return Answer(status=200, body=json.dumps({"data": {"id": "5", **state}}).encode())

    with LoopbackServer(respond) as simulator:
        sent = attachment(b"frames", kind="gif", mime="image/gif", alt="A dance")
        assert connection(simulator.url).upload(sent) == "5"
    assert "ZnJhbWVz" in pieces
