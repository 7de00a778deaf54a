"""What makes a reader stop at something that was said: a blunt word about what the interview is about, with nothing left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from contentkit.drafting.interviews.answers import leans, opened
from contentkit.drafting.interviews.clarity import points_back
from contentkit.drafting.interviews.replies import is_piece
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.reading.subjects import names_any
from contentkit.drafting.reading.terms import cosine, stems
from contentkit.drafting.reading.traits import opening_of, spoken_of, traits_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed, joined
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.weights import OPENING, weighed
from contentkit.patterns import regex

_WORD = regex(r"[^\W_][\w']*")
# Fewer letters say too little, more than so many are a burden, and more than so many no hook.
_FULL, _EASY, _LONGEST = 80, 180, 330
_BEST = 200
_MOST_SENTENCES = 3
_FEWEST_WORDS = 5
_FEWEST_TERMS = 2
# The same sentence begins several spans.
_REMEMBERED = 4096


def openings_of(answers: Sequence[Section], rules: Rules, fits: Fits) -> Iterator[Span]:
    """Up to three sentences in a row that could open a thread, with nothing left open."""
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
    if len(words) < _FEWEST_WORDS:
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
        not _is_clause(first, rules)
        or leans(first, rules)
        or is_piece(first, rules)
        or rules.speech.subjectless.match(first)
        or rules.additive.search(first)
        or rules.leaning.search(straight(span.text))
        or points_back(span, rules)
        or rules.speech.torn.match(first)
        or rules.speech.pointer_first.match(first)
        or opening_of(first, rules).demonstrative
        or rules.speech.points_at.search(first)
    ):
        return False
    return not any(flawed(sentence.text, rules) for sentence in span.sentences)


def _is_clause(sentence: str, rules: Rules) -> bool:
    """Whether the words before a dash say something themselves: "Fun - not only when I write it" answers a question."""
    head, dash, _ = sentence.partition(" - ")
    return not dash or bool(rules.speech.verb.search(head))


def pull(span: Span, measure: Measure) -> float:
    """How likely a reader stops at these words, who knows nothing of the interview."""
    return weighed(shown(span, measure), OPENING) + measure.pull(span)


def shown(span: Span, measure: Measure) -> dict[str, float]:
    """What an opening shows of all that is weighed in it."""
    return {**_told(span, measure), **_lacking(span, measure)}


def _told(span: Span, measure: Measure) -> dict[str, float]:
    """What it tells, and where it stands."""
    rules, text = measure.rules, straight(span.text)
    traits = traits_of(span.sentences, rules)
    return {
        "centre": cosine(measure.terms.of_span(span.sentences), measure.terms.centre),
        "figure": any(sign.isdigit() for sign in text),
        "named": names_any(text, measure.subjects),
        "defines": bool(rules.speech.defines.match(text)),
        "matter": bool(rules.speech.matter.search(text)),
        "oneself": bool(rules.speech.oneself.match(text)),
        "others": _says_pronoun(straight(span.sentences[0].text), rules),
        "lone": len(span.sentences) == 1 and not any(sign.isdigit() for sign in text),
        "off_length": (len(text) / _BEST - 1) ** 2,
        "denies": bool(rules.speech.denies.search(text)),
        "absolute": bool(rules.speech.absolute.search(text)),
        "opens": span.sentences[0].opens,
        "closes": span.sentences[-1].closes,
        "names": max(0, traits.names - 1),
        "praise": bool(rules.speech.praise.search(text)),
        "hedges": spoken_of(span.sentences, rules).hedges,
        "hype": bool(traits.hypes),
        "asks": bool(rules.asking.search(text)),
    }


def _lacking(span: Span, measure: Measure) -> dict[str, float]:
    """What it lacks of what was said before it, and of form."""
    rules, text, first = measure.rules, straight(span.text), straight(span.sentences[0].text)
    traits, opening = traits_of(span.sentences, rules), opening_of(span.sentences[0].text, rules)
    return {
        "short": max(0, _FULL - len(text)) / _FULL,
        "long": max(0, len(text) - _EASY) / 100,
        "throat": bool(rules.speech.throat.match(first)),
        "open_words": len(rules.speech.open_word.findall(text)),
        "somebody": not traits.names and _speaks_of_somebody(text, rules),
        "doubled": bool(traits.doubles),
        "connective": opening.connective,
        "unresolved": opening.unresolved,
        "demonstrative": opening.demonstrative,
        "definite": bool(opening.definite),
        "broken": "\n" in span.text,
        "dashes": text.count(" - ") > 1,
        "torn": bool(rules.speech.torn.match(first)),
        "long_sentences": max(0.0, traits.words / len(span.sentences) - 20),
    }


@lru_cache(maxsize=_REMEMBERED)
def _says_pronoun(sentence: str, rules: Rules) -> bool:
    return any(rules.pronoun.fullmatch(word) for word in _WORD.findall(sentence.lower()))


@lru_cache(maxsize=_REMEMBERED)
def _speaks_of_somebody(text: str, rules: Rules) -> bool:
    """Whether it says "he" or "her"."""
    return any(rules.personal.fullmatch(word) for word in _WORD.findall(text.lower()))
