"""What notes say to those who met: who does what by when, what is still open, what the writer of the notes said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.confidences import (
    block_without_confidences,
    headings,
    is_not_to_be_told,
    is_only_a_confidence,
)
from contentkit.patterns import regex

# Typed in haste, a sentence may begin with a small letter.
_STOP = regex(r"(?<=[^.\s][.!?])[\"”»)]*\s+")
# "MD: how did we do this?": only those who met know who says it.
_BY_INITIALS = regex(r"(?:^|\s)[A-ZÀ-Þ]{2,3}(?:/[A-ZÀ-Þ]{2,3})*: ")
# What is left of a line must say something.
_FEWEST_WORDS = 4


def without_internal(sections: Sequence[Section], people: frozenset[str]) -> list[Section]:
    """The sections of a note without what was said to those who met; each line is told as far as the first of that.

    ``people`` are those who met, by their names.
    """
    told = [
        replace(section, blocks=tuple(_blocks(section.blocks, people)))
        for section in sections
        if not any(is_not_to_be_told(heading.text) for heading in headings(section))
    ]
    return [section for section in told if section.sentences]


def _blocks(blocks: Sequence[Block], people: frozenset[str]) -> Iterator[Block]:
    for block in blocks:
        if block.lead and _leads_to_nothing(block, block.lead.text, people):
            yield Block(kind="break")
            continue
        if block.quoted or block.kind not in ("prose", "list"):
            is_unsettled = is_not_to_be_told(" ".join(one.text for one in block.sentences))
            yield Block(kind="break") if is_unsettled else block_without_confidences(block)
            continue
        if block.kind == "list" and any(is_only_a_confidence(one.text) for one in block.sentences):
            yield Block(kind="break")
            continue
        kept = tuple(_items(block, people) if block.kind == "list" else _prose(block, people))
        yield replace(block, sentences=kept) if kept else Block(kind="break")


def _leads_to_nothing(block: Block, lead: str, people: frozenset[str]) -> bool:
    """Whether what a list stands below is not to be told, or for those who met, and nothing in it says what came of that."""
    if is_not_to_be_told(lead):
        return True
    is_settled = any(note_rules().settled.search(straight(one.text)) for one in block.sentences)
    return not is_settled and (_is_internal(lead, people) or _is_for_them(lead, people))


def _items(block: Block, people: frozenset[str]) -> Iterator[Sentence]:
    for item in block.sentences:
        if text := _told(item.text, people):
            yield item if text == item.text else replace(item, text=text)


def _prose(block: Block, people: frozenset[str]) -> Iterator[Sentence]:
    rules = note_rules()
    whole = " ".join(one.text for one in block.sentences)
    if _is_internal(whole, people) if block.listed else _is_unsettled(straight(whole)):
        return
    sentences = block.sentences[1:] if rules.told.search(straight(block.sentences[0].text)) else block.sentences
    for one, following in zip_longest(sentences, sentences[1:]):
        if _is_for_them(one.text, people) or _BY_INITIALS.search(one.text):
            return
        text = rules.remark.sub("", one.text)
        is_last = following is None or _is_for_them(following.text, people) or bool(_BY_INITIALS.search(following.text))
        yield replace(one, text=text, closes=True) if is_last else one


def _told(item: str, people: frozenset[str]) -> str:
    """What of an item may be told: its sentences up to the first that is for those who met; empty where that is nothing."""
    remark = note_rules().remark
    item = remark.sub("", note_rules().kind.sub("", item))
    if _is_internal(item, people):
        return ""
    starts = [0, *(stop.end() for stop in _STOP.finditer(item)), len(item)]
    end = next((start for start, end in pairwise(starts) if _is_for_them(item[start:end], people)), len(item))
    if end < len(item) and _is_internal(item[:end], people):
        return ""
    told = remark.sub("", item[:end].rstrip())
    return told if len(told.split()) >= min(_FEWEST_WORDS, len(item.split())) else ""


def _is_internal(text: str, people: frozenset[str]) -> bool:
    """Whether a line is for those who met from its beginning, or leaves open whether it holds."""
    plain, rules = straight(text), note_rules()
    if _is_unsettled(plain) or rules.under_way_first.search(plain) or rules.under_way.search(plain):
        return True
    wanted = rules.wish.match(plain)
    return bool(wanted and wanted["who"] in people and not rules.settled.search(plain))


def _is_unsettled(plain: str) -> bool:
    """Whether it leaves open whether it holds, or may be told, or says when people meet."""
    return is_not_to_be_told(plain) or bool(note_rules().of_meetings.search(plain))


def _is_for_them(sentence: str, people: frozenset[str]) -> bool:
    """Whether a sentence says who does what, or what the writer of the notes said or thought."""
    plain = capitalised(straight(sentence))
    does = note_rules().duty.match(plain)
    return bool(does and does["who"] in people) or bool(note_rules().of_the_writer.search(plain))
