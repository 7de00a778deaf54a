"""What came of an import, for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.platforms.own import OwnStatus
    from contentkit.stats.imports import Imported


@dataclass(frozen=True, kw_only=True)
class Summary:
    """``first`` and ``last`` say when the posts that came in were published, ``told_at`` of when their figures are."""

    account: str
    source: str
    imported: Imported
    left_out: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    told_at: datetime


def summary_of(
    account: str,
    source: str,
    imported: Imported,
    statuses: Sequence[OwnStatus],
    left_out: Mapping[str, int],
    told_at: datetime,
) -> Summary:
    """The summary of these posts."""
    moments = [one.published_at for one in statuses if one.published_at]
    return Summary(
        account=account,
        source=source,
        imported=imported,
        left_out=left_out,
        first=min(moments, default=None),
        last=max(moments, default=None),
        told_at=told_at,
    )


def storable(statuses: Iterable[OwnStatus], left_out: Mapping[str, int]) -> tuple[list[OwnStatus], dict[str, int]]:
    """Those with an id and a time; the others are counted among what was left out."""
    from contentkit.platforms.own import UNREADABLE

    everything = list(statuses)
    kept = [one for one in everything if one.remote_id and one.published_at]
    nameless = len(everything) - len(kept)
    told = {**left_out, UNREADABLE: left_out.get(UNREADABLE, 0) + nameless} if nameless else dict(left_out)
    return kept, told
