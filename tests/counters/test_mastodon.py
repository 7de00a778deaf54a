"""Text as Mastodon counts it, by the cases of its own validator and hand-made rows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.counters.graphemes import graphemes
from contentkit.counters.mastodon import mastodon_length
from contentkit.text import urls_in

LONG_LINK = f"http://{'b' * 30}.com/example"
FAMILY = "👨‍👩‍👧‍👦"
TRANSGENDER_FLAG = "\U0001f3f3\ufe0f\u200d\u26a7\ufe0f"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("text", "warning", "length"),
    [
        # What Mastodon's own validator is tested with.
        ("", "a" * 520, 520),
        ("a" * 520, "", 520),
        ("b" * 251, "a" * 250, 501),
        ("a" * 476 + " " + LONG_LINK, "", 500),
        ("a" * 476 + LONG_LINK, "", 525),
        ("http://example.com/valid?" + "#foo?" * 1000, "", 5025),
        ("a" * 475 + f" @alice@{'b' * 30}.com", "", 482),
        (f"@alice@{'b' * 500}.com", "", 511),
        ("✨" * 500, "", 500),
        (TRANSGENDER_FLAG * 500, "", 500),
        # A link counts 23, however long or short.
        ("https://e.co", "", 23),
        (f"See https://example.org/{'x' * 300}.", "", 28),
        ("https://example.org/a_(b)", "", 23),
        ("https://example.org and HTTPS://EXAMPLE.ORG", "", 23 + 5 + 23),
        # What is no link is counted letter by letter.
        ("example.org/a", "", 13),
        ("setup.py", "", 8),
        ("ftp://example.org/" + "x" * 30, "", 48),
        ("#https://example.org/" + "x" * 30, "", 51),
        ("http://localhost:8000/" + "x" * 30, "", 52),
        ("http://127.0.0.1/" + "x" * 30, "", 47),
        (f"https://{'b' * 64}.com", "", 76),
        (f"https://wiki.internal/{'x' * 30}", "", 52),
        (f"https://-{'b' * 30}.com/", "", 44),
        # Where a server might count more than 23, so do we.
        ("https://example.com" + "文" * 100, "", 119),
        ("https://example.com/?q=" + "文" * 100, "", 123),
        ("https://example.com/" + "文" * 100, "", 23),
        # A mention counts without its host.
        ("@alice", "", 6),
        ("@alice@example.org, @bob@example.org", "", 6 + 2 + 4),
        ("@alice.b-c@example.org", "", 10),
        ("mail alice@example.org", "", 22),
        ("@alice@example.org@example.org", "", 30),
        ("@alice@example.org.", "", 7),
        ("@alice@example.org://x", "", 22),
        ("a/@alice@example.org", "", 20),
        # One character is what a reader calls one.
        ("é", "", 1),
        ("e\u0301", "", 1),
        (FAMILY, "", 1),
        (SCOTLAND, "", 1),
        ("🇲🇽🇪🇸", "", 2),
        ("한국어", "", 3),
        ("\r\n", "", 1),
        ("का", "", 1),
        ("", "", 0),
        # Links in a warning are not discounted.
        ("", "https://example.org/" + "x" * 30, 50),
    ],
)
def test_a_status_is_as_long_as_mastodon_says(text: str, warning: str, length: int) -> None:
    assert mastodon_length(text, warning) == length


def test_a_server_may_reserve_another_length_for_links() -> None:
    assert mastodon_length("See https://example.org/abc", url_length=30) == 34


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_a_length_is_never_more_than_the_characters_but_for_short_links(text: str, warning: str) -> None:
    links = len(urls_in(text))
    assert 0 <= mastodon_length(text, warning) <= len(text) + len(warning) + 23 * links


@given(st.text("ab .\n@#/🎉e\u0301", max_size=40))
def test_without_links_and_hosts_a_length_is_the_number_of_graphemes(text: str) -> None:
    if "@" not in text:
        assert mastodon_length(text) == graphemes(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://" + "(" * 20_000,
        "https://a.org/" + "(a" * 10_000,
        "https://a.org/" + "!a" * 10_000,
        "https://a.org/" + "." * 20_000 + "\u200b",
        "@a" * 20_000,
        "@" + "a." * 20_000,
        "@" + "a-" * 10_000 + "@" + "b." * 10_000 + "@",
        SCOTLAND[:-1] * 3_000,
        "e\u0301" * 10_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    mastodon_length(text)
    # Milliseconds each where time is linear; minutes where it is not.
    assert time.process_time() - started < 3
