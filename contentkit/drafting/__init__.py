"""A Source becomes a Draft: the drafters, and how a thread is built.

A drafter is found by its entry point in the group ``contentkit.drafters``; the smallest one is a class
with one method.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from contentkit.models import Draft, Source


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What the person at the desk asks of a drafter.

    ``limit`` is the longest status in the counter's units; ``count`` is the network's way of counting.
    ``posts`` is the number of posts wished for (None: as many as the source carries, 3 to 10).
    ``speaker`` is whose turns of a transcript are drafted from. ``link`` overrides the source's own.
    """

    limit: int
    count: Callable[[str], int]
    posts: int | None = None
    speaker: str = ""
    language: str = ""
    link: str = ""


class Drafter(Protocol):
    """Turns a source into a draft whose every post carries its evidence."""

    def draft(self, source: Source, brief: Brief) -> Draft:
        """A thread of 3 to 10 posts within the brief's limit (fewer when the source is too short).

        Raises ContentError when nothing can be drafted, PlatformError when a model server fails.
        """
        ...
