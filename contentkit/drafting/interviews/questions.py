"""The question of somebody else before an answer, where it is short and says what the answer leaves out."""

from __future__ import annotations

from dataclasses import replace

from contentkit.confidential import is_veiled
from contentkit.drafting.interviews.answers import questions_before
from contentkit.drafting.reading.cleaning import cleaned, is_unheard
from contentkit.drafting.reading.sections import Sentence, sentences_of
from contentkit.drafting.reading.terms import stems
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, flawed
from contentkit.models import Source

_FEWEST_WORDS, _MOST_WORDS = 4, 16
# So many words of substance make a question one that a reader understands, and so many of them the answer takes up.
_FEWEST_TERMS, _FEWEST_SHARED = 2, 1


def asked(span: Span, source: Source, speaker: str, rules: Rules, fits: Fits) -> Span:
    """The span behind the question that it answers, said to be somebody else's; as it is where none is fit or fits.

    ``Ben Ray: “Why did you leave?”`` stands on a line of its own above the answer. Only the beginning of an answer has one.
    """
    first = span.sentences[0]
    place = questions_before(source, speaker)[first.paragraph]
    if place < 0 or not first.opens or source.passages[first.paragraph - 1].speaker == speaker:
        return span
    question = _question(source, place, span, rules)
    if question is None:
        return span
    who = source.passages[place].speaker
    text = f"{who}: “{question.text}”\n\n{span.text}"
    if not fits(text) or is_veiled(text):
        return span
    return replace(span, text=text, sentences=(question, *span.sentences), headed=True)


def _question(source: Source, place: int, span: Span, rules: Rules) -> Sentence | None:
    """The last sentence of a passage where it asks something that can be understood alone and that the span answers."""
    last = sentences_of(source, place)[-1]
    text = cleaned(last.text, rules)
    words = text.split()
    terms = set(stems(text, rules))
    answered = {stem for one in span.sentences for stem in stems(one.text, rules)}
    if not text.endswith("?") or not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return None
    if not rules.speech.asks.match(straight(text)) or rules.speech.open_word.search(straight(text)):
        return None
    if len(terms) < _FEWEST_TERMS or len(terms & answered) < _FEWEST_SHARED or is_unheard(text) or flawed(text, rules):
        return None
    return replace(last, text=text)
