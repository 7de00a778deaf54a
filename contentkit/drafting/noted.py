"""What a thread of a note can be made of: what may be told of it, its bullets and quotations, and its results as hooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contentkit.drafting.pools import Pool
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.rules import Rules
from contentkit.drafting.spans.bullets import note_hooks, torn_off, worth_telling
from contentkit.drafting.spans.candidates import Fits, Span
from contentkit.drafting.spans.confidences import without_confidences
from contentkit.drafting.spans.hooks import LONGEST_HOOK, Hook, attraction, spoken_up
from contentkit.drafting.spans.internal import without_internal
from contentkit.drafting.spans.jottings import is_jotted, is_no_hook, is_said_of_the_note
from contentkit.drafting.spans.lists import note_lists
from contentkit.drafting.spans.notes import is_strong, telling
from contentkit.drafting.spans.quotations import dialogues, is_quotation, quotations_of
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.standing import goes_on
from contentkit.drafting.spans.talks import is_of_a_talk, labels, met, of_meetings
from contentkit.drafting.spans.typed import bulleted
from contentkit.models import Source

# What was typed in a talk opens with no line that is weaker than this, but with what it says first.
_LEAST_ATTRACTION = 0.57


def told_there(source: Source, sections: Sequence[Section], rules: Rules) -> Sequence[Section]:
    """The sections of what was typed in a talk without what was for those who met, of other notes without what was told
    in confidence."""
    if not is_of_a_talk(source):
        return without_confidences(sections)
    return worth_telling(without_internal(bulleted(sections, rules), met(source)), rules)


def frames_there(source: Source, sections: Sequence[Section], frames: Mapping[int, int]) -> Mapping[int, int]:
    """The sentences that may not be said without another one, with that one; in a talk's, neither who met is one nor a
    label."""
    if not is_of_a_talk(source):
        return frames
    talk = of_meetings(sections) | labels(sections)
    return {number: frame for number, frame in frames.items() if frame not in talk}


def opened(pool: Pool, source: Source) -> Pool:
    """The pool with the hooks that may open a thread from what was typed in a talk; that of another note as it is.

    A talk that begins with a line before any heading opens with it: it says who or what the others are about.
    """
    if not is_of_a_talk(source):
        return pool
    spans = [span for span in pool.beside(frozenset()) if span.section in _unheaded(pool.sections)]
    if not spans:
        return replace(pool, hooks=_stopping(pool))
    if len(pool.sections) == 1:
        return replace(pool, hooks=[])
    first = min(span.start for span in spans)
    opening = [span for span in spans if span.start == first and len(span.text) <= LONGEST_HOOK]
    longest = max(opening, key=lambda span: len(span.text), default=None)
    return replace(pool, hooks=[Hook(longest, own=False)] if longest else [])


def _unheaded(sections: Sequence[Section]) -> frozenset[int]:
    """The number of the first section, where it stands below no heading but the title."""
    return frozenset(one.number for one in sections[:1] if one.heading is None or one.titled)


def _stopping(pool: Pool) -> list[Hook]:
    """The quotations and results among the hooks; where there is none, what stops a reader at all."""
    quoted = [hook for hook in pool.hooks if hook.own or is_quotation(hook.span)]
    results = [hook for hook in pool.hooks if is_strong(hook.span)]
    whole = [hook for hook in results if hook.span.whole]
    return (
        quoted
        or whole
        or results
        or [hook for hook in pool.hooks if attraction(hook, pool.measure) >= _LEAST_ATTRACTION]
    )


def pool_of_note(
    sections: Sequence[Section], measure: Measure, spans: Sequence[Span], own: Sequence[Hook], fits: Fits
) -> Pool:
    """The pool of these sections of a note; ``spans`` are those that would stand alone in any text."""
    rules = measure.rules
    hooks = [Hook(span, own=span.text.startswith(('"', "“"))) for span in note_hooks(sections, rules, fits)]
    talked = dialogues(sections)
    torn = torn_off(sections)
    spans = [
        span
        for span in spans
        if span.start not in torn
        and not any(one.paragraph in talked or is_said_of_the_note(one.text) for one in span.sentences)
        and not is_jotted(span.said[0].text)
    ]
    hooks += [*own, *spoken_up(spans, rules)]
    hooks = [hook for hook in hooks if hook.own or not is_no_hook(hook.span.text)]
    quoted = quotations_of(sections, rules, fits)
    hooks += [Hook(span, own=True) for span in quoted if len(span.text) <= LONGEST_HOOK]
    known = {span.text for span in quoted}
    prose = [span for span in spans if span.kind != "list" and span.text not in known]

    def beside(used: frozenset[int]) -> list[Span]:
        lists = [one for one in note_lists(sections, rules, fits, used) if not goes_on(one, rules)]
        # Lists of what was only talked about give way to those that say what came of it.
        return [*quoted, *prose, *([one for one in lists if telling(one, rules)] or lists)]

    return Pool(sections=sections, measure=measure, beside=beside, hooks=hooks)
