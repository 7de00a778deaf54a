"""Who speaks for what: the speaker's own sentence that names the company or the project, as the second post of a story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contentkit.drafting.interviews.answers import leans
from contentkit.drafting.interviews.bonds import follows
from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed

_LONGEST = 200
# A reader must know by then who speaks for what.
_FIRST_POSTS = 2


def introduced(spans: Sequence[Span], answers: Iterable[Section], rules: Rules, fits: Fits) -> list[Span]:
    """The posts of a story with the first such sentence behind the first of them; as they are where there is none, where one
    of the first two names the same, and where the second goes on right behind the first.
    """
    if len(spans) < _FIRST_POSTS or follows(spans[1].said[0], spans[0].said[-1]):
        return list(spans)
    for sentence, section in ((one, answer) for answer in answers for one in answer.sentences):
        named = _name_in(sentence.text, rules)
        if not named or not _stands(sentence, rules, fits) or any(sentence.number in span.numbers for span in spans):
            continue
        if any(named in span.text for span in spans[:_FIRST_POSTS]):
            return list(spans)
        return [spans[0], Span(text=sentence.text, sentences=(sentence,), section=section.number), *spans[1:]]
    return list(spans)


def _name_in(sentence: str, rules: Rules) -> str:
    """The name of what the speaker says to be, to have founded or to work for; empty where it is none."""
    found = rules.speech.introduces.search(straight(sentence))
    return next((name for name in found.groups() if name), "") if found else ""


def _stands(sentence: Sentence, rules: Rules, fits: Fits) -> bool:
    """Whether a sentence may be published alone."""
    text = sentence.text
    is_whole = text[:1].isupper() and text.endswith((".", "!")) and balanced(text)
    return is_whole and len(text) <= _LONGEST and fits(text) and not leans(text, rules) and not flawed(text, rules)
