"""What this process really does on the network, seen by an audit hook below all of our code, and stopped there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Seen:
    """The numbers that something tried to connect to, and the names that were asked for."""

    connections: list[tuple[str, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class _Cut(OSError):
    pass


_seen: list[Seen] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _seen:
        return
    if event == "socket.connect":
        _seen[-1].connections.append(arguments[1][:2])
        raise _Cut("no connection leaves this test")
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _seen[-1].names.append(str(arguments[0]))
        raise _Cut("no name leaves this test")


sys.addaudithook(_hook)


@contextmanager
def cut() -> Iterator[Seen]:
    """Within, every connection and every look-up is noted and fails, whoever tries it in this process."""
    seen = Seen()
    _seen.append(seen)
    try:
        yield seen
    finally:
        _seen.remove(seen)
