"""The stories of an interview: chains of posts that speak of one thing, each with a hook from inside of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contentkit.drafting.interviews.chains import Chain, Course, Told, chains
from contentkit.drafting.interviews.openings import pull
from contentkit.drafting.interviews.people import strangers
from contentkit.drafting.interviews.titles import title_of_story
from contentkit.drafting.pools import Pool
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.hooks import Hook
from contentkit.drafting.spans.lifting import liftable
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, without_echoes

# What the attraction of its first post counts for a story, and how much more a hook from inside of it is worth.
_HOOK = 1.0
_LIFTED = 0.25
# Among so many of the best hooks of a story one is chosen.
_MOST_HOOKS = 8
# Fewer posts tell no story.
_FEWEST_POSTS = 3
# So many more stretches are looked at than stories are wanted, for what is told at length is not always told best.
_FURTHER = 4


@dataclass(frozen=True)
class Story:
    """The posts of a story, what it is called and what it is worth; ``hooks`` are those of its stretch."""

    spans: tuple[Span, ...]
    title: str
    value: float
    hooks: tuple[Hook, ...] = ()


@dataclass(frozen=True)
class Teller:
    """What stays the same for all stories of an interview. ``known`` are those whom every reader knows."""

    pool: Pool
    course: Course
    posts: int
    known: Sequence[str]

    @property
    def measure(self) -> Measure:
        return self.pool.measure

    def stories(self, told: Sequence[Told], number: int) -> list[Story]:
        """At most ``number`` stories that share no sentence, the best first."""
        found = list[Story]()
        left = list(told)
        for _ in range(number + _FURTHER):
            ranked = chains(left, self.course, self.posts)
            if not ranked:
                break
            low, high = self._reach(ranked[0])
            hooks = [hook for hook in self.pool.hooks if self._within(hook.span, low, high)]
            if story := self._told([one for one in left if self._within(one.span, low, high)], hooks):
                found.append(story)
            left = [one for one in left if self.course.last(one.span) < low or self.course.first(one.span) > high]
        long = [story for story in found if len(story.spans) >= _FEWEST_POSTS] or found
        return sorted(long, key=lambda story: -story.value)[:number]

    def _told(self, told: Sequence[Told], hooks: Sequence[Hook]) -> Story | None:
        """The best story of a stretch in which nobody is spoken of whom nothing introduces; None when nothing is left."""
        story = self._story(told, hooks) if told else None
        while story:
            missing = strangers([span.text for span in story.spans], self.known, self.measure.rules)
            banned = {span for span, names in zip(story.spans, missing, strict=True) if names}
            if not banned:
                return story
            told = [one for one in told if one.span not in banned]
            hooks = [hook for hook in hooks if hook.span not in banned]
            story = self._story(told, hooks) if told else None
        return None

    def _reach(self, chain: Chain) -> tuple[int, int]:
        """The places of the first and the last sentence of what is told."""
        return self.course.first(chain.spans[0]), self.course.last(chain.spans[-1])

    def _within(self, span: Span, low: int, high: int) -> bool:
        return low <= self.course.first(span) and self.course.last(span) <= high

    def _story(self, told: Sequence[Told], hooks: Sequence[Hook]) -> Story:
        """The best chain of these spans, behind a hook where one is worth more than the chain's own beginning."""
        measure = self.measure
        plain = chains(told, self.course, self.posts)[0]
        about = measure.terms.of_span([one for span in plain.spans for one in span.sentences])
        spans, best = plain.spans, plain.value + _HOOK * pull(plain.spans[0], about, measure)
        able = [hook.span for hook in hooks if liftable(hook.span, self.pool.sections, measure.rules)]
        worth = {span: pull(span, about, measure) for span in able}
        for hook in sorted(able, key=lambda one: -worth[one])[:_MOST_HOOKS]:
            rest = list(_beside(hook, told, measure))
            chain = chains(rest, self.course, self.posts - 1)[0] if rest and self.posts > 1 else None
            if chain is None or len(chain.told) < _FEWEST_POSTS - 1:
                continue
            value = chain.value + _LIFTED + _HOOK * worth[hook]
            if value > best:
                spans, best = [hook, *chain.spans], value
        return Story(tuple(spans), title_of_story(spans, about, measure), best, tuple(hooks))


def _beside(hook: Span, told: Sequence[Told], measure: Measure) -> Iterator[Told]:
    """The spans that do not say what the hook says."""
    opening = Scored(hook, 0.0, measure.terms.of_text(hook.text))
    for one in told:
        if one.span.shares(hook):
            continue
        if without_echoes([Scored(one.span, 0.0, opening.vector)], opening, measure.terms):
            yield one
