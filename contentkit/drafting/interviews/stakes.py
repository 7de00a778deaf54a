"""What is at stake in a story: what was lost, refused, feared or risked, by whom and for how much; and what only preaches."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.reading.traits import spoken_of, traits_of
from contentkit.drafting.rules import Rules, straight


def stakes_in(sentences: Sequence[Sentence], rules: Rules) -> int:
    """How often something is at stake in these sentences."""
    return sum(len(rules.speech.stakes.findall(straight(one.text))) for one in sentences)


def preaches(sentences: Sequence[Sentence], rules: Rules) -> bool:
    """Whether they tell people what to do or how the world is, and nothing of what happened to the speaker."""
    spoken = spoken_of(sentences, rules)
    if spoken.past or spoken.figures or traits_of(sentences, rules).names:
        return False
    return any(rules.speech.preaches.search(straight(one.text)) for one in sentences)
