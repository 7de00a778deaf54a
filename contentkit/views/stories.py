"""Several threads from one source, the best first: what each is called, how it begins, where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.models import Draft
from contentkit.text import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

HEADINGS = ("rank", "title", "opening", "posts", "draft")
_WIDEST = 100


def story_cells(rank: int, draft: Draft) -> tuple[str, ...]:
    """The cells of one story; its opening is that of its first post."""
    opening = draft.posts[0].text if draft.posts else ""
    return (str(rank), draft.title or "-", one_line(opening, _WIDEST) or "-", str(len(draft.posts)), draft.path)


def stories_view(drafts: Sequence[Draft], width: int) -> RenderableType:
    """The stories for a terminal so many columns wide: three lines each."""
    from rich.text import Text

    width = min(width, _WIDEST)
    shown = Text()
    for rank, draft in enumerate(drafts, 1):
        number, title, opening, posts, path = story_cells(rank, draft)
        count = f"{posts} post{'' if posts == '1' else 's'}"
        indent = " " * (len(number) + 2)
        title = one_line(title, max(8, width - len(indent) - len(count) - 2))
        shown.append(f"{number}  ").append(title, style="bold")
        shown.append(count.rjust(max(2, width - len(indent) - len(title))) + "\n", style="dim")
        shown.append(f"{indent}{one_line(opening, max(8, width - len(indent)))}\n")
        shown.append(f"{indent}{path}\n", style="dim")
    shown.rstrip()
    return shown
