"""What else a post could say: other hooks for the first, other spans on the same subject for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contentkit.drafting.reading.terms import cosine
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.hooks import Hook, attraction
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, scored

# Two texts this alike say the same.
_SAME = 0.6
# What is less like the post speaks of something else.
_LEAST_LIKE = 0.12
# What likeness to the post counts beside the score of a span.
_SUBJECT = 1.5


def other_hooks(hooks: Iterable[Hook], thread: Sequence[Span], measure: Measure, number: int) -> list[Span]:
    """At most ``number`` further openings for a thread, the best first; none says what the thread says already."""
    found: list[Span] = []
    for hook in sorted(hooks, key=lambda one: -attraction(one, measure)):
        if len(found) == number:
            break
        if not _is_said(hook.span, [*thread, *found], measure):
            found.append(hook.span)
    return found


def other_spans(spans: Iterable[Span], text: str, thread: Sequence[Span], measure: Measure, number: int) -> list[Span]:
    """At most ``number`` spans on the subject of this text, the best first; none says what it or the ``thread`` says."""
    vector = measure.terms.of_text(text)
    near = [one for one in scored(list(spans), measure) if cosine(one.vector, vector) > _LEAST_LIKE]
    near = [one for one in near if one.span.text != text]
    found: list[Span] = []
    for one in sorted(near, key=lambda one: -_worth(one, text, measure)):
        if len(found) == number:
            break
        if not _is_said(one.span, [*thread, *found], measure):
            found.append(one.span)
    return found


def _worth(one: Scored, text: str, measure: Measure) -> float:
    return one.score + _SUBJECT * cosine(one.vector, measure.terms.of_text(text))


def _is_said(span: Span, others: Sequence[Span], measure: Measure) -> bool:
    """Whether one of the others shares a sentence with it, or says nearly the same."""
    vector = measure.terms.of_text(span.text)
    return any(span.shares(other) or cosine(vector, measure.terms.of_text(other.text)) > _SAME for other in others)
