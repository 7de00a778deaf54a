"""Each way of being strange that a server which speaks Mastodon's API was met with, alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from contentkit.errors import Unavailable
from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.mastodon_answers import plain_text
from contentkit.platforms.session import WatchedSession
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.servers.dialects import Dialect, draw
from tests.servers.stranger import Stranger

USUAL = replace(
    draw(0), ids="ulid", number_ids=False, markup="mastodon", text="as sent", source="yes", listing="exclusive", per_page=40,
    boosts=False, pinned=False, replies_on_request=False, lag=0, replica_lag=0, parents="text", created="whole",
    status_code=200, errors="text", rates="none", odd_names=False, undated=False,
)  # fmt: skip


def connection(url: str, token: str = "stranger-token") -> MastodonConnection:
    return MastodonConnection(Account(name="mine", platform="mastodon", server=url), token, WatchedSession(url))


def thread_on(server: Stranger, texts: list[str]) -> list[str]:
    """The ids of a thread that was published there."""
    mine, ids = connection(server.url), [""]
    for number, text in enumerate(texts):
        ids.append(mine.publish(Message(text=text, key=str(number), parent=ids[-1])).remote_id)
    return ids[1:]


@pytest.mark.parametrize(
    "strange",
    [
        {"ids": "long number", "number_ids": True},
        {"ids": "counter", "number_ids": True, "parents": "number"},
        {"ids": "odd"},
        {"replies_on_request": True},
        {"pinned": True},
        {"boosts": True, "per_page": 2},
        {"listing": "cursor", "per_page": 2},
        {"listing": "inclusive", "per_page": 2},
        {"odd_names": True, "rates": "odd", "undated": True, "listing": "cursor", "per_page": 2},
    ],
    ids=str,
)
def test_a_thread_is_read_back_in_its_place(strange: dict[str, Any]) -> None:
    with Stranger(replace(USUAL, **strange)) as server:
        mine = connection(server.url)
        watermark = mine.recent("")[0].remote_id
        ids = thread_on(server, ["One", "Two", "Three"])
        seen = [status for status in mine.recent(watermark) if status.remote_id in ids]
        assert [(status.text, status.parent) for status in seen] == [("Three", ids[1]), ("Two", ids[0]), ("One", "")]
        again = connection(server.url).find(ids[2])
        assert again is not None
        assert again.parent == ids[1]


def test_a_parent_that_is_never_shown_is_believed_of_what_was_just_created() -> None:
    with Stranger(replace(USUAL, parents="missing")) as server:
        mine = connection(server.url)
        first = mine.publish(Message(text="One", key="1")).remote_id
        second = mine.publish(Message(text="Two", key="2", parent=first)).remote_id
        told, untold = mine.find(second), connection(server.url).find(second)
        assert told is not None
        assert told.parent == first
        assert untold is not None
        assert untold.parent == ""


def test_a_reply_that_was_made_to_nothing_is_not_ours() -> None:
    with Stranger(replace(USUAL, parents="null")) as server:
        mine = connection(server.url)
        first = mine.publish(Message(text="One", key="1")).remote_id
        second = Message(text="Two", key="2", parent=first)
        with pytest.raises(Exception, match="not as the reply that was asked for"):
            mine.publish(second)


@pytest.mark.parametrize("source", ["401", "403", "404", "500", "page"])
def test_words_that_are_shown_to_nobody_say_nothing_of_the_token(source: str) -> None:
    with Stranger(replace(USUAL, source=source)) as server:
        (one,) = thread_on(server, ["One"])
        assert connection(server.url).words(one) is None


def test_a_rate_limit_while_words_are_asked_for_is_a_rate_limit() -> None:
    with (
        LoopbackServer(lambda _: Answer(status=429, headers=(("Retry-After", "90"),))) as server,
        pytest.raises(Unavailable) as caught,
    ):
        connection(server.url).words("1")
    assert caught.value.wait is not None
    assert caught.value.wait.total_seconds() == 90


def _pages(pages: list[list[str]], link: Callable[[int], str]) -> Callable[[Request], Answer]:
    """A server that lists these ids page by page; ``link`` gives the Link header of a page."""

    def respond(request: Request) -> Answer:
        if request.path.endswith("verify_credentials"):
            return Answer(status=200, body=b'{"id": "me", "acct": "me"}')
        cursor = request.query.get("max_id", ["0"])[0]
        number = int(cursor.removeprefix("page ")) if cursor.removeprefix("page ").isdecimal() else 0
        listed = [{"id": one, "content": one} for one in (pages[number] if number < len(pages) else [])]
        return Answer(status=200, headers=(("Link", link(number)),), body=json.dumps(listed).encode())

    return respond


def test_the_next_page_is_asked_for_as_the_server_says() -> None:
    pages = [["f", "e"], ["d", "c"], ["b", "a"]]
    with LoopbackServer(
        _pages(pages, lambda number: f'<https://elsewhere.example/x?max_id=page+{number + 1}&limit=2>; rel="next"')
    ) as server:
        assert [one.remote_id for one in connection(server.url).recent("b")] == ["f", "e", "d", "c"]


def test_a_server_that_does_not_turn_pages_is_read_once() -> None:
    with LoopbackServer(_pages([["b", "a"]], lambda number: "nonsense; rel=next, <>")) as server:
        assert [one.remote_id for one in connection(server.url).recent("never there")] == ["b", "a"]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<a href="https://example.org/a/long/path?x=1">example.org/a/lon…</a>', "https://example.org/a/long/path?x=1"),
        ('<a href="https://example.org/a/long/path">https://example.org/a...</a>.', "https://example.org/a/long/path."),
        ('<a href="https://example.org/">our page…</a>', "our page…"),
        ('<a href="https://example.org/@ana">@<span>ana</span></a>', "@ana"),
        ('<p>Hi <img class="emoji" alt=":blob_cat:" src="x"> there</p>', "Hi :blob_cat: there"),
        ('<p>Hi <img alt="A cat" src="x"> there</p>', "Hi  there"),
        ("<a href>…</a></a> and on", "… and on"),
    ],
)
def test_what_the_markup_cut_or_made_a_picture_is_read_as_it_was_written(html: str, words: str) -> None:
    assert plain_text(html) == words


@pytest.mark.parametrize("markup", ["mastodon", "pleroma", "misskey", "plain", "quoting", "full links"])
def test_words_survive_every_markup(markup: str) -> None:
    from contentkit.text import folded
    from tests.publishing.strangers import TEXTS
    from tests.servers.dialects import content

    dialect: Dialect = replace(USUAL, markup=markup)
    for text in TEXTS:
        assert folded(plain_text(content(dialect, text, "https://example.org"))) == folded(text)
