"""The title stands above the first post where that does not say what the title says."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.models import Draft
from contentkit.sources import read_source
from tests.drafting.made import brief

OPENING = "In July 2013 we launched Larkspur to keep in one place what caught your attention."
END = "Without growth, and without users who tell their friends, every product ends one day, and ours has ended now."


def drafted(folder: Path, title: str, *more: str, opening: str = OPENING) -> Draft:
    post = folder / "post.md"
    post.write_text("\n".join(("---", f"title: {title}", *more, "---", "", opening, "", END, "")), encoding="utf-8")
    return ExtractiveDrafter().draft(read_source(post, "posts/post.md"), brief(link="https://larkspur.example/end"))


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        pytest.param("Larkspur is shutting down", OPENING, id="a short title with a verb"),
        pytest.param("Three lessons from running search engines at home", OPENING, id="a title of many words"),
        pytest.param("The part I played in our worst night on call", OPENING, id="no part of a series"),
    ],
)
def test_a_title_with_what_the_first_post_lacks_stands_above_it(tmp_path: Path, title: str, opening: str) -> None:
    draft = drafted(tmp_path, title, opening=opening)
    assert draft.posts[0].text == f"{title}\n\n{opening}"
    assert [(one.first, one.last) for one in draft.posts[0].evidence] == [(2, 2), (5, 5)]
    assert draft.posts[-1].text == "Full post:\nhttps://larkspur.example/end"
    assert [(one.first, one.last) for one in draft.posts[-1].evidence] == [(2, 2)]


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        pytest.param("Scaling Larkspur", OPENING, id="a name for something"),
        pytest.param("Larkspur keeps what caught your attention", OPENING, id="the same in other words"),
        pytest.param(
            "40,000 readers, one small server", "We answer 40,000 people with a machine under a desk.", id="the number"
        ),
    ],
)
def test_a_title_that_the_first_post_says_closes_the_thread(tmp_path: Path, title: str, opening: str) -> None:
    draft = drafted(tmp_path, f'"{title}"', opening=opening)
    assert draft.posts[0].text == opening
    assert draft.posts[-1].text == f"Full post: {title}\nhttps://larkspur.example/end"


@pytest.mark.parametrize(
    "title",
    [
        "Larkspur is shutting down | Our blog",
        "Larkspur is shutting down, part 2",
        "Larkspur is shutting down (2/3)",
        "DRAFT: Larkspur is shutting down",
        "2026-11-24 Larkspur is shutting down",
        "Larkspur is **really** shutting down",
        "Larkspur is shutting down, see https://larkspur.example/why",
        "Larkspur is “shutting down",
        "What we learned from Larkspur's thousands of failures:",
    ],
)
def test_a_title_with_more_than_words_for_readers_stands_above_nothing(tmp_path: Path, title: str) -> None:
    draft = drafted(tmp_path, f'"{title}"')
    assert draft.posts[0].text == OPENING
    assert title in draft.posts[-1].text


def test_a_title_with_a_dash_is_not_said_again_at_the_end(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "Larkspur is shutting down --- and nobody wrote to us")
    assert draft.posts[0].text.startswith("Larkspur is shutting down — and nobody wrote to us\n\n")
    assert draft.posts[-1].text == "Full post:\nhttps://larkspur.example/end"


def test_a_title_stands_above_none_of_several_stories(tmp_path: Path) -> None:
    parts = []
    for city, people in (("Oslo", 900), ("Lima", 40), ("Accra", 7000)):
        said = [
            f"In {city} {people + year} people wrote to us about what they kept in {year}."
            for year in range(2010, 2022)
        ]
        parts += [f"## {city}", "", " ".join(said), ""]
    post = tmp_path / "post.md"
    post.write_text("\n".join(("---", "title: Larkspur is shutting down", "---", "", *parts)), encoding="utf-8")
    drafts = ExtractiveDrafter().stories(read_source(post, "posts/post.md"), brief(), 2)
    assert [draft.title for draft in drafts if "shutting down" not in draft.posts[0].text] == ["Oslo", "Accra"]


def test_the_author_s_own_description_needs_no_title_above_it(tmp_path: Path) -> None:
    own = "Larkspur is shutting down after 11 years, and everything that you saved can be taken home."
    draft = drafted(tmp_path, "Larkspur is shutting down", f"description: {own}")
    assert draft.posts[0].text == own
