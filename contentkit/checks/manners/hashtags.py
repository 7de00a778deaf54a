"""CK321: hashtags, which screen readers read out one by one."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose

_MOST = 3


def check_hashtags(prose: Prose) -> Iterator[Finding]:
    """How many there are."""
    tags = prose.tags
    if len(tags) > _MOST:
        message = f"{len(tags)} hashtags in one post, screen readers read each of them out"
        yield warning("CK321", message, words=tags[-1].words, at=tags[-1].start, remedy=f"keep at most {_MOST}")
