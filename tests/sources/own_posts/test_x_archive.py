from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.sources.own_posts import Gathered, own_posts_in
from tests.sources.own_posts.archives import part, tweet, unpacked, x_parts, zipped

PLAIN = tweet(1, "We broke the restore test.")


def read(path: Path) -> Gathered:
    found = own_posts_in(path, "archive.zip")
    assert found is not None
    return found


def texts(*tweets: dict[str, object], tmp_path: Path, notes: tuple[str, ...] = ()) -> list[str]:
    return [post.text for post in read(zipped(tmp_path / "a.zip", x_parts(*tweets, notes=notes))).posts]


def test_a_post_has_its_words_day_language_and_number(tmp_path: Path) -> None:
    [post] = read(zipped(tmp_path / "a.zip", x_parts(PLAIN))).posts
    assert (post.text, post.written, post.language, post.key) == (
        "We broke the restore test.", date(2026, 11, 18), "en", "x:1",
    )  # fmt: skip


def test_a_zip_and_a_folder_and_the_file_itself_say_the_same(tmp_path: Path) -> None:
    parts = x_parts(PLAIN, tweet(2, "RT @tomas: no"))
    packed = read(zipped(tmp_path / "a.zip", parts))
    assert read(unpacked(tmp_path / "a", parts)) == packed
    assert read(tmp_path / "a/data/tweets.js").posts == packed.posts
    assert packed.owner == "odile"


def test_what_is_not_said_to_everybody_is_left_out_and_counted(tmp_path: Path) -> None:
    found = read(
        zipped(
            tmp_path / "a.zip",
            x_parts(
                PLAIN,
                tweet(2, "RT @tomas: We broke it"),
                tweet(3, "@tomas no", in_reply_to_user_id_str="5", in_reply_to_status_id_str="4"),
                tweet(4, "no, we did", in_reply_to_user_id_str="5", in_reply_to_status_id_str="4"),
                tweet(5, "@tomas look at this"),
                tweet(6, ".@tomas look at this"),
                tweet(7, "no, they did", in_reply_to_status_id_str="4"),
            ),
        )
    )
    assert [post.key for post in found.posts] == ["x:1"]
    assert found.left_out == {"begin with a mention": 2, "boosts": 1, "replies": 3}


def test_what_continues_one_s_own_thread_is_no_reply(tmp_path: Path) -> None:
    own = tweet(2, "And then we mended it.", in_reply_to_user_id_str="77", in_reply_to_status_id_str="1")
    assert texts(PLAIN, own, tmp_path=tmp_path) == ["We broke the restore test.", "And then we mended it."]


def test_links_are_as_they_were_written_and_pictures_are_none(tmp_path: Path) -> None:
    entities = {
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://grebe.example/restore"}],
        "media": [{"url": "https://t.co/b"}],
    }
    one = tweet(1, "Q&amp;A: https://t.co/a https://t.co/b", entities=entities)
    assert texts(one, tmp_path=tmp_path) == ["Q&A: https://grebe.example/restore"]


def test_a_long_post_has_its_whole_text(tmp_path: Path) -> None:
    whole = "We broke the restore test, and this is the long story of how that came about: " + "it was late. " * 30
    cut = tweet(1, whole[:270] + "… https://t.co/abc")
    assert texts(cut, tmp_path=tmp_path, notes=(whole,)) == [whole.strip()]


def test_older_archives_name_the_file_otherwise(tmp_path: Path) -> None:
    parts = {"tweet.js": part("tweet", [PLAIN["tweet"]])}
    assert [post.key for post in read(zipped(tmp_path / "a.zip", parts)).posts] == ["x:1"]


def test_an_archive_in_several_parts_is_read_whole(tmp_path: Path) -> None:
    parts = x_parts(PLAIN) | {"data/tweets-part1.js": part("tweets", [tweet(2, "Two.")])}
    assert len(read(zipped(tmp_path / "a.zip", parts)).posts) == 2


@pytest.mark.parametrize(
    "content",
    [b"window.YTD.tweets.part0 = ", b"window.YTD.tweets.part0 = [", b'window.YTD.tweets.part0 = [{"tweet":', b"alert(1)", b"[]",
     b"window.YTD.tweets.part0 = [" + b"[" * 100_000, b"window.YTD.tweets.part0 = [{}, " + b'{"a":' * 100_000, b"\xff\xfe"],
)  # fmt: skip
def test_what_is_no_list_of_posts_is_named(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"archive\.zip/data/tweets\.js"):
        own_posts_in(zipped(tmp_path / "a.zip", {"data/tweets.js": content}), "archive.zip")


@pytest.mark.parametrize(
    "item",
    [{}, {"tweet": None}, {"tweet": []}, {"tweet": {"full_text": 3}},
     {"tweet": {"full_text": "a", "entities": {"urls": [1, {}]}}},
     {"tweet": {"full_text": "a", "created_at": "soon", "lang": 4, "id_str": "1; drop"}}],
)  # fmt: skip
def test_an_odd_item_does_not_hide_the_others(item: dict[str, object], tmp_path: Path) -> None:
    assert "We broke the restore test." in texts(item, PLAIN, tmp_path=tmp_path)
