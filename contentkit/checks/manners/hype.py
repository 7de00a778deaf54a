"""CK353: the phrases that a project does not want to read of itself. Its own list: without one there are none."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.phrases import places_of
from contentkit.checks.manners.prose import Prose


def check_hype(prose: Prose, phrases: Collection[str]) -> Iterator[Finding]:
    """One finding for each place."""
    for start, end, phrase in places_of(phrases, prose.text) if phrases else ():
        message = f"this project does not say '{phrase}' ([checks] hype)"
        yield warning("CK353", message, words=prose.text[start:end], at=start, remedy="say what it does instead")
