"""Answers that say nothing without their question: "Five in Ireland, three in Wales.", "In February.", "Not yet."."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from contentkit.drafting.interviews.answers import questions_before
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.reading.terms import stems
from contentkit.drafting.rules import Rules, straight
from contentkit.models import Source

# So short a sentence that begins with a word of the question is an answer to it: "Furious is not the word."
_ECHO = 7
# So few words without a verb name something: "Visual Studio 2012 Professional."
_NAMED = 4


def is_reply(sentence: str, question: str, rules: Rules) -> bool:
    """Whether the first sentence of an answer is none without the question: it has no verb, or no subject, or echoes it."""
    text = straight(sentence)
    if rules.speech.subjectless.match(text) or (len(text.split()) <= _NAMED and not rules.speech.verb.search(text)):
        return True
    first = stems(text.split(" ", 1)[0], rules)
    return (bool(first) and first[0] in stems(question, rules) and len(text.split()) <= _ECHO) or is_piece(text, rules)


def is_piece(text: str, rules: Rules) -> bool:
    """Whether a sentence has no verb but in what hangs on it."""
    return bool(rules.speech.piece.match(text)) and not rules.speech.verb.search(rules.speech.hanging.sub("", text))


def replies_of(answers: Iterable[Section], source: Source, speaker: str, rules: Rules) -> frozenset[int]:
    """The numbers of the sentences that begin an answer and say nothing without what somebody else said before."""
    asked = questions_before(source, speaker)
    found = set[int]()
    for answer in answers:
        first, *others = answer.sentences
        place = asked[first.paragraph]
        if place >= 0 and is_reply(first.text, source.passages[place].text, rules):
            found.add(first.number)
            found.update(one.number for one in takewhile(lambda one: is_piece(straight(one.text), rules), others))
    return frozenset(found)
