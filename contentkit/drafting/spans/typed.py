"""Lines typed in haste during a talk, without a capital or a full stop: each of them is a bullet without its mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.jottings import is_no_hook

_ENDS = (".", "!", "?", "…", ":", '"', "”", "»", ")")
# A shorter line without a figure says of what the next lines are.
_WORDS_OF_A_LABEL = 5


def bulleted(sections: Sequence[Section], rules: Rules) -> list[Section]:
    """The sections with runs of typed lines as lists; of these lines only such as say a figure or have a verb."""
    return [replace(section, blocks=tuple(_blocks(section.blocks, rules))) for section in sections]


def _blocks(blocks: Sequence[Block], rules: Rules) -> Iterator[Block]:
    run: list[Sentence] = []
    is_private = False
    for block in blocks:
        if block.kind == "break" or not _is_typed(block):
            yield from _list(run)
            run, is_private = [], False
            yield block
            continue
        line = _line(block)
        if _is_label(line.text, rules):
            yield from _list(run)
            run, is_private = [], bool(note_rules().private.search(line.text))
            yield block
        elif not is_private and _says(line.text, rules):
            run.append(line)
        elif block.sentences[-1].text.endswith(_ENDS):
            yield block
    yield from _list(run)


def _list(run: Sequence[Sentence]) -> Iterator[Block]:
    if run:
        yield Block(kind="list", sentences=tuple(run))
        yield Block(kind="break")


def _is_typed(block: Block) -> bool:
    """Whether a paragraph of one line begins with a small letter or a figure, or ends without a stop."""
    if block.kind != "prose" or block.listed or block.quoted or not block.sentences:
        return False
    # Where lines were joined that no stop ends, nobody knows what belongs to what.
    if block.sentences[0].first != block.sentences[-1].last:
        return False
    return not block.sentences[0].text[:1].isupper() or not block.sentences[-1].text.endswith(_ENDS)


def _line(block: Block) -> Sentence:
    """The paragraph as one sentence, as that of a list item."""
    first, last = block.sentences[0], block.sentences[-1]
    text = " ".join(one.text for one in block.sentences)
    return replace(first, text=text, last=last.last, closes=True)


def _is_label(text: str, rules: Rules) -> bool:
    return len(text.split()) <= _WORDS_OF_A_LABEL and not rules.number.search(straight(text))


def _says(text: str, rules: Rules) -> bool:
    plain = straight(text)
    return not is_no_hook(plain) and bool(rules.number.search(plain) or note_rules().verbs.search(plain))
