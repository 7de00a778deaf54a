"""What is to happen to a traced command, and what was seen of it: plain values that go over a pipe as JSON."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Calls count from 1, from the one that opens a file called ``begin`` (empty: from the first one on).

    ``kill_at`` kills the process before its call of that number. ``fail`` names calls, of which the one of number
    ``fail_at`` ends with ``error`` instead of being made; with ``for_good`` so does each later one. ``full_from`` is a
    disk without room for the file operation of that number and all later ones. 0 is never. ``record`` keeps all that
    files and sockets were given.
    """

    begin: str = "publisher.lock"
    kill_at: int = 0
    fail: str = ""
    fail_at: int = 0
    error: int = 0
    for_good: bool = False
    full_from: int = 0
    record: bool = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """One call that changed a file or sent bytes, and its result: ``number`` is its place among all calls.

    ``path`` is the file, or ``socket:[…]``; ``to`` a new name; ``data`` what was written, at ``offset``; ``flags`` as
    ``open`` has them; ``length`` what a file was cut to.
    """

    number: int
    call: str
    path: str
    result: int
    to: str = ""
    data: bytes = b""
    offset: int = 0
    flags: int = 0
    length: int = 0

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "data": base64.b64encode(self.data).decode()}

    @classmethod
    def of_json(cls, value: dict[str, Any]) -> Event:
        return cls(**{**value, "data": base64.b64decode(value["data"])})


@dataclass(frozen=True, kw_only=True)
class Traced:
    """How a traced command ended. ``code`` is -9 when it was killed; ``happened`` whether what was planned did happen.

    ``calls`` are the names of all calls from the beginning on, ``?`` for one that nobody asks for by name; ``changing``
    and ``growing`` the numbers of those whose effect others can see, and that want room on a disk.
    """

    code: int
    out: str
    err: str
    happened: bool
    calls: tuple[str, ...]
    changing: tuple[int, ...]
    growing: tuple[int, ...]
    events: tuple[Event, ...] = field(default=())
