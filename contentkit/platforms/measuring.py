"""What connections and networks may say besides, for whoever asks them for figures; none of it must be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable


@runtime_checkable
class Batches(Protocol):
    """A connection that knows how many ids are asked for with the fewest requests."""

    def batches(self, remote_ids: Sequence[str]) -> Iterator[Sequence[str]]:
        """The ids, each once, as ``figures`` is going to be asked for them one batch after the other."""
        ...


@runtime_checkable
class TellsTime(Protocol):
    """A connection whose ``server_time`` is what its network's clock said with the last answer; None where it said nothing."""

    @property
    def server_time(self) -> datetime | None: ...


@runtime_checkable
class LendsWords(Protocol):
    """A network that allows words read from it to be kept only while the post stands there: it must be seen again within
    ``lends_words``."""

    lends_words: timedelta
