"""A thread as it is measured and judged, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.drafts.texts import Text
from contentkit.drafting import Drafter
from contentkit.models import Post


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The posts in their order, and the closing post with the link (empty: there is none).

    ``evidence`` has, for each post, the lines (1-based, inclusive) that it says it rests on; baselines say none.
    """

    maker: str
    posts: tuple[str, ...]
    closing: str = ""
    evidence: tuple[tuple[tuple[int, int], ...], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What would be published."""
        return (*self.posts, self.closing) if self.closing else self.posts


def drafted(text: Text, drafter: Drafter, maker: str) -> Thread:
    """What a drafter of contentkit makes of it. Raises ContentError when it makes nothing."""
    posts = list(drafter.draft(text.source, text.brief).posts)
    closing = posts.pop() if len(posts) > 1 and text.brief.link in posts[-1].text else None
    return Thread(
        maker=maker,
        posts=tuple(post.text for post in posts),
        closing=closing.text if closing else "",
        evidence=tuple(_lines(post) for post in posts),
    )


def _lines(post: Post) -> tuple[tuple[int, int], ...]:
    return tuple((one.first, one.last) for one in post.evidence)
