"""The records of sources, each made once however many drafts rest on them: most of the work is in reading what sources say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from contentkit.checks.records.record import Record, record_of
from contentkit.models import Source
from contentkit.values import dataclass


@dataclass(frozen=True)
class Records:
    """What was made so far. Sources that changed since get a record anew."""

    _made: dict[tuple[str, ...], tuple[tuple[Source, ...], Record]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def of(self, sources: Mapping[str, Source], language: str) -> Record:
        """The record of these sources, for a draft in this language."""
        key, now = (language, *sources), tuple(sources.values())
        known, record = self._made.get(key, ((), None))
        if record is None or known != now:
            record = record_of(sources, language)
            self._made[key] = now, record
        return record
