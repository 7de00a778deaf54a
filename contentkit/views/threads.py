"""A thread as it will look on an account: each part exactly as it will be sent, with its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from contentkit.calendar.times import show_time
from contentkit.errors import ContentError
from contentkit.models import Entry, Part, Post, Rendition
from contentkit.money.prices import Cost, dollars
from contentkit.patterns import regex
from contentkit.platforms import Platform
from contentkit.text import one_line, printable
from contentkit.values import dataclass
from contentkit.views.marks import Mark, marks_in, pieces_of
from contentkit.views.pictures import Pictures, picture_lines

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.panel import Panel
    from rich.text import Text

    from contentkit.checks.beside import Beside

_WIDEST = 80
_STYLES = {"link": "underline blue", "mention": "bold magenta", "hashtag": "bold magenta"}
_HALVES = regex("[\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
NOTHING = "Nothing of this draft is for this account."


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One thread with all that is shown of it.

    ``posts`` are those of its draft, ``platform`` its network; ``cost`` is None where nothing is billed. ``beside`` has for each
    post what it rests on; nothing where nobody asked for that.
    """

    rendition: Rendition
    posts: tuple[Post, ...]
    platform: Platform
    entry: Entry | None = None
    pictures: Pictures
    cost: Cost | None = None
    beside: tuple[Beside, ...] = ()

    @cached_property
    def _siblings(self) -> dict[int, list[int]]:
        """The places of the parts of each post."""
        places: dict[int, list[int]] = {}
        for place, part in enumerate(self.rendition.parts):
            places.setdefault(part.post, []).append(place)
        return places

    @property
    def warning(self) -> str:
        """The content warning that covers each part; empty where the network has none."""
        lacks = self.platform.lacks(self.rendition.visibility, self.rendition.warning)
        return "" if lacks and self.rendition.warning else self.rendition.warning

    def marks(self, part: Part) -> list[Mark]:
        return marks_in(part.text, self.platform, server=self.rendition.account.server)

    def evidence(self, part: Part) -> str:
        """The lines that a part's post rests on, without their hashes."""
        return ", ".join(str(replace(one, sha="")) for one in self.posts[part.post].evidence)

    def grounds(self, index: int) -> Beside | None:
        """What the post rests on that ends with the part at this index; None for others, and where nobody asked."""
        post = self.rendition.parts[index].post
        is_last = self._siblings[post][-1] == index
        return self.beside[post] if is_last and self.beside else None

    def length(self, part: Part) -> str:
        """``245/500``, and by how much it is too long."""
        limit = self.rendition.account.limits.characters
        return f"{part.length}/{limit}" + (f", {part.length - limit} too many" if part.length > limit else "")

    def is_too_long(self, part: Part) -> bool:
        return part.length > self.rendition.account.limits.characters

    def remarks(self, index: int) -> list[str]:
        """What sets a part apart from its thread: whence it came when its post was split, who sees it, what it costs."""
        part = self.rendition.parts[index]
        siblings = self._siblings[part.post]
        said = []
        if len(siblings) > 1:
            said.append(f"post {part.post + 1}, part {siblings.index(index) + 1} of {len(siblings)}")
        if part.visibility != self.rendition.visibility:
            said.append(part.visibility)
        return [*said, dollars(self.cost.parts[index].total)] if self.cost else said


def thread_view(preview: Preview, width: int) -> RenderableType:
    """A frame for each part; ``width`` is that of the terminal."""
    from rich.console import Group
    from rich.text import Text

    from contentkit.views.evidence import cited_view

    shown: list[RenderableType] = []
    for index in range(len(preview.rendition.parts)):
        shown.append(part_frame(preview, index, min(width, _WIDEST)))
        if grounds := preview.grounds(index):
            shown.append(cited_view(grounds))
    return Group(Text(heading(preview), style="bold"), *(shown or [Text(NOTHING, style="yellow")]))


def part_frame(preview: Preview, index: int, width: int) -> Panel:
    """One part of a thread in its frame."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    part = preview.rendition.parts[index]
    over = preview.is_too_long(part)
    length = preview.length(part)
    evidence = _short(framed(preview.evidence(part)), max(width - len(length) - 8, 8))
    place = f"{index + 1}/{len(preview.rendition.parts)}"
    return Panel(
        Group(*_contents(preview, part)),
        title=Text(" · ".join([place, *preview.remarks(index)])),
        title_align="left",
        subtitle=Text(f"{evidence}  {length}".strip(), style="red" if over else "dim"),
        subtitle_align="right",
        border_style="red" if over else "blue",
        width=width,
    )


def _contents(preview: Preview, part: Part) -> Iterator[Text]:
    from rich.text import Text

    if preview.warning:
        yield Text(framed(f"[content warning] {preview.warning}"), style="yellow")
    marks = preview.marks(part)
    text = Text()
    for words, mark in pieces_of(part.text, marks):
        text.append(framed(mark.shown if mark else words), style=_STYLES[mark.kind] if mark else "")
    yield text
    for line in _link_lines(marks):
        yield Text(framed(line), style="dim")
    for media in part.media:
        picture = preview.pictures.get(media.path)
        style = "red" if isinstance(picture, ContentError) else "cyan"
        yield from (Text(framed(line), style=style) for line in picture_lines(media, picture))


def framed(words: str) -> str:
    """Words that a frame can be drawn around. Half a flag, or a skin tone on its own, has no width that terminals agree on."""
    words = printable(words)
    if not _HALVES.search(words):
        return words
    from rich.cells import cell_len
    from wcwidth import iter_graphemes, wcswidth

    clusters = (one if cell_len(one) == wcswidth(one) else _HALVES.sub(_spelled, one) for one in iter_graphemes(words))
    return "".join(clusters)


def _spelled(half: re.Match[str]) -> str:
    return f"\\u{{{ord(half[0]):x}}}"


def _short(words: str, width: int) -> str:
    return words if len(words) <= width else "…" + words[-width + 1 :]


def heading(preview: Preview) -> str:
    """The account, and what holds for the whole thread."""
    rendition, account = preview.rendition, preview.rendition.account
    count = len(rendition.parts)
    said = [account.name, f"{account.platform} {account.server}".strip(), f"{count} part{'' if count == 1 else 's'}"]
    said += [f"costs {dollars(preview.cost.total)}"] if preview.cost else []
    said += [one for one in (rendition.visibility, rendition.language) if one]
    if rendition.warning:
        said.append(f"warning: {rendition.warning}" if preview.warning else "no content warning: the network has none")
    if preview.entry:
        said.append(show_time(preview.entry.at))
    return printable(" · ".join(said))


def thread_lines(preview: Preview) -> Iterator[str]:
    """The same in plain lines, for a pipe: the text letter for letter; what is told of it behind dashes or in brackets."""
    from contentkit.views.evidence import cited_lines

    parts = preview.rendition.parts
    yield heading(preview)
    if not parts:
        yield NOTHING
    for index, part in enumerate(parts):
        covered = [f"warning: {one_line(preview.warning, 60)}"] if preview.warning else []
        yield "  ".join([f"--- {index + 1}/{len(parts)}", preview.length(part), *preview.remarks(index), *covered])
        yield part.text
        yield from _link_lines(mark for mark in preview.marks(part) if mark.is_bare)
        for media in part.media:
            yield from picture_lines(media, preview.pictures.get(media.path))
        if grounds := preview.grounds(index):
            yield from (f"[evidence] {line}" for line in cited_lines(grounds))


def _link_lines(marks: Iterable[Mark]) -> Iterator[str]:
    """Where links lead of which readers see the beginning only, and what becomes a link that nobody wrote as one."""
    for mark in {mark.words: mark for mark in marks}.values():
        if mark.is_bare:
            yield f"[link] {mark.words} will be a link"
        elif mark.is_cut:
            yield f"[link] {mark.words}"
