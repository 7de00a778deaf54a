"""What was said off the record, held in memory to find it again in drafts and requests. Never stored, never shown.

Nothing that is derived from such words is written anywhere: not their hashes, not their count of letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NoReturn

from contentkit.shingles import repeated, shingles, span_shingles


@dataclass(frozen=True, kw_only=True)
class Leak:
    """Where a text repeats what was off the record: a run of ``words``, a ``name`` or a ``number``, from ``start`` to ``end``."""

    kind: Literal["words", "name", "number"]
    start: int
    end: int


class Forbidden:
    """Words that were said off the record and not on it. Shows nothing of itself, and cannot be pickled."""

    __slots__ = ("_runs",)

    def __init__(self, runs: frozenset[str] = frozenset()) -> None:
        self._runs = runs

    @classmethod
    def of(cls, spans: Iterable[str], record: str) -> Forbidden:
        """What these spans say and the record (all that may be repeated) does not."""
        runs: frozenset[str] = frozenset().union(*(span_shingles(span) for span in spans))
        return cls(runs - shingles(record) if runs else runs)

    def __or__(self, other: Forbidden) -> Forbidden:
        return Forbidden(self._runs | other._runs)

    def __bool__(self) -> bool:
        return bool(self._runs)

    def __repr__(self) -> str:
        return "<Forbidden>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("what is off the record is never stored")

    def leaks_in(self, text: str) -> list[Leak]:
        """Where this text repeats it, in order."""
        return [Leak(kind="words", start=0, end=len(text))] if repeated(text, self._runs) else []
