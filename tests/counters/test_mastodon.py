"""Text as Mastodon counts it, by the cases of its own validator and hand-made rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.counters.graphemes import graphemes
from contentkit.counters.mastodon import links_in, mastodon_length

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
        (f"https://{'x' * 60}.example.org:8080/{'y' * 60}?z={'z' * 60}#{'z' * 60}", "", 23),
        ("https://sub_domain.example.org/" + "x" * 30, "", 23),
        ("dat://example.org/" + "x" * 30, "", 23),
        ("dweb://example.org ipfs://example.org ipns://example.org ssb://example.org", "", 4 * 23 + 3),
        ("gopher://example.org GEMINI://example.org", "", 23 + 1 + 23),
        # What is no link is counted letter by letter.
        ("example.org/a", "", 13),
        ("setup.py", "", 8),
        ("ftp://example.org/" + "x" * 30, "", 48),
        ("mailto:alice@example.org", "", 24),
        ("magnet:?xt=urn:btih:" + "a" * 40, "", 60),
        ("#https://example.org/" + "x" * 30, "", 51),
        ("@https://example.org/" + "x" * 30, "", 51),
        ("$https://example.org/" + "x" * 30, "", 51),
        ("9https://example.org/" + "x" * 30, "", 51),
        ("http://localhost:8000/" + "x" * 30, "", 52),
        ("http://127.0.0.1/" + "x" * 30, "", 47),
        ("http://[2001:db8::1]/" + "x" * 30, "", 51),
        (f"https://{'b' * 64}.com", "", 76),
        (f"https://wiki.internal/{'x' * 30}", "", 52),
        (f"https://-{'b' * 30}.com/", "", 44),
        (f"https://under_{'b' * 30}.com/", "", 49),  # not in the label before the end
        (f"https://user:secret@example.com/{'x' * 30}", "", 62),
        (f"https://t.co/{'a' * 41}", "", 54),
        # What stands before a link may be part of one that is none without a scheme.
        (f"example.org/https://example.com/{'x' * 30}", "", 62),
        (f"example.org,https://example.com/{'x' * 30}", "", 12 + 23),
        (f"\u65e5https://example.com/{'x' * 30}", "", 1 + 23),
        # Where a link ends.
        ("https://example.com" + "\u6587" * 100, "", 23 + 100),
        ("https://example.com/" + "\u6587" * 100, "", 23),
        ("https://example.com/?q=" + "\u6587" * 100, "", 23),
        ("https://t.co/?" + "\U00020000" * 9, "", 23),
        ("https://example.com/?" + "\U000e1000" * 9, "", 23),
        ("https://example.com/?" + "\U000e0fff" * 9, "", 23 + 10),
        ("https://example.com/?q=1\u3000" + "\u6587" * 100, "", 23 + 101),
        ("https://example.com/a\u3000\u6587", "", 23 + 2),
        ("https://example.com/\u300c\u6587\u300d", "", 23 + 1),
        ("(https://example.org/a)", "", 25),
        ("<https://example.org/a>", "", 25),
        ("https://example.org/a_(b_(c))", "", 23),
        ("https://example.org/a_(\u6587)", "", 23 + 3),
        ("https://example.org/a_(\u6587)b", "", 23),
        ("https://example.org/a_(b", "", 23 + 2),
        ("https://example.org/a?", "", 24),
        ("https://example.org/a=", "", 24),
        ("https://example.org/a.b,c;d!", "", 24),
        ("https://example.org#a", "", 25),
        ("https://example.org?a=b&c", "", 23),
        ("https://example.org/@alice", "", 23),
        ("https://example.org/@alice@example.com", "", 23),
        (f"https://t.co/abc/{'x' * 30}", "", 23 + 31),
        # Hosts in other scripts, as DNS could write them in 2003.
        (f"https://b\u00fccher.example.org/{'x' * 30}", "", 23),
        (f"https://\u4f8b\u3048.jp/{'x' * 30}", "", 23),
        (f"https://example.\u4e2d\u56fd/{'x' * 30}", "", 23),
        (f"https://{chr(0x1FAE0)}.example.org/{'x' * 30}", "", 8 + 1 + 12 + 31),
        # An end that is on one of two lists counts by the list that counts more.
        (f"https://a.music/{'x' * 30}", "", 46),
        ("https://a.music", "", 23),
        (f"https://a.volkswagen/{'x' * 30}", "", 51),
        # A mention counts without its host.
        ("@alice", "", 6),
        ("@alice@example.org, @bob@example.org", "", 6 + 2 + 4),
        ("@alice.b-c@example.org", "", 10),
        ("mail alice@example.org", "", 22),
        ("@alice@example.org@example.org", "", 30),
        ("@alice@example.org.", "", 7),
        ("@alice@example.org://x", "", 22),
        ("a/@alice@example.org", "", 20),
        ("a=@alice@example.org", "", 20),
        ("(@alice@example.org)", "", 8),
        ("\u00e9@alice@example.org", "", 19),
        ("\u65e5@alice@example.org", "", 19),
        ("\U0001f600@alice@example.org", "", 7),
        ("@alice@b\u00fccher.example.org!", "", 7),
        ("@alice@example.org-", "", 7),
        ("@alice@-example.org", "", 19),
        ("@alice@ example.org", "", 19),
        ("@alice @bob", "", 11),
        ("@@alice@example.org", "", 7),
        ("@.alice@example.org", "", 19),
        ("\uff20alice@example.org", "", 18),
        ("@alice@example.org\uff20", "", 19),
        ("@alice@b.c@d.e @bob@b.c", "", 14 + 1 + 4),
        (f"@alice@{'b' * 253}", "", 6),
        (f"@alice@{'b' * 254}", "", 261),
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
        # Links in a warning are not discounted, and it is the text where there is none.
        ("a", "https://example.org/" + "x" * 30, 51),
        ("", "https://example.org/" + "x" * 30, 50),
        ("", "https://a.org", 23),
        (" ", "https://a.org", 24),
        ("a", "https://a.org", 14),
    ],
)
def test_a_status_is_as_long_as_mastodon_says(text: str, warning: str, length: int) -> None:
    assert mastodon_length(text, warning) == length


def test_a_server_may_reserve_another_length_for_links() -> None:
    assert mastodon_length("See https://example.org/abc", url_length=30) == 34


@given(st.text(), st.text())
def test_a_length_is_never_more_than_the_characters_but_for_short_links(text: str, warning: str) -> None:
    links = text.count("://") + warning.count("://")
    assert 0 <= mastodon_length(text, warning) <= len(text) + len(warning) + 23 * links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("See https://example.org/a, (gemini://example.org).", ["https://example.org/a", "gemini://example.org"]),
        ("setup.py and example.org/https://example.com", []),
        ("https://t.co/abc/x", ["https://t.co/abc"]),
        ("https://a.music https://a.volkswagen https://localhost", ["https://a.music", "https://a.volkswagen"]),
    ],
)
def test_links_are_told_by_their_place(text: str, links: list[str]) -> None:
    assert [text[start:end] for start, end in links_in(text)] == links


@given(st.text("ab .\n@#/🎉e\u0301", max_size=40))
def test_without_links_and_hosts_a_length_is_the_number_of_graphemes(text: str) -> None:
    if "@" not in text:
        assert mastodon_length(text) == graphemes(text)


PIECES = [
    "https://", "http://", "gemini://", "HTTPS://", "://", "example", ".com", ".co.uk", ".", "/", "?", ":80", "a_b", "_", "-",
    "(", ")", "@", "@bob", "@bob@example.com", "#", "t.co/", " ", "\n", "\u3000", "\u6587", "\u4e2d\u56fd", ".\u4e2d\u56fd",
    "\u00e9", "e\u0301", "\u300d", "!", ",", "=", "&", "'", "xn--", "x" * 30, FAMILY, "\U0001f1f2\U0001f1fd",
    "\ud800", "guardian",
]  # fmt: skip
SOUP = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=16), st.lists(st.text(max_size=5) | st.sampled_from(PIECES), max_size=8)
).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_links_lie_in_the_text_in_order_and_apart(text: str) -> None:
    edges = [edge for span in links_in(text) for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in links_in(text))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


@settings(max_examples=300, deadline=None)
@given(SOUP, SOUP)
def test_two_texts_with_a_space_between_count_as_both(one: str, other: str) -> None:
    # Marks and joined emoji reach over nothing: here a letter stands at the beginning.
    assert mastodon_length(f"{one} a{other}") == mastodon_length(one) + 1 + mastodon_length(f"a{other}")


@settings(max_examples=300, deadline=None)
@given(SOUP, st.sampled_from(["a", "\u00e9", "\u6f22", "\U0001f600"]))
def test_one_more_word_never_counts_less(text: str, letter: str) -> None:
    assert mastodon_length(f"{text} {letter}") == mastodon_length(text) + 2


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_a_warning_counts_all_its_letters(warning: str) -> None:
    assert mastodon_length("a", warning) == 1 + graphemes(warning)
