"""What readers see of a link on each network."""

from __future__ import annotations

import pytest

from contentkit.platforms.console import Console
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.x import X

LONG = "https://www.example.org/blog/2026/how-we-write/?utm_source=social"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (LONG, "example.org/blog/2026/how-we-w…"),
        ("http://example.org/", "example.org/"),
        ("https://example.org/blog/of-30-letters", "example.org/blog/of-30-letters"),
        ("https://example.org/blog/of-31-letters!", "example.org/blog/of-31-letters…"),
    ],
)
def test_mastodon_shows_30_characters_without_scheme_and_www(link: str, shown: str) -> None:
    assert Mastodon().shown_link(link) == shown


@pytest.mark.parametrize(
    ("link", "shown"),
    [(LONG, "example.org/blog/2026/how-…"), ("setup.py", "setup.py"), ("HTTPS://Example.org", "Example.org")],
)
def test_x_shows_26_characters_without_scheme_and_www(link: str, shown: str) -> None:
    assert X().shown_link(link) == shown


def test_a_network_that_says_nothing_else_shows_links_as_they_were_written() -> None:
    assert Console().shown_link(LONG) == LONG
