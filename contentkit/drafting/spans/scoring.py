"""How good a post a span would make. The weights were set by reading drafts; each is one line below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.reading.subjects import names_any
from contentkit.drafting.reading.terms import Terms, Vector, cosine, roots_of
from contentkit.drafting.reading.traits import ending_of, opening_of, traits_of
from contentkit.drafting.rules import Rules
from contentkit.drafting.spans.angles import Angle
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.weights import ENDING, SPAN, weighed
from contentkit.values import dataclass

_NO_SECTION = -1
_WORDS_OF_A_CRY = 4
_WORDS_OF_A_NAME = 4
# So many of them are a result: "from 90 ms to 9".
_QUANTITIES = 2
# Behind this part of a source it begins to end.
_MIDDLE = 0.7
# All of the angle outweighs a number, a contrast and a judgement together.
_PULL = 1.0
# For each sentence with words that the founder never says: as much as a contrast and two figures together.
_UNLIKE = 0.4
# From the first length on a paragraph begins to be a wall of words, from the second it is one.
_WALL = (400, 500)


@dataclass(frozen=True)
class Measure:
    """All that spans of one source are measured against, made once.

    ``beginnings`` are the numbers of the sentences that it may be said to begin with.
    ``limit`` is the length of a full post, ``angle`` what the thread is to be about. ``unlike`` are the numbers of the
    sentences with words that the founder never says. ``subjects`` are the names that the source is about, ``title`` the
    roots of the words of its title, ``headings`` the numbers of the sentences that stand above sections.
    """

    terms: Terms
    topic: Vector
    rules: Rules
    limit: int
    first_section: int
    last_section: int
    first_sentence: int
    last_sentence: int
    beginnings: frozenset[int]
    angle: Angle
    unlike: frozenset[int] = frozenset()
    subjects: frozenset[str] = frozenset()
    headings: frozenset[int] = frozenset()
    title: frozenset[str] = frozenset()
    # What was worked out of a hook: it is asked for when the first post is chosen, and for what else it could say.
    attractions: dict[object, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls, terms: Terms, topic: str, rules: Rules, limit: int, sections: Sequence[Section], angle: str = ""
    ) -> Measure:
        numbers = [section.number for section in sections] or [_NO_SECTION]
        first = sections[0].sentences[0].number if sections else _NO_SECTION
        last = sections[-1].sentences[-1].number if sections else _NO_SECTION
        beginnings = frozenset(_beginnings(sections[0].sentences)) if sections else frozenset[int]()
        near = Angle.of(angle, terms, sections)
        above = frozenset(section.heading.number for section in sections if section.heading)
        topical = terms.of_text(topic)
        return cls(terms, topical, rules, limit, numbers[0], numbers[-1], first, last, beginnings, near, headings=above)

    def names_subject(self, text: str) -> bool:
        """Whether a name that the source is about stands here; True where it is about none."""
        return not self.subjects or names_any(text, self.subjects)

    def place(self, sentence: Sentence) -> float:
        """Where in the source a sentence stands: 0 at its beginning, 1 at its end."""
        return (sentence.start - self.first_sentence) / max(1, self.last_sentence - self.first_sentence)

    def score(self, span: Span) -> float:
        """The sum of what speaks for a span and what speaks against it."""
        return weighed(self.shown(span), SPAN) + self.pull(span)

    def pull(self, span: Span) -> float:
        """What the angle adds to the score of a span and to the attraction of a hook, and what is unlike the founder takes."""
        return _PULL * self.angle.nearness(span.said, span.section) - _UNLIKE * len(span.numbers & self.unlike)

    def shown(self, span: Span) -> dict[str, float]:
        """What a span shows of all that is weighed in a post."""
        return self._relevance(span) | self._shape(span) | self._voice(span) | self._blemishes(span)

    def _relevance(self, span: Span) -> dict[str, float]:
        vector = self.terms.of_span(span.sentences)
        return {
            "centre": cosine(vector, self.terms.centre),
            "topic": cosine(vector, self.topic),
            "title": len(self.title & roots_of(span.said, self.rules)) / max(1, len(self.title)),
        }

    def _shape(self, span: Span) -> dict[str, float]:
        return {
            "opens": span.sentences[0].opens,
            "closes": span.sentences[-1].closes,
            "whole": span.whole,
            "wall": _wall(span),
            "begins_late": _begins_late(span),
            "length": min(1.0, len(span.text) / (self.limit / 2)),
            "list": span.kind == "list",
            "thin": _is_thin(span),
            "headed": span.headed and span.kind == "window",
            "runs_over": _runs_over(span),
            "concludes": span.concludes,
            "first_section": span.section == self.first_section,
            "last_section": span.section == self.last_section,
            "place": self.place(span.said[0]),
        }

    def ending(self, span: Span) -> dict[str, float]:
        """What a span shows of what is weighed where a thread ends: a lesson, a result, what comes next, said to its end."""
        last = span.sentences[-1]
        traits = traits_of([last], self.rules)
        ending = ending_of(last.text, self.rules)
        return {
            "concludes": span.concludes,
            "last_section": span.section == self.last_section,
            "late": max(0.0, self.place(last) - _MIDDLE) / (1 - _MIDDLE),
            "closes": last.closes,
            "judgement": bool(traits.judgements),
            "contrast": bool(traits.contrasts),
            "punches": min(2, traits.punches),
            "outlook": ending.outlook,
            "long": max(0, traits.words - 20),
            "supposes": ending.supposes,
            "question": ending.question,
            "asks_first": span.said[0].text.endswith("?"),
            "hype": bool(traits.hypes or traits.teasers),
            "asks": any(ending_of(one.text, self.rules).asks for one in span.said),
            "unsolved": ending.unsolved,
            "list": span.kind == "list",
        }

    def closing(self, span: Span) -> float:
        """What speaks for ending a thread with a span."""
        return weighed(self.ending(span), ENDING)

    def _voice(self, span: Span) -> dict[str, float]:
        traits = traits_of(span.sentences, self.rules)
        return {
            "numbers": min(3, traits.numbers),
            "quantities": min(3, traits.quantities),
            "result": traits.quantities >= _QUANTITIES,
            "names": min(4, traits.names),
            "punches": min(2, traits.punches),
            "first_person": bool(traits.first_persons),
            "judgement": bool(traits.judgements),
        }

    def _blemishes(self, span: Span) -> dict[str, float]:
        traits = traits_of(span.sentences, self.rules)
        opening = opening_of(span.sentences[0].text, self.rules)
        too_long = max(0.0, traits.words / len(span.sentences) - 28)
        return {
            "signs": max(0.0, 0.93 - traits.letters / traits.characters),
            "long_sentences": min(10.0, too_long) * (span.kind == "window"),
            "connective": opening.connective,
            "shortened": span.shortened,
            # "The X" where X is what the source speaks of anyway: somebody introduced it before.
            "introduced": span.section > 0 and opening.definite in self.terms.centre,
            "unresolved": opening.unresolved,
            "demonstrative": opening.demonstrative,
            "codes": sum(sentence.codes for sentence in span.sentences) / len(span.sentences),
            "hype": bool(traits.hypes),
            "teaser": bool(traits.teasers),
            "ends_asking": span.text.endswith("?"),
            "asking": "?" in span.text,
            "doubled": bool(traits.doubles),
        }


def _beginnings(sentences: Sequence[Sentence]) -> Iterator[int]:
    """The number of the first sentence, and that of the second behind a cry."""
    yield sentences[0].number
    if len(sentences) > 1 and is_cry(sentences[0]):
        yield sentences[1].number


def is_cry(sentence: Sentence) -> bool:
    """Whether it is no more than "Hurrah!" or "We have great news!"."""
    return sentence.text.endswith("!") and len(sentence.text.split()) <= _WORDS_OF_A_CRY


def _is_thin(span: Span) -> bool:
    """Whether it is a list of mere names, or stands under a heading instead of a sentence."""
    items = span.text.split("\n• ")[1:]
    return (span.headed and span.kind == "list") or sum(len(item.split()) for item in items) < _WORDS_OF_A_NAME * len(
        items
    )


def _wall(span: Span) -> float:
    """How much of a wall of words a span without a blank line is, 0 to 1."""
    longest = max(len(paragraph) for paragraph in span.text.split("\n"))
    return max(0.0, min(1.0, (longest - _WALL[0]) / (_WALL[1] - _WALL[0])))


def _begins_late(span: Span) -> bool:
    """Whether it begins with the end of a paragraph and goes on in the next one."""
    first = span.sentences[0]
    return not first.opens and span.sentences[-1].paragraph != first.paragraph


def _runs_over(span: Span) -> bool:
    """Whether it ends with the first sentence of a paragraph that goes on."""
    last = span.sentences[-1]
    return len(span.sentences) > 1 and last.opens and not last.closes
