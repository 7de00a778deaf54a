"""What a thread of a post or a note can be made of: its spans and its hooks, read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace

from contentkit.drafting.reading.frames import frames_of
from contentkit.drafting.reading.sections import Section, sections_of
from contentkit.drafting.reading.subjects import subjects_of
from contentkit.drafting.reading.terms import Terms, roots
from contentkit.drafting.rules import Rules, is_known
from contentkit.drafting.spans.candidates import Fits, Span, candidates
from contentkit.drafting.spans.claiming import under_claims
from contentkit.drafting.spans.hooks import LONGEST_HOOK, Hook, described, headlines, spoken_up
from contentkit.drafting.spans.jottings import is_empty
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored
from contentkit.drafting.spans.standing import conduct, goes_on, headed, spoiled, without_connective
from contentkit.models import Source
from contentkit.values import dataclass

# The spans beside a hook that says these sentences.
Beside = Callable[[frozenset[int]], Sequence[Span]]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The sections, the spans that stand alone in them, what could open the thread, and how all of it is measured.

    ``is_ready`` where the posts are made already: ``ready``, in their order, each with what it is worth. ``is_part`` where
    other threads are made of the rest of the source.
    """

    sections: Sequence[Section]
    measure: Measure
    beside: Beside
    hooks: Sequence[Hook]
    ready: Sequence[Scored] = ()
    is_ready: bool = False
    is_part: bool = False

    @property
    def words(self) -> int:
        return sum(len(sentence.text.split()) for section in self.sections for sentence in section.sentences)


def pool_of(source: Source, rules: Rules, fits: Fits, *, limit: int, angle: str) -> Pool:
    """The pool of all that may be drafted from in a post or a note; nothing without the words that refuse or disown it."""
    sections = sections_of(source, rules)
    if source.kind != "note" and _is_of_a_site(source):
        return _framed(_pool_of(source, sections, rules, fits, limit, angle), frames_of(sections, rules))
    # Only notes pay for what reads them, and what may be one with a title.
    from contentkit.drafting import noted

    if source.kind == "note" and noted.is_of_a_talk(source):
        measure = _measure_of(source, sections, rules, limit, angle)
        return _ready(noted.ready_posts(source, rules, fits), sections, measure)
    told = noted.without_confidences(source, sections)
    return _framed(_pool_of(source, told, rules, fits, limit, angle), frames_of(sections, rules))


def _is_of_a_site(source: Source) -> bool:
    """Whether a site shows it, or will: it has an address there, a date or tags."""
    return bool(source.link or source.site_path or source.written or source.tags)


def _ready(told: Sequence[tuple[Span, float]], sections: Sequence[Section], measure: Measure) -> Pool:
    """The pool of posts that were made already, any of which may open a thread that is short enough."""
    ready = [Scored(span, value, measure.terms.of_text(span.text)) for span, value in told]
    spans = [one.span for one in ready]
    numbers = {span.section for span in spans}
    hooks = [Hook(span, own=False) for span in spans if len(span.text) <= LONGEST_HOOK]
    return Pool(
        sections=[one for one in sections if one.number in numbers],
        measure=measure,
        beside=lambda _: spans,
        hooks=hooks,
        ready=ready,
        is_ready=True,
    )


def _framed(pool: Pool, frames: Mapping[int, int]) -> Pool:
    """The pool without what leaves out the sentence that it may not be said without."""

    def stays(span: Span) -> bool:
        told = {one.number for one in span.sentences}
        return all(frames.get(one.number, one.number) in told for one in span.said)

    def beside(used: frozenset[int]) -> list[Span]:
        return [span for span in pool.beside(used) if stays(span)]

    return replace(pool, beside=beside, hooks=[hook for hook in pool.hooks if stays(hook.span)])


def _pool_of(source: Source, sections: Sequence[Section], rules: Rules, fits: Fits, limit: int, angle: str) -> Pool:
    measure = _measure_of(source, sections, rules, limit, angle)
    spans = _standing(sections, measure.title, rules, fits)
    own = list(described(source, rules, fits))
    if not is_known(rules.language):
        # Nobody here can tell what leans on a sentence before it: a paragraph's first sentence hardly ever does.
        spans = [span for span in spans if span.kind != "window" or span.sentences[0].opens]
        opening = [span for span in spans if span.kind == "window" and span.section == sections[0].number]
        return Pool(
            sections=sections, measure=measure, beside=lambda _: spans, hooks=[*own, *spoken_up(opening, rules)]
        )
    if source.kind == "note":
        from contentkit.drafting.noted import pool_of_note

        return pool_of_note(sections, measure, spans, own, fits)
    hooks = [*own, *spoken_up(spans, rules), *headlines(sections, rules, fits)]
    all_spans = [*spans, *under_claims(spans, sections, rules, fits)]
    return Pool(sections=sections, measure=measure, beside=lambda _: all_spans, hooks=hooks)


def _measure_of(source: Source, sections: Sequence[Section], rules: Rules, limit: int, angle: str) -> Measure:
    sentences = [sentence for section in sections for sentence in section.sentences]
    terms = Terms.of(sentences, rules)
    measure = Measure.of(terms, f"{source.title} {source.description}", rules, limit, sections, angle)
    subjects = subjects_of(source.title, sentences, rules)
    return replace(measure, subjects=subjects, title=roots(source.title, rules))


def _standing(sections: Sequence[Section], title: Set[str], rules: Rules, fits: Fits) -> list[Span]:
    """The spans that stand alone in writing, without a leading connective; all that there are where none does."""
    out = spoiled(sections, rules)
    orders = conduct(sections)
    introduced = headed(sections)
    found = [
        span
        for span in candidates(sections, rules, fits)
        if not any(one.paragraph in orders or (span.kind == "list" and is_empty(one.text)) for one in span.sentences)
    ]
    standing = [
        without_connective(span, rules)
        for span in found
        if not goes_on(span, rules, introduced, title) and not any(one.number in out for one in span.sentences)
    ]
    return standing or found


def part_of(pool: Pool, sections: Sequence[Section]) -> Pool:
    """What of a pool stands in these sections: nothing that speaks of the whole, as the author's description."""
    numbers = {section.number for section in sections}

    def beside(used: frozenset[int]) -> list[Span]:
        return [span for span in pool.beside(used) if span.section in numbers]

    inside = [hook for hook in pool.hooks if hook.span.section in numbers and hook.span.start >= 0]
    ready = [one for one in pool.ready if one.span.section in numbers]
    return replace(pool, sections=sections, beside=beside, hooks=inside, ready=ready, is_part=True)
