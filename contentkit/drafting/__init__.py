"""A Source becomes a Draft: the drafters, and how a thread is built.

A drafter is found by its entry point in the group ``contentkit.drafters``; the smallest one is a class
with one method.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from contentkit.models import Alternative, Draft, Post, Source
from contentkit.values import dataclass


class Voice(Protocol):
    """How one founder writes: what a drafter may imitate, and what it may never say in that person's name."""

    @property
    def name(self) -> str:
        """The person's name."""
        ...

    @property
    def never(self) -> Sequence[str]:
        """Phrases that this person never uses."""
        ...

    def card(self) -> Sequence[str]:
        """How this person writes, a sentence a line, without any of the person's facts."""
        ...

    def nearest(self, text: str, number: int) -> Sequence[str]:
        """At most ``number`` of the person's own posts that are nearest in subject to ``text``, the nearest first."""
        ...


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What the person at the desk asks of a drafter.

    ``limit`` is the longest status in the counter's units; ``count`` is the network's way of counting.
    ``posts`` is the number of posts wished for (None: as many as the source carries, 3 to 10).
    ``speaker`` is whose turns of a transcript are drafted from. ``link`` overrides the source's own.
    ``angle`` is what the thread is to be about, in a few words of whoever asks; it is never published.
    ``voice`` is how the founder writes, where it was learnt.
    """

    limit: int
    count: Callable[[str], int]
    posts: int | None = None
    speaker: str = ""
    language: str = ""
    link: str = ""
    angle: str = ""
    voice: Voice | None = None


class Drafter(Protocol):
    """Turns a source into a draft whose every post carries its evidence."""

    def draft(self, source: Source, brief: Brief) -> Draft:
        """A thread of 3 to 10 posts within the brief's limit (fewer when the source is too short).

        Raises ContentError when nothing can be drafted, PlatformError when a model server fails.
        """
        ...


@runtime_checkable
class TellsStories(Protocol):
    """A drafter that finds several threads in one source."""

    def stories(self, source: Source, brief: Brief, number: int) -> Sequence[Draft]:
        """At most ``number`` drafts that share no sentence, the best first, each with a title of its own.

        Raises as ``draft`` does.
        """
        ...


@runtime_checkable
class DraftsSeveral(Protocol):
    """A drafter that makes one thread of several sources by itself, better than each by its share."""

    def draft_several(self, sources: Sequence[Source], brief: Brief) -> Draft:
        """As ``draft``, with evidence in each of the sources. ``brief.speaker`` holds for transcripts."""
        ...


@runtime_checkable
class Redrafts(Protocol):
    """A drafter that offers other words for a post."""

    def alternatives(self, source: Source, brief: Brief, post: Post, number: int) -> Sequence[Alternative]:
        """At most ``number`` other texts for this post on the same subject, the best first, each with its evidence.

        None repeats the post. Empty when the source has no other words for it. Raises as ``draft`` does.
        """
        ...
