"""The fate of a post on X, against the truth: what the server really has after each fault and each refusal."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.models import Account
from contentkit.platforms import Message, Status
from contentkit.platforms.session import WatchedSession
from contentkit.platforms.x import XConnection
from contentkit.testing.faults import NAMES
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_oauth import Keys
from tests.servers.x_server import XRules, XServer, creates_a_post
from tests.servers.x_windows import XLimits

SENT = {"pass", "odd_headers", "continues", "hints"}
REFUSED = {"refuse", "forbidden", "not_found"}
TOO_MANY = {"too_many", "too_many_bare", "too_many_epoch", "too_many_past", "too_many_for_ever", "too_many_after"}
# What X says to the second of a doubled request is that it is not signed: the publisher looks before it sends it again.
LIES = {"too_many_after", "double_second"}
UNAVAILABLE = {*TOO_MANY, *LIES, "unauthorized", "payment"}
BLOCKING = {"hold", "hold_before"}
KEYS = Keys().as_secrets()
HELLO = Message(text="Hello.", key="k1")


def connection(url: str, keys: dict[str, str] = KEYS) -> XConnection:
    session = WatchedSession(url, secrets=keys.values(), connect=1, read=0.7)
    return XConnection(Account(name="mine", platform="x", server=url), keys, session)


def failure_of(publish: Callable[[], Status]) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        publish()
    return caught.value


def fate(publish: Callable[[], Status]) -> type[PlatformError] | None:
    try:
        publish()
    except PlatformError as error:
        return type(error)
    return None


def answering(status: int, body: object, *headers: tuple[str, str]) -> LoopbackServer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return LoopbackServer(lambda request: Answer(status=status, body=raw, headers=headers))


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server


@pytest.mark.parametrize("fault", sorted(NAMES - BLOCKING))
def test_the_fate_is_what_the_exchange_proves_and_never_contradicts_the_server(fault: str, server: XServer) -> None:
    with FaultyProxy(server.url, [fault], matches=creates_a_post, delay=1.5) as proxy:
        told = fate(lambda: connection(proxy.url).publish(HELLO))
    # A request that is doubled on its way carries the same nonce: X takes it once.
    expected = (
        None
        if fault in {*SENT, "double"}
        else Refused
        if fault in REFUSED
        else Unavailable
        if fault in UNAVAILABLE
        else Uncertain
    )
    assert told is expected
    if told is None:
        assert len(server.statuses) == 1
    if told in (Refused, Unavailable) and fault not in LIES:
        assert not server.statuses


def test_one_publish_is_one_request_whatever_the_answer(server: XServer) -> None:
    for number, fault in enumerate(sorted(NAMES - BLOCKING - {"double", "double_second"})):
        with FaultyProxy(server.url, [fault], matches=creates_a_post, delay=1.5) as proxy:
            fate(lambda: connection(proxy.url).publish(Message(text=f"Number {number}", key="k")))  # noqa: B023
            assert len(proxy.history) == 1, fault


def test_the_words_the_parent_and_the_pictures_arrive(server: XServer) -> None:
    mine = connection(server.url)
    first = mine.publish(Message(text="One & two <three>", key="key-1"))
    second = mine.publish(Message(text="Reply\n\nwith a paragraph", key="key-2", parent=first.remote_id))
    one, two = server.statuses
    assert (one.text, one.in_reply_to_id) == ("One & two <three>", None)
    assert (two.text, two.in_reply_to_id, second.parent) == ("Reply\n\nwith a paragraph", one.id, one.id)


def test_every_request_is_signed_for_the_server_that_it_goes_to(server: XServer) -> None:
    connection(server.url).publish(HELLO)
    assert server.history[-1].header("Authorization").startswith("OAuth ")
    assert not server.refusals


@pytest.mark.parametrize("name", sorted(KEYS))
def test_one_wrong_key_pauses_the_account_and_sends_nothing(name: str, server: XServer) -> None:
    failure = failure_of(lambda: connection(server.url, {**KEYS, name: "another"}).publish(HELLO))
    assert isinstance(failure, Unavailable)
    assert failure.pauses_account
    assert not server.statuses


def test_a_signature_made_by_a_wrong_clock_says_so() -> None:
    with answering(401, {"title": "Unauthorized"}, ("Date", "Sun, 22 Nov 2020 12:34:00 GMT")) as x:
        failure = failure_of(lambda: connection(x.url).publish(HELLO))
    assert "12:34" in failure.hint
    with answering(401, {"title": "Unauthorized"}) as x:
        assert "four keys" in failure_of(lambda: connection(x.url).publish(HELLO)).hint


def test_the_same_words_again_are_a_doubt_because_the_first_may_be_ours(server: XServer) -> None:
    mine = connection(server.url)
    mine.publish(HELLO)
    failure = failure_of(lambda: mine.publish(HELLO))
    assert isinstance(failure, Uncertain)
    assert "duplicate content" in failure.message
    assert len(server.statuses) == 1


def test_a_parent_that_x_does_not_see_yet_is_asked_for_again_in_two_seconds(server: XServer) -> None:
    mine = connection(server.url)
    server.set_rules(XRules(hidden_as_parent=1))
    first = mine.publish(HELLO)
    reply = Message(text="Reply", key="k2", parent=first.remote_id)
    failure = failure_of(lambda: mine.publish(reply))
    assert isinstance(failure, Unavailable)
    assert (failure.wait, failure.pauses_account) == (timedelta(seconds=2), False)
    assert len(server.statuses) == 1
    assert mine.publish(reply).parent == first.remote_id


def test_a_reply_to_somebody_who_did_not_ask_is_refused_and_says_the_rule(server: XServer) -> None:
    stranger = server.add_post("Something else.", author=server.add_account("stranger"))
    failure = failure_of(lambda: connection(server.url).publish(Message(text="Me too", key="k", parent=stranger)))
    assert isinstance(failure, Refused)
    assert "mentioned or quoted" in failure.hint


def test_without_credit_the_account_pauses(server: XServer) -> None:
    server.set_credit(0)
    failure = failure_of(lambda: connection(server.url).publish(HELLO))
    assert isinstance(failure, Unavailable)
    assert failure.pauses_account
    assert "credit" in failure.hint
    assert not server.statuses


def test_an_app_that_may_only_read_pauses_the_account_and_says_where_to_change_it(server: XServer) -> None:
    server.set_rules(XRules(app="read only"))
    failure = failure_of(lambda: connection(server.url).publish(HELLO))
    assert isinstance(failure, Unavailable)
    assert failure.pauses_account
    assert "Read and write" in failure.hint


def test_a_used_up_rate_limit_waits_until_its_reset(server: XServer) -> None:
    server.set_limits(XLimits(quarter={"POST /2/tweets": 0}))
    failure = failure_of(lambda: connection(server.url).publish(HELLO))
    assert isinstance(failure, Unavailable)
    assert failure.wait
    assert timedelta(minutes=14) < failure.wait <= timedelta(minutes=15)


def test_a_used_up_day_waits_for_the_next_one(server: XServer) -> None:
    server.set_limits(replace(XLimits(), per_user=0))
    failure = failure_of(lambda: connection(server.url).publish(HELLO))
    assert isinstance(failure, Unavailable)
    assert failure.wait
    assert failure.wait > timedelta(hours=23)


def test_a_text_that_is_too_long_is_refused(server: XServer) -> None:
    failure = failure_of(lambda: connection(server.url).publish(Message(text="x" * 281, key="k")))
    assert isinstance(failure, Refused)
    assert "too long" in failure.message


def test_a_picture_that_x_does_not_know_is_refused(server: XServer) -> None:
    failure = failure_of(lambda: connection(server.url).publish(Message(text="x", key="k", media=("123",))))
    assert isinstance(failure, Refused)
    assert "Your media IDs are invalid" in failure.message


@pytest.mark.parametrize(
    "message", [Message(text="x", key="k", warning="Careful"), Message(text="x", key="k", visibility="unlisted")]
)
def test_what_x_has_no_place_for_is_refused_before_anything_is_sent(message: Message, server: XServer) -> None:
    failure = failure_of(lambda: connection(server.url).publish(message))
    assert isinstance(failure, Refused)
    assert failure.hint
    assert not server.history


PROBLEM = "https://api.twitter.com/2/problems/"


@pytest.mark.parametrize(
    ("status", "body", "expected", "pauses"),
    [
        (403, {"title": "Forbidden", "detail": "Forbidden", "type": "about:blank", "status": 403}, Refused, False),
        (403, {"detail": "You are not permitted to perform this action."}, Refused, False),
        (403, {"errors": [{"message": "duplicate content"}]}, Uncertain, False),
        (403, {"detail": "Forbidden", "type": f"{PROBLEM}client-forbidden"}, Unavailable, True),
        (403, {"errors": [{"detail": "x", "type": f"{PROBLEM}unsupported-authentication"}]}, Unavailable, True),
        (403, {"detail": "Your account is suspended and is not permitted"}, Unavailable, True),
        (403, {"detail": "User is over daily status update limit."}, Unavailable, False),
        (403, b"<html>a firewall</html>", Uncertain, False),
        (402, {"title": "CreditsDepleted", "type": f"{PROBLEM}credits"}, Unavailable, True),
        (402, b"", Unavailable, True),
        (429, {"title": "UsageCapExceeded", "detail": "Usage cap exceeded", "type": f"{PROBLEM}usage-capped"}, Unavailable, True),
        (429, b"", Unavailable, False),
        (400, {"errors": [{"message": "bad text"}], "title": "Invalid Request"}, Refused, False),
        (400, b"bad", Uncertain, False),
        (404, {"title": "Not Found", "detail": "Not Found"}, Refused, False),
        (408, {"errors": [{"message": "Request timeout"}]}, Uncertain, False),
        (409, {"detail": "conflict"}, Uncertain, False),
        (500, {"title": "Internal Server Error", "detail": "duplicate content"}, Uncertain, False),
        (500, {"title": "Internal Server Error", "detail": "deleted or not visible"}, Uncertain, False),
        (503, {"title": "Service Unavailable", "detail": "Over capacity"}, Uncertain, False),
        (302, b"", Uncertain, False),
    ],
)  # fmt: skip
def test_what_x_says_decides_not_the_status_code_alone(
    status: int, body: object, expected: type[PlatformError], pauses: bool
) -> None:
    with answering(status, body) as x:
        failure = failure_of(lambda: connection(x.url).publish(HELLO))
    assert type(failure) is expected
    assert getattr(failure, "pauses_account", False) is pauses


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b'"x"', b"{}", b'{"data": []}', b'{"data": {}}', b"<html>", b'{"data": {"id": "5"', b"\xff\xfe",
        b'{"data": {"id": 5.5, "text": "Hello."}}', b'{"data": {"id": "", "text": "Hello."}}',
        b'{"data": {"id": "../5", "text": "Hello."}}', b'{"data": {"id": "5"}}', b'{"data": {"id": "5", "text": 5}}',
        b'{"data": {"id": "5", "text": ""}}', b'{"data": {"id": "5", "text": "Another post"}}',
        b'{"id": "5", "text": "Hello."}',
    ],
)  # fmt: skip
def test_a_success_with_an_odd_id_or_other_words_is_a_doubt(body: bytes) -> None:
    with answering(201, body) as x:
        assert fate(lambda: connection(x.url).publish(HELLO)) is Uncertain


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert fate(lambda: connection(f"http://127.0.0.1:{port}").publish(HELLO)) is Unavailable


def test_the_particular_words_of_x_reach_the_reader() -> None:
    body = {
        "errors": [{"message": "$.text: is too short", "parameters": {"text": [""]}}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{PROBLEM}invalid-request",
    }
    with answering(400, body) as x:
        assert "is too short" in failure_of(lambda: connection(x.url).publish(HELLO)).message


def test_no_secret_that_x_repeats_reaches_a_message() -> None:
    keys = {name: f"very-{name}-secret" for name in KEYS}

    def echo(request: Request) -> Answer:
        words = " ".join([*keys.values(), request.header("Authorization")])
        return Answer(status=403, body=json.dumps({"detail": words[:250], "title": "Forbidden"}).encode())

    with LoopbackServer(echo) as x:
        failure = failure_of(lambda: connection(x.url, keys).publish(HELLO))
    assert "***" in failure.message
    assert not [secret for secret in keys.values() if secret in f"{failure.message} {failure.hint}"]


def test_the_most_talkative_log_has_no_key_no_signature_and_no_words(
    server: XServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("tweepy", "tweepy.client", "oauthlib.oauth1.rfc5849", "requests_oauthlib.oauth1_auth", "urllib3"):
        caplog.set_level(logging.DEBUG, logger=name)
    mine = connection(server.url)
    mine.publish(Message(text="The unpublished words", key="k"))
    mine.identity()
    assert not [
        hidden
        for hidden in (*KEYS.values(), "oauth_signature", "The unpublished words", server.account_id)
        if hidden in caplog.text
    ]
