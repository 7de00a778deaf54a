from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.servers.status_html import status_html

HOME = "http://127.0.0.1:1"
WORDS = st.sampled_from(
    [
        "a",
        "<b>",
        "&amp;",
        '"',
        "é",
        "🧪",
        "C#",
        "#1",
        "#tag",
        "@tester",
        "x@y",
        "https://",
        "https://www.a.org/p?q=1&r#s.",
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=3).map("\n\n".join)


class Reader(HTMLParser):
    """The text of a status as a client gets it back, the invisible spans included."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p" and self.pieces:
            self.pieces.append("\n\n")
        if tag == "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


@given(TEXTS)
def test_the_text_can_be_read_back_from_the_html(text: str) -> None:
    assert "".join(Reader(status_html(text, HOME)).pieces) == text


def test_paragraphs_and_line_breaks() -> None:
    assert status_html("one\ntwo\n\n\nthree", HOME) == "<p>one<br />two</p><p>three</p>"


def test_a_long_link_shows_30_characters_and_hides_the_rest() -> None:
    content = status_html("see https://www.example.org/a/very/long/path/to/a/page?x=1&y=2.", HOME)
    assert '<a href="https://www.example.org/a/very/long/path/to/a/page?x=1&amp;y=2"' in content
    assert '<span class="invisible">https://www.</span>' in content
    assert '<span class="ellipsis">example.org/a/very/long/path/t</span>' in content
    assert '<span class="invisible">o/a/page?x=1&amp;y=2</span></a>.</p>' in content


def test_mentions_are_h_cards_and_lose_their_host() -> None:
    content = status_html("hi @ada@example.org and @tester", HOME)
    assert 'class="h-card"' in content
    assert '<a href="https://example.org/@ada" class="u-url mention">@<span>ada</span></a>' in content
    assert f'<a href="{HOME}/@tester" class="u-url mention">@<span>tester</span></a>' in content


def test_hashtags_link_to_their_page_and_a_fragment_a_number_or_half_a_word_is_none() -> None:
    content = status_html("#Python https://example.org/#fragment #1 issue#twelve", HOME)
    assert f'<a href="{HOME}/tags/python" class="mention hashtag" rel="tag">#<span>Python</span></a>' in content
    assert content.count("hashtag") == 1
