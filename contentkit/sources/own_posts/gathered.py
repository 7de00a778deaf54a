"""The posts of an archive, and what was left out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contentkit.models import OwnPost

# Why something is none of the posts that show how somebody writes.
REPLY, BOOST, ADDRESSED, PRIVATE, UNREADABLE = (
    "replies", "boosts", "begin with a mention", "not public", "not readable",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """``owner`` is the handle of whose posts they are, with its server on Mastodon; empty where the archive does not say it.

    ``left_out`` counts by reason.
    """

    owner: str
    posts: tuple[OwnPost, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


def gathered(owner: str, found: Iterable[OwnPost | str]) -> Gathered:
    """Of posts, and of reasons why something is none."""
    posts: list[OwnPost] = []
    left_out: Counter[str] = Counter()
    for one in found:
        if isinstance(one, OwnPost):
            posts.append(one)
        else:
            left_out[one] += 1
    return Gathered(owner=owner, posts=tuple(posts), left_out=dict(sorted(left_out.items())))
