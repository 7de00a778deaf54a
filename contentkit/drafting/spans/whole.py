"""A short source told whole: the spans that together say the most of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from contentkit.drafting.reading.traits import traits_of
from contentkit.drafting.rules import Rules
from contentkit.drafting.spans.candidates import Span

# In words: what a further post costs, what one is worth that is whole paragraphs, what each seam between them costs.
_A_POST = 3
_WHOLE = 4
_A_SEAM = 2
# What it costs to say a paragraph and a piece of another: a note's are jottings.
RAGGED = 10
# So many words are not said twice by chance.
_FEWEST_WORDS = 5
# What a window must be worth beside that when it announces something, or ends with a question.
_IDLE = 12


def told(spans: Iterable[Span], rules: Rules, *, ragged: int) -> list[Span]:
    """The spans, in the order of the source, that share nothing and say most of its words.

    Paragraphs are kept as they are where they stand alone. Short greetings and questions are nothing to tell. ``ragged`` is
    what it costs, in words, to say a paragraph and a piece of another.
    """
    usable = sorted(_without_repetitions(list(spans)), key=lambda span: span.end)
    ends = [span.end for span in usable]
    # best[n] is the value of the best choice among the first n spans, and that choice.
    best: list[tuple[float, tuple[Span, ...]]] = [(0.0, ())]
    for place, span in enumerate(usable):
        value, chosen = best[bisect_right(ends, span.start - 1, hi=place)]
        best.append(
            max(
                best[-1],
                (value + _worth(span, rules) - ragged * _is_ragged(span), (*chosen, span)),
                key=lambda one: one[0],
            )
        )
    return list(best[-1][1])


def _without_repetitions(spans: Sequence[Span]) -> list[Span]:
    """The spans without those that say a longer sentence over again."""
    first = dict[str, int]()
    for span in spans:
        for one in span.said:
            first[one.text] = min(one.number, first.get(one.text, one.number))
    return [
        span
        for span in spans
        if all(first[one.text] == one.number or len(one.text.split()) < _FEWEST_WORDS for one in span.said)
    ]


def words_of(spans: Sequence[Span]) -> int:
    """How many words the spans say."""
    return sum(len(span.text.replace("•", "").split()) for span in spans)


def _is_ragged(span: Span) -> bool:
    """Whether it is prose of several paragraphs, and one of them in part."""
    return span.kind == "window" and not span.whole and span.said[0].paragraph != span.said[-1].paragraph


def _worth(span: Span, rules: Rules) -> float:
    worth = words_of([span]) + _WHOLE * span.whole - _A_POST
    if span.kind != "window":
        return worth
    traits = traits_of(span.sentences, rules)
    idle = bool(traits.hypes or traits.teasers) + span.text.endswith("?")
    seams = len({sentence.paragraph for sentence in span.sentences}) - 1
    return worth - _A_SEAM * seams - _IDLE * idle
