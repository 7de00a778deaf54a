"""Text as X counts it, by hand-made rows from X's published rules."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.counters.x import links_in, weighted_length

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("plain words", 11),
        ("e\u0301", 1),  # composed before it is counted
        ("a\r\nb\rc\nd", 8),
        ("\u00a9 \u2014 \u2013 \u201c\u201d \u2018\u2019", 11),
        ("\u2026", 2),
        ("\u20ac", 2),
        ("\u2022", 2),
        ("\u2122", 2),
        ("\u2060", 2),
        ("\u200b", 1),
        ("\u2032", 1),
        ("\u201f\u2020", 3),
        ("\u10ff\u1100", 3),
        ("\u3042\u30a2\ud55c\u6f22", 8),
        ("\u0416\u05d0\u0639\u0939\u0e01", 5),
        ("\u306e" * 140, 280),
        (FAMILY * 140, 280),
    ],
)
def test_characters_weigh_one_or_two(text: str, length: int) -> None:
    assert weighted_length(text) == length


@pytest.mark.parametrize(
    "emoji",
    [
        "\U0001f600",  # a single one
        "\u2764\ufe0f",  # a text symbol shown as emoji
        "\u00a9\ufe0f",
        "1\ufe0f\u20e3",  # keycap
        "1\u20e3",  # and as some keyboards write it
        "\u00ae\ufe0f",
        "\U0001f44d\U0001f3fd",  # skin tone
        "\U0001f1f2\U0001f1fd",  # flag
        SCOTLAND,
        FAMILY,
        "\U0001f3f3\ufe0f\u200d\u26a7\ufe0f",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001faf1\U0001f3fd\u200d\U0001faf2\U0001f3fb",
        "\U0001f9d1\u200d\U0001f9d1\u200d\U0001f9d2",
        "\U0001f469\U0001f3fd\u200d\U0001f4bb",
        "\U0001f937\U0001f3fd\u200d\u2642\ufe0f",
        "\U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f468\U0001f3fe",
        "\U0001f9ce\U0001f3fd\u200d\u2640\ufe0f\u200d\u27a1\ufe0f",  # kneels, and to the right
        "\U0001f468\U0001f3fd\u200d\U0001f9bc\u200d\u27a1\ufe0f",
        "\U0001f469\U0001f3fd\u200d\U0001f91d\u200d\U0001f469\U0001f3fb",
        "\U0001f1e8\U0001f1f6",  # the flag of Sark, of 2024
        "\U0001f9d1\U0001f3fd\u200d\U0001fa70",  # a ballet dancer, of 2025
        "\U0001f468\U0001f3fb\u200d\U0001f430\u200d\U0001f468\U0001f3ff",
        "\U0001f93c\U0001f3fb\u200d\u2642\ufe0f",
        "\U0001faf9\U0001f3fd",  # a hand of 2026
    ],
)
def test_an_emoji_counts_two_with_all_that_is_joined_to_it(emoji: str) -> None:
    assert weighted_length(emoji) == 2
    assert weighted_length(f"a {emoji}{emoji} b") == 8


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("\U0001f600\u200d\U0001f600", 5),  # nobody draws this as one
        ("\U0001f1fd\U0001f1fd", 4),  # no such flag
        ("\U0001f600\U0001f3fd", 4),  # a face has no skin tone
        ("a\ufe0f", 3),
        ("\U0001f937\u200d\u2642", 5),  # no emoji without its selector
        ("\U0001f937\u200d\u2642\ufe0f\u200d\u27a1\ufe0f", 5),  # nobody shrugs to the right
        ("\U0001f468\u200d\u2764\ufe0f\u200d\U0001f469", 8),  # this couple is written the other way round
        (
            "\U0001f469\U0001f3fd\u200d\U0001f91d\u200d\U0001f469\U0001f3fd",
            8,
        ),  # one tone: another emoji
        ("\U0001f46a\U0001f3fd", 4),  # a family has no skin tone
        ("\U0001f468\u200d\U0001f466\u200d\U0001f467", 5),  # girls stand first
        ("\u2753\ufe0f", 4),
    ],
)
def test_what_is_joined_without_being_one_emoji_counts_in_pieces(text: str, length: int) -> None:
    assert weighted_length(text) == length


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com",
        "http://example.org/",
        "HTTPS://EXAMPLE.ORG",
        "example.org",
        "https://example.org:8080/a?b=c#d",
        "example.org/a/b.html?q=1&r=2",
        "https://example.org?q=1",
        f"https://example.org/{'a' * 300}",
        f"{'a' * 60}.org",
        "https://en.wikipedia.org/wiki/Python_(programming_language)",
        "https://ru.wikipedia.org/wiki/\u0417\u0430\u0433\u043b\u0430\u0432\u043d\u0430\u044f",
        "https://es.wikipedia.org/wiki/Espa\u00f1a",
        "http://\u4f8b\u3048.\u4e2d\u56fd/x",
        f"https://t.co/{'a' * 10}",
    ],
)
def test_a_link_counts_23_however_long(link: str) -> None:
    assert weighted_length(link) == 23
    assert weighted_length(f"See {link}, ({link}).") == 4 + 23 + 3 + 23 + 2


def test_the_size_of_a_link_is_the_networks() -> None:
    assert weighted_length("See example.org", url_length=30) == 34


@pytest.mark.parametrize(
    "name",
    [
        "setup.py", "README.md", "main.rs", "run.sh", "Socket.IO", "ASP.NET", "asyncio.run", "crates.io", "done.So",
        "console.dev", "numpy.zip", "www.example.com",
    ],
)  # fmt: skip
def test_a_dotted_name_that_ends_like_a_host_is_a_link(name: str) -> None:
    assert weighted_length(name) == 23
    assert weighted_length(f"\u306f{name}\u306f") == 27


@pytest.mark.parametrize(
    "text",
    [
        "user@example.com", "don.me@example.com", "first.last+tag@example.com", "@example.com", "#example.com", "$example.com",
        "src/setup.py", "test_config.py", "-example.com", "_example.com", ".example.com", "and...example.com",
        "np.array..bar.com",
        "np.array", "3.14", "e.g. this", "v1.2.3", "10.5281", "example.com-based", "example.com+more", "example.company1",
        "U.S. and a.m.", "file.unknownending", "...", "a. b", "-.-", "ahttps://b.unknownending/c", "com", ".com", "://", "http://",
        "http://.com", "http://-a.com", "http://a-.com", "https://a_b.com", "https://_.com", "ftp://localhost",
        "https://localhost/x", "http://localhost:8000/a/rather/long/path", "http://192.168.0.1/x", "http://[2001:db8::1]/",
        "https://wiki.internal/a", "@http://example.com", "$https://example.com", "#http://example.com", "xhttp://a.unknownend",
        f"http://{'a' * 64}.com", f"{'a' * 64}.com/path", f"https://t.co/{'a' * 41}", f"https://example.org/{'a' * 4096}",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_link_counts_letter_by_letter(text: str) -> None:
    assert weighted_length(text) == len(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        # Closed brands are links by the list that X published; short ones count as links, long ones as the longer.
        ("x.an", 23),
        ("news.guardian", 23),
        ("a-rather-long-name.volkswagen", 29),
        # New ends are links by today's registry.
        ("read.music", 23),
        ("https://a-rather-long-name.kids", 31),
        ("http://\u05d0.\u05d9\u05e9\u05e8\u05d0\u05dc", 23),
        ("news.guardian read.music", 13 + 1 + 23),
    ],
)
def test_a_host_whose_end_is_not_on_both_lists_counts_by_the_list_that_counts_more(text: str, length: int) -> None:
    assert weighted_length(text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("https://example.com\u65e5\u672c\u8a9e", 29),
        ("example.com\u65e5\u672c\u8a9e", 29),
        ("https://example.com/\u65e5\u672c", 27),
        ("setup.py_old", 27),
        ("http://http://example.com", 30),
        ("http://a-https://b.co", 32),
        ("https://t.co/abc?x", 23),
        ("https://t.co/abc/x", 25),
        ("https://t.co/abc_x", 25),
        ("t.co/abc_x", 23),
        ("example.com.", 24),
        ("example.com...example.com", 23 + 14),
        ("https://example.com/a,b.", 24),
        ("one.com two.com\nthree.com", 71),
        ("foo.bar.baz_", 28),
        ("and so on...https://example.org", 35),
        ("example.com:80", 26),
        ("example.com:80/path", 23),
        ("example.com?q=1", 27),
        ("example.com/?q=1", 23),
        ("https://example.com?q=\u00e9example.org", 23 + 1 + 23),  # what ends a link stands before the next
        ("done.So_setup.py", 32),
        ("bbc.co.uk-based", 23 + 9),
        ("\u201c-example.com\u201d", 25),
        ("http://localhost/a,setup.py", 19 + 23),
        ("https://sub_domain.example.org", 23),
        ("sub_domain.example.org", 4 + 23),
        ("example.com/https://example.org", 23),
        ("example.com,https://example.org", 23 + 1 + 23),
        ("test_config.py/https://example.org", 34),  # passed over with all that belongs to it
        ("setup.py_old.py", 23 + 7),
        ("example.com/a_(b)", 23),
        ("example.com/a_(b_(c))", 23),
        ("example.com/a_(b_(c_(d)))", 23 + 11),
        ("example.com/a(b", 23 + 2),
        ("example.com/a\u2013(b)", 23 + 4),
        ("example.com/a\u2013(b)c", 23),
        ("(example.com/a)", 25),
        ("example.com/@user/1", 23),
        ("example.com/?", 24),
        ("example.com/?q=a(b)", 23 + 1),
        ("https://example.com?q", 23),
        ("https://example.com#top", 27),
        ("https://example.com:", 24),
        ("https://user:secret@example.com/a", 33),
        ("\u00e9example.com", 24),  # the first letter of a text is taken for what stands before
        ("a \u00e9example.com", 25),
        ("\U0001f600example.com", 25),
        ("\u4f8b.\u4e2d\u56fd", 7),  # without a scheme, only Latin letters
        ("example.\u4e2d\u56fd", 23),
        ("http://example.\u4e2d\u56fd\u4eba", 25),
        ("http://example.xn--fiqs8s/x", 23),
        ("one.com\u65e5two.com/x", 23 + 2 + 23),
        ("\uff20example.com", 25),
        ("\u200eexample.com\u200f", 2 + 23 + 2),
        ("example\u200e.com", 13),
        ("exam\u200bple.com", 5 + 23),
        ("http://exam\u00adple.com", 23),
        ("HTTP://\u212aO.com", 23),  # the sign of Kelvin composes to a K
        ("example.com\u65e5http://example.org", 48),
    ],
)
def test_a_link_ends_where_x_ends_it(text: str, length: int) -> None:
    assert weighted_length(text) == length


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("See setup.py, https://example.org/a_(b).", ["setup.py", "https://example.org/a_(b)"]),
        ("mail me@example.org", []),
        ("one.com\u65e5two.com/x", ["one.com", "two.com/x"]),
        ("https://t.co/abc_x", ["https://t.co/abc"]),
        ("news.guardian read.music", ["news.guardian", "read.music"]),
        ("https://localhost/x", []),
        # Letters with marks that compose shift nothing.
        ("cafe\u0301 e\u0301https://example.org/cafe\u0301. x", ["https://example.org/cafe\u0301"]),
        ("\u1112\u1161\u11ab example.org", ["example.org"]),
    ],
)
def test_links_are_told_by_their_place(text: str, links: list[str]) -> None:
    assert [text[start:end] for start, end in links_in(text)] == links


WORDS = st.text(
    alphabet=st.characters(exclude_characters=".:\u200d\ufe0f\u20e3", exclude_categories=["Cs", "Sk", "So"])
)


@given(WORDS)
def test_without_links_and_emoji_every_character_has_its_weight(text: str) -> None:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    light = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
    assert weighted_length(text) == sum(
        1 if any(low <= ord(one) <= high for low, high in light) else 2 for one in composed
    )


PIECES = [
    "https://",
    "example",
    ".",
    "com",
    "/",
    "(",
    ")",
    "-",
    "_",
    "@",
    "\u4f8b",
    "\u00e9",
    "py",
    " ",
    "?",
    ":",
    "http://",
    "xn--a",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_text_of_no_more_than_its_links_is_never_less_than_its_words_and_links(text: str) -> None:
    # Whatever is a link counts 23 and everything else at least 1, so no word can count for nothing.
    words = text.split()
    assert weighted_length(text) >= sum(min(len(word), 23) for word in words) + text.count(" ")


SOUP = st.one_of(
    st.lists(
        st.sampled_from([*PIECES, FAMILY, "\u2026", "t.co/", "e\u0301", "\ud800", "\U0001f600", "guardian"]),
        max_size=20,
    ),
    st.lists(st.text(max_size=4), max_size=6),
).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_links_lie_in_the_text_in_order_and_apart(text: str) -> None:
    edges = [edge for span in links_in(text) for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in links_in(text))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_every_link_counts_23_and_no_text_counts_less_than_its_links(text: str) -> None:
    assert weighted_length(text) >= 23 * len(links_in(text))


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_no_character_counts_more_than_two_but_for_links(text: str) -> None:
    assert weighted_length(text) <= 2 * len(unicodedata.normalize("NFC", text)) + 23 * len(links_in(text))


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_a_text_counts_as_its_composition(text: str) -> None:
    assert weighted_length(text) == weighted_length(unicodedata.normalize("NFC", text))


@settings(max_examples=300, deadline=None)
@given(SOUP, SOUP)
def test_two_texts_with_a_space_between_count_as_both(one: str, other: str) -> None:
    # A text's first character may be taken for what stands before a link: here it is always a letter.
    assert weighted_length(f"{one} a{other}") == weighted_length(one) + 1 + weighted_length(f"a{other}")


@settings(max_examples=300, deadline=None)
@given(SOUP, st.sampled_from("a\u00e9\u6f22\U0001f600"))
def test_one_more_word_never_counts_less(text: str, letter: str) -> None:
    assert weighted_length(f"{text} {letter}") == weighted_length(text) + 1 + weighted_length(letter)


@given(st.lists(st.sampled_from([*PIECES, FAMILY, "\u2026"]), max_size=20).map("".join))
def test_more_text_behind_a_space_never_counts_less(text: str) -> None:
    assert weighted_length(f"{text} setup.py") == weighted_length(text) + 24
