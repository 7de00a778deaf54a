"""What a span of speech is worth as a post of a story, as its beginning and as its end. The weights were set by reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from contentkit.drafting.interviews.chains import Told
from contentkit.drafting.interviews.clarity import is_torn, murkiness
from contentkit.drafting.interviews.openings import pull
from contentkit.drafting.interviews.replies import is_piece
from contentkit.drafting.interviews.stakes import preaches, reports, stakes_in
from contentkit.drafting.reading.terms import cosine
from contentkit.drafting.reading.traits import opening_of, spoken_of, traits_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.weights import BEGINNING, CLOSING, TOLD, weighed

_FULL = 330
# Nobody stops at somebody else's question.
_ASKED = -3.0
# Among so many first words "they" has nobody to stand for.
_EARLY = 8
# What the pull of its first sentence counts where a story begins, up to so much of it.
_PULL, _MOST_PULL = 0.25, 0.6
# What it costs to leave out what a span points at, or goes on from.
_POINTS, _GOES_ON = 0.8, 0.4


def all_told(
    spans: Iterable[Span], measure: Measure, bonds: Mapping[int, float], interest: Mapping[int, float]
) -> list[Told]:
    """The spans with what they are worth; what their first sentences pull is looked at once.

    ``bonds`` says by the number of a sentence what it costs to end with it, ``interest`` by the number of an answer what
    speaks for it.
    """
    pulls: dict[int, float] = {}
    found = []
    for span in spans:
        first = span.said[0]
        if first.number not in pulls:
            alone = replace(span, text=first.text, sentences=(first,), headed=False)
            pulls[first.number] = pull(alone, measure)
        told = _told(span, measure, pulls[first.number], bonds.get(span.end, 0.0))
        found.append(replace(told, worth=told.worth + interest.get(span.section, 0.0)))
    return found


def _told(span: Span, measure: Measure, pulls: float, bond: float) -> Told:
    start = begins(span, measure) + _PULL * max(-_MOST_PULL, min(_MOST_PULL, pulls))
    return Told(span, worth(span, measure), start, ends(span, measure.rules) - bond, _leaning(span, measure.rules))


def _leaning(span: Span, rules: Rules) -> float:
    """What it costs to leave out what was said before: it goes on from there, or points at it."""
    text = straight(span.said[0].text)
    opening = opening_of(span.said[0].text, rules)
    points = opening.demonstrative or bool(rules.speech.points_at.search(text)) or bool(rules.pointing.search(text))
    return _POINTS * points + _GOES_ON * opening.connective


def worth(span: Span, measure: Measure) -> float:
    """Events, figures, names and judgements in clear sentences; of a good length; about what the interview is about."""
    return weighed(shown(span, measure), TOLD) + measure.pull(span)


def shown(span: Span, measure: Measure) -> dict[str, float]:
    """What a span of speech shows of all that is weighed in a post."""
    rules = measure.rules
    traits, spoken = traits_of(span.said, rules), spoken_of(span.said, rules)
    opening = opening_of(span.said[0].text, rules)
    return {
        "length": min(1.0, len(span.text) / _FULL),
        "centre": cosine(measure.terms.of_span(span.said), measure.terms.centre),
        "past": min(4, spoken.past),
        "figures": min(3, spoken.figures),
        "names": min(3, traits.names),
        "judgement": bool(traits.judgements),
        "contrast": bool(traits.contrasts),
        "punches": min(3, traits.punches),
        "stakes": min(3, stakes_in(span.said, rules)),
        "opens": span.said[0].opens,
        "closes": span.said[-1].closes,
        "reports": reports(span.said, rules),
        "preaches": preaches(span.said, rules),
        "murky": murkiness(span.said, rules),
        "connective": opening.connective,
        "demonstrative": opening.demonstrative,
        "torn": is_torn(span.said[0].text, rules),
        "doubled": bool(traits.doubles),
        "hype": bool(traits.hypes),
        "drags_along": _drags_along(span),
        "spills_over": _spills_over(span),
        "gaps": span.text.count("\n\n"),
    }


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
    rules, text = measure.rules, straight(span.said[0].text)
    opening = opening_of(span.said[0].text, rules)
    shown = {
        "opens": span.said[0].opens,
        "origin": bool(rules.speech.origin.match(text)),
        "connective": opening.connective,
        "piece": is_piece(text, rules),
        "throat": bool(rules.speech.throat.match(text)),
        "introduced": opening.definite in measure.terms.centre,
        "points": opening.demonstrative or bool(rules.speech.points_at.search(text)),
        "open_word": bool(rules.speech.open_word.search(" ".join(text.split()[:_EARLY]))),
        "long": min(30, max(0, len(text.split()) - 24)),
    }
    return weighed(shown, BEGINNING)


def ends(span: Span, rules: Rules) -> float:
    """What speaks for ending a story here: a judgement, in few words, at the end of what was said."""
    last = span.said[-1]
    traits = traits_of([last], rules)
    shown = {
        "closes": last.closes,
        "judgement": bool(traits.judgements),
        "contrast": bool(traits.contrasts),
        "maxim": bool(rules.speech.maxim.search(straight(last.text))),
        "punches": min(2, traits.punches),
        "short": traits.words <= 20,
        "hedges": bool(spoken_of([last], rules).hedges),
        "question": last.text.endswith("?"),
        "torn": is_torn(last.text, rules),
    }
    return weighed(shown, CLOSING)
