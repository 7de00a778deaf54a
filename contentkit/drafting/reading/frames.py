"""What may not be said without the words above or before it: those refuse it, suppose it, or give it as somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import Rules, straight

# "Myth 1.", "Not true.": a label before what it labels.
_LONGEST_LABEL = 4
_ENDS_OF_A_LINE = (".", "!", "?", "…", ":", ";", '"', "”", ")")


def frames_of(sections: Sequence[Section], rules: Rules) -> Mapping[int, int]:
    """By the number of a sentence, the number of the one that it may not be said without."""
    frames: dict[int, int] = {}
    for section in sections:
        outer = next((one for one in section.above if _refuses(one.text, rules)), None)
        if outer and section.heading:
            frames[section.heading.number] = outer.number
        own = section.heading if section.heading and _refuses(section.heading.text, rules) else None
        frames.update(_of_lists(section.blocks, outer or own, rules))
        for number, frame in _of_prose(section.blocks, rules):
            frames.setdefault(number, frame)
    return frames


def _refuses(text: str, rules: Rules) -> bool:
    """Whether a heading or a lead-in negates, rejects, asks or supposes what stands below it."""
    return bool(rules.refusing.search(straight(text)))


def _of_lists(blocks: Sequence[Block], heading: Sentence | None, rules: Rules) -> Iterator[tuple[int, int]]:
    """The items of lists, and the sentences in them, with the heading or the lead-in that they need."""
    lead: Sentence | None = None
    for block in blocks:
        if not block.sentences:
            continue
        if block.kind == "prose" and not block.listed and not block.quoted:
            lead = block.sentences[-1]
            continue
        if block.kind != "list" and not block.listed and not block.quoted:
            lead = None
            continue
        frame = heading or (lead if lead and _binds(lead, rules) else None)
        if frame is None and block.lead and _refuses(block.lead.text, rules):
            frame = block.lead
        if frame:
            yield from ((sentence.number, frame.number) for sentence in block.sentences)


def _binds(above: Sentence, rules: Rules) -> bool:
    """Whether what stands above a list disowns it, or is the beginning of a sentence that its items end ("We don't")."""
    return not above.text.endswith(_ENDS_OF_A_LINE) or _refuses(above.text, rules) or _announces(above, rules)


def _of_prose(blocks: Sequence[Block], rules: Rules) -> Iterator[tuple[int, int]]:
    """The sentences behind one that announces somebody's words or a supposition, or behind a label.

    They are those of its paragraph; those of the next where it ends its own.
    """
    frame: Sentence | None = None
    for block in blocks:
        if block.kind != "prose":
            frame = frame if block.kind == "break" else None
            continue
        for sentence in block.sentences:
            if frame and sentence.number != frame.number:
                yield sentence.number, frame.number
            if frame is None and (_announces(sentence, rules) or _labels(sentence, rules)):
                frame = sentence
        if frame and block.sentences and frame.number != block.sentences[-1].number:
            frame = None


def _announces(sentence: Sentence, rules: Rules) -> bool:
    return bool(rules.announcing.search(straight(sentence.text)))


def _labels(sentence: Sentence, rules: Rules) -> bool:
    """Whether a sentence opens its paragraph as a label: one word, a word and a number, or a few that refuse."""
    words = sentence.text.split()
    if not sentence.opens or len(words) > _LONGEST_LABEL:
        return False
    is_numbered = len(words) > 1 and words[-1].strip(".:!#()").isdigit()
    return is_numbered or (len(words) == 1 and not sentence.closes) or _refuses(sentence.text, rules)
