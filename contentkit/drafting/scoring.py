"""How good a post a span would make. The weights were set by reading drafts; each is one line below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contentkit.drafting.candidates import Span
from contentkit.drafting.pronouns import unresolved
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.sections import Section
from contentkit.drafting.terms import Terms, Vector, cosine

_NO_SECTION = -1
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w.-]*[a-zà-ÿ]\w*")
_DEFINITE = re.compile(r"^(?:the|el|la|los|las) (\w+)", re.I)


@dataclass(frozen=True)
class Measure:
    """All that spans of one source are measured against, made once. ``limit`` is the length of a full post."""

    terms: Terms
    topic: Vector
    rules: Rules
    limit: int
    first_section: int
    last_section: int

    @classmethod
    def of(cls, terms: Terms, topic: str, rules: Rules, limit: int, sections: Sequence[Section]) -> Measure:
        numbers = [section.number for section in sections] or [_NO_SECTION]
        return cls(terms, terms.of_text(topic), rules, limit, numbers[0], numbers[-1])

    def score(self, span: Span) -> float:
        """The sum of what speaks for a span and what speaks against it."""
        return self._relevance(span) + self._shape(span) + self._voice(span) - self._blemishes(span)

    def _relevance(self, span: Span) -> float:
        vector = self.terms.of_span(span.sentences)
        return 0.8 * cosine(vector, self.terms.centre) + 0.5 * cosine(vector, self.topic)

    def _shape(self, span: Span) -> float:
        return (
            0.15 * span.sentences[0].opens
            + 0.15 * span.whole
            + 0.25 * min(1.0, len(span.text) / (self.limit / 2))
            + 0.10 * (span.kind == "list")
            - 0.25 * _is_thin(span)
            - 0.25 * _runs_over(span)
            + 0.12 * span.concludes
            + 0.15 * (span.section == self.first_section)
            + 0.08 * (span.section == self.last_section)
            - 0.15 * span.partial
        )

    def _voice(self, span: Span) -> float:
        text = straight(span.text)
        return (
            0.12 * min(3, len(self.rules.number.findall(text)))
            + 0.05 * min(4, len(_NAME.findall(text)))
            + 0.10 * min(2, len(self.rules.punch.findall(text)))
            + 0.10 * bool(self.rules.first_person.search(text))
            + 0.08 * bool(self.rules.judgement.search(text))
        )

    def _blemishes(self, span: Span) -> float:
        text, first = straight(span.text), straight(span.sentences[0].text)
        letters = sum(character.isalpha() or character.isspace() for character in text) / max(1, len(text))
        words_per_sentence = len(text.split()) / len(span.sentences)
        return (
            0.8 * max(0.0, 0.93 - letters)
            + (0.02 * min(10.0, max(0.0, words_per_sentence - 28)) if span.kind == "window" else 0.0)
            + 0.35 * bool(self.rules.connective.match(first))
            + 0.30 * self._leans_on_an_introduction(first, span)
            + 0.20 * bool(self.rules.demonstrative.search(first))
            + 0.50 * sum(sentence.codes for sentence in span.sentences) / len(span.sentences)
            + 0.30 * unresolved(first, self.rules)
            + 0.25 * bool(self.rules.hype.search(text))
            + 0.20 * bool(self.rules.teaser.search(text))
            + 0.15 * text.endswith("?")
        )

    def _leans_on_an_introduction(self, first: str, span: Span) -> bool:
        """Whether it opens with "The X" and X is what the source speaks of anyway: somebody introduced it before."""
        definite = _DEFINITE.match(first)
        return bool(definite) and span.section > 0 and definite[1].lower() in self.terms.centre if definite else False


def _is_thin(span: Span) -> bool:
    """Whether it is a list of mere names, or stands under a heading instead of a sentence."""
    if span.kind != "list":
        return False
    items = span.text.split("\n• ")[1:]
    return sum(len(item.split()) for item in items) < 4 * len(items) or not span.text.split("\n", 1)[0].count(" ") > 4


def _runs_over(span: Span) -> bool:
    """Whether it ends with the first sentence of a paragraph that goes on."""
    last = span.sentences[-1]
    return len(span.sentences) > 1 and last.opens and not last.closes
