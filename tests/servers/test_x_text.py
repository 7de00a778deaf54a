from __future__ import annotations

import pytest

from tests.servers.x_text import cashtags, cut, has_link, hashtags, mentions, shown, weighted_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301", 1),  # composed to one letter
        ("“quoted” – yes", 14),
        ("…", 2),
        ("€", 2),
        ("•", 2),
        ("猫が好き", 8),
        ("안녕", 4),
        ("שלום", 4),
        ("🚀", 2),
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇲🇽", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("©", 1),
        ("©️", 2),
        ("™", 2),
        ("#1", 2),
        ("https://nixtla.io", 23),
        ("https://nixtla.io/a-very-long-path?with=a&query=string#and-more", 23),
        ("nixtla.io", 23),
        ("setup.py", 23),
        ("(see https://en.wikipedia.org/wiki/Foo_(bar)).", 5 + 23 + 2),
        ("me@nixtla.io", 12),
        ("https://localhost/x", 19),
        ("v1.2.3", 6),
        ("end.Start", 9),
        ("a.b c", 5),
    ],
)
def test_a_text_counts_as_documented(text: str, length: int) -> None:
    assert weighted_length(text) == length


@pytest.mark.parametrize("text", ["x" * 50_000, "a." * 20_000, "http://" * 8_000, "👩‍" * 10_000, "$a" * 20_000])
def test_counting_ends_also_for_hostile_texts(text: str) -> None:
    assert weighted_length(text) > 280


def test_the_end_of_a_sentence_is_not_part_of_its_link() -> None:
    text, (link,) = shown("See https://nixtla.io/blog, please.", lambda written: "https://t.co/abc")
    assert (text, link.expanded_url) == ("See https://t.co/abc, please.", "https://nixtla.io/blog")


def test_a_long_display_is_cut() -> None:
    _, (link,) = shown("https://www.nixtla.io/blog/a-long-way-to-go", lambda written: "https://t.co/abc")
    assert link.display_url == "nixtla.io/blog/a-long-way-…"


def test_a_cut_text_counts_280_at_most_with_its_ellipsis() -> None:
    text = cut("猫" * 300)
    assert text == "猫" * 139 + "…"


def test_tags_are_told_from_prices_and_addresses() -> None:
    assert cashtags("$NIXT, US$5, $5, $TOOLONGX $a.b") == ["$NIXT", "$a.b"]
    assert mentions("@nixtla (@tom_x) me@nixtla.io @") == ["nixtla", "tom_x"]
    assert hashtags("#AI #1 a#b #größe") == ["AI", "größe"]
    assert has_link("see nixtla.io")
    assert not has_link("see it")
