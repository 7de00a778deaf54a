"""The stories of an interview: chains of posts that speak of one thing, each with a hook from inside of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contentkit.drafting.interviews.chains import Chain, Course, Told, chains
from contentkit.drafting.interviews.openings import pull
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.hooks import Hook
from contentkit.drafting.spans.lifting import liftable
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, without_echoes

_HOOK = 1.0
# Among so many of the best hooks of a story one is chosen.
_MOST_HOOKS = 8
# A hook that is not worth so much is worse than beginning where the story begins.
_FEWEST_POSTS = 3
_LIFTED = 0.25
# Of the best regions of the interview.
_REGIONS = 4


@dataclass(frozen=True)
class Story:
    """The posts of a story, its hook first when it was taken from its place, and what it is worth."""

    spans: tuple[Span, ...]
    lifted: bool
    value: float


def stories(
    answers: Sequence[Section], told: Sequence[Told], hooks: Sequence[Hook], measure: Measure, posts: int, number: int
) -> list[Story]:
    """At most ``number`` stories of at most ``posts`` posts that share no sentence, the best first."""
    teller = _Teller(answers, Course.of(answers), measure, posts)
    found = list[Story]()
    left = list(told)
    for _ in range(number + _REGIONS):
        ranked = chains(left, teller.course, posts)
        if not ranked:
            break
        low, high = teller.reach(ranked[0])
        inside = [one for one in left if low <= teller.course.first(one.span) and teller.course.last(one.span) <= high]
        found.append(teller.story(inside, [hook for hook in hooks if teller.within(hook.span, low, high)]))
        left = [one for one in left if teller.course.last(one.span) < low or teller.course.first(one.span) > high]
    return sorted(found, key=lambda story: -story.value)[:number]


@dataclass(frozen=True)
class _Teller:
    """What stays the same for all stories of an interview."""

    answers: Sequence[Section]
    course: Course
    measure: Measure
    posts: int

    def reach(self, chain: Chain) -> tuple[int, int]:
        """The places of the first and the last sentence of what is told."""
        return self.course.first(chain.spans[0]), self.course.last(chain.spans[-1])

    def within(self, span: Span, low: int, high: int) -> bool:
        return low <= self.course.first(span) and self.course.last(span) <= high

    def story(self, told: Sequence[Told], hooks: Sequence[Hook]) -> Story:
        """The best chain of these spans, behind a hook where one is worth more than the chain's own beginning."""
        plain = chains(told, self.course, self.posts)[0]
        about = self.measure.terms.of_span([one for span in plain.spans for one in span.sentences])
        best = Story(tuple(plain.spans), False, plain.value + _HOOK * pull(plain.spans[0], about, self.measure))
        able = [hook.span for hook in hooks if liftable(hook.span, self.answers, self.measure.rules)]
        worth = {span: pull(span, about, self.measure) for span in able}
        for span in sorted(able, key=lambda one: -worth[one])[:_MOST_HOOKS]:
            rest = list(_beside(span, told, self.measure))
            chain = chains(rest, self.course, self.posts - 1)[0] if rest else None
            if chain is None or len(chain.told) < _FEWEST_POSTS:
                continue
            value = chain.value + _LIFTED + _HOOK * worth[span]
            if value > best.value:
                best = Story((span, *chain.spans), True, value)
        return best


def _beside(hook: Span, told: Sequence[Told], measure: Measure) -> Iterator[Told]:
    """The spans that do not say what the hook says."""
    opening = Scored(hook, 0.0, measure.terms.of_text(hook.text))
    for one in told:
        if one.span.shares(hook):
            continue
        if without_echoes([Scored(one.span, 0.0, opening.vector)], opening, measure.terms):
            yield one
