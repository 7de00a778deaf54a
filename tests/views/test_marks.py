"""Links, mentions and hashtags, as networks make them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.x import X
from contentkit.views.marks import marks_in, pieces_of

SERVER = "https://social.example"


def marked(text: str, *, server: str = SERVER) -> list[tuple[str, str]]:
    """Kind and words of each mark, on Mastodon; without a server on X."""
    platform = Mastodon() if server else X()
    return [(mark.kind, mark.words) for mark in marks_in(text, platform, server=server)]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Ask @ana.", [("mention", "@ana")]),
        (".@ana says", [("mention", "@ana")]),
        ("Ask @ana@social.example!", [("mention", "@ana@social.example")]),
        ("Ask @ana.torres-b, please", [("mention", "@ana.torres-b")]),
        ("mail ana@example.org", []),
        ("#Python, #日本語 and #2026", [("hashtag", "#Python"), ("hashtag", "#日本語")]),
        ("C#, page#part, &#39; and ##no", []),
        ("https://example.org/@ana#part", [("link", "https://example.org/@ana#part")]),
        (
            "#a @ana: https://example.org @b",
            [("hashtag", "#a"), ("mention", "@ana"), ("link", "https://example.org"), ("mention", "@b")],
        ),
        ("https://example.org/a,@ana", [("link", "https://example.org/a,@ana")]),
        ("(https://example.org) #a", [("link", "https://example.org"), ("hashtag", "#a")]),
    ],
)
def test_what_mastodon_makes_of_a_text(text: str, marks: list[tuple[str, str]]) -> None:
    assert marked(text) == marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Ask @ana.", [("mention", "@ana")]),
        ("Ask @ana-b", [("mention", "@ana")]),
        # Nobody is mentioned by a handle of another network.
        ("Ask @ana@social", []),
    ],
)
def test_what_a_network_of_one_server_makes_of_a_handle(text: str, marks: list[tuple[str, str]]) -> None:
    assert marked(text, server="") == marks


SOUP = st.text() | st.lists(
    st.sampled_from(["@", "#", "a", ".", "-", "_", " ", "\n", "https://", "example.org", "/", "é", "1", "\ud800"])
).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    marks = marks_in(text, Mastodon(), server=SERVER)
    assert "".join(words for words, _ in pieces_of(text, marks)) == text
    assert [mark for _, mark in pieces_of(text, marks) if mark] == marks


@pytest.mark.parametrize("piece", ["@", "@a", "@a@", "#", "#1", "#a", ".", "@a.", "@a-", "a@", "@a@b."])
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert "".join(words for words, _ in pieces_of(text, marks_in(text, Mastodon(), server=SERVER))) == text
    assert "".join(words for words, _ in pieces_of(text, marks_in(text, Mastodon(), server=""))) == text
