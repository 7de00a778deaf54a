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
    ],
)
def test_a_title_with_what_the_first_post_lacks_stands_above_it(tmp_path: Path, title: str, opening: str) -> None:
    draft = drafted(tmp_path, title, opening=opening)
    assert draft.posts[0].text == f"{title}\n\n{opening}"
    assert [(one.first, one.last) for one in draft.posts[0].evidence] == [(2, 2), (5, 5)]
    assert draft.posts[-1].text == "Full post:\nhttps://larkspur.example/end"


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


def test_the_author_s_own_description_needs_no_title_above_it(tmp_path: Path) -> None:
    own = "Larkspur is shutting down after 11 years, and everything that you saved can be taken home."
    draft = drafted(tmp_path, "Larkspur is shutting down", f"description: {own}")
    assert draft.posts[0].text == own
