"""The records of sources, each made once however many drafts rest on them: most of the work is in reading what sources say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TypeVar

from contentkit.checks.records.record import Record, record_of
from contentkit.checks.records.verbatim import Searched
from contentkit.models import Source
from contentkit.values import dataclass

Made = TypeVar("Made")
_Kept = dict[tuple[str, ...], tuple[tuple[Source, ...], Made]]


@dataclass(frozen=True)
class Records:
    """What was made so far. Sources that changed since get a record anew."""

    _records: _Kept[Record] = field(default_factory=dict, repr=False, compare=False)
    _searched: _Kept[Searched] = field(default_factory=dict, repr=False, compare=False)

    def of(self, sources: Mapping[str, Source], language: str) -> Record:
        """The record of these sources, for a draft in this language."""
        return _known(self._records, (language, *sources), sources, lambda: record_of(sources, language))

    def searched(self, sources: Mapping[str, Source]) -> Searched:
        """The same sources as their words are looked for."""
        return _known(self._searched, tuple(sources), sources, lambda: Searched.of(sources))


def _known(kept: _Kept[Made], key: tuple[str, ...], sources: Mapping[str, Source], make: Callable[[], Made]) -> Made:
    """What was made of these sources, as long as they are the same."""
    now = tuple(sources.values())
    known = kept.get(key)
    if known is None or known[0] != now:
        known = kept[key] = now, make()
    return known[1]
