"""The second post: what the source is about, said near its beginning, where the hook does not say it."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.drafting.rules import straight
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, repeats

# The name stands among so many first sentences, and they stand in such a part of the source.
_EARLY_SENTENCES, _EARLY_PART = 2, 0.35
# What it is worth to be named in the first sentence, and in the first section.
_AT_ONCE, _AT_THE_TOP = 0.30, 0.20
# What it costs to begin with "If" or "When": that is for those who know already.
_SUBORDINATE = 0.40


def introduction(ranked: Sequence[Scored], hook: Scored, measure: Measure) -> Scored | None:
    """The best early span that names what the source is about; None where the hook does, or nothing that stands alone."""
    if measure.names_subject(hook.span.text):
        return None
    last = max((one.span.end for one in ranked), default=0)
    early = [one for one in ranked if one.span.end <= _EARLY_PART * last and not repeats(one, [hook])]
    naming = [one for one in early if _names(one, measure)]
    return max(naming, key=lambda one: _worth(one, measure), default=None)


def _names(one: Scored, measure: Measure) -> bool:
    return any(measure.names_subject(sentence.text) for sentence in one.span.said[:_EARLY_SENTENCES])


def _worth(one: Scored, measure: Measure) -> float:
    first = one.span.said[0].text
    return (
        one.score
        + _AT_ONCE * measure.names_subject(first)
        + _AT_THE_TOP * (one.span.section == measure.first_section)
        - _SUBORDINATE * bool(measure.rules.subordinate.match(straight(first)))
    )
