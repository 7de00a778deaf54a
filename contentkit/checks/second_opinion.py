"""CK290: what a model doubts. It adds warnings, and takes nothing away: the other checks do not know that it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contentkit.checks.findings import problem_of, warning
from contentkit.models import Draft, Problem
from contentkit.text import one_line
from contentkit.values import dataclass

_LONGEST_WORDS = 300
_LONGEST_REASON = 200
_MOST = 8
_MARKS = "\"“”„«»'‘’… "


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Words of a post (by its index) that a model finds unsupported, and why. All of it is text from outside."""

    post: int
    words: str
    reason: str


def check_opinions(draft: Draft, opinions: Sequence[Opinion]) -> Iterator[Problem]:
    """CK290 for each opinion about words that do stand in their post, once, at most eight for a post."""
    for index, post in enumerate(draft.posts):
        told: set[int] = set()
        for opinion in opinions:
            found = _place_of(opinion.words, post.text) if opinion.post == index else None
            if found is None or found[0] in told or len(told) == _MOST:
                continue
            told.add(found[0])
            said = one_line(opinion.reason, _LONGEST_REASON)
            message = f"a model doubts that the cited lines say this{f': {said}' if said else ''}"
            remedy = "read them beside the post; the model may be wrong"
            finding = warning("CK290", message, words=post.text[slice(*found)], at=found[0], remedy=remedy)
            yield problem_of(finding, draft, index)


def _place_of(words: str, text: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever parts them there; the marks that models put around them do not count."""
    parts = words.strip(_MARKS).split()
    if not parts or len(words) > _LONGEST_WORDS:
        return None
    match = re.search(r"\s+".join(map(re.escape, parts)), text)
    return match.span() if match else None
