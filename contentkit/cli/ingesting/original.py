"""Something to read, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Original:
    """Something to read. ``name`` is how messages call it.

    ``path`` is the plain file in which it lies, ``address`` where it lies on the web; what comes through a pipe has
    neither. ``read`` gives its bytes and the name that readers know it by; it raises ContentkitError. ``feed`` and ``item``
    say of what comes from a feed by what it is known there.
    """

    name: str
    read: Callable[[], tuple[bytes, str]] = field(repr=False)
    path: Path | None = None
    address: str = ""
    feed: str = ""
    item: str = ""
