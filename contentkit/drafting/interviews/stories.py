"""Which story of an interview to tell: a run of answers that speak of one thing, clearly, and hold a hook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contentkit.drafting.interviews.answers import murkiness
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.reading.terms import cosine
from contentkit.drafting.rules import Rules
from contentkit.drafting.spans.selection import Scored

# A story is told in so many words of the speaker, at least and at most; one long answer may be longer.
FEWEST_WORDS, MOST_WORDS = 220, 1100
# What counts beside the scores of the best spans: that they are alike, that one is a hook, that the answers are few.
_ONE_SUBJECT = 8.0
_HOOK = 2.5
_PER_ANSWER = 0.12


def by_clarity(ranked: Sequence[Scored], rules: Rules) -> list[Scored]:
    """The spans with their scores lowered by what makes speech hard to read, the best first."""
    lowered = [replace(one, score=one.score - murkiness(one.span, rules)) for one in ranked]
    return sorted(lowered, key=lambda one: -one.score)


def story_of(
    answers: Sequence[Section], ranked: Sequence[Scored], pull: Mapping[int, float], posts: int
) -> list[Scored]:
    """The spans of the run of consecutive answers that tells most, the best first.

    ``pull`` is, by answer, how attractive its best hook is; ``posts`` is how many spans the thread will take.
    """
    strongest = _strongest(ranked)
    best: tuple[int, ...] = ()
    best_value = 0.0
    for run in _runs(answers):
        inside = [one for number in run for one in strongest.get(number, ())]
        hook = max(pull.get(number, 0.0) for number in run)
        value = _worth(inside, posts) + _HOOK * hook - _PER_ANSWER * len(run)
        if value > best_value:
            best_value, best = value, run
    return [one for one in ranked if not best or one.span.section in best]


def _runs(answers: Sequence[Section]) -> list[tuple[int, ...]]:
    """The numbers of every run of answers that is long enough for a story and not too long."""
    words = [sum(len(sentence.text.split()) for sentence in answer.sentences) for answer in answers]
    found = []
    for start in range(len(answers)):
        total = 0
        for end in range(start, len(answers)):
            total += words[end]
            if total > MOST_WORDS and end > start:
                break
            if total >= FEWEST_WORDS:
                found.append(tuple(answer.number for answer in answers[start : end + 1]))
    return found


def _strongest(ranked: Sequence[Scored]) -> dict[int, list[Scored]]:
    """By answer: its best spans that do not overlap."""
    strongest: dict[int, list[Scored]] = {}
    for one in ranked:
        there = strongest.setdefault(one.span.section, [])
        if not any(one.span.numbers & other.span.numbers for other in there):
            there.append(one)
    return strongest


def _worth(inside: Sequence[Scored], posts: int) -> float:
    """The scores of the best spans, and how much they speak of the same thing."""
    top = sorted(inside, key=lambda one: -one.score)[:posts]
    if not top:
        return 0.0
    alike = [cosine(one.vector, other.vector) for place, one in enumerate(top) for other in top[:place]]
    return sum(one.score for one in top) + _ONE_SUBJECT * sum(alike) / max(1, len(alike))
