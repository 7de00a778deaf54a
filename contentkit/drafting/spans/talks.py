"""Whether a note was typed in a talk, and what it says of the talk itself: who met, and when."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from contentkit.drafting.reading.housekeeping import is_housekeeping_heading
from contentkit.drafting.rules.notes import note_rules
from contentkit.models import Source
from contentkit.patterns import regex

_CAPITAL = regex(r"[A-ZÀ-Þ][\w'’-]+")
# "present joost, mehmet, fien (late)": typed in haste, names begin with a small letter.
_TYPED = regex(r"^[^\W\d_]+:? (?P<who>[^\W\d_]+(?: \([^()]*\))?(?:, [^\W\d_]+(?: \([^()]*\))?)+)$")
_FIRST_WORD = regex(r"(?:^|, )([^\W\d_]+)")
_FIRST_PASSAGES, _LONGEST_TOP = 8, 300
# Lists that are more of a note than this are all of it.
_MOSTLY = 0.7
# So many people at least speak in minutes, and say so little at a time.
_MINUTED, _WORDS_OF_A_TURN = 3, 40


def met(source: Source) -> frozenset[str]:
    """The capitalised words where a note says who met: names, and a few that are none."""
    told = [source.title, *(one.text for one in source.passages[:_FIRST_PASSAGES])]
    named = [text for text in told if note_rules().who_met.search(text)] + _attending(source)
    typed = [_TYPED.match(text) for text in named]
    return frozenset(
        chain(
            chain.from_iterable(_CAPITAL.findall(text) for text in named),
            (name.capitalize() for line in typed if line for name in _FIRST_WORD.findall(line["who"])),
        )
    )


def _attending(source: Source) -> list[str]:
    """The items of the lists below "Attendees"."""
    found, is_below = [], False
    for one in source.passages:
        if one.kind == "item":
            found += [one.text] if is_below else []
        else:
            is_below = is_housekeeping_heading(source, one.text) and bool(note_rules().who_met.search(one.text))
    return found


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


def as_note(source: Source) -> Source:
    """Minutes that give who said what, as the note that they are; every other source as it is.

    Three people or more say little each in them, and their title is a meeting's.
    """
    turns = [one for one in source.passages if one.speaker]
    tops = [source.title, *(one.text for one in source.passages[:_FIRST_PASSAGES] if one.kind == "heading")]
    words = sum(len(one.text.split()) for one in turns)
    is_minuted = len({one.speaker for one in turns}) >= _MINUTED and words <= _WORDS_OF_A_TURN * len(turns)
    if is_minuted and any(note_rules().meetings.search(text) for text in tops):
        return replace(source, kind="note")
    return source
