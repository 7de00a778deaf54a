"""Whatever an archive holds, its reader gives posts with words or says what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources.own_posts import own_posts_in
from contentkit.sources.own_posts.mastodon_export import posts_of_mastodon
from contentkit.sources.own_posts.x_archive import posts_of_x
from tests.sources.own_posts.archives import note, outbox, part, tarred, tweet, zipped

WORDS = st.text('ab @#<>&;/…\n"{}[]https://t.co', max_size=60)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS | st.sampled_from(["Create", "Announce", "Note", "RT @a", "as:Public"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["tweet", "full_text", "lang", "entities", "urls", "url", "expanded_url", "type", "object", "to", "cc",
                         "content", "inReplyTo", "contentMap", "published", "id", "created_at", "in_reply_to_user_id_str"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
ITEMS = st.lists(ANYTHING, max_size=4)
BYTES = st.binary(max_size=200)
GATE = settings(max_examples=200, deadline=None)
NIGHTLY = settings(max_examples=50_000, deadline=None)


def read_x(items: list[Any]) -> None:
    own = tweet(1, "We broke it.")
    found = posts_of_x({"data/tweets.js": part("tweets", [*items, own])}, "a")
    assert found.posts[-1].text == "We broke it."
    assert all(post.text.strip() for post in found.posts)


def read_mastodon(items: list[Any]) -> None:
    found = posts_of_mastodon({"outbox.json": outbox(*items, note(1, "<p>We broke it.</p>"))}, "a")
    assert found.posts[-1].text == "We broke it."
    assert all(post.text.strip() for post in found.posts)


def read_bytes(content: bytes) -> None:
    for read, name in ((posts_of_x, "tweets.js"), (posts_of_mastodon, "outbox.json")):
        for data in (content, b"window.YTD.tweets.part0 = [" + content, b'{"orderedItems": [' + content):
            try:
                read({name: data}, "a")
            except ContentError:
                continue


@given(ITEMS)
@example([{"full_text": "@"}])
@GATE
def test_odd_items_never_hide_a_post_on_x(items: list[Any]) -> None:
    read_x(items)


@given(ITEMS)
@GATE
def test_odd_items_never_hide_a_post_on_mastodon(items: list[Any]) -> None:
    read_mastodon(items)


@given(BYTES)
@GATE
def test_bytes_are_a_list_of_posts_or_said_to_be_none(content: bytes) -> None:
    read_bytes(content)


@pytest.mark.nightly
@given(ITEMS)
@NIGHTLY
def test_odd_items_never_hide_a_post_on_x_often(items: list[Any]) -> None:
    read_x(items)


@pytest.mark.nightly
@given(ITEMS)
@NIGHTLY
def test_odd_items_never_hide_a_post_on_mastodon_often(items: list[Any]) -> None:
    read_mastodon(items)


@pytest.mark.nightly
@given(BYTES)
@NIGHTLY
def test_bytes_are_a_list_of_posts_or_said_to_be_none_often(content: bytes) -> None:
    read_bytes(content)


@given(at=st.integers(0, 400), sign=st.integers(0, 255), kind=st.sampled_from(["zip", "tar", "tar.gz"]))
@GATE
def test_an_archive_with_a_wrong_byte_is_read_or_said_to_be_broken(
    at: int, sign: int, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    pack = zipped if kind == "zip" else tarred
    path = pack(folder / f"a.{kind}", {"outbox.json": json.dumps({"orderedItems": []}).encode()})
    data = bytearray(path.read_bytes())
    data[at % len(data)] = sign
    Path(path).write_bytes(data)
    try:
        own_posts_in(path, "a")
    except ContentError as error:
        assert error.message.startswith("a")  # noqa: PT017
