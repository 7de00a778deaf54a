"""Whether a written span goes on from something that was said before it. Speech is judged more leniently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.reading.terms import roots
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span, asks_or_thanks, bare
from contentkit.drafting.spans.scoring import is_cry
from contentkit.patterns import regex

# What every meeting of some people begins with, and what calls for order.
_CONDUCT = regex(
    r"\b(?:adhere|abide|comply|agree|subject|bound)\b[^.]{0,40}\bcode of conduct\b|\breport\b[^.]{0,60}\bcode of conduct\b"
    r"|\b(?:cumplir|respetar|seguir|acepta[rn]?)\b[^.]{0,40}\bcódigo de conducta\b",
    re.I,
)
# "This year was also the first", and not "Also, this year".
_ALSO = regex(r" (?:also|también) ", re.I)
_AT_ONCE = 60
# "On this meeting", behind the beginning of a sentence.
_POINTED = regex(r" (?:this|these|those|est[aeo]s?|es[aeo]s?) ([\w'-]+)$", re.I)
# At the end of a source: who publishes it, and who gave the money.
_ABOUT = regex(r"\W*(?:about|acerca de|sobre)(?! (?:this|the (?:name|decision|change|future)|est[ae])\b) ", re.I)
# A paragraph of so many sentences is about one thing; the last sections are where readers are asked for something.
_SHORT, _LAST = 3, 2


def without_connective(span: Span, rules: Rules) -> Span:
    """A window without the "However," that it begins with; as it is where the sentence would fall apart."""
    first = span.sentences[0]
    connective = rules.connective.match(straight(first.text)) if span.kind == "window" else None
    rest = first.text[connective.end() :] if connective else ""
    if connective is None or not rest[:1].isalpha() or rules.speech.because.match(straight(first.text)):
        return span
    length = connective.end()
    shorter = replace(first, text=capitalised(rest))
    return replace(span, text=capitalised(span.text[length:]), sentences=(shorter, *span.sentences[1:]), shortened=True)


def conduct(sections: Sequence[Section]) -> frozenset[int]:
    """The indexes of the paragraphs that hold people to a code of conduct."""
    return frozenset(
        sentence.paragraph
        for section in sections
        for block in section.blocks
        if block.kind == "prose" and any(_CONDUCT.search(one.text) for one in block.sentences)
        for sentence in block.sentences
    )


def spoiled(sections: Sequence[Section], rules: Rules) -> frozenset[int]:
    """The numbers of the sentences of short paragraphs that ask for something ("Write to us"): what stands around that
    is no thought, unless it says what comes next. Those of the last sections too that tell "About Example".
    """
    told = frozenset(one.number for section in _about(sections) for one in section.sentences)
    return told | frozenset(
        sentence.number
        for section in sections[-_LAST:]
        for block in section.blocks
        if block.kind == "prose" and len(block.sentences) <= _SHORT and _asks(block.sentences, rules)
        for sentence in block.sentences
        if not _looks_forward(straight(sentence.text), rules)
    )


def _about(sections: Sequence[Section]) -> Iterator[Section]:
    """The last sections of several, as far as they are called "About Example"."""
    for section in reversed(sections[1:]):
        if section.heading is None or not _ABOUT.match(section.heading.text):
            return
        yield section


def _looks_forward(text: str, rules: Rules) -> bool:
    """Whether it says what will be, to nobody."""
    return bool(rules.outlook.search(text)) and not rules.speech.second_person.search(text)


def _asks(said: Sequence[Sentence], rules: Rules) -> bool:
    """Whether half of these sentences ask or thank."""
    return sum(asks_or_thanks(straight(one.text), rules) for one in said) * 2 >= len(said)


def _first_said(span: Span) -> Sentence:
    """The first sentence that says something: behind "Hurrah!" the next one."""
    first, *others = span.sentences
    return others[0] if others and span.kind == "window" and is_cry(first) else first


def headed(sections: Sequence[Section]) -> frozenset[int]:
    """The numbers of the sentences that stand first under a heading which is not the title."""
    return frozenset(one.sentences[0].number for one in sections if one.heading and not one.titled)


def goes_on(span: Span, rules: Rules, introduced: Set[int] = frozenset(), title: Set[str] = frozenset()) -> bool:
    """Whether its first sentence adds to an earlier one ("We can also …") or points back ("…, this includes").

    What only asks goes on in the answer. What is ``introduced`` by a heading may add to what stands before that, and
    "on this meeting" may point to what the ``title`` names, by the roots of its words.
    """
    if all(sentence.text.endswith("?") for sentence in span.sentences):
        return True
    is_heading = span.headed and not span.sentences[0].text.endswith(":")
    if span.kind == "quotation" or is_heading:
        return False
    first = straight(_first_said(span).text)
    if span.kind == "list" and rules.presents.match(first):
        return False
    rest = bare(first, rules)
    if span.sentences[0].number in introduced and _ALSO.search(first[1:_AT_ONCE]):
        return _points_back(first, rules, title)
    return any(rules.additive.search(text) or _points_back(text, rules, title) for text in (first, rest))


def _points_back(text: str, rules: Rules, title: Set[str]) -> bool:
    found = rules.leaning.search(text)
    if found is None or not title:
        return found is not None
    pointed = _POINTED.search(found[0])
    return pointed is None or roots(pointed[1], rules).isdisjoint(title)
