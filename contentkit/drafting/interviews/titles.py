"""What a story is called: a short sentence of the speaker from inside of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contentkit.confidential import is_veiled
from contentkit.drafting.interviews.openings import pull
from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.reading.terms import stems
from contentkit.drafting.reading.traits import opening_of, spoken_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.thread import title_from

_LONGEST = 62
_FEWEST_WORDS = 3
_FEWEST_TERMS = 2


def title_of_story(spans: Sequence[Span], measure: Measure) -> str:
    """The sentence of these posts that says most in a title's length, else how the first post begins."""
    opening = title_from(spans[0].said[0].text)
    if _is_clause(opening, spans[0].said[0].text) and _is_title(replace(spans[0].said[0], text=opening), measure.rules):
        return opening
    fit = [(span, one) for span in spans for one in span.said if _is_title(one, measure.rules)]
    if not fit:
        return opening
    alone = [replace(span, sentences=(one,), text=one.text, headed=False) for span, one in fit]
    return max(alone, key=lambda one: pull(one, measure)).text.rstrip(".")


def _is_clause(opening: str, sentence: str) -> bool:
    """Whether a sentence may be left where this beginning of it ends."""
    return sentence[len(opening) : len(opening) + 1] in ("", ".", ",", ";", ":", "!")


def _is_title(sentence: Sentence, rules: Rules) -> bool:
    text = straight(sentence.text)
    if len(text) > _LONGEST or len(text.split()) < _FEWEST_WORDS or text.endswith(("?", "…", "...")) or '"' in text:
        return False
    opening = opening_of(text, rules)
    leans = (
        opening.unresolved
        or opening.connective
        or rules.speech.objection.match(text)
        or rules.speech.open_word.search(text)
        or rules.speech.points_at.search(text)
    )
    leans = leans or rules.speech.torn.match(text) or rules.speech.throat.match(text)
    terms = [stem for stem in stems(text, rules) if not rules.number.fullmatch(stem)]
    return not (leans or len(terms) < _FEWEST_TERMS or is_veiled(text) or spoken_of([sentence], rules).hedges)
