"""The counters find what the rules find that are written down once more in ``slow.py``."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.counters import mastodon, x
from contentkit.counters.domain_ends import all_ends
from tests.counters import slow

ENDS = all_ends().ascii | all_ends().others

# None of these can make an end of a domain that is on one list and not on another.
PIECES = [
    "https://", "http://", "HTTP://", "gemini://", "dat://", "ftp://", "example", "a", "foo", "bar.com", ".com", ".org", ".co.uk",
    "setup.py", ".", "..", "/", "//", "?", ":", ":8080", "#", "@", "@bob", "@bob@example.com", "bob@example.com", "\uff20",
    "\uff03", "$", "&", "=", "-", "_", "\u2013", "(", ")", "[", "]", "<", ">", '"', "'", "`", "\u201c", "\u2026", "!", "*", ";",
    ",", "+", "~", "%20", "|", "\\", "^", " ", "\n", "\u3000", "\u200b", "\u200e", "\u202a", "\u00a0", "\u65e5\u672c",
    "\u4f8b\u3048.jp", "\u4e2d\u56fd", "\u4f8b", "\u00e9", "\u00df", "\u044f", ".\u0440\u0444", "\u30a2", "\u30fc", "\u300d",
    "\u00b2", "\u0903", "\u00a9", "xn--", "xn--p1ai", "t.co", "https://t.co/", "https://t.co/abc", "x=1", "a_b", "localhost",
    "192.168.0.1", "wiki/Foo_(bar)", "path/(a(b)c)", "(\u65e5)", "\u0301", "\u017f", "z" * 62, "\ufe63", "\ufeff",
]  # fmt: skip
WIDE = [
    *PIECES,
    "\U0001f600",
    "\U0001f468\u200d\U0001f469\u200d\U0001f466",
    "\U0001f1f2\U0001f1fd",
    "\U00020000",
    "\u200d",
    "\ufe0f",
]


def soup_of(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=12).map("".join)


def x_agrees(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert x.weighted_length(text) == slow.x_count(text, ENDS)
    assert x.links_in(text) == [(start, end) for start, end, _ in slow.x_links(text, ENDS)]


def mastodon_agrees(text: str) -> None:
    assert mastodon.mastodon_length(text) == slow.mastodon_count(text, ENDS)
    assert mastodon.links_in(text) == list(slow.mastodon_links(text, ENDS))


@settings(max_examples=300, deadline=None)
@given(soup_of(PIECES))
@example("example_bar.com\u044fbar.com")
def test_x_counts_by_the_rules(text: str) -> None:
    x_agrees(text)


@settings(max_examples=300, deadline=None)
@given(soup_of(WIDE))
@example("https://t.co/?\U00020000")
def test_mastodon_counts_by_the_rules(text: str) -> None:
    mastodon_agrees(text)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(soup_of(PIECES))
def test_x_counts_by_the_rules_for_very_many_texts(text: str) -> None:
    x_agrees(text)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(soup_of(WIDE))
def test_mastodon_counts_by_the_rules_for_very_many_texts(text: str) -> None:
    mastodon_agrees(text)
