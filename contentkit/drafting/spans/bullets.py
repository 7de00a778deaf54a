"""The bullets of a note: which of them may be told, and which say something by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed
from contentkit.drafting.spans.jottings import (
    is_empty,
    is_jotted,
    is_reply,
    is_said_by_somebody,
    is_said_of_the_note,
    is_talk,
    says_something,
)

_FEWEST_WORDS_OF_A_HOOK = 5
# A list of more items than this leaves out those that say nothing.
_FEWEST_ITEMS = 2


def note_hooks(sections: Sequence[Section], rules: Rules, fits: Fits) -> list[Span]:
    """Single bullets that say something by themselves: a number, a contrast or a judgement is in them."""
    return [
        alone(item, section)
        for section in sections
        for item in _alone_in(section, rules)
        if len(item.text.split()) >= _FEWEST_WORDS_OF_A_HOOK and fits(item.text) and says_something(item.text, rules)
    ]


def alone(item: Sentence, section: Section) -> Span:
    """A bullet as a post of its own begins with a capital."""
    text = capitalised(item.text)
    return Span(text=text, sentences=(replace(item, text=text),), section=section.number, whole=True)


def torn_off(sections: Sequence[Section]) -> frozenset[int]:
    """The numbers of the sentences of list items but for the first of each: cut off there, they lean on it."""
    blocks = [block for section in sections for block in section.blocks if block.listed]
    return frozenset(sentence.number for block in blocks for sentence in block.sentences if not sentence.opens)


def usable(section: Section, block: Block, rules: Rules) -> list[Sentence]:
    """The items of a list, without what was only jotted down."""
    is_jotting = section.heading and note_rules().jotting.search(section.heading.text)
    if block.kind != "list" or is_jotting or is_talk(block):
        return []
    return [
        item
        for item in block.sentences
        if not _says_nothing(item.text)
        and (opens_note(item, section) or not _is_about_somebody(item.text, rules))
        and balanced(item.text)
        and not flawed(item.text, rules)
    ]


def opens_note(item: Sentence, section: Section) -> bool:
    """Whether it is the first item of a note without headings: "they do the planning for bakeries" says what it is about."""
    is_first = section.number == 0 or section.titled
    first = next((one for block in section.blocks if block.kind == "list" for one in block.sentences), None)
    return (
        is_first and (section.heading is None or section.titled) and first is not None and item.number == first.number
    )


def _says_nothing(text: str) -> bool:
    return (
        bool(note_rules().jotting.search(text))
        or is_empty(text)
        or is_said_of_the_note(text)
        or is_reply(text)
        or (is_jotted(text) and not is_said_by_somebody(text))
        or text.endswith(":")
    )


def _is_about_somebody(text: str, rules: Rules) -> bool:
    """Whether an item speaks of the founder ("she's tired of the question") instead of saying what was said."""
    return bool(rules.personal.fullmatch(straight(text).split()[0]))


def _bullets(section: Section, rules: Rules) -> list[Sentence]:
    return [item for block in section.blocks for item in usable(section, block, rules)]


def _alone_in(section: Section, rules: Rules) -> list[Sentence]:
    """The items that may leave their list: below another item only whole sentences, the rest of it goes on from that one."""
    return [
        item
        for block in section.blocks
        for item in usable(section, block, rules)
        if not block.lead or item.text.endswith((".", "!", '"', "”", "»"))
    ]
