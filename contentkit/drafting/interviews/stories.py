"""The stories of an interview: chains of posts that speak of one thing, each with a hook from inside of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from contentkit.drafting.interviews.chains import Chain, Course, Told, all_chains, best_chain
from contentkit.drafting.interviews.openings import pull
from contentkit.drafting.interviews.people import strangers
from contentkit.drafting.interviews.titles import title_of_story
from contentkit.drafting.pools import Pool
from contentkit.drafting.reading.terms import cosine
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.hooks import Hook
from contentkit.drafting.spans.lifting import liftable
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.thread import title_from
from contentkit.values import dataclass

# What the attraction of its first post counts for a story, and how much more a hook from inside of it is worth.
_HOOK = 2.0
_LIFTED, _OUT_OF_REACH = 0.45, -0.35
# What pulls less is better left where it was said.
_LEAST_PULL = 0.15
# What the telling counts beside the hook, and what each post less than so many costs.
_TELLING = 0.8
_SHORT = 1.0
ENOUGH_POSTS = 5
# Among so many of the best hooks of a story one is chosen.
_MOST_HOOKS = 6
# And so many may be offered instead of it.
_OFFERED = 8
# A sentence so like the hook says it over again.
_ALIKE = 0.6
# Fewer posts tell no story.
_FEWEST_POSTS = 3
# So often a story is told anew because one of its posts cannot stay.
_MOST_ROUNDS = 12
# Two sentences of fewer words may be the same.
_FEWEST_WORDS = 4
# What it is worth that a story speaks of all of what it is asked to be about, above every other.
_ANGLE = 6.0
# So many more stretches are looked at than stories are wanted, for what is told at length is not always told best.
_FURTHER = 3


@dataclass(frozen=True)
class Story:
    """The posts of a story, what it is called and what it is worth; ``hooks`` are those of its stretch."""

    spans: tuple[Span, ...]
    title: str
    value: float
    hooks: tuple[Hook, ...] = ()


class Opening(NamedTuple):
    """What could open a story, and how likely a reader stops at it, who does not know what was asked."""

    span: Span
    pull: float


def ranked_openings(pool: Pool, interest: Mapping[int, float]) -> list[Opening]:
    """What of the pool could open a story, the strongest first; ``interest`` is what their answers' questions add."""
    found = (
        Opening(hook.span, pull(hook.span, pool.measure) + interest.get(hook.span.section, 0.0)) for hook in pool.hooks
    )
    return sorted(found, key=lambda one: -one.pull)


@dataclass(frozen=True)
class Teller:
    """What stays the same for all stories of an interview. ``known`` are those whom every reader knows; ``enough`` posts tell
    a story at length."""

    pool: Pool
    course: Course
    posts: int
    known: Sequence[str]
    openings: Sequence[Opening]
    enough: int = ENOUGH_POSTS

    @property
    def measure(self) -> Measure:
        return self.pool.measure

    def stories(self, told: Sequence[Told], number: int) -> list[Story]:
        """At most ``number`` stories that share no sentence, the best first."""
        found = list[Story]()
        fewest = min(_FEWEST_POSTS, self.posts)
        best = best_chain(told, self.course, self.posts, fewest)
        stretches = all_chains(told, self.course, self.posts, fewest) or ([best] if best else [])
        ranked = sorted(stretches, key=lambda one: -one.value - self._asked(one.spans))
        for chain in ranked[: number + _FURTHER]:
            low, high = self._reach(chain)
            around = self.course.around(low, high)
            near = [one for one in self.openings if self._within(one.span, *around)]
            story = self._told([one for one in told if self._within(one.span, low, high)], near)
            found += [story] if story else []
        return list(_titled_apart(self._apart(found)[:number]))

    def _apart(self, stories: Sequence[Story]) -> list[Story]:
        """The best of them that share no sentence; those that are long enough go before all others."""
        kept = list[Story]()
        for story in sorted(stories, key=lambda one: -one.value - self._asked(one.spans)):
            if not any(one.shares(other) for known in kept for one in known.spans for other in story.spans):
                kept.append(story)
        return [story for story in kept if len(story.spans) >= _FEWEST_POSTS] or kept

    def _asked(self, spans: Sequence[Span]) -> float:
        """What it is worth that these spans speak of what the brief asks for; nothing where it asks for nothing."""
        said = [sentence for span in spans for sentence in span.said]
        return _ANGLE * self.measure.angle.nearness(said, spans[0].section) if spans else 0.0

    def _told(self, told: Sequence[Told], openings: Sequence[Opening]) -> Story | None:
        """The best story of a stretch in which nobody is spoken of whom nothing introduces; None when nothing is left."""
        banned = set[Span]()
        story = None
        for _ in range(_MOST_ROUNDS):
            story = self._story(
                [one for one in told if one.span not in banned], [one for one in openings if one.span not in banned]
            )
            ill = self._ill(story.spans) if story else set()
            if not ill:
                return story
            banned |= ill
        # Whoever says the same all the time, or names one stranger after the other, is told with gaps.
        left = tuple(span for span in story.spans if span not in banned) if story else ()
        return replace(story, spans=left) if story and left else None

    def _worth(self, chain: Chain, hook: float) -> float:
        """What a story is worth: how it begins, how it is told, and whether it is told at some length."""
        return _HOOK * hook + _TELLING * chain.value - _SHORT * max(0, self.enough - len(chain.told))

    def _ill(self, spans: Sequence[Span]) -> set[Span]:
        """The posts that speak of somebody whom nothing introduces, or say again what one before them says."""
        missing = strangers([span.text for span in spans], self.known, self.measure.rules)
        return {span for span, names in zip(spans, missing, strict=True) if names} | _said_again(spans)

    def _reach(self, chain: Chain) -> tuple[int, int]:
        """The places of the first and the last sentence of what is told."""
        return self.course.first(chain.spans[0]), self.course.last(chain.spans[-1])

    def _within(self, span: Span, low: int, high: int) -> bool:
        return low <= self.course.first(span) and self.course.last(span) <= high

    def _story(self, told: Sequence[Told], openings: Sequence[Opening]) -> Story | None:
        """The best chain of these spans, behind a hook where one is worth more than the chain's own beginning."""
        plain = best_chain(told, self.course, self.posts, min(_FEWEST_POSTS, self.posts))
        if plain is None:
            return None
        spans, best = plain.spans, self._worth(plain, pull(_beginning(plain.spans[0]), self.measure))
        sections, rules = self.pool.sections, self.measure.rules
        able = list(islice((one for one in openings if liftable(one.span, sections, rules)), _OFFERED))
        for hook, worth in able[:_MOST_HOOKS] if self.posts > 1 else []:
            rest = _beside(hook, told, self.measure)
            chain = best_chain(rest, self.course, self.posts - 1, _FEWEST_POSTS - 1)
            if chain is None or len(chain.told) < _FEWEST_POSTS - 1 or worth < _LEAST_PULL:
                continue
            # Whoever read the hook waits for it: the story should get there, and go on; a short one gets nowhere without.
            is_reached = self.course.last(chain.spans[-1]) > self.course.last(hook) or len(plain.told) < _FEWEST_POSTS
            value = self._worth(chain, worth) + (_LIFTED if is_reached else _OUT_OF_REACH)
            if value > best:
                spans, best = [hook, *chain.spans], value
        hooks = tuple(Hook(one.span, own=False) for one in able)
        return Story(tuple(spans), title_of_story(spans, self.measure), best, hooks)


def _said_again(spans: Sequence[Span]) -> set[Span]:
    """The spans with a sentence that one before them has, too, word for word."""
    seen = set[str]()
    again = set[Span]()
    for span in spans:
        texts = {one.text for one in span.said if len(one.text.split()) >= _FEWEST_WORDS}
        if seen & texts:
            again.add(span)
        seen |= texts
    return again


def _titled_apart(stories: Sequence[Story]) -> Iterator[Story]:
    """The stories; one that is called like one before it is called by how it begins."""
    taken = set[str]()
    for story in stories:
        title = story.title if story.title not in taken else title_from(story.spans[0].said[0].text)
        taken.add(title)
        yield replace(story, title=title)


def _beginning(span: Span) -> Span:
    """What of a post is read first."""
    return replace(span, text=span.said[0].text, sentences=span.said[:1], headed=False)


def _beside(hook: Span, told: Sequence[Told], measure: Measure) -> list[Told]:
    """The spans that do not say what the hook says."""
    vector = measure.terms.of_span(hook.said)
    sentences = {sentence.number: sentence for one in told for sentence in one.span.said}
    alike = {
        number
        for number, sentence in sentences.items()
        if number in hook.numbers or cosine(measure.terms.of_span([sentence]), vector) > _ALIKE
    }
    return [one for one in told if not alike.intersection(sentence.number for sentence in one.span.said)]
