"""What a span of speech is worth as a post of a story, as its beginning and as its end. The weights were set by reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from contentkit.drafting.interviews.chains import Told
from contentkit.drafting.interviews.clarity import is_torn, murkiness
from contentkit.drafting.interviews.openings import pull
from contentkit.drafting.interviews.stakes import preaches, reports, stakes_in
from contentkit.drafting.reading.terms import Vector, cosine
from contentkit.drafting.reading.traits import opening_of, spoken_of, traits_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.scoring import Measure

_FULL = 330
# What a question is worth above the first answer of a story.
_ASKED = 0.45
# Among so many first words "they" has nobody to stand for.
_EARLY = 8
# What the pull of its first sentence counts where a story begins, up to so much of it.
_PULL, _MOST_PULL = 0.25, 0.6


def all_told(spans: Iterable[Span], measure: Measure, bonds: Mapping[int, float]) -> list[Told]:
    """The spans with what they are worth; what their first sentences pull is looked at once.

    ``bonds`` says by the number of a sentence what it costs to end with it.
    """
    pulls: dict[int, float] = {}
    found = []
    for span in spans:
        first = span.said[0]
        if first.number not in pulls:
            alone = replace(span, text=first.text, sentences=(first,), headed=False)
            pulls[first.number] = pull(alone, measure.terms.centre, measure)
        found.append(_told(span, measure, pulls[first.number], bonds.get(span.end, 0.0)))
    return found


def _told(span: Span, measure: Measure, pulls: float, bond: float) -> Told:
    weights = measure.terms.of_span(span.said).weights
    # Two answers do not speak of one thing because there are three of something in both.
    about = Vector.of({term: weight for term, weight in weights.items() if not term[0].isdigit()})
    start = begins(span, measure) + _PULL * max(-_MOST_PULL, min(_MOST_PULL, pulls))
    return Told(span, worth(span, measure), start, ends(span, measure.rules) - bond, about)


def worth(span: Span, measure: Measure) -> float:
    """Events, figures, names and judgements in clear sentences; of a good length; about what the interview is about."""
    rules = measure.rules
    traits, spoken = traits_of(span.said, rules), spoken_of(span.said, rules)
    opening = opening_of(span.said[0].text, rules)
    return (
        0.70 * min(1.0, len(span.text) / _FULL)
        + 0.40 * cosine(measure.terms.of_span(span.said), measure.terms.centre)
        + 0.07 * min(4, spoken.past)
        + 0.08 * min(3, spoken.figures)
        + 0.04 * min(3, traits.names)
        + 0.08 * bool(traits.judgements)
        + 0.06 * bool(traits.contrasts)
        + 0.03 * min(3, traits.punches)
        + 0.14 * min(3, stakes_in(span.said, rules))
        + 0.12 * span.said[0].opens
        + 0.12 * span.said[-1].closes
        + measure.pull(span)
        + 0.15 * reports(span.said, rules)
        - 0.25 * preaches(span.said, rules)
        - murkiness(span.said, rules)
        - 0.15 * opening.connective
        - 0.30 * opening.demonstrative
        - 0.20 * is_torn(span.said[0].text, rules)
        - 0.25 * bool(traits.doubles)
        - 0.20 * bool(traits.hypes)
        - 0.60 * _drags_along(span)
        - 0.30 * _spills_over(span)
        - 0.08 * span.text.count("\n\n")
    )


def _drags_along(span: Span) -> bool:
    """Whether it begins within a paragraph and goes on in the next: two clippings in one post."""
    return not span.said[0].opens and span.said[0].paragraph != span.said[-1].paragraph


def _spills_over(span: Span) -> bool:
    """Whether it ends with the first sentence of a paragraph that goes on."""
    last = span.said[-1]
    return len(span.said) > 1 and last.opens and not last.closes


def begins(span: Span, measure: Measure) -> float:
    """What speaks for beginning a story here."""
    if span.headed:
        return _ASKED
    first = span.said[0]
    opening = opening_of(first.text, measure.rules)
    introduced = opening.definite in measure.terms.centre
    return (
        0.30 * first.opens
        + 0.25 * bool(measure.rules.speech.origin.match(straight(first.text)))
        - 3.00 * opening.connective
        - 0.50 * bool(measure.rules.speech.throat.match(straight(first.text)))
        - 0.20 * introduced
        - 0.80 * (opening.demonstrative or bool(measure.rules.speech.points_at.search(straight(first.text))))
        - 0.30 * bool(measure.rules.speech.open_word.search(" ".join(straight(first.text).split()[:_EARLY])))
        - 0.02 * min(30, max(0, len(first.text.split()) - 24))
    )


def ends(span: Span, rules: Rules) -> float:
    """What speaks for ending a story here: a judgement, in few words, at the end of what was said."""
    last = span.said[-1]
    traits = traits_of([last], rules)
    return (
        0.35 * last.closes
        + 0.35 * bool(traits.judgements)
        + 0.20 * bool(traits.contrasts)
        + 0.25 * bool(rules.speech.maxim.search(straight(last.text)))
        + 0.10 * min(2, traits.punches)
        + 0.20 * (traits.words <= 20)
        - 0.25 * bool(spoken_of([last], rules).hedges)
        - 0.20 * last.text.endswith("?")
        - 0.20 * is_torn(last.text, rules)
    )
