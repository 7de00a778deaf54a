"""Tags stand on links as their network makes them, and tear none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.link_tags import LinkTags, tagged
from contentkit.platforms import Platform
from contentkit.platforms.console import Console
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.x import X

TAGS = LinkTags(hosts=("example.org",), medium="")
VALUES = {"platform": "x", "account": "ours", "campaign": "c"}
WORDS = "utm_source=x&utm_campaign=c"
NETWORKS = [X(), Mastodon(), Console()]


def with_tags(text: str, platform: Platform) -> str:
    return tagged(text, platform.links, TAGS, VALUES)


def without_tags(text: str) -> str:
    return text.replace(f"?{WORDS}", "").replace(f"&{WORDS}", "").replace(WORDS, "")


def links(text: str, platform: Platform) -> list[str]:
    return [text[start:end] for start, end in platform.links(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.org/wiki/Moore's_law now", "See https://example.org/wiki/Moore's_law?{} now"),
        ("„https://example.org/a“ sagt", "„https://example.org/a?{}“ sagt"),
        ("https://example.org/a—see", "https://example.org/a?{}—see"),
        ("https://example.org/a’s words", "https://example.org/a?{}’s words"),
        ("«https://example.org/a»", "«https://example.org/a?{}»"),
        ("`https://example.org/a`", "`https://example.org/a`"),
        (
            "`curl https://example.org/a` of https://example.org/b",
            "`curl https://example.org/a` of https://example.org/b?{}",
        ),
        ("```sh\ncurl https://example.org/a\n```", "```sh\ncurl https://example.org/a\n```"),
        ("https://example.org/a。ありがとう", "https://example.org/a?{}。ありがとう"),
        ("https://example.org/a，谢谢", "https://example.org/a?{}，谢谢"),
        ("https://example.org/a#part.", "https://example.org/a?{}#part."),
    ],
)
def test_what_stands_around_a_link_stays_around_it(text: str, expected: str) -> None:
    assert with_tags(text, X()) == expected.format(WORDS)


@pytest.mark.parametrize("platform", NETWORKS, ids=lambda one: one.name)
def test_a_link_gets_its_tags_where_its_network_ends_it(platform: Platform) -> None:
    text = "See (https://example.org/wiki/Moore's_law), now."
    assert with_tags(text, platform) == f"See (https://example.org/wiki/Moore's_law?{WORDS}), now."


def test_a_link_that_tags_would_tear_stays_as_it_was_written() -> None:
    # A network has letters of any script in a path and only Latin ones behind a question mark.
    text = "https://example.org/a#Раздел and https://example.org/b"
    assert with_tags(text, X()) == f"https://example.org/a#Раздел and https://example.org/b?{WORDS}"


_PIECES = st.sampled_from(
    ["https://example.org", "https://example.org/a", "HTTPS://Example.ORG", "https://www.example.org/wiki", "example.org/a",
     "https://example.com/a", "/b", "?q=1", "&r=2", "#", "#part", "#!/", "'s", "’s", "“", "”", "«", "»", "(", ")", "**", "_",
     "`", "~", "。", "，", "—", "…", "ありがとう", "Раздел", "é", " ", "\n", ".", ",", ";", ":", "!", "|", "@", "$", "%41", "-",
     "utm_source=mail", "\u200b", "x", "7", "[", "]", "<", ">", '"', "https://t.co/abc", ":8080", "+", "=", "\\"]
)  # fmt: skip


def _tags_change_nothing_else(pieces: list[str], platform: Platform) -> None:
    text = "".join(pieces)
    result = with_tags(text, platform)
    assert without_tags(result) == without_tags(text)
    before, after = links(text, platform), links(result, platform)
    assert [without_tags(link) for link in after] == [without_tags(link) for link in before]
    assert "".join(after).count(WORDS) == result.count(WORDS)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=14), st.sampled_from(NETWORKS))
def test_links_are_the_same_with_tags_but_for_the_tags(pieces: list[str], platform: Platform) -> None:
    _tags_change_nothing_else(pieces, platform)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(st.lists(_PIECES, max_size=14), st.sampled_from(NETWORKS))
def test_links_are_the_same_with_tags_but_for_the_tags_on_very_many_texts(
    pieces: list[str], platform: Platform
) -> None:
    _tags_change_nothing_else(pieces, platform)
