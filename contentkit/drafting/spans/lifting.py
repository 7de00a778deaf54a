"""Whether a span may leave its place in the source and open the thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from contentkit.drafting.reading.pronouns import lost_object
from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.reading.terms import stems
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span
from contentkit.patterns import regex

# "The broken tests": the noun stands among so many words after the article.
_DEFINITE = regex(r"^\W*(?:the|el|la|los|las) (?P<what>(?:[\w'-]+\s?){1,3})", re.I)
# Something is introduced, and then called "the X", within so many sentences.
_SENTENCES_BACK = 3


def liftable(span: Span, sections: Sequence[Section], rules: Rules) -> bool:
    """Whether the span leans on nothing before it, and what follows its place does not lean on it.

    What the source does not hold as a sentence (its description, a heading) stands nowhere and may always open.
    """
    for section in sections:
        for block in section.blocks:
            numbers = [sentence.number for sentence in block.sentences]
            if span.sentences[0].number in numbers:
                before = _before(section, block, numbers.index(span.sentences[0].number))
                if _leans(span.sentences[0], before, rules):
                    return False
                # What opens a source is said first wherever it opens the thread: whatever leans on it comes after it.
                begins = numbers[0] == sections[0].sentences[0].number and span.sentences[-1].number in numbers
                following = _following(span, section)
                return not (_qualifies(following, rules) if begins else _needs(following, span, rules))
    return True


def is_leant_on(span: Span, sections: Sequence[Section], rules: Rules) -> bool:
    """Whether the next sentence of its paragraph, or the next item of its list, needs the span before it."""
    section = next((one for one in sections if one.number == span.section), None)
    return section is not None and _needs(_following(span, section), span, rules)


def _before(section: Section, block: Block, place: int) -> list[Sentence]:
    """The few sentences of the section that stand before this one."""
    earlier = [one for other in section.blocks[: section.blocks.index(block)] for one in other.sentences]
    return [*earlier, *block.sentences[:place]][-_SENTENCES_BACK:]


def _needs(following: Sentence | None, span: Span, rules: Rules) -> bool:
    # "This is what happened" is said by nobody, wherever the span stands.
    if following is None or rules.teaser.search(straight(following.text)):
        return False
    opening = straight(following.text)
    leans = rules.dangling.match(opening) and not rules.expletive.match(opening)
    return bool(leans or rules.caveat.match(opening)) or _leans(following, span.sentences, rules)


def _qualifies(following: Sentence | None, rules: Rules) -> bool:
    return following is not None and bool(rules.caveat.match(straight(following.text)))


def _following(span: Span, section: Section) -> Sentence | None:
    """The next sentence of its paragraph, or the next item of its list."""
    last = span.sentences[-1]
    for block in section.blocks:
        for sentence, following in pairwise(block.sentences):
            if sentence.number == last.number:
                return following
    return None


def _leans(sentence: Sentence, before: Sequence[Sentence], rules: Rules) -> bool:
    """Whether it has an object without a noun, or speaks of "the X" when X was introduced just before."""
    if not before:
        return False
    if lost_object(sentence.text, rules):
        return True
    definite = _DEFINITE.match(straight(sentence.text))
    if not definite:
        return False
    what = set(stems(definite["what"], rules))
    return not all(what.isdisjoint(stems(one.text, rules)) for one in before)
