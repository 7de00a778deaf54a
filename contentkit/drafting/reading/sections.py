"""A source as a drafter reads it: sections of blocks of sentences, each sentence with the lines it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from contentkit.drafting.reading.housekeeping import housekeeping, is_housekeeping_heading, is_minuted
from contentkit.drafting.reading.lines import WordLines
from contentkit.drafting.reading.reported import (
    capitalised,
    is_attributed,
    is_led_to,
    is_letter,
    is_reported,
    named_before,
    unattributed,
)
from contentkit.drafting.reading.typeset import closed_up, without_footnotes, without_references, without_shortcodes
from contentkit.drafting.rules import Rules
from contentkit.models import Passage, Source
from contentkit.patterns import regex
from contentkit.text import normalised, sentences
from contentkit.values import dataclass

_SIGNED = regex(r"^(?P<words>.+?)\s*(?:\n|\s)[—–―-]{1,2}\s*(?P<who>[A-ZÀ-Þ][^.!?\n]{1,60})$", re.DOTALL)
_SIGNATURE = regex(r"^[—–―-]{1,2}\s*(?P<who>[A-ZÀ-Þ][^.!?\n]{1,60})$")
# Items of so many words at the mean are paragraphs with a number before them.
_WORDS_OF_A_SENTENCE = 18
# Numbers for the sentences of a passage; the last one is for the passage as a whole.
_PLACES = 1000
_CODE = regex(r"`[^`\n]{1,200}`")
# Names in code marks are prose about a tool; where they are more of the letters, code is explained.
_FEW_LETTERS = 0.15


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence, or one list item, in the source's words; ``number`` counts through the whole source.

    ``paragraph`` is the index of its passage; ``opens`` and ``closes`` tell whether it is the first or the last of it.
    """

    text: str
    number: int
    paragraph: int
    first: int
    last: int
    opens: bool
    closes: bool
    codes: bool = False  # has code within its lines, or code stands next to its paragraph
    sent: bool = False  # the end of a message of a chat, which is whole without a full stop

    @property
    def start(self) -> int:
        """Where it begins: its number, or for a list item the number that the item's first sentence has."""
        return self.paragraph * _PLACES if self.number % _PLACES == _PLACES - 1 else self.number

    @property
    def is_whole(self) -> bool:
        """Whether it is all that its passage says."""
        return self.opens and self.closes


@dataclass(frozen=True, kw_only=True)
class Block:
    """Sentences that belong together: a paragraph, the items of a list, or a quotation with who said it."""

    kind: Literal["prose", "list", "quotation", "break"]
    sentences: tuple[Sentence, ...] = ()
    attribution: str = ""
    quoted: bool = False  # prose that a note gives as somebody's very words
    lead: Sentence | None = None  # the item that a list stands under, or the sentence that names who is quoted
    listed: bool = False  # prose that is an item of a list


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading (a sentence of its own, or None before the first) and the blocks under it.

    ``titled`` when the heading is the title of the whole source, which introduces none of its lists.
    """

    number: int
    heading: Sentence | None
    blocks: tuple[Block, ...]
    concludes: bool = False
    titled: bool = False
    above: tuple[Sentence, ...] = ()  # the headings of the sections that it is a part of

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for block in self.blocks for sentence in block.sentences)


def sections_of(source: Source, rules: Rules) -> list[Section]:
    """The sections of a post or note that may be drafted from, without asides, references, thanks and the like."""
    sections = []
    skipped_level = 0
    titling = _titling(source)
    unsaid = housekeeping(source)
    above: list[int] = []
    for number, (heading, body) in enumerate(_split(source)):
        level = source.passages[heading].level if heading is not None else 0
        if skipped_level and level > skipped_level:
            continue
        title = source.passages[heading].text if heading is not None else ""
        is_skipped = rules.skipped_heading.search(title) or (
            is_housekeeping_heading(source, title) and not (heading is not None and is_minuted(source, heading))
        )
        skipped_level = level if is_skipped else 0
        if skipped_level:
            continue
        above = [one for one in above if source.passages[one].level < level]
        blocks = tuple(_blocks(source, body, unsaid))
        sections.append(
            Section(
                number=number,
                heading=whole_of(source, heading) if heading is not None and title.strip() else None,
                blocks=blocks,
                concludes=bool(rules.concluding_heading.search(title)),
                titled=heading == titling,
                above=tuple(whole_of(source, one) for one in above),
            )
        )
        above += [heading] if heading is not None else []
    return [section for section in sections if section.sentences]


def _titling(source: Source) -> int:
    """The index of the heading that is the source's title, the first of all; -1 when the title stands elsewhere."""
    first = next((index for index, passage in enumerate(source.passages) if passage.kind == "heading"), -1)
    if first >= 0 and source.title and normalised(source.passages[first].text) != normalised(source.title):
        return -1
    return first


def sentences_of(source: Source, index: int) -> list[Sentence]:
    """The sentences of one passage with the lines that each of them stands on."""
    passage = source.passages[index]
    spans = sentences(passage.text)
    lines = WordLines.of(source.lines, passage.first, passage.last, passage.text)
    codes = _near_code(source, index)
    return [
        Sentence(
            text=_as_read(source, passage.text[start:end]),
            number=index * _PLACES + position,
            paragraph=index,
            first=lines.at(start, end)[0],
            last=lines.at(start, end)[1],
            opens=position == 0,
            closes=position == len(spans) - 1,
            codes=codes,
            sent=source.format == "chat" and position == len(spans) - 1,
        )
        for position, (start, end) in enumerate(spans)
    ]


def _as_read(source: Source, text: str) -> str:
    """A sentence in one line, without what its author typed for a page to set."""
    plain = closed_up(without_shortcodes(" ".join(text.split())))
    return without_footnotes(plain, (one.text for one in source.passages))


def _near_code(source: Source, index: int) -> bool:
    """Whether the passage has code in it or around it: it then explains what a post cannot show."""
    passage = source.passages[index]
    around = source.passages[max(0, index - 1) : index + 2]
    written = source.quoted(passage.first, passage.last)
    in_marks = sum(len(code) for code in _CODE.findall(written))
    return in_marks > _FEW_LETTERS * len(passage.text) or any(near.kind == "code" for near in around)


def _split(source: Source) -> Iterator[tuple[int | None, list[int]]]:
    """Index of each heading (None: before the first one) with the indexes of the passages under it."""
    heading: int | None = None
    body: list[int] = []
    for index, passage in enumerate(source.passages):
        if passage.kind != "heading":
            body.append(index)
            continue
        yield heading, body
        heading, body = index, []
    yield heading, body


def _blocks(source: Source, indexes: Sequence[int], unsaid: frozenset[int]) -> Iterator[Block]:
    # What is left out of a list of notes does not take its items from the one they stand under.
    listed = [
        one for one in indexes if one not in unsaid or source.kind != "note" or source.passages[one].kind != "item"
    ]
    for (kind, is_left_out), group in groupby(
        listed, key=lambda index: (source.passages[index].kind, source.passages[index].aside or index in unsaid)
    ):
        members = list(group)
        if is_left_out:
            yield Block(kind="break")
        elif kind == "item":
            yield from _list_blocks(source, members)
        elif kind in ("paragraph", "turn"):
            for index in members:
                yield from _paragraph(source, index)
        elif kind == "quotation":
            yield from _quotations(source, members)
        elif kind != "image":
            yield Block(kind="break")


def is_in_doubt(source: Source, sentence: Sentence) -> bool:
    """Whether it stands on a line that leaves open what is off the record."""
    return any(sentence.first <= line <= sentence.last for line in source.doubts)


def _paragraph(source: Source, index: int) -> Iterator[Block]:
    if source.doubts and any(is_in_doubt(source, one) for one in sentences_of(source, index)):
        yield Block(kind="break")
    elif is_reported(source, index):
        yield from _reported(source, index)
    else:
        yield Block(kind="prose", sentences=tuple(sentences_of(source, index)))


def _reported(source: Source, index: int) -> Iterator[Block]:
    """The words behind "she said:", beginning with a capital; typed in haste, they may end without a full stop."""
    is_item = source.passages[index].kind == "item"
    # An item in quotation marks is the very one that stands in its list.
    first, *others = [whole_of(source, index)] if is_item else sentences_of(source, index)
    words = capitalised(unattributed(first.text))
    spoken = [replace(first, text=words), *others] if words else others
    spoken[-1:] = [replace(one, sent=True) for one in spoken[-1:]]
    yield Block(kind="break")
    yield Block(kind="prose", sentences=tuple(spoken), quoted=True)
    yield Block(kind="break")


def _list_blocks(source: Source, members: Sequence[int]) -> Iterator[Block]:
    """The list as one block; its longer items are paragraphs of their own as well."""
    outermost = min(source.passages[index].level for index in members)
    reported = [index for index in members if is_reported(source, index)]
    # "She said:" is nothing to publish; what is in quotation marks may stand in the list as well.
    untold = {index for index in reported if is_attributed(source.passages[index].text)}
    tops = [index for index in members if source.passages[index].level == outermost and index not in untold]
    if _is_link_list([source.passages[index] for index in tops]):
        yield Block(kind="break")
    elif len(tops) + len(untold) == len(members):
        yield Block(kind="list", sentences=tuple(whole_of(source, index) for index in tops))
    else:
        yield from _nested(source, [index for index in members if index not in untold])
    # What has items below it stands for more than itself; they are left out.
    is_nested = len(tops) + len(untold) < len(members)
    is_prose = _is_prose(source, tops)
    for index in tops:
        inside = sentences_of(source, index)
        tells = is_prose or (is_nested and _is_prose(source, [index]))
        # An item in small letters goes on with the line above the list.
        if (len(inside) > 1 or tells) and index not in reported and not inside[0].text[:1].islower():
            yield Block(kind="break")
            yield Block(kind="prose", sentences=tuple(inside), listed=True)
    for index in reported:
        yield from _reported(source, index)
    yield Block(kind="break")


def _is_prose(source: Source, items: Sequence[int]) -> bool:
    """Whether these items of a post are whole sentences of some length, each of which says something alone."""
    texts = [source.passages[index].text.rstrip() for index in items]
    words = sum(len(text.split()) for text in texts)
    is_told = all(text.endswith((".", "!", "?")) for text in texts)
    return source.kind == "post" and is_told and words >= _WORDS_OF_A_SENTENCE * len(texts)


def _nested(source: Source, members: Sequence[int]) -> Iterator[Block]:
    """In a note each item with items below it as a list under it, and the items between them; elsewhere the outermost ones.

    Nothing of a list in which one of these only leads to those below it.
    """
    if source.kind != "note":
        tops = [index for index, _ in _under(source, members)]
        leads = any(source.passages[index].text.rstrip().endswith(":") for index in tops)
        yield (
            Block(kind="break") if leads else Block(kind="list", sentences=tuple(whole_of(source, one) for one in tops))
        )
        return
    alone: list[int] = []
    for index, below in _under(source, members):
        if not below:
            alone.append(index)
            continue
        yield from _items(source, alone)
        alone = []
        yield from _items(source, below, lead=whole_of(source, index))
    yield from _items(source, alone)


def _under(source: Source, members: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Each outermost item with the items one level below it."""
    levels = [source.passages[index].level for index in members]
    groups: list[tuple[int, list[int]]] = []
    for index, level, following in zip(members, levels, [*levels[1:], 0], strict=True):
        if level <= levels[0] or not groups:
            groups.append((index, []))
        # What has items below it in turn is no item but a heading without a place.
        elif level == levels[0] + 1 and following <= level:
            groups[-1][1].append(index)
    return groups


def _items(source: Source, indexes: Sequence[int], lead: Sentence | None = None) -> Iterator[Block]:
    if indexes:
        yield Block(kind="list", sentences=tuple(whole_of(source, index) for index in indexes), lead=lead)
        yield Block(kind="break")


def _is_link_list(items: Sequence[Passage]) -> bool:
    """Whether most items are little more than a link: a navigation, not a thought."""
    linked = sum(sum(len(link.text) for link in item.links) > 0.7 * len(item.text) for item in items)
    return linked * 2 > len(items)


def _quotations(source: Source, members: Sequence[int]) -> Iterator[Block]:
    """The quotation with its attribution, in it or around it. Without one it is what the founder said in a note where no
    paragraph leads to it; elsewhere somebody else may have said it, so it breaks the run."""
    whole = " ".join(source.passages[index].text for index in members)
    parts = [whole_of(source, index) for index in members]
    if signed := _SIGNED.match(whole):
        yield Block(kind="quotation", sentences=tuple(parts), attribution=signed["who"].strip())
    elif below := _signature(source, members[-1] + 1):
        signing = whole_of(source, members[-1] + 1)
        yield Block(kind="quotation", sentences=(*parts, signing), attribution=below)
    elif not is_led_to(source, members[0]):
        yield from _of_founder(source, members)
    elif who := named_before(source.passages[members[0] - 1].text):
        lead = sentences_of(source, members[0] - 1)[-1]
        yield Block(kind="quotation", sentences=tuple(parts), attribution=who, lead=lead)
    else:
        yield Block(kind="break")


def _signature(source: Source, index: int) -> str:
    """Who signs with a paragraph of its own ("— Ana Ruiz, Example"); empty where nobody does."""
    below = source.passages[index] if index < len(source.passages) else None
    signed = _SIGNATURE.match(below.text) if below and below.kind == "paragraph" else None
    return signed["who"].strip() if signed else ""


def _of_founder(source: Source, members: Sequence[int]) -> Iterator[Block]:
    for index in members if source.kind == "note" and not is_letter(source) else ():
        yield Block(kind="break")
        yield Block(kind="prose", sentences=tuple(sentences_of(source, index)), quoted=True)
    yield Block(kind="break")


def whole_of(source: Source, index: int) -> Sentence:
    """A heading, item or quotation as one sentence."""
    passage = source.passages[index]
    text = without_shortcodes(" ".join(passage.text.split()))
    if passage.kind in ("item", "heading"):
        text = without_references(text) or text
    return Sentence(
        text=text,
        number=index * _PLACES + _PLACES - 1,
        paragraph=index,
        first=passage.first,
        last=passage.last,
        opens=True,
        closes=True,
    )
