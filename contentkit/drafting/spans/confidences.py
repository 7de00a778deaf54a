"""What was told in confidence or under an embargo, or is not settled yet: nobody may hear of it from a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules

_WORDS_OF_NOTHING_ELSE, _WORDS_BEFORE = 6, 3


def is_in_confidence(text: str) -> bool:
    """Whether it says that it was told in confidence, or under an embargo."""
    return bool(note_rules().in_confidence.search(straight(text)))


def is_only_a_confidence(text: str) -> bool:
    """Whether a line says that something is told in confidence and hardly anything else: it speaks of the lines around it.

    "Price 18,000 a year, keep out" speaks of itself.
    """
    found = note_rules().in_confidence.search(straight(text))
    if found is None:
        return False
    before = text[: found.start()]
    is_short = len(text.split()) <= _WORDS_OF_NOTHING_ELSE and len(before.split()) <= _WORDS_BEFORE
    return is_short and not any(map(str.isdigit, before))


def is_not_to_be_told(text: str) -> bool:
    """Whether it leaves open whether it holds, or was told in confidence: so was the list below it."""
    return bool(note_rules().open.search(straight(text))) or is_in_confidence(text)


def headings(section: Section) -> tuple[Sentence, ...]:
    """The heading of a section and those that it stands below: what they say holds for all of it."""
    return (*section.above, section.heading) if section.heading else section.above


def without_confidences(sections: Sequence[Section]) -> list[Section]:
    """The sections of a note without the paragraphs and items that say that they were told in confidence."""
    told = [
        replace(one, blocks=tuple(map(block_without_confidences, one.blocks)))
        for one in sections
        if not any(is_in_confidence(heading.text) for heading in headings(one))
    ]
    return [section for section in told if section.sentences]


def block_without_confidences(block: Block) -> Block:
    """The same for one block; nothing of what stands below a line that says so."""
    if block.lead and is_in_confidence(block.lead.text):
        return Block(kind="break")
    parts = [(one,) for one in block.sentences] if block.kind == "list" else [block.sentences]
    if block.kind == "list" and any(is_only_a_confidence(one.text) for one in block.sentences):
        return Block(kind="break")
    kept = [part for part in parts if not is_in_confidence(" ".join(one.text for one in part))]
    if kept == parts:
        return block
    return replace(block, sentences=tuple(chain.from_iterable(kept))) if kept else Block(kind="break")
