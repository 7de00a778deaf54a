"""Signing in by conversation: a person in a browser, a server, and what may go wrong between them."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from contentkit.errors import ContentError, Refused, Unavailable
from contentkit.models import Account
from contentkit.platforms import Message, SignsIn
from contentkit.platforms.mastodon import Mastodon, MastodonConnection
from contentkit.platforms.mastodon_rights import SCOPES
from contentkit.platforms.session import WatchedSession
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.servers.compatible_server import GOTOSOCIAL, MASTODON, CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon


class Person:
    """Somebody at the keyboard: answers in turn, each a text or what makes it of the address that was shown."""

    def __init__(self, *answers: str | Callable[[str], str]) -> None:
        self.read: list[str] = []
        self._answers = list(answers)

    def tell(self, line: str) -> None:
        self.read.append(line)

    def ask(self, question: str) -> str:
        self.read.append(question)
        answer = self._answers.pop(0)
        return answer if isinstance(answer, str) else answer(self.page)

    @property
    def page(self) -> str:
        return next(line for line in self.read if "/oauth/authorize" in line)

    @property
    def warnings(self) -> list[str]:
        return [line for line in self.read if line.startswith("Warning")]


def sign_in(server: str, person: Person) -> str:
    return Mastodon().sign_in(server, person.tell, person.ask)["token"]


@pytest.fixture(params=["with proofs", "without"])
def server(request: pytest.FixtureRequest) -> Iterator[CompatibleServer]:
    with CompatibleServer(speaks=MASTODON if request.param == "with proofs" else GOTOSOCIAL) as server:
        yield server


def connection(server: CompatibleServer, token: str) -> MastodonConnection:
    return MastodonConnection(Account(name="a", platform="mastodon"), token, WatchedSession(server.url))


def test_whoever_signs_in_can_post_and_read_back(server: CompatibleServer) -> None:
    assert isinstance(Mastodon(), SignsIn)
    token = sign_in(server.url, Person(server.approve))
    mine = connection(server, token)
    sent = mine.publish(Message(text="Hello.", key="k"))

    assert mine.identity().remote_id == server.account_id
    assert mine.words(sent.remote_id) == "Hello."
    assert token != server.token


def test_no_more_is_asked_for_than_is_needed(server: CompatibleServer) -> None:
    person = Person(server.approve)
    token = sign_in(server.url, person)

    assert server.desk.tokens == {token: frozenset(SCOPES)}
    assert [(app.name, app.scopes) for app in server.desk.apps] == [("contentkit", frozenset(SCOPES))]
    assert person.warnings == []


def test_the_page_has_a_proof_where_the_server_checks_them() -> None:
    for speaks, method in ((MASTODON, ["S256"]), (GOTOSOCIAL, None)):
        with CompatibleServer(speaks=speaks) as server:
            person = Person(server.approve)
            sign_in(server.url, person)
        assert parse_qs(urlsplit(person.page).query).get("code_challenge_method") == method


def test_another_implementation_works_too() -> None:
    def approve(page: str) -> str:
        assert urlsplit(page).query
        return "mockcode_tester"

    with MockMastodon() as server:
        person = Person(approve)
        token = sign_in(server.url, person)
        mine = MastodonConnection(Account(name="a", platform="mastodon"), token, WatchedSession(server.url))
        assert mine.identity().handle == "tester"


def test_a_wrong_code_is_asked_for_again(server: CompatibleServer) -> None:
    person = Person("wrong", "", server.approve)
    assert sign_in(server.url, person) in server.desk.tokens
    assert sum("does not take this code" in line for line in person.read) == 2


def test_three_wrong_codes_are_enough(server: CompatibleServer) -> None:
    with pytest.raises(Refused, match="took none of 3 codes"):
        sign_in(server.url, Person("a", "the-second-code", "c", server.approve))
    assert server.desk.tokens == {}


@pytest.mark.parametrize(
    "dressed", ["  {} \n", "{server}/oauth/authorize/native?code={}", "{server}/x?state=1&code={}&y=2#z"]
)
def test_a_code_may_come_with_what_stands_around_it(server: CompatibleServer, dressed: str) -> None:
    person = Person(lambda page: dressed.format(server.approve(page), server=server.url))
    assert sign_in(server.url, person) in server.desk.tokens


@pytest.mark.parametrize("granted", ["read write follow push", "write:statuses write:media read profile"])
def test_a_token_that_may_do_more_is_warned_of(server: CompatibleServer, granted: str) -> None:
    server.desk.grants = granted
    person = Person(server.approve)
    sign_in(server.url, person)
    (warning,) = person.warnings
    assert "allows more" in warning
    assert "read" in warning


@pytest.mark.parametrize("missing", ["write:media", "read:notifications"])
def test_a_token_that_lacks_what_is_not_needed_to_post_is_warned_of(server: CompatibleServer, missing: str) -> None:
    server.desk.grants = " ".join(scope for scope in SCOPES if scope != missing)
    person = Person(server.approve)
    sign_in(server.url, person)
    assert [missing in warning for warning in person.warnings] == [True]


@pytest.mark.parametrize("granted", ["read", "write:media read:accounts read:statuses", "write read:accounts"])
def test_a_token_that_may_do_too_little_is_refused(server: CompatibleServer, granted: str) -> None:
    server.desk.grants = granted
    with pytest.raises(Refused, match=r"does not allow .*(write|read):statuses"):
        sign_in(server.url, Person(server.approve))


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (404, b"<html>nginx</html>", ()),
        (404, b'{"error": "Not Found"}', ()),
        (405, b"", ()),
        (200, b"<html>A blog</html>", ()),
        (200, b"[]", ()),
        (200, b'{"client_id": "x"}', ()),
        (200, b'{"client_id": "a b", "client_secret": "c"}', ()),
        (200, b'{"client_id": 5, "client_secret": {}}', ()),
        (301, b"", (("Location", "https://social.example.org/api/v1/apps"),)),
    ],
)
def test_a_server_that_is_no_mastodon_gets_one_clear_message(
    status: int, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    with (
        LoopbackServer(lambda _: Answer(status=status, body=body, headers=headers)) as other,
        pytest.raises(ContentError) as caught,
    ):
        sign_in(other.url, Person())
    assert caught.value.hint
    assert ("social.example.org" in caught.value.message) == (status == 301)


def test_a_server_that_says_no_is_quoted_so_that_it_cannot_steer_a_terminal() -> None:
    body = json.dumps({"error": "go away\x1b]0;owned\x07\n" + "x" * 900}).encode()
    with (
        LoopbackServer(lambda _: Answer(status=403, body=body)) as hostile,
        pytest.raises(Refused, match="go away") as caught,
    ):
        sign_in(hostile.url, Person())
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 300


def register_and(token_answer: Callable[[Request], Answer]) -> Callable[[Request], Answer]:
    """A server that registers applications, and answers the exchange as it likes."""
    app = Answer(status=200, body=b'{"client_id": "the-id", "client_secret": "the-secret-of-the-app"}')
    return lambda request: token_answer(request) if request.path == "/oauth/token" else app


def test_secrets_that_a_server_repeats_are_in_no_message() -> None:
    def echo(request: Request) -> Answer:
        form = parse_qs(request.body.decode())
        return Answer(status=400, body=json.dumps({"error": f"no: {form['client_secret']} {form['code']}"}).encode())

    with LoopbackServer(register_and(echo)) as hostile:
        person = Person("the-code-of-the-page")
        with pytest.raises(Refused) as caught:
            sign_in(hostile.url, person)
    words = "\n".join([*person.read, caught.value.message, caught.value.hint])
    assert "no: ['***'] ['***']" in words
    assert "the-secret-of-the-app" not in words
    assert "the-code-of-the-page" not in words


@pytest.mark.parametrize(
    "body", [b"{}", b"<html>", b'{"access_token": 5}', b'{"access_token": "a b"}', b'{"access_token": "a\\nb"}', b"[]"]
)
def test_an_answer_without_a_usable_token_is_told(body: bytes) -> None:
    with (
        LoopbackServer(register_and(lambda _: Answer(status=200, body=body))) as odd,
        pytest.raises(Unavailable),
    ):
        sign_in(odd.url, Person("a-code-of-the-page"))


def test_a_server_that_does_not_tell_scopes_is_believed_to_have_given_what_was_asked() -> None:
    with LoopbackServer(register_and(lambda _: Answer(status=200, body=b'{"access_token": "t"}'))) as silent:
        person = Person("a-code-of-the-page")
        assert sign_in(silent.url, person) == "t"
    assert person.warnings == []


@pytest.mark.parametrize("fault", ["drop", "server_error", "too_many", "bad_gateway", "close", "truncate"])
@pytest.mark.parametrize("path", ["/api/v1/apps", "/oauth/token"])
def test_a_server_in_trouble_is_for_later_and_says_how_to_go_on(fault: str, path: str) -> None:
    with CompatibleServer() as server:

        def approve(page: str) -> str:
            return server.approve(page.replace(proxy.url, server.url))

        with (
            FaultyProxy(server.url, [fault], matches=lambda request: request.path == path) as proxy,
            pytest.raises(Unavailable) as caught,
        ):
            sign_in(proxy.url, Person(approve))
    assert "begin again" in caught.value.hint
    assert (caught.value.wait is not None) == (fault == "too_many")


def test_a_server_that_nobody_runs_is_told_as_such() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unavailable, match="cannot be reached"):
        sign_in(f"http://127.0.0.1:{port}", Person())


def test_who_gives_up_gives_up(server: CompatibleServer) -> None:
    def interrupt(page: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sign_in(server.url, Person(interrupt))
    assert server.desk.tokens == {}
