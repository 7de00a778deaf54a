from __future__ import annotations

import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.sources.own_posts import Gathered, own_posts_in
from tests.sources.own_posts.archives import ODILE, PUBLIC, note, outbox, tarred, unpacked, zipped

PLAIN = note(1, "<p>We broke the restore test.</p>")


def read(path: Path) -> Gathered:
    found = own_posts_in(path, "export")
    assert found is not None
    return found


def gathered(*activities: object, tmp_path: Path) -> Gathered:
    return read(tarred(tmp_path / "a.tar.gz", {"outbox.json": outbox(*activities)}))


def test_a_post_has_its_words_day_language_and_address(tmp_path: Path) -> None:
    [post] = gathered(PLAIN, tmp_path=tmp_path).posts
    assert (post.text, post.written, post.language, post.key) == (
        "We broke the restore test.", date(2026, 11, 18), "en", f"mastodon:{ODILE}/statuses/1",
    )  # fmt: skip


def test_every_packing_says_the_same(tmp_path: Path) -> None:
    parts = {"actor.json": b"{}", "media/1.png": b"\x89PNG" * 5000, "outbox.json": outbox(PLAIN, {"type": "Announce"})}
    first = read(tarred(tmp_path / "a.tar.gz", parts))
    assert (len(first.posts), first.owner) == (1, "odile@social.grebe.example")
    assert read(tarred(tmp_path / "b.tar", parts)) == first
    assert read(zipped(tmp_path / "c.zip", parts)) == first
    assert read(unpacked(tmp_path / "d", parts)) == first
    assert read(tmp_path / "d/outbox.json") == first


def test_a_list_that_stands_twice_is_the_second_one(tmp_path: Path) -> None:
    # So it stands in a real export of Mastodon.
    whole = outbox(PLAIN).decode()
    twice = whole.replace('"orderedItems"', '"orderedItems":[],"orderedItems"', 1)
    assert twice != whole
    [post] = read(tarred(tmp_path / "a.tar.gz", {"outbox.json": twice.encode()})).posts
    assert post.text == "We broke the restore test."


def test_an_account_that_never_wrote_has_no_posts(tmp_path: Path) -> None:
    for words in (b'{"orderedItems":[]}', b'{"orderedItems":[],"orderedItems": [ ]}'):
        assert not read(tarred(tmp_path / "a.tar.gz", {"outbox.json": words})).posts


def test_what_is_not_said_to_everybody_is_left_out_and_counted(tmp_path: Path) -> None:
    found = gathered(
        PLAIN,
        {"type": "Announce", "object": "https://other.example/1"},
        note(2, "<p>no</p>", inReplyTo="https://other.example/users/tomas/statuses/3"),
        note(3, "<p>followers only</p>", to=[f"{ODILE}/followers"], cc=[]),
        note(4, "<p>a quiet one</p>", to=[f"{ODILE}/followers"], cc=[PUBLIC]),
        note(5, '<p><span class="h-card"><a href="https://o.example/@t">@<span>t</span></a></span> look</p>'),
        note(6, "<p>direct</p>", to=["https://other.example/users/t"], cc=[]),
        tmp_path=tmp_path,
    )
    assert [post.text for post in found.posts] == ["We broke the restore test."]
    assert found.left_out == {"begin with a mention": 1, "boosts": 1, "not public": 3, "replies": 1}


def test_what_continues_one_s_own_thread_counts_though_it_is_unlisted(tmp_path: Path) -> None:
    own = note(2, "<p>Then we mended it.</p>", inReplyTo=f"{ODILE}/statuses/1", to=[f"{ODILE}/followers"], cc=[PUBLIC])
    assert len(gathered(PLAIN, own, tmp_path=tmp_path).posts) == 2


def test_an_account_whose_name_begins_alike_is_somebody_else(tmp_path: Path) -> None:
    other = note(2, "<p>No, you did.</p>", inReplyTo=f"{ODILE}tta/statuses/1")
    assert gathered(PLAIN, other, tmp_path=tmp_path).left_out == {"replies": 1}


def test_the_text_is_what_readers_see(tmp_path: Path) -> None:
    content = (
        '<p>One<br>two &amp; <a href="https://grebe.example/a/b"><span class="invisible">https://</span>'
        '<span class="ellipsis">grebe.example/a</span><span class="invisible">/b</span></a></p><p>Three</p>'
    )
    [post] = gathered(note(1, content), tmp_path=tmp_path).posts
    assert post.text == "One\ntwo & https://grebe.example/a/b\n\nThree"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"orderedItems": 3}',
        b'{"orderedItems": [',
        b'{"orderedItems": [{"a": ',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_export_is_named(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"export/outbox\.json"):
        own_posts_in(zipped(tmp_path / "a.zip", {"outbox.json": content}), "export")


@pytest.mark.parametrize(
    "activity", [{}, {"type": "Create"}, {"type": "Create", "object": "x"}, note(1, "<p>a</p>", to=3, cc=None), note(1, "<p>"),
                 note(1, "<p>a</p>", published=4, contentMap=[], id=5), note(1, "<" * 200_000), "x"]
)  # fmt: skip
def test_an_odd_item_does_not_hide_the_others(activity: object, tmp_path: Path) -> None:
    assert "We broke the restore test." in [post.text for post in gathered(activity, PLAIN, tmp_path=tmp_path).posts]


@pytest.mark.parametrize("content", ["<![<![CDATA[", "<!DOCTYPE[", "<![x", "<?", "</", "&#" + "9" * 6000 + ";"])
def test_odd_markup_ends_nothing(content: str, tmp_path: Path) -> None:
    assert "We broke the restore test." in [
        post.text for post in gathered(note(2, content), PLAIN, tmp_path=tmp_path).posts
    ]


@pytest.mark.parametrize("piece", ["<a ", "<", "<!--", "&#", "<p", "&lt", "</", "<![CDATA["])
def test_no_repeated_markup_takes_long(piece: str) -> None:
    program = (
        "import sys\nfrom contentkit.sources.own_posts.markup import plain\n"
        "for _ in range(5): plain(sys.argv[1] * (1_000_000 // len(sys.argv[1])))\nprint('answered')"
    )

    def at_most_five_seconds() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))

    run = subprocess.run(
        [sys.executable, "-c", program, piece],
        capture_output=True,
        text=True,
        preexec_fn=at_most_five_seconds,
        check=False,
    )
    assert run.stdout == "answered\n"
