"""What a page says to its readers, and whether it says given words."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.web import Fetched
from contentkit.web.page_words import says, visible_text, words_of

_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (8, 8))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from contentkit.web.page_words import says, visible_text
piece = sys.argv[1].encode().decode("unicode_escape")
page = piece * (1024 * 1024 // len(piece))
for hostile in (page, "<p " + page):
    says(visible_text(hostile), "Ships today")
says(page, piece * 50)
"""


def _page(body: bytes, kind: str = "text/html", charset: str = "") -> Fetched:
    return Fetched(address="https://example.org/", status=200, content_type=kind, charset=charset, body=body)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Ships <b>to</b>day</p>", "Ships today"),
        ("<h1>Ships</h1><p>today</p>", "Ships today"),
        ("Ships<br>today", "Ships today"),
        ("Ships&nbsp;to&#100;ay &amp; &lt;b&gt;", "Ships today & <b>"),
        ("<title>Ships</title><script>'Ships'</script><style>Ships</style>today", "today"),
        ("<!-- Ships <b> -->today", "today"),
        ('<a title="Ships > today">now</a>', "now"),
        ("<p hidden>Ships<p>more</p></p>today", "today"),
        ('<div style="display: none">Ships<div>more</div>and more</div>today', "today"),
        ("<template><p>Ships</p></template>today", "today"),
        ("3 < 4, and a<b>c</b>", "3 < 4, and ac"),
        ("today<script>Ships", "today"),
        ("today<a href='Ships", "today"),
        ("<!doctype html><?xml version='1'?>today", "today"),
    ],
)
def test_a_page_says_what_its_readers_see(page: str, text: str) -> None:
    assert visible_text(page) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It ships\n  today.", "ships today"),
        ("It ships to\u00adday", "ships today"),
        ("cafe\u0301 is open", "caf\u00e9"),
        ("Release 2.0.0 is out.", "2.0.0"),
        ("Release v2.0.0", "2.0.0"),
        ("See 2.0.0.", "2.0.0"),
        ("2.0.0を公開しました", "2.0.0"),
        ("本日公開しました", "公開"),
        ("12.0.0 and then 2.0.0", "2.0.0"),
        ('{"version":"2.0.0"}', '"version":"2.0.0"'),
    ],
)
def test_words_are_found_where_they_stand(text: str, words: str) -> None:
    assert says(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It Ships Today", "ships today"),
        ("TimeModel-20", "TimeModel-2"),
        ("The model-2 of time", "del-2"),
        ("2.0.0rc1", "2.0.0"),
        ("2.0.0-rc.1", "2.0.0"),
        ("2.0.0.dev3", "2.0.0"),
        ("2.0.0.1", "2.0.0"),
        ("12.0.0", "2.0.0"),
        ("1.2.0.0", "2.0.0"),
    ],
)
def test_a_part_of_a_longer_word_or_of_another_version_is_not_what_is_waited_for(text: str, words: str) -> None:
    assert not says(text, words)


def test_what_is_no_page_says_all_that_stands_in_it() -> None:
    assert words_of(_page(b'{"a": "<b>1</b>"}', "application/json")) == '{"a": "<b>1</b>"}'


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("caf\u00e9".encode("latin-1"), "iso-8859-1"),
        ("<meta charset='windows-1252'>caf\u00e9".encode("cp1252"), ""),
        ("caf\u00e9".encode("utf-16"), ""),
        ("caf\u00e9".encode(), "punycode"),
        ("caf\u00e9".encode(), "windows-nothing"),
        (b"\xef\xbb\xbf" + "caf\u00e9".encode(), "latin-1"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_names_if_pages_have_it(body: bytes, charset: str) -> None:
    assert words_of(_page(body, charset=charset)) == "caf\u00e9"


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("<>!-/\"'pb &;hiden=")))
def test_no_page_is_too_odd_to_be_read(page: str) -> None:
    visible_text(page)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(st.characters(categories=["Ll"], max_codepoint=0x2FF), min_size=1), st.text())
def test_words_between_spaces_are_always_found(before: str, words: str, after: str) -> None:
    assert says(f"{before} {words} {after}", words)


@pytest.mark.parametrize("piece", ["<", "<a", "<a \"'", "<!--", "<script>", "<p hidden>", "<p hidden></p>", "&", "a", "1.",
                                   "\\u0315\\u0300", "hidden ", "<script></script>", " "])  # fmt: skip
def test_a_hostile_page_is_read_in_linear_time(piece: str) -> None:
    done = subprocess.run([sys.executable, "-c", _LIMITED, piece], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
