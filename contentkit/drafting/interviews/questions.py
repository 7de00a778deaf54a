"""The question of somebody else above an answer, where it is short and says what the answer leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import partial

from contentkit.confidential import is_veiled
from contentkit.drafting.interviews.answers import questions_before
from contentkit.drafting.reading.cleaning import cleaned, is_unheard
from contentkit.drafting.reading.sections import Section, Sentence, sentences_of
from contentkit.drafting.reading.terms import stems
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed, runs, windows
from contentkit.models import Source

_FEWEST_WORDS, _MOST_WORDS = 4, 16
_FEWEST_TERMS = 3
_MOST_WORDS_NEEDED = 24
# The question that is answered stands among so many last sentences.
_LAST = 6
# Of more questions in one turn nobody knows which of them is answered.
_MOST_ASKED = 2


def questioned(
    answers: Sequence[Section], source: Source, speaker: str, rules: Rules, fits: Fits, replies: Set[int]
) -> Iterator[Span]:
    """The beginnings of answers, each behind its question, said to be somebody else's, on a line of its own:
    ``Ben Ray: “Why did you leave?”``. Those among the ``replies`` need theirs, whatever it is like.
    """
    asked = questions_before(source, speaker)
    for answer in answers:
        first = answer.sentences[0]
        place = asked[first.paragraph]
        is_needed = first.number in replies
        question = _question(source, place, rules, is_needed=is_needed) if place >= 0 and first.opens else None
        if question is None or rules.speech.asks_little.search(straight(question.text)):
            continue
        host = source.passages[place].speaker
        head = f"{host}: “{question.text}”\n\n" if host else f"{question.text}\n\n"
        run = next(iter(runs(answer.blocks, rules)), [])
        for span in windows(run, answer, rules, partial(_fits_below, head, fits)):
            if (
                span.sentences[0] == first
                and not span.text.endswith("?")
                and balanced(span.text)
                and not is_veiled(head)
            ):
                yield replace(span, text=head + span.text, sentences=(question, *span.sentences), headed=True)


def _fits_below(head: str, fits: Fits, text: str) -> bool:
    return fits(head + text)


def _question(source: Source, place: int, rules: Rules, *, is_needed: bool) -> Sentence | None:
    """The last short question of a passage that can be understood alone."""
    sentences = sentences_of(source, place)
    most = _MOST_ASKED if source.passages[place].speaker else 1
    if sum("?" in sentence.text for sentence in sentences) > most and (not is_needed or most == 1):
        return None
    for sentence in reversed(sentences[-_LAST:]):
        text = cleaned(sentence.text, rules)
        asks = _asks_needed(text, rules) if is_needed else _asks(text, rules)
        if asks and not is_unheard(text) and not flawed(text, rules) and '"' not in text:
            return replace(sentence, text=text)
    return None


def _asks(text: str, rules: Rules) -> bool:
    """Whether it is a short question that says what it asks for: "Why did you leave the bank?" """
    plain = straight(text)
    if not text.endswith("?") or not _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS:
        return False
    asks = rules.speech.asks.match(plain)
    if not asks or rules.speech.asks_back.search(plain):
        return False
    return len(stems(plain[asks.end() :], rules)) >= _FEWEST_TERMS


def _asks_needed(text: str, rules: Rules) -> bool:
    """Whether it is a question at all that does not lean on what was said before it: "Is it free?" does."""
    plain = straight(text)
    if not text.endswith("?") or len(text.split()) > _MOST_WORDS_NEEDED:
        return False
    return bool(stems(plain, rules)) and not rules.speech.asks_back.search(plain)
