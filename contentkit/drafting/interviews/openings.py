"""What makes a reader stop at something that was said: a number, a contrast, a turn, a judgement, with nothing left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from contentkit.drafting.interviews.answers import leans, opened
from contentkit.drafting.interviews.clarity import crisp, points_back
from contentkit.drafting.interviews.stakes import preaches, stakes_in
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.reading.terms import Vector, cosine, stems
from contentkit.drafting.reading.traits import opening_of, spoken_of, traits_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed, joined
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.weights import OPENING, weighed
from contentkit.patterns import regex

_BEST_LENGTHS = (45, 180)
# A number that is no year.
_FIGURE = regex(r"(?<![\w.-])[$€£~]?(?!(?:19|20)\d\d\b)\d[\d.,]*")
_WORD = regex(r"[^\W_][\w']*")
_LONGEST = 240
_MOST_SENTENCES = 2
_FEWEST_WORDS = 5
_FEWEST_TERMS = 2
_FIRST = 0.6
# So like the story it is about the story, and so unlike it is about something else.
_NEAR, _FAR = 0.25, 0.06


def openings_of(answers: Sequence[Section], rules: Rules, fits: Fits) -> Iterator[Span]:
    """One or two sentences in a row that could open a thread: short, without filler, and with nothing left open."""
    for answer in answers:
        for block in answer.blocks:
            for start, length in product(range(len(block.sentences)), range(1, _MOST_SENTENCES + 1)):
                chosen, following = block.sentences[start : start + length], block.sentences[start + length :]
                if len(chosen) < length or (following and rules.caveat.match(straight(following[0].text))):
                    continue
                span = opened(Span(text=joined(chosen), sentences=chosen, section=answer.number), rules)
                if _may_open(span, rules) and fits(span.text):
                    yield span


def _may_open(span: Span, rules: Rules) -> bool:
    if len(span.text) > _LONGEST:
        return False
    first, last = straight(span.sentences[0].text), straight(span.sentences[-1].text)
    words = first.split()
    if len(words) < _FEWEST_WORDS and len(span.sentences) == 1:
        return False
    if not first[:1].isupper() or not last.endswith((".", "!", "?")) or last.endswith("...") or not balanced(span.text):
        return False
    if sum(not rules.number.fullmatch(stem) for stem in stems(span.text, rules)) < _FEWEST_TERMS:
        return False
    if (
        rules.speech.unfinished.fullmatch(last.rstrip(".!?").rsplit(" ", 1)[-1])
        or rules.trailing.search(last)
        or rules.cataphoric.search(last)
        or (len(span.sentences) == 1 and last.endswith("?"))
    ):
        return False
    if (
        not crisp(span, rules)
        or leans(first, rules)
        or points_back(span, rules)
        or rules.speech.torn.match(first)
        or rules.speech.pointer_first.match(first)
        or opening_of(first, rules).demonstrative
        or rules.speech.points_at.search(first)
    ):
        return False
    return not any(flawed(sentence.text, rules) for sentence in span.sentences)


def pull(span: Span, story: Vector, measure: Measure) -> float:
    """How likely a reader stops at these words, who knows nothing of the interview; ``story`` is what the story is about.

    Of two sentences the first is what stops them.
    """
    if len(span.sentences) == 1:
        return _pull(span, story, measure)
    first = replace(span, text=span.sentences[0].text, sentences=span.sentences[:1])
    return _FIRST * _pull(first, story, measure) + (1 - _FIRST) * _pull(span, story, measure)


def _pull(span: Span, story: Vector, measure: Measure) -> float:
    return weighed(shown(span, story, measure), OPENING) + measure.pull(span)


def shown(span: Span, story: Vector, measure: Measure) -> dict[str, float]:
    """What an opening shows of all that is weighed in it."""
    near = cosine(measure.terms.of_span(span.sentences), story)
    return {"near": min(1.0, near / _NEAR), "far": near < _FAR, **_told(span, measure), **_lacking(span, measure)}


def _told(span: Span, measure: Measure) -> dict[str, float]:
    """What it tells."""
    rules, text = measure.rules, straight(span.text)
    traits, spoken = traits_of(span.sentences, rules), spoken_of(span.sentences, rules)
    figures = len(_FIGURE.findall(text))
    return {
        "contrast": bool(traits.contrasts),
        "judgement": bool(traits.judgements),
        "figure": figures > 0,
        "figures": figures > 1,
        "number": bool(traits.numbers),
        "news": bool(rules.news.search(text)),
        "turn": bool(rules.speech.turn.search(text)),
        "maxim": bool(rules.speech.maxim.search(text)),
        "stakes": min(2, stakes_in(span.sentences, rules)),
        "punches": min(2, traits.punches),
        "first_person": bool(traits.first_persons),
        "names": max(0, traits.names - 1),
        "praise": bool(rules.speech.praise.search(text)),
        "preaches": preaches(span.sentences, rules),
        "softeners": spoken.softeners,
        "hedges": spoken.hedges,
        "hype": bool(traits.hypes),
        "asks": bool(rules.asking.search(text)),
    }


def _lacking(span: Span, measure: Measure) -> dict[str, float]:
    """What it lacks of what was said before it, and of form."""
    rules, text, first = measure.rules, straight(span.text), straight(span.sentences[0].text)
    traits, opening = traits_of(span.sentences, rules), opening_of(span.sentences[0].text, rules)
    plain = " ".join(one.text for one in span.sentences)
    return {
        "throat": bool(rules.speech.throat.match(first)),
        "open_words": len(rules.speech.open_word.findall(text)),
        "length": _beyond(len(plain)) / 100,
        "somebody": not traits.names and _speaks_of_somebody(text, rules),
        "doubled": bool(traits.doubles),
        "connective": opening.connective,
        "unresolved": opening.unresolved,
        "demonstrative": opening.demonstrative,
        "definite": bool(opening.definite),
        "broken": "\n" in span.text,
        "inside": not span.sentences[0].opens and not span.sentences[-1].closes,
        "dashes": text.count(" - ") > 1,
        "torn": bool(rules.speech.torn.match(first)),
        "long_sentences": max(0.0, traits.words / len(span.sentences) - 20),
    }


def _speaks_of_somebody(text: str, rules: Rules) -> bool:
    """Whether it says "he" or "her"."""
    return any(rules.personal.fullmatch(word) for word in _WORD.findall(text.lower()))


def _beyond(length: int) -> int:
    low, high = _BEST_LENGTHS
    return max(low - length, length - high, 0)
