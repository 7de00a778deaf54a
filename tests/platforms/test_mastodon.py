from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.errors import ContentError, Unavailable
from contentkit.models import Account, Limits
from contentkit.platforms import Message
from contentkit.platforms.loading import load_platform, platform_names
from contentkit.platforms.mastodon import Mastodon, MastodonConnection
from contentkit.platforms.mastodon_answers import plain_text
from contentkit.platforms.session import WatchedSession
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from contentkit.text import normalised
from tests.servers.api_input import ServerLimits
from tests.servers.compatible_server import CompatibleServer
from tests.servers.mock_mastodon import MockMastodon
from tests.servers.status_html import status_html

TOKEN_TO_HIDE = "a+/?secret token>>"


def connection(server: CompatibleServer | MockMastodon) -> MastodonConnection:
    account = Account(name="mine", platform="mastodon", server=server.url)
    return MastodonConnection(account, server.token, WatchedSession(server.url))


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def test_the_built_in_platforms_are_found_by_entry_point() -> None:
    assert {"console", "mastodon"} <= set(platform_names())
    assert load_platform(Account(name="a", platform="mastodon")).secrets == ("token",)


def test_an_unknown_platform_names_the_nearest() -> None:
    with pytest.raises(ContentError) as caught:
        load_platform(Account(name="a", platform="mastodont"))
    assert "did you mean 'mastodon'" in caught.value.hint


def test_the_links_of_a_post_are_those_that_its_length_counts() -> None:
    text = "setup.py, https://example.org/\u6587. and gemini://example.org"
    assert [text[start:end] for start, end in Mastodon().links(text)] == [
        "https://example.org/\u6587",
        "gemini://example.org",
    ]
    assert Mastodon().length(text, "", Limits()) == 10 + 23 + 6 + 23


def test_who_we_are_and_what_the_server_allows(server: CompatibleServer) -> None:
    server.set_limits(ServerLimits(max_characters=777))
    mine = connection(server)
    assert mine.identity().remote_id == server.account_id
    assert mine.limits().characters == 777


def test_the_limits_of_pictures_are_the_servers(server: CompatibleServer) -> None:
    server.set_limits(
        ServerLimits(max_media_attachments=2, image_size_limit=10, video_size_limit=20, image_matrix_limit=30)
    )
    limits = connection(server).limits()
    assert (limits.media, limits.image_bytes, limits.gif_bytes, limits.video_bytes, limits.pixels) == (
        2,
        10,
        10,
        20,
        30,
    )


@pytest.mark.parametrize("value", [0, -1, "9", True, None, 2**60, [1]])
def test_a_limit_that_is_none_leaves_what_the_account_states(value: object) -> None:
    body = json.dumps({"configuration": {"media_attachments": {"image_size_limit": value}, "statuses": value}}).encode()
    stated = Account(name="a", platform="mastodon", limits=Limits(characters=9, image_bytes=7, gif_bytes=8))
    with LoopbackServer(lambda _: Answer(status=200, body=body)) as odd:
        assert MastodonConnection(stated, "t", WatchedSession(odd.url)).limits() == stated.limits


def test_a_wrong_token_is_told_as_such(server: CompatibleServer) -> None:
    server.set_token("another")
    with pytest.raises(Unavailable) as caught:
        MastodonConnection(Account(name="a", platform="mastodon"), "old", WatchedSession(server.url)).identity()
    assert caught.value.pauses_account


def test_limits_of_a_server_that_says_nothing_are_those_of_the_account() -> None:
    def respond(request: Request) -> Answer:
        return Answer(status=404, body=b'{"error": "Not found"}')

    with LoopbackServer(respond) as silent:
        account = Account(name="a", platform="mastodon", server=silent.url, limits=Limits(characters=321))
        assert MastodonConnection(account, "t", WatchedSession(silent.url)).limits() == account.limits


@pytest.mark.parametrize(
    "answer", [{"configuration": 5}, {"configuration": {"statuses": []}}, {"max_toot_chars": "many"}]
)
def test_odd_limits_are_passed_over(answer: object) -> None:
    with LoopbackServer(lambda request: Answer(status=200, body=json.dumps(answer).encode())) as odd:
        account = Account(name="a", platform="mastodon", server=odd.url)
        assert MastodonConnection(account, "t", WatchedSession(odd.url)).limits() == Limits()


@pytest.mark.parametrize("make", [CompatibleServer, MockMastodon])
def test_own_statuses_are_read_back_newest_first_up_to_a_known_one(make: type[CompatibleServer | MockMastodon]) -> None:
    with make() as server:
        mine = connection(server)
        sent = [mine.publish(Message(text=f"Number {number}", key=f"k{number}")) for number in range(45)]
        everything = mine.recent(sent[0].remote_id)
        assert [status.remote_id for status in everything] == [status.remote_id for status in reversed(sent[1:])]
        assert len(mine.recent("")) == 40
        assert mine.recent(sent[-1].remote_id) == []


def paged(ids: list[str], size: int) -> Callable[[Request], Answer]:
    """A server that lists these statuses, newest first, in pages of its own size, with boosts among them."""

    def respond(request: Request) -> Answer:
        if request.path.endswith("verify_credentials"):
            return Answer(status=200, body=b'{"id": "me"}')
        before = request.query.get("max_id", [""])[0]
        begin = ids.index(before) + 1 if before else 0
        page = [{"id": one, "content": one, "reblog": {"id": "x"} if "b" in one else None} for one in ids]
        return Answer(status=200, body=json.dumps(page[begin : begin + size]).encode())

    return respond


def test_a_server_with_short_pages_and_boosts_is_read_to_the_end() -> None:
    ids = [f"{number}" if number % 3 else f"b{number}" for number in range(50, 0, -1)]
    with LoopbackServer(paged(ids, size=15)) as odd:
        mine = MastodonConnection(Account(name="a", platform="mastodon"), "t", WatchedSession(odd.url))
        found = [status.remote_id for status in mine.recent("1")]
    assert found == [one for one in ids[:-1] if "b" not in one]


def test_a_server_that_gives_the_same_page_for_ever_doubles_nothing() -> None:
    def respond(request: Request) -> Answer:
        body = b'{"id": "me"}' if request.path.endswith("verify_credentials") else b'[{"id": "3"}, {"id": "2"}]'
        return Answer(status=200, body=body)

    with LoopbackServer(respond) as odd:
        mine = MastodonConnection(Account(name="a", platform="mastodon"), "t", WatchedSession(odd.url))
        assert [status.remote_id for status in mine.recent("1")] == ["3", "2"]


@pytest.mark.parametrize("make", [CompatibleServer, MockMastodon])
def test_the_exact_words_are_kept_where_the_html_loses_them(make: type[CompatibleServer | MockMastodon]) -> None:
    text = "*stars*  and\n\n\ngaps: https://www.example.org/ & <b>"
    with make() as server:
        mine = connection(server)
        status = mine.publish(Message(text=text, key="k"))
        assert mine.words(status.remote_id) == text


def test_a_deleted_status_is_not_found(server: CompatibleServer) -> None:
    mine = connection(server)
    status = mine.publish(Message(text="x", key="k"))
    assert mine.find(status.remote_id) is not None
    server.delete(status.remote_id)
    assert mine.find(status.remote_id) is None


def test_a_server_in_trouble_does_not_look_like_a_deleted_status() -> None:
    for status, body in ((500, b'{"error": "oops"}'), (404, b"<html>nginx</html>"), (200, b"<html>"), (302, b"")):
        with LoopbackServer(lambda request: Answer(status=status, body=body)) as broken:  # noqa: B023
            mine = MastodonConnection(Account(name="a", platform="mastodon"), "t", WatchedSession(broken.url))
            with pytest.raises(Unavailable):
                mine.find("5")


def test_a_hostile_id_stays_one_part_of_the_path(server: CompatibleServer) -> None:
    connection(server).find("../accounts/verify_credentials?x=")
    assert server.history[-1].target.startswith("/api/v1/statuses/..%2F")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=300))
def test_the_words_of_a_status_survive_its_html(text: str) -> None:
    assert normalised(plain_text(status_html(text, "https://example.org"))) == normalised(text)


@given(st.text())
def test_hostile_html_never_raises(html: str) -> None:
    plain_text(html)
    plain_text(f"<p>{html}<!DOCTYPE <a href='{html}")


def test_a_quoted_posts_notice_is_not_part_of_the_words() -> None:
    assert plain_text('<p class="quote-inline">RE: <a href="x">x</a></p><p>Mine</p>') == "Mine"


@pytest.mark.parametrize(
    "spelling",
    [
        TOKEN_TO_HIDE,
        "".join(f"\\u{ord(sign):04x}" for sign in TOKEN_TO_HIDE),
        quote(TOKEN_TO_HIDE, safe=""),
        base64.b64encode(TOKEN_TO_HIDE.encode()).decode(),
        base64.urlsafe_b64encode(TOKEN_TO_HIDE.encode()).decode(),
        TOKEN_TO_HIDE.encode().hex(),
        TOKEN_TO_HIDE.encode().hex().upper(),
    ],
)
def test_a_secret_that_a_server_repeats_is_not_told_in_any_spelling(spelling: str) -> None:
    answer = Answer(status=403, body=f'{{"error": "not {spelling}!"}}'.encode(), headers=(("X-Echo", TOKEN_TO_HIDE),))
    with LoopbackServer(lambda request: answer) as server:
        exchange = WatchedSession(server.url, secrets=[TOKEN_TO_HIDE]).read("/x")
    assert exchange.error.rstrip("=!") == "not ***"
    assert exchange.headers["x-echo"] == "***"
    assert TOKEN_TO_HIDE not in repr(exchange)


def test_an_id_without_an_end_is_nobody() -> None:
    body = json.dumps({"id": "1" * 3_000, "acct": "us"}).encode()
    with LoopbackServer(lambda request: Answer(status=200, body=body)) as server:
        mine = MastodonConnection(Account(name="mine", platform="mastodon"), "token", WatchedSession(server.url))
        with pytest.raises(Unavailable, match="an id that has no end"):
            mine.identity()
