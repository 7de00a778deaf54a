"""What sources say to the evidence that points at them, so that the same bytes are asked the same once.

To read a source takes longer than all else of a row in the queue, or of a post. What is kept between runs is no word of a
source: by a digest of all that an answer follows from, whether evidence still holds, that none of the lines under it are
embargoed, and that nothing which was said speaks against a post. Nothing is believed but what this version wrote, for the same
bytes; of anything else the source is read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit import __version__
from contentkit.cli.fleeting import bytes_of, put_fleeting
from contentkit.marks import mark_of

if TYPE_CHECKING:
    from contentkit.models import Evidence, Source

# Raised with each change of what an answer means.
_FORM = 2
_LARGEST = 4 * 1024 * 1024
_MOST = 4_000
_HOLDS, _EMBARGO, _UNSAYABLE = "holds", "embargo", "unsayable"
# Nothing, for this run alone.
_FOR_NOW = " "


class Content:
    """The bytes of a source by its name, and their digest."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class Cited:
    """The answers of one run, and those of earlier ones in the file ``kept``, where there is one."""

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._new: dict[str, str] = {}

    def holds(
        self, content: Content, evidence: Sequence[Evidence], lines: Callable[[], Sequence[str]]
    ) -> tuple[bool, ...]:
        """Of each of this evidence, whether its source says it; ``lines`` are asked for where that is not known."""

        def ask() -> str:
            here = lines()
            return "".join("+" if one.is_said_in(here) else "-" for one in evidence)

        return tuple(one == "+" for one in self._once(_about(_HOLDS, content, evidence), ask))

    def embargo(self, content: Content, evidence: Sequence[Evidence], source: Callable[[], Source]) -> datetime | None:
        """The latest embargo on the lines that this evidence touches; None where there is none."""

        def ask() -> str:
            until = source().embargo_on(evidence)
            return until.isoformat() if until else ""

        until = self._once(_about(_EMBARGO, content, evidence), ask)
        return datetime.fromisoformat(until) if until else None

    def unsayable(self, basis: Sequence[object], ask: Callable[[], tuple[str, bool]]) -> str:
        """Why something may not go out; empty where nothing speaks against it.

        ``basis`` is all that this follows from, as JSON. ``ask`` says it, and whether nothing will do so the next time, too.
        """

        def told() -> str:
            why, lasting = ask()
            return why or ("" if lasting else _FOR_NOW)

        return self._once([_UNSAYABLE, *basis], told).strip()

    def keep(self) -> None:
        """Keeps the answers for the next run, for their owner only, the newest of very many; else nothing is kept."""
        from contentkit.errors import ContentkitError
        from contentkit.places import make_private_folder

        # When an embargo ends follows from the rules of its zone, too, which change.
        new = {key: told for key, told in self._new.items() if not told.strip("+-")}
        if self._kept is None or not new:
            return
        told = dict(list({**self._before, **new}.items())[-_MOST:])
        with suppress(ContentkitError, OSError):
            make_private_folder(self._kept.parent)
            put_fleeting(str(self._kept.parent), self._kept.name, json.dumps(told).encode())

    def _once(self, about: Sequence[object], ask: Callable[[], str]) -> str:
        key = hashlib.sha256(json.dumps([*about, self._reader]).encode()).hexdigest()
        if key not in self._new:
            before = self._before.get(key)
            if before is not None:
                return before
            self._new[key] = ask()
        return self._new[key]

    @cached_property
    def _reader(self) -> list[str]:
        """Who reads sources: formats may come with other packages, which change the folders that they lie in."""
        return [str(_FORM), __version__, *(mark_of(one) for one in sys.path if one.endswith("-packages"))]

    @cached_property
    def _before(self) -> dict[str, str]:
        """What earlier runs were told; nothing where that cannot be read, or is something else."""
        try:
            told = json.loads(bytes_of(str(self._kept), _LARGEST, own=True)) if self._kept else {}
        except (OSError, ValueError, RecursionError):
            return {}
        is_whole = isinstance(told, dict) and all(isinstance(one, str) for one in told.values())
        return told if is_whole else {}


def _about(question: str, content: Content, evidence: Iterable[Evidence]) -> list[object]:
    return [question, content.name, content.digest, [str(one) for one in evidence]]
