"""Who answered or mentioned us: on servers that speak Mastodon's API, and on X, where each post and each author is billed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import Refused, Unavailable
from contentkit.models import Account
from contentkit.platforms import Heard, Hears, Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.mastodon_mentions import MentionReader
from contentkit.platforms.session import Exchange, WatchedSession
from contentkit.platforms.x import XConnection
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_oauth import Keys
from tests.servers.x_server import XServer

KEYS = Keys().as_secrets()
SOMEWHERE = "https://social.example"
_WRITTEN = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def on_mastodon(url: str, token: str = "compatible-token") -> MastodonConnection:
    return MastodonConnection(Account(name="mine", platform="mastodon", server=url), token, WatchedSession(url))


def on_x(url: str) -> XConnection:
    return XConnection(Account(name="mine", platform="x", server=url), KEYS, WatchedSession(url, secrets=KEYS.values()))


def texts(heard: Any) -> set[str | None]:
    return {one.text for one in heard}


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as server:
        yield server


# -- Mastodon


def test_an_answer_is_told_with_its_words_its_author_and_what_it_answers(server: CompatibleServer) -> None:
    mine: object = on_mastodon(server.url)
    assert isinstance(mine, Hears)
    assert isinstance(mine, MastodonConnection)
    ours = mine.publish(Message(text="A question?", key="k")).remote_id
    answer = server.mention("@tester Yes, & no.", by="ana@far.example", name="Ana", parent=ours, at=_WRITTEN)
    [heard] = mine.heard("").heard
    assert heard == Heard(
        remote_id=answer,
        url=f"{server.url}/@ana@far.example/{answer}",
        author="ana@far.example",
        author_name="Ana",
        text="@tester Yes, & no.",
        parent=ours,
        visibility="public",
        written_at=_WRITTEN,
    )


def test_after_a_mark_comes_what_is_new_from_the_oldest_on_over_several_pages(server: CompatibleServer) -> None:
    mine = on_mastodon(server.url)
    server.mention("the first")
    first = mine.heard("")
    assert texts(first.heard) == {"the first"}
    for number in range(100):
        server.mention(f"{number}")
    later = mine.heard(first.mark)
    assert texts(later.heard) == {f"{number}" for number in range(100)}
    nothing = mine.heard(later.mark)
    assert (nothing.heard, nothing.mark, nothing.more) == ((), later.mark, False)


def test_words_that_were_written_to_few_are_not_taken(server: CompatibleServer) -> None:
    for visibility in ("private", "direct", "unlisted"):
        server.mention("psst", visibility=visibility, warning="secret")
    told = {one.visibility: (one.text, one.warning) for one in on_mastodon(server.url).heard("").heard}
    assert told == {"private": (None, ""), "direct": (None, ""), "unlisted": ("psst", "secret")}


def test_what_was_heard_is_seen_again_as_it_is_now(server: CompatibleServer) -> None:
    kept, gone = server.mention("as it was"), server.mention("gone soon")
    server.edit_mention(kept, "as it is")
    server.delete_mention(gone)
    again = on_mastodon(server.url).heard_again([kept, gone])
    assert {name: one and one.text for name, one in again.items()} == {kept: "as it is", gone: None}


def test_a_token_that_may_not_hear_is_told_what_to_do(server: CompatibleServer) -> None:
    server.set_scopes("read:accounts", "read:statuses")
    with pytest.raises(Refused, match="read:notifications") as refused:
        on_mastodon(server.url).heard("")
    assert "accounts add" in refused.value.hint


@pytest.mark.parametrize(("status", "error"), [(404, Refused), (405, Refused), (500, Unavailable), (200, Unavailable)])
def test_a_server_that_tells_nothing_is_no_fault_of_ours(status: int, error: type[Exception]) -> None:
    def respond(request: Request) -> Answer:
        me = request.path.endswith("verify_credentials")
        return Answer(status=200 if me else status, body=b'{"id": "1"}' if me else b"{}")

    with LoopbackServer(respond) as server, pytest.raises(error):
        on_mastodon(server.url).heard("")


def test_a_server_that_knows_no_marks_is_not_asked_for_ever() -> None:
    page = [
        {"id": 9, "type": "favourite", "status": {"id": 3}},
        {"id": 8, "type": "mention", "status": {"id": 2, "content": "<p>hello</p>", "account": {"id": "7"}}},
        {"id": 7, "type": "mention", "status": {"id": 1, "content": "<p>ours</p>", "account": {"id": 1}}},
    ]
    asked = []

    def respond(request: Request) -> Answer:
        asked.append(request.path)
        value: object = {"id": "1"} if request.path.endswith("verify_credentials") else page
        return Answer(status=200, body=json.dumps(value).encode())

    with LoopbackServer(respond) as server:
        mine = on_mastodon(server.url)
        first = mine.heard("5")
        assert [(one.remote_id, one.text, one.author) for one in first.heard] == [("2", "hello", "")]
        assert first.mark == "9"
        mine.heard(first.mark)
    assert len(asked) == 4


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_STATUS = st.dictionaries(
    st.sampled_from(["id", "content", "account", "url", "created_at", "visibility", "spoiler_text", "in_reply_to_id"]),
    _JSON | st.just({"id": "4", "acct": "a@b", "display_name": "A"}),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"id": st.just("9") | _JSON, "type": st.just("mention"), "status": _STATUS | _JSON}))
)
def test_whatever_a_server_sends_is_heard_or_left(notifications: list[Any]) -> None:
    exchange = Exchange(method="GET", status=200, body=json.dumps(notifications).encode())

    def unreadable(exchange: Exchange, what: str) -> Unavailable:
        return Unavailable(f"{what}: {exchange.status}")

    for one in MentionReader(SOMEWHERE, lambda path, **wish: exchange, unreadable).heard("", "1").heard:
        assert one.remote_id
        assert one.url.startswith(SOMEWHERE)
        assert one.written_at is None or one.written_at.tzinfo


# -- X


def test_x_tells_answers_and_their_authors_for_what_it_bills(x: XServer) -> None:
    mine: object = on_x(x.url)
    assert isinstance(mine, Hears)
    assert isinstance(mine, XConnection)
    ana = x.add_account("ana")
    ours = x.add_post("A question?")
    answer = x.add_post("@contentkit_x yes & no", author=ana, parent=ours)
    x.add_post("nothing to us", author=ana)
    [heard] = mine.heard("").heard
    assert (heard.remote_id, heard.text, heard.parent) == (answer, "@contentkit_x yes & no", ours)
    assert (heard.url, heard.author, heard.author_name) == (f"https://x.com/ana/status/{answer}", "ana", "Ana")
    assert heard.written_at is not None
    assert [charge.what for charge in x.charges] == ["read_user", "read_post", "read_user"]


def test_x_is_asked_for_what_is_new_over_several_pages(x: XServer) -> None:
    mine, ana = on_x(x.url), x.add_account("ana")
    x.add_post("@contentkit_x the first", author=ana)
    mark = mine.heard("").mark
    for number in range(25):
        x.add_post(f"@contentkit_x {number}", author=ana)
    before = len(x.history)
    later = mine.heard(mark)
    assert len(later.heard) == 25
    assert len(x.history) - before == 2
    assert mine.heard(later.mark).heard == ()


def test_x_hears_again_without_paying_for_authors(x: XServer) -> None:
    mine, ana = on_x(x.url), x.add_account("ana")
    kept, gone = (x.add_post(f"@contentkit_x {one}", author=ana) for one in ("kept", "gone"))
    x.delete(gone)
    again = mine.heard_again([kept, gone])
    assert {name: one and one.text for name, one in again.items()} == {kept: "@contentkit_x kept", gone: None}
    assert [charge.what for charge in x.charges] == ["read_post"]


def test_names_of_x_cannot_lead_elsewhere() -> None:
    body = {
        "data": [{"id": "1" * 18, "text": "hi", "author_id": "2"}],
        "includes": {"users": [{"id": "2", "username": "../../evil?", "name": 7}]},
        "meta": {},
    }

    def respond(request: Request) -> Answer:
        value: object = {"data": {"id": "1", "username": "us"}} if request.path == "/2/users/me" else body
        return Answer(status=200, body=json.dumps(value).encode())

    with LoopbackServer(respond) as server:
        [heard] = on_x(server.url).heard("").heard
    assert (heard.url, heard.author, heard.author_name) == (f"https://x.com/i/status/{'1' * 18}", "", "")
