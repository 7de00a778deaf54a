"""Whether a note was typed in a talk, and what it says of the talk itself: who met, and when."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from contentkit.drafting.reading.sections import Section
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.confidences import is_not_to_be_told
from contentkit.drafting.spans.jottings import is_said_of_the_note
from contentkit.models import Source
from contentkit.patterns import regex

_CAPITAL = regex(r"[A-ZÀ-Þ][\w'’-]+")
# "present joost, mehmet, fien (late)": typed in haste, names begin with a small letter.
_TYPED = regex(r"^[^\W\d_]+:? (?P<who>[^\W\d_]+(?: \([^()]*\))?(?:, [^\W\d_]+(?: \([^()]*\))?)+)$")
_FIRST_WORD = regex(r"(?:^|, )([^\W\d_]+)")
_FIRST_PASSAGES, _LONGEST_TOP = 8, 300
# Lists that are more of a note than this are all of it.
_MOSTLY = 0.7


def met(source: Source) -> frozenset[str]:
    """The capitalised words where a note says who met: names, and a few that are none."""
    told = [source.title, *(one.text for one in source.passages[:_FIRST_PASSAGES])]
    named = [text for text in told if note_rules().who_met.search(text)]
    typed = [_TYPED.match(text) for text in named]
    return frozenset(
        chain(
            chain.from_iterable(_CAPITAL.findall(text) for text in named),
            (name.capitalize() for line in typed if line for name in _FIRST_WORD.findall(line["who"])),
        )
    )


def is_of_a_talk(source: Source) -> bool:
    """Whether a note was typed in a talk: it says who met, or is hardly anything but lists. Others are prose like any post."""
    if source.kind != "note":
        return False
    tops = [source.title, *(one.text for one in source.passages[:_FIRST_PASSAGES] if one.kind != "item")]
    if any(note_rules().talks.search(text) for text in tops if len(text) <= _LONGEST_TOP):
        return True
    words = [
        (one.kind == "item", len(one.text.split())) for one in source.passages if one.kind in ("item", "paragraph")
    ]
    return sum(number for is_item, number in words if is_item) > _MOSTLY * sum(number for _, number in words)


def of_meetings(sections: Sequence[Section]) -> frozenset[int]:
    """The numbers of the sentences that say who met and when."""
    return frozenset(
        one.number
        for section in sections
        for one in section.sentences
        if note_rules().of_meetings.search(straight(one.text)) or is_said_of_the_note(one.text)
    )


def labels(sections: Sequence[Section]) -> frozenset[int]:
    """The numbers of the lines of one word, such as "fleet" above what was said of it; not of "todo" and the like."""
    return frozenset(
        block.sentences[0].number
        for section in sections
        for block in section.blocks
        if block.kind == "prose" and len(block.sentences) == 1 and _is_label(block.sentences[0].text)
    )


def _is_label(text: str) -> bool:
    is_word = text.replace("-", "").isalpha()
    return is_word and not note_rules().private.search(text) and not is_not_to_be_told(text)
