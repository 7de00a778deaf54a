"""What archives tell beside words: ids, addresses, instants, threads, figures, whose they are and of when."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contentkit.platforms import Figures
from contentkit.platforms.own import OwnStatus
from contentkit.sources.own_posts import Gathered, own_posts_in
from tests.sources.own_posts.archives import (
    ODILE,
    actor,
    manifest,
    note,
    outbox,
    part,
    tarred,
    tweet,
    unpacked,
    whole_note,
    whole_tweet,
    x_parts,
    zipped,
)

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
NUMBERED = "https://social.grebe.example/ap/users/115449902"


def read(path: Path) -> Gathered:
    found = own_posts_in(path, path.name)
    assert found is not None
    return found


def test_a_post_of_x_is_told_whole(tmp_path: Path) -> None:
    parts = x_parts(whole_tweet(1801, "Q&amp;A"), whole_tweet(1802, "Then", answers=1801)) | {
        "data/manifest.js": manifest()
    }
    found = read(zipped(tmp_path / "a.zip", parts))
    assert found.statuses == (
        OwnStatus(
            text="Q&A",
            remote_id="1801",
            url="https://x.com/odile/status/1801",
            published_at=NOON,
            language="en",
            key="x:1801",
            figures=Figures(likes=12, shares=3),
        ),
        OwnStatus(
            text="Then",
            remote_id="1802",
            url="https://x.com/odile/status/1802",
            published_at=NOON,
            language="en",
            parent="1801",
            key="x:1802",
            figures=Figures(likes=12, shares=3),
        ),
    )
    assert (found.platform, found.owner, found.owner_id) == ("x", "odile", "77")
    assert found.exported_at == datetime(2026, 11, 20, 14, 2, 11, tzinfo=UTC)


def test_a_status_of_mastodon_is_told_whole(tmp_path: Path) -> None:
    parts = {
        "actor.json": actor(),
        "outbox.json": outbox(whole_note(1, "<p>One</p>"), whole_note(2, "<p>Two</p>", answers=1)),
    }
    found = read(tarred(tmp_path / "a.tar.gz", parts))
    assert found.statuses[1] == OwnStatus(
        text="Two",
        remote_id="2",
        url="https://social.grebe.example/@odile/2",
        published_at=NOON,
        language="en",
        parent="1",
        key=f"mastodon:{ODILE}/statuses/2",
        figures=Figures(likes=5, shares=2),
    )
    assert (found.platform, found.owner, found.left_out) == ("mastodon", "odile@social.grebe.example", {})


@pytest.mark.parametrize("parts", [{"actor.json": actor(NUMBERED)}, {}])
def test_servers_that_number_their_accounts_name_the_owner_all_the_same(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    told = outbox(whole_note(1, "<p>One</p>", actor=NUMBERED), whole_note(2, "<p>Two</p>", answers=1, actor=NUMBERED))
    found = read(zipped(tmp_path / "a.zip", parts | {"outbox.json": told}))
    assert found.owner == "odile@social.grebe.example"
    assert [(one.remote_id, one.parent) for one in found.statuses] == [("1", ""), ("2", "1")]


def test_a_server_with_ids_that_its_api_does_not_know_tells_none(tmp_path: Path) -> None:
    found = read(
        unpacked(tmp_path, {"outbox.json": outbox(note(1, "<p>One</p>", id="https://p.example/objects/3f-9a"))})
    )
    assert [(one.text, one.remote_id) for one in found.statuses] == [("One", "")]


def test_of_a_post_that_was_edited_only_the_last_version_is_one(tmp_path: Path) -> None:
    versions = {"editTweetIds": ["1", "2"], "editableUntil": "", "editsRemaining": "4", "isEditEligible": True}
    first = whole_tweet(1, "Tpyo", edit_info={"initial": versions})
    last = whole_tweet(2, "Typo", edit_info={"edit": {"initialTweetId": "1", "editControlInitial": versions}})
    found = read(zipped(tmp_path / "a.zip", x_parts(first, last, whole_tweet(3, "Then", answers=1))))
    assert [(one.text, one.parent) for one in found.statuses] == [("Typo", ""), ("Then", "2")]
    assert found.left_out == {"earlier versions": 1}


def test_a_picture_without_words_is_a_post_and_nothing_to_learn_from(tmp_path: Path) -> None:
    picture = {"media": [{"url": "https://t.co/b", "media_url_https": "https://pbs.twimg.com/media/b.jpg"}]}
    found = read(zipped(tmp_path / "x.zip", x_parts(tweet(1, "https://t.co/b", entities=picture))))
    assert ([one.text for one in found.statuses], found.posts) == ([""], ())
    attached = note(1, "", attachment=[{"type": "Document", "mediaType": "image/png", "name": "A chart"}])
    assert [one.remote_id for one in read(zipped(tmp_path / "m.zip", {"outbox.json": outbox(attached)})).statuses] == [
        "1"
    ]


def test_of_a_file_with_posts_alone_a_thread_is_known_by_itself(tmp_path: Path) -> None:
    own = whole_tweet(2, "Then", answers=1)
    other = whole_tweet(3, "No", in_reply_to_status_id_str="99", in_reply_to_user_id_str="5")
    path = tmp_path / "tweets.js"
    path.write_bytes(part("tweets", [whole_tweet(1, "One"), own, other]))
    found = read(path)
    assert [(one.remote_id, one.parent, one.url) for one in found.statuses] == [
        ("1", "", "https://x.com/i/status/1"), ("2", "1", "https://x.com/i/status/2"),
    ]  # fmt: skip
    assert (found.owner, found.exported_at, found.left_out) == ("", None, {"replies": 1})


def test_what_continues_an_answer_to_somebody_is_one(tmp_path: Path) -> None:
    answer = tweet(2, "no, they did", in_reply_to_status_id_str="99", in_reply_to_user_id_str="5")
    found = read(zipped(tmp_path / "a.zip", x_parts(tweet(1, "One"), answer, whole_tweet(3, "And so on", answers=2))))
    assert ([one.remote_id for one in found.statuses], found.left_out) == (["1"], {"replies": 2})


@pytest.mark.parametrize("count", ["-1", "1.5", "9" * 17, "many", "", 12, None])
def test_a_count_that_is_none_is_not_told(count: object, tmp_path: Path) -> None:
    [one] = read(zipped(tmp_path / "a.zip", x_parts(whole_tweet(1, "One", favorite_count=count)))).statuses
    assert one.figures == Figures(shares=3)


@pytest.mark.parametrize(
    "content",
    [b"", b"window.__THAR_CONFIG = ", b"window.__THAR_CONFIG = [1]", b'{"manifest_version": 3}', b"\xff" * 20],
)
def test_a_manifest_that_says_nothing_hides_nothing(content: bytes, tmp_path: Path) -> None:
    found = read(zipped(tmp_path / "a.zip", x_parts(whole_tweet(1, "One")) | {"data/manifest.js": content}))
    assert ([one.text for one in found.statuses], found.owner, found.exported_at) == (["One"], "odile", None)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"preferredUsername": 3}', b'{"preferredUsername": "o/\\u001b", "id": "x"}']
)
def test_an_actor_that_says_nothing_leaves_the_owner_to_the_posts(content: bytes, tmp_path: Path) -> None:
    parts = {"actor.json": content, "outbox.json": outbox(whole_note(1, "<p>One</p>"))}
    assert read(zipped(tmp_path / "a.zip", parts)).owner == "odile@social.grebe.example"


def test_a_manifest_or_an_actor_alone_is_no_archive(tmp_path: Path) -> None:
    assert own_posts_in(zipped(tmp_path / "a.zip", {"manifest.js": manifest()}), "a.zip") is None
    assert own_posts_in(zipped(tmp_path / "b.zip", {"actor.json": actor()}), "b.zip") is None
