"""What a thread of a note can be made of: the posts of what was typed in a talk, the bullets and quotations of any other."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.drafting.pools import Pool
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.rules import Rules
from contentkit.drafting.spans.bullets import note_hooks, torn_off
from contentkit.drafting.spans.candidates import Fits, Span
from contentkit.drafting.spans.confidences import is_marked, without_confidences
from contentkit.drafting.spans.hooks import LONGEST_HOOK, Hook, spoken_up
from contentkit.drafting.spans.jottings import is_jotted, is_no_hook, is_said_of_the_note
from contentkit.drafting.spans.lists import note_lists
from contentkit.drafting.spans.notes import telling
from contentkit.drafting.spans.quotations import dialogues, quotations_of
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.standing import goes_on
from contentkit.drafting.spans.talks import is_of_a_talk, met
from contentkit.drafting.talks.kept import may_be_told
from contentkit.drafting.talks.lines import lines_of
from contentkit.drafting.talks.posts import posts_of_lines
from contentkit.drafting.talks.subject import is_above_all, subject_of
from contentkit.models import Source

__all__ = ["is_of_a_talk", "pool_of_note", "ready_posts", "without_confidences"]


def ready_posts(source: Source, rules: Rules, fits: Fits) -> list[tuple[Span, float]]:
    """The posts of what was typed in a talk, each with what it is worth."""
    if is_marked(source):
        return []
    subject = subject_of(source)
    lines = [
        line
        for line in lines_of(source, rules)
        if not (subject and line.paragraph == subject.paragraph) and not is_above_all(source, line.said[0])
    ]
    return posts_of_lines(may_be_told(lines, met(source)), rules, fits, subject)


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
