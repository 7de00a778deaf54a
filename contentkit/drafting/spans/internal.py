"""What notes say to those who met: who does what by when, what is still open, what the writer of the notes said."""

from __future__ import annotations

from itertools import pairwise

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.confidences import is_not_to_be_told
from contentkit.patterns import regex

# Typed in haste, a sentence may begin with a small letter.
_STOP = regex(r"(?<=[^.\s][.!?])[\"”»)]*\s+")
# What is left of a line must say something.
_FEWEST_WORDS = 4


def told_of(item: str, people: frozenset[str]) -> str:
    """What of an item may be told: its sentences up to the first that is for those who met; empty where that is nothing."""
    remark = note_rules().remark
    bare = note_rules().kind.sub("", item)
    item = remark.sub("", capitalised(bare) if item[:1].isupper() else bare)
    if is_internal(item, people):
        return ""
    starts = [0, *(stop.end() for stop in _STOP.finditer(item)), len(item)]
    end = next((start for start, end in pairwise(starts) if is_for_them(item[start:end], people)), len(item))
    if end < len(item) and is_internal(item[:end], people):
        return ""
    told = remark.sub("", item[:end].rstrip())
    return told if len(told.split()) >= min(_FEWEST_WORDS, len(item.split())) else ""


def is_internal(text: str, people: frozenset[str]) -> bool:
    """Whether a line is for those who met from its beginning, or leaves open whether it holds."""
    plain, rules = straight(text), note_rules()
    if _is_unsettled(plain) or rules.under_way_first.search(plain) or rules.under_way.search(plain):
        return True
    wanted = rules.wish.match(plain)
    return bool(wanted and wanted["who"] in people and not rules.settled.search(plain))


def _is_unsettled(plain: str) -> bool:
    """Whether it leaves open whether it holds, or may be told, or says when people meet."""
    return is_not_to_be_told(plain) or bool(note_rules().of_meetings.search(plain))


def is_for_them(sentence: str, people: frozenset[str]) -> bool:
    """Whether a sentence says who does what, or what the writer of the notes said or thought."""
    plain = capitalised(straight(sentence))
    does = note_rules().duty.match(plain)
    return bool(does and does["who"] in people) or bool(note_rules().of_the_writer.search(plain))
