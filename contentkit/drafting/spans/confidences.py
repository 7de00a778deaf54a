"""What was told in confidence or under an embargo, or is not settled yet: nobody may hear of it from a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.models import Source
from contentkit.patterns import regex

_WORDS_OF_NOTHING_ELSE, _WORDS_BEFORE = 6, 3
_WORD = regex(r"[^\W\d_][\w'’-]*")
# What stands between two stops; an abbreviation's stop ends nothing that is looked for.
_PART = regex(r"[.!?;:,()\[\]{}|/–—]|\s-+\s|\*\*|__")
_MARKS = " \t\"'“”‘’«»*_~`>#-•"
_THIS = regex(r"\b(?:this|that|it|these|those|any of|lo|esto|eso)\b", re.I)
# A footnote, or the key to the signs of a note.
_MEANS = regex(
    r"(\[\^\w+\](?=:)|(?<!\S)(?:[^\w\s,;:=()\[\]\"'`>.!?-]{1,2}|\(\w{1,2}\)|\[\w{1,2}\])(?= ?=| means))"
    r"(?::| ?=| means) ?([^,;=]+)"
)
_ITEM = regex(r"^\s*[-*+]\s+")
# What is left of an item or of a line of a quotation.
_BARE_MARK = regex(r"(?:\d{1,3}[.)])?[^\w]*")
_BLANK = 3
_WORDS_KEPT_BACK, _LETTERS, _LONGEST_HEAD = 6, 5, 90


def is_in_confidence(text: str) -> bool:
    """Whether it says that it was told in confidence, or under an embargo."""
    return bool(note_rules().in_confidence.search(straight(text)))


def is_hushed(text: str) -> bool:
    """The same for a line of a note, in which "not a word to anyone" and "this is sensitive" are meant as they stand."""
    return is_in_confidence(text) or bool(note_rules().hushed.search(straight(text))) or _has_hush(text)


def is_marked(source: Source) -> bool:
    """Whether the title of a note keeps all of it back: "Confidential: call with Ana", "call w/ Ana, internal"."""
    tops = [source.title, *(one.text for one in source.passages[:1] if one.kind == "heading" or _is_head(one.text))]
    return any(is_in_confidence(text) or _has_hush(text) for text in tops)


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and bool(note_rules().meetings.search(text))


def _has_hush(text: str) -> bool:
    return any(note_rules().hush.fullmatch(part.strip(_MARKS)) for part in _PART.split(straight(text)))


def is_only_a_confidence(text: str) -> bool:
    """Whether a line says that something is told in confidence and hardly anything else: it speaks of the lines around it.

    "Price 18,000 a year, keep out" speaks of itself.
    """
    rules, plain = note_rules(), straight(text)
    parts = [bare for part in _PART.split(plain) if (bare := part.strip(_MARKS))]
    if parts and all(rules.hush.fullmatch(part) for part in parts):
        return True
    found = rules.in_confidence.search(plain) or rules.hushed.search(plain)
    if found is None:
        return False
    before = text[: found.start()]
    words = _WORDS_OF_NOTHING_ELSE + _WORDS_BEFORE * bool(_THIS.search(plain))
    is_short = len(text.split()) <= words and len(before.split()) <= _WORDS_BEFORE
    return is_short and not any(map(str.isdigit, before))


def is_not_to_be_told(text: str) -> bool:
    """Whether it leaves open whether it holds, or was told in confidence: so was the list below it."""
    return bool(note_rules().open.search(straight(text))) or is_hushed(text)


def headings(section: Section) -> tuple[Sentence, ...]:
    """The heading of a section and those that it stands below: what they say holds for all of it."""
    return (*section.above, section.heading) if section.heading else section.above


def without_confidences(source: Source, sections: Sequence[Section]) -> list[Section]:
    """The sections of a note without the paragraphs and items that say that they were told in confidence."""
    if is_marked(source):
        return []
    hidden = beside_confidences(source)
    told = [
        replace(one, blocks=tuple(_without(block_without_confidences(block), hidden) for block in one.blocks))
        for one in sections
        if not any(is_hushed(heading.text) for heading in headings(one))
    ]
    return [section for section in told if section.sentences]


def beside_confidences(source: Source) -> frozenset[int]:
    """The indexes of the passages beside one that says no more than that it is told in confidence."""
    only = [index for index, one in enumerate(source.passages) if is_only_a_confidence(one.text)]
    cut = [index for index in range(len(source.passages)) if is_cut(source, index)]
    rows = [
        index
        for index, one in enumerate(source.passages)
        if any(map(is_hushed, source.lines[one.first - 1 : one.last]))
    ]
    return frozenset(
        (*cut, *rows, *with_signs(source), *(near for index in only for near in (index - 1, index, index + 1)))
    )


def is_cut(source: Source, index: int) -> bool:
    """Whether something was taken out at the end of a passage or right below it, which may have spoken of it: "We pay 400.
    Off the record."

    The space before what was taken out of a line is left, of an item its mark, of a paragraph the blank lines around it.
    """
    if not source.redactions:
        return False
    last = source.passages[index].last
    below = [row.strip() for row in source.lines[last : last + 3]]
    is_paragraph = len(below) == _BLANK and not any(below)
    is_ended = last + len(below) == len(source.lines) and len(below) > 1 and not any(below)
    is_item = bool(below) and bool(below[0]) and _BARE_MARK.fullmatch(below[0]) is not None
    return source.lines[last - 1].endswith((". ", "! ", "? ")) or is_paragraph or is_ended or is_item


def with_signs(source: Source) -> frozenset[int]:
    """The indexes of the passages with a sign that the note says to stand for a confidence: "🔴 = internal", "[^1]: not
    public yet"."""
    meant = [(sign, words) for row in source.lines for sign, words in _MEANS.findall(row)]
    signs = {sign for sign, words in meant if is_hushed(words)}
    return frozenset(
        index
        for index, one in enumerate(source.passages)
        for row in source.lines[one.first - 1 : one.last]
        if signs and any(sign in _ITEM.sub("", row) for sign in signs)
    )


def _without(block: Block, hidden: frozenset[int]) -> Block:
    kept = tuple(one for one in block.sentences if one.paragraph not in hidden)
    return replace(block, sentences=kept) if kept or not block.sentences else Block(kind="break")


def block_without_confidences(block: Block) -> Block:
    """The same for one block; nothing of what stands below a line that says so."""
    if block.lead and is_hushed(block.lead.text):
        return Block(kind="break")
    parts = [(one,) for one in block.sentences] if block.kind == "list" else [block.sentences]
    if block.kind == "list" and any(is_only_a_confidence(one.text) for one in block.sentences):
        return Block(kind="break")
    kept = [part for part in parts if not is_hushed(" ".join(one.text for one in part))]
    if kept == parts:
        return block
    return replace(block, sentences=tuple(chain.from_iterable(kept))) if kept else Block(kind="break")


def kept_back(text: str) -> frozenset[str]:
    """The words that must not stand together elsewhere either: "Graz" of "don't mention the school in Graz"."""
    plain = straight(text)
    found = note_rules().keeps_back.search(plain)
    if found is None:
        return frozenset()
    words = _WORD.findall(plain[found.end() :].split(",")[0].split(".")[0])[:_WORDS_KEPT_BACK]
    names = frozenset(word.casefold() for word in words if word[0].isupper())
    others = frozenset(word.casefold() for word in words if len(word) >= _LETTERS)
    return names or (others if len(others) > 1 else frozenset())
