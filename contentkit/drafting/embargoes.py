"""Until when a draft has to wait for what it rests on."""

from __future__ import annotations

from datetime import datetime

from contentkit.models import Draft, Source


def embargo_on(draft: Draft, source: Source) -> datetime | None:
    """The latest time of all embargoes on passages that the draft's evidence touches; None where there is none."""
    cited = [one for post in draft.posts for one in post.evidence if one.source == source.path]
    times = [
        passage.embargo
        for passage in source.passages
        if passage.embargo and any(one.first <= passage.last and passage.first <= one.last for one in cited)
    ]
    return max(times, default=None)
