"""The statuses that an account published, as its network lists them or hands them out in an export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import Protocol, runtime_checkable

from contentkit.platforms import Figures
from contentkit.values import dataclass

# Why something that an account did is none of its posts.
REPLY, BOOST, ADDRESSED, PRIVATE, UNREADABLE, EARLIER = (
    "replies", "boosts", "begin with a mention", "not public", "not readable", "earlier versions",
)  # fmt: skip
# Who continues one of these goes on talking to whom it was for.
_FOR_SOMEBODY = (REPLY, ADDRESSED, PRIVATE)


@dataclass(frozen=True, kw_only=True)
class OwnStatus:
    """One status that everybody may read, or that continues such a one.

    ``remote_id`` is what the network's API calls it, ``published_at`` is aware: empty and None where nobody told. ``text`` is
    empty where there are pictures alone. ``parent`` is the remote id of the own status that it continues, ``key`` names it
    among posts of several networks (``x:1789``).
    """

    text: str
    remote_id: str = ""
    url: str = ""
    published_at: datetime | None = None
    language: str = ""
    parent: str = ""
    key: str = ""
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True)
class LeftOut:
    """Something that is none of the account's posts, and why; ``remote_id`` and ``parent`` are those of a status, or empty."""

    why: str
    remote_id: str = ""
    parent: str = ""


@runtime_checkable
class Recalls(Protocol):
    """What a connection can do besides, when its network lists what an account published."""

    def recalled(
        self, since: datetime | None, until: datetime | None, most: int
    ) -> Iterator[list[OwnStatus | LeftOut]]:
        """What the account did from ``since`` on (None: ever) and before ``until`` (None: now), newest first, page by page, with
        figures as they are now. A network that cannot begin at a moment tells also what is newer.

        At most so many are asked for. Raises Unavailable.
        """
        ...


def sorted_out(found: Iterable[OwnStatus | LeftOut]) -> tuple[list[OwnStatus], Mapping[str, int]]:
    """The posts, and how many were left out by reason.

    What continues an answer to somebody, or something that was not for everybody, is left out for the same reason.
    """
    everything = list(found)
    parents = {one.remote_id: one.parent for one in everything if one.remote_id}
    # What has no id is nobody's parent: least of all of what has none.
    somebodys = [one for one in everything if isinstance(one, LeftOut) and one.why in _FOR_SOMEBODY and one.remote_id]
    reasons = {one.remote_id: one.why for one in somebodys}
    left_out: Counter[str] = Counter()
    kept = []
    for one in everything:
        why = one.why if isinstance(one, LeftOut) else _reason(one.parent, parents, reasons)
        if isinstance(one, LeftOut) or why:
            left_out[why] += 1
        else:
            kept.append(one)
    return kept, dict(sorted(left_out.items()))


def _reason(parent: str, parents: Mapping[str, str], reasons: dict[str, str]) -> str:
    """Why what continues this is left out; empty when it is not. What was found out is kept, so that long threads cost little."""
    way: list[str] = []
    while parent and parent not in reasons and parent not in way[-1:]:
        way.append(parent)
        # In a circle, which nobody can have published, each is met once.
        reasons.setdefault(parent, "")
        parent = parents.get(parent, "")
    why = reasons.get(parent, "")
    reasons.update(dict.fromkeys(way, why))
    return why
