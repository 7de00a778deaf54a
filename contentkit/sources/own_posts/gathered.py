"""The posts of an archive, and what was left out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime

from contentkit.models import OwnPost
from contentkit.platforms.own import LeftOut, OwnStatus, sorted_out
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """``owner`` is the handle of whose posts they are, with its server on Mastodon, ``owner_id`` the account's id there, and
    ``exported_at`` when the archive was made; empty and None where the archive does not say it.

    ``left_out`` counts by reason. ``platform`` is the network (``x``).
    """

    platform: str
    owner: str
    owner_id: str = ""
    exported_at: datetime | None = None
    statuses: tuple[OwnStatus, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def posts(self) -> tuple[OwnPost, ...]:
        """Those with words, as something to learn from."""
        return tuple(
            OwnPost(
                text=one.text,
                written=one.published_at.date() if one.published_at else None,
                language=one.language,
                key=one.key,
            )
            for one in self.statuses
            if one.text
        )


def gathered(
    found: Iterable[OwnStatus | LeftOut],
    *,
    platform: str,
    owner: str,
    owner_id: str = "",
    exported_at: datetime | None = None,
) -> Gathered:
    """Of posts, and of what is none."""
    kept, left_out = sorted_out(found)
    return Gathered(
        platform=platform,
        owner=owner,
        owner_id=owner_id,
        exported_at=exported_at,
        statuses=tuple(kept),
        left_out=left_out,
    )
