"""Where a drafter that asks a model works: who is told what it does, where its answers are kept, whose words are its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from decimal import Decimal
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from contentkit.drafting import Drafter
from contentkit.hosts import place_of
from contentkit.models import Source
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What one request took. ``cost`` is in US dollars, None without prices; ``estimated`` where the server did not count."""

    model: str
    tokens_in: int
    tokens_out: int
    cost: Decimal | None = None
    estimated: bool = False


class Watcher(Protocol):
    """Whoever waits for a draft. What it is told holds no word of a source, a draft or a model."""

    def progress(self, stage: str, done: int, of: int) -> None:
        """So many of so many steps of this stage are done."""
        ...

    def heard(self, letters: int) -> None:
        """So many letters of an answer have come so far."""
        ...

    def used(self, usage: Usage) -> None:
        """A request was answered, or failed after it was sent."""
        ...

    def told(self, note: str) -> None:
        """Something that a person should know before the draft is used."""
        ...


@dataclass(frozen=True)
class Nobody:
    """Watches nothing."""

    def progress(self, stage: str, done: int, of: int) -> None: ...

    def heard(self, letters: int) -> None: ...

    def used(self, usage: Usage) -> None: ...

    def told(self, note: str) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """``answers`` is the folder in which answers are kept, None where they are not; ``own`` are hosts whose pages are ours."""

    watcher: Watcher = field(default_factory=Nobody)
    answers: Path | None = None
    own: frozenset[str] = frozenset()


NO_WORKSHOP = Workshop()


@runtime_checkable
class Works(Protocol):
    """A drafter that wants to know where it works."""

    def within(self, workshop: Workshop) -> Drafter:
        """The same drafter, at work there."""
        ...


def is_foreign(source: Source, own: Collection[str]) -> bool:
    """Whether a source was read from an address that is none of ours: whoever wrote it may want to steer a model."""
    return bool(host := host_behind(source)) and host not in own


def host_behind(source: Source) -> str:
    """The host that the source was read from; empty for a file, a made-up name where the address cannot be understood."""
    place = source.origin.place if source.origin else ""
    if "://" not in place:
        return ""
    try:
        return place_of(urlsplit(place).netloc)[0]
    except ValueError:
        return "?"
