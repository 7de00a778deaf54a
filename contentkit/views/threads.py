"""A thread as it will look on an account: each part exactly as it will be sent, with its length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.calendar.times import show_time
from contentkit.errors import ContentError
from contentkit.media import MediaFile, Picture
from contentkit.models import Entry, Media, Part, Post, Rendition
from contentkit.text import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.panel import Panel

_WIDEST = 80
_KINDS = {"image": "picture", "gif": "animated GIF", "video": "film"}
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/gif": "GIF",
    "video/mp4": "MP4",
    "video/quicktime": "QuickTime",
}


# Each picture of a thread by its path: as it will be sent, or why it cannot be.
Pictures = Mapping[str, Picture]


def rendition_view(
    rendition: Rendition, posts: tuple[Post, ...], entry: Entry | None, width: int, pictures: Pictures
) -> RenderableType:
    """A frame for each part; ``width`` is that of the terminal."""
    from rich.console import Group
    from rich.text import Text

    frames = [
        _frame(rendition, index, part, posts[part.post], min(width, _WIDEST), pictures)
        for index, part in enumerate(rendition.parts)
    ]
    return Group(Text(heading(rendition, entry), style="bold"), *frames)


def _frame(rendition: Rendition, index: int, part: Part, post: Post, width: int, pictures: Pictures) -> Panel:
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    limit = rendition.account.limits.characters
    over = part.length > limit
    lines: list[RenderableType] = [Text(printable(part.text))]
    for media in part.media:
        picture = pictures.get(media.path)
        style = "red" if isinstance(picture, ContentError) else "cyan"
        lines += [Text(printable(line), style=style) for line in picture_lines(media, picture)]
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


def rendition_lines(rendition: Rendition, entry: Entry | None, pictures: Pictures) -> Iterator[str]:
    """The same in plain lines, for a pipe."""
    yield heading(rendition, entry)
    for index, part in enumerate(rendition.parts):
        yield f"--- {index + 1}/{len(rendition.parts)}  {part.length}/{rendition.account.limits.characters}"
        yield part.text
        for media in part.media:
            yield from picture_lines(media, pictures.get(media.path))


def picture_lines(media: Media, picture: Picture | None) -> Iterator[str]:
    """What is known of a picture: its alt text, what is sent of it, and what was taken out before."""
    alt = media.alt.strip() or "(no alt text)"
    if isinstance(picture, MediaFile):
        yield f"[{_KINDS[picture.kind]}] {media.path}: {alt}"
        facts = [_FORMATS[picture.mime], f"{picture.width} x {picture.height}", _size(picture)]
        yield "    " + ", ".join(facts) + (f"; removed: {', '.join(picture.removed)}" if picture.removed else "")
    else:
        yield f"[picture] {media.path}: {alt}"
    if isinstance(picture, ContentError):
        yield f"    cannot be sent: {picture.message.removeprefix(f'{media.path}: ')}"


def _size(picture: MediaFile) -> str:
    count = len(picture.data)
    return (
        f"{count} bytes"
        if count < 1024
        else f"{count / 2**10:.0f} KiB"
        if count < 2**20
        else f"{count / 2**20:.1f} MiB"
    )
