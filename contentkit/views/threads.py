"""A thread as it will look on an account: each part exactly as it will be sent, with its length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.calendar.times import show_time
from contentkit.models import Entry, Part, Post, Rendition
from contentkit.text import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.panel import Panel

_WIDEST = 80


def rendition_view(rendition: Rendition, posts: tuple[Post, ...], entry: Entry | None, width: int) -> RenderableType:
    """A frame for each part; ``width`` is that of the terminal."""
    from rich.console import Group
    from rich.text import Text

    frames = [
        _frame(rendition, index, part, posts[part.post], min(width, _WIDEST))
        for index, part in enumerate(rendition.parts)
    ]
    return Group(Text(heading(rendition, entry), style="bold"), *frames)


def _frame(rendition: Rendition, index: int, part: Part, post: Post, width: int) -> Panel:
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    limit = rendition.account.limits.characters
    over = part.length > limit
    lines: list[RenderableType] = [Text(printable(part.text))]
    lines += [Text(f"[picture] {printable(media.path)}: {printable(media.alt)}", style="cyan") for media in part.media]
    evidence = _short(printable(_evidence(post)), max(width - 22, 8))
    return Panel(
        Group(*lines),
        title=f"{index + 1}/{len(rendition.parts)}",
        title_align="left",
        subtitle=Text(f"{evidence}  {part.length}/{limit}".strip(), style="red" if over else "dim"),
        subtitle_align="right",
        border_style="red" if over else "blue",
        width=width,
    )


def _evidence(post: Post) -> str:
    """The lines that a post rests on, without their hashes."""
    return ", ".join(str(replace(one, sha="")) for one in post.evidence)


def _short(words: str, width: int) -> str:
    return words if len(words) <= width else "…" + words[-width + 1 :]


def heading(rendition: Rendition, entry: Entry | None) -> str:
    """The account, and what holds for the whole thread."""
    account = rendition.account
    parts = [account.name, f"{account.platform} {account.server}".strip(), rendition.visibility]
    if rendition.language:
        parts.append(rendition.language)
    if rendition.warning:
        parts.append(f"warning: {rendition.warning}")
    if entry:
        parts.append(show_time(entry.at))
    return printable(" · ".join(parts))


def rendition_lines(rendition: Rendition, entry: Entry | None) -> Iterator[str]:
    """The same in plain lines, for a pipe."""
    yield heading(rendition, entry)
    for index, part in enumerate(rendition.parts):
        yield f"--- {index + 1}/{len(rendition.parts)}  {part.length}/{rendition.account.limits.characters}"
        yield part.text
        for media in part.media:
            yield f"[picture] {media.path}: {media.alt}"
