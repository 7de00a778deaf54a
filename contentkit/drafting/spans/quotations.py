"""What a note gives as somebody's very words, and where several people speak in one paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.drafting.reading.sections import Section
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed, joined
from contentkit.drafting.spans.jottings import is_said_within

_FEWEST_WORDS, _SPEAKERS = 5, 2


def dialogues(sections: Sequence[Section]) -> frozenset[int]:
    """The indexes of the paragraphs in which several people speak by name: cut in two, words would be nobody's."""
    speakers: dict[int, int] = {}
    for section in sections:
        for block in section.blocks:
            for sentence in block.sentences if block.kind == "prose" else ():
                speakers[sentence.paragraph] = speakers.get(sentence.paragraph, 0) + is_said_within(sentence.text)
    return frozenset(paragraph for paragraph, number in speakers.items() if number >= _SPEAKERS)


def quotations_of(sections: Sequence[Section], rules: Rules, fits: Fits) -> list[Span]:
    """What a note gives as somebody's very words, each as a whole: worth more than what was jotted down of them."""
    found = []
    for section in sections:
        for block in section.blocks:
            if not block.quoted or not block.sentences:
                continue
            text = joined(block.sentences)
            if not fits(text) or not balanced(text) or flawed(text, rules) or _leans(text, rules):
                continue
            found.append(Span(text=text, sentences=block.sentences, section=section.number, whole=True))
    return found


def _leans(text: str, rules: Rules) -> bool:
    """Whether a quotation is too short to say something, asks, trails off, or leans; "The first pull request" does not."""
    words = straight(text).lstrip("\"“'‘«")
    if len(words.split()) < _FEWEST_WORDS or words.rstrip("\"”’'» ").endswith(("...", "…", "?")):
        return True
    return bool(rules.dangling.match(words)) and not note_rules().article.match(words)
