from __future__ import annotations

import pytest
from rich.console import Console

from contentkit.models import Draft, Post
from contentkit.views.stories import stories_view, story_cells

LONG = "A sentence that is much longer than any terminal that somebody would want to read it on, and then some more."


def story(title: str = "The year of the queue", opening: str = LONG, posts: int = 6) -> Draft:
    return Draft(slug="queue", path="drafts/queue.md", title=title, posts=(Post(text=opening),) * posts)


def lines(*drafts: Draft, width: int) -> list[str]:
    console = Console(width=width, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(stories_view(drafts, width))
    return captured.get().splitlines()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_story_has_three_lines_in_any_width(width: int) -> None:
    shown = lines(story(), story(title=LONG), width=width)
    assert len(shown) == 6
    assert max(map(len, shown)) <= width
    assert shown[0].startswith("1  The year of the queue ")
    assert shown[0].endswith("6 posts")
    assert shown[2] == "   drafts/queue.md"


def test_one_post_is_no_posts() -> None:
    assert lines(story(posts=1), width=80)[0].endswith(" 1 post")


def test_what_comes_from_outside_cannot_steer_the_terminal() -> None:
    hostile = story(title="\x1b[2Jred\u202e", opening="[bold]no[/bold] \x1b]0;x\x07")
    assert "\x1b" not in "".join(lines(hostile, width=80))
    assert "[bold]no[/bold]" in lines(hostile, width=80)[1]


def test_a_pipe_gets_a_title_and_an_opening_always() -> None:
    assert story_cells(2, Draft(slug="x", path="drafts/x.md", posts=())) == ("2", "-", "-", "0", "drafts/x.md")
