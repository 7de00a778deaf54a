"""Whether a note was typed in a talk, and what it says of the talk itself: who met, and when."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.drafting.reading.sections import Section
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.jottings import is_said_of_the_note
from contentkit.models import Source
from contentkit.patterns import regex

_CAPITAL = regex(r"[A-ZÀ-Þ][\w'’-]+")
_FIRST_PASSAGES, _LONGEST_TOP = 8, 300
# Lists that are more of a note than this are all of it.
_MOSTLY = 0.7


def met(source: Source) -> frozenset[str]:
    """The capitalised words where a note says who met: names, and a few that are none."""
    told = [source.title, *(one.text for one in source.passages[:_FIRST_PASSAGES])]
    return frozenset(word for text in told if note_rules().who_met.search(text) for word in _CAPITAL.findall(text))


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
