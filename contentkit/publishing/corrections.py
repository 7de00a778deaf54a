"""What of a thread that is out reads otherwise in its draft by now, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from contentkit.models import Media, Part, Rendition
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.values import dataclass

Aspect = Literal["words", "alt texts", "content warning", "language", "pictures", "visibility"]
# Whoever sees a part, and in which pictures, is settled for good when it is published.
_FOR_GOOD: frozenset[Aspect] = frozenset({"pictures", "visibility"})


@dataclass(frozen=True, kw_only=True)
class ChangedPart:
    """A part that is out, and what it says now: ``aspects`` are what of it is otherwise, in the order in which people ask."""

    row: Publication
    now: Part
    warning: str
    language: str

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        return tuple(_aspects(self))

    @property
    def for_good(self) -> tuple[Aspect, ...]:
        """What no network changes in what is published."""
        return tuple(one for one in self.aspects if one in _FOR_GOOD)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A thread of which something is out, beside its draft as it is now.

    ``changed`` are the parts that read otherwise, ``gone`` those that the draft no longer has; ``added`` are the parts of the
    draft that are not out.
    """

    thread: Thread
    rendition: Rendition
    changed: tuple[ChangedPart, ...]
    gone: tuple[Publication, ...]
    added: tuple[Part, ...]

    @property
    def out(self) -> tuple[Publication, ...]:
        """The parts that are out, in order."""
        return parts_out(self.thread)

    @property
    def differs(self) -> bool:
        """Whether anything that is out reads otherwise now."""
        return bool(self.changed or self.gone)

    @property
    def first(self) -> int:
        """The number, from 0, of the first part that reads otherwise; how many are out where none does."""
        return min((row.part for row in (*(one.row for one in self.changed), *self.gone)), default=len(self.out))

    @property
    def behind(self) -> tuple[Publication, ...]:
        """The parts that are out from the first that reads otherwise on: what hangs under a part goes with it."""
        return tuple(row for row in self.out if row.part >= self.first)

    @property
    def replacing(self) -> tuple[ChangedPart, ...]:
        """The same parts with what the draft has in their places now, changed or not."""
        return tuple(_beside(row, self.rendition) for row in self.behind if row.part < len(self.rendition.parts))


def correction_of(thread: Thread, rendition: Rendition) -> Correction:
    """The thread beside a rendition that is frozen. Parts that are out are the first ones of a thread, in order."""
    out = parts_out(thread)
    beside = [_beside(row, rendition) for row in out if row.part < len(rendition.parts)]
    return Correction(
        thread=thread,
        rendition=rendition,
        changed=tuple(one for one in beside if one.aspects),
        gone=tuple(row for row in out if row.part >= len(rendition.parts)),
        added=rendition.parts[len(out) :],
    )


def parts_out(thread: Thread) -> tuple[Publication, ...]:
    """The parts of a thread that are out, in order."""
    return tuple(row for row in thread.rows if row.state is State.SENT)


def _beside(row: Publication, rendition: Rendition) -> ChangedPart:
    return ChangedPart(row=row, now=rendition.parts[row.part], warning=rendition.warning, language=rendition.language)


def _aspects(part: ChangedPart) -> Iterator[Aspect]:
    row, now = part.row, part.now
    if row.text != now.text:
        yield "words"
    if _digests(row.media) != _digests(now.media):
        yield "pictures"
    elif [one.alt for one in row.media] != [one.alt for one in now.media]:
        yield "alt texts"
    if row.warning != part.warning:
        yield "content warning"
    if row.language != part.language:
        yield "language"
    if row.visibility != now.visibility:
        yield "visibility"


def _digests(media: tuple[Media, ...]) -> list[str]:
    """What tells pictures from others; where their files lie is no part of it."""
    return [one.digest for one in media]
