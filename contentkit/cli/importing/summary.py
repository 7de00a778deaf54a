"""What came of an import, for people and programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.platforms.own import OwnStatus
    from contentkit.stats.imports import Imported

_RETRACTED = "retracted since"


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


def storable(
    statuses: Iterable[OwnStatus], left_out: Mapping[str, int], retracted: Set[str]
) -> tuple[list[OwnStatus], dict[str, int]]:
    """Those with an id and a time that contentkit did not take back; the others are counted among what was left out."""
    from contentkit.platforms.own import UNREADABLE

    told = Counter(left_out)
    kept = []
    for one in statuses:
        if not (one.remote_id and one.published_at):
            told[UNREADABLE] += 1
        elif one.remote_id in retracted:
            told[_RETRACTED] += 1
        else:
            kept.append(one)
    return kept, dict(told)
