"""What stands in notes and was said by nobody: tasks, who was there, what was to be talked about."""

from __future__ import annotations

import re
from itertools import takewhile

from contentkit.models import Passage, Source
from contentkit.patterns import regex

_ATTENDING = "attendees|attending|participants|asistentes|participantes"
_MEETING = rf"{_ATTENDING}|agenda|logistics|meta ?data|transcript|transcripción|orden del día|logística|metadatos"
# Who helped, and what is filed elsewhere: headings of notes only.
_FILED = (
    r"recording|code of conduct|(?:new )?contributors?|full changelog|credits|archive"
    r"|grabación|código de conducta|colaborador\w+"
)
# Where, when and how people met: before a colon only; as headings they may be subjects.
_LOGISTICS = (
    r"time|date|when|where|location|minutes|hosts?|chair|facilitator|moderator|note[- ]?takers?|scribe|github issue|calendar"
    r"|zoom|dial[- ]in|links?|hora|fecha|lugar|moderador\w?|invitad[oa]s|enlaces?"
)
# In a post, "Next steps" is how it ends: it is a task list in notes only.
_TASKS = (
    r"to[- ]?dos?(?: list)?|tbd|(?:possible |our |my )?next steps?|action (?:items?|points?)|tasks?|follow[- ]?ups?"
    r"|(?:next|upcoming) (?:meetings?|calls?|syncs?)(?: [\w ]{1,40})?|open questions|not decided|undecided|parking lot"
    r"|needs? (?:attention|reviews?|decisions?)|próximas? (?:reuni(?:ón|ones)|llamadas?|asambleas?)|sin decidir"
    r"|preguntas abiertas"
    r"|pendientes?|por hacer|pr[oó]ximos pasos|siguientes pasos|tareas(?: pendientes)?"
)
# These are said in sentences as well ("Past, present, future"): only above a list or before a colon are they labels.
_ALSO_WORDS = r"present|absent|apologies|presentes|ausentes"
_LONGEST_HEADING = 120
_MINUTED, _LONG_ITEM, _FEW_WORDS = 3, 40, 5
_AND = r"\s*(?:[/&+,]|\band\b|\by\b)\s*"


def _headings(words: str) -> re.Pattern[str]:
    return regex(rf"^\W*(?:{words})(?:{_AND}(?:{words}))*\W*(?:\([^()]*\)\W*)?$", re.I)


def _labels(words: str) -> re.Pattern[str]:
    return regex(rf"^\W*(?:{words}|{_ALSO_WORDS})(?:\s*\([^()]*\))?\s*(?::|\s[—–-]\s)", re.I)


_OF_NOTES = f"{_MEETING}|{_TASKS}|{_FILED}"
_HEADING, _HEADING_OF_NOTES = _headings(_MEETING), _headings(_OF_NOTES)
_LABEL, _LABEL_OF_NOTES = _labels(_MEETING), _labels(f"{_OF_NOTES}|{_LOGISTICS}")
_WHO_AND_WHEN = _labels(f"{_ATTENDING}|{_LOGISTICS}")
# "Join via Zoom", "Code of Conduct" without a colon, a task without a box; chores of a release; nothing to report.
_CHORE = regex(
    r"^\W*(?:join (?:us |via |the )|code of conduct\b|código de conducta\b|send (?:the|a|an|her|him|them|draft)\b|follow up\b"
    r"|(?:ask|ping|remind|email|call) (?:for|about|her|him|them|(?-i:[A-Z]))|check with\b|find out\b|look up\b"
    r"|(?:docs?|tests?|ci|chore|build|deps?|style)(?:\([^()]{1,30}\))?!?:\s|bump \S"
    r"|(?:pedir|preguntar|enviar|recordar)\b)|\bno (?:new )?updates?\b|\bnothing (?:new|to report)\b|\bnot present\b"
    r"|\bskipped\W*$|\bplaceholder\b|\bwill take the action\b|\baction items?\b"
    r"|\bsin novedades\b|\bn/a\W*$|\bcode of conduct\b.{0,40}\bhttps?:",
    re.I,
)
_ABOVE_A_LIST = regex(rf"^\W*(?:{_ALSO_WORDS})\W*$", re.I)
_REMINDER = regex(r"^\W*(?:TODO|TBD|FIXME)\b|\b(?:TODO|TBD|FIXME):|(?:^|\s)#(?:todo|task|tarea)\b", re.M)
_TASK = regex(r"^[\s>]*(?:[-*+•]|\d{1,9}[.)])\s+\[[ xX]?\](?!\()")


def is_minuted(source: Source, heading: int) -> bool:
    """Whether what stands under an agenda tells below its items what was said, or in long ones or paragraphs."""
    level = source.passages[heading].level
    below = takewhile(lambda one: one.kind != "heading" or one.level > level, source.passages[heading + 1 :])
    told = [one for one in below if one.kind in ("item", "paragraph")]
    return sum(one.level > 1 or len(one.text.split()) >= _LONG_ITEM for one in told) >= _MINUTED


def is_housekeeping_heading(source: Source, text: str) -> bool:
    """Whether what stands under this heading was noted for those who met: "Agenda", and in notes "Next steps"."""
    heading = _HEADING_OF_NOTES if source.kind == "note" else _HEADING
    return len(text) <= _LONGEST_HEADING and bool(heading.match(text))


def housekeeping(source: Source) -> frozenset[int]:
    """The indexes of the passages that are tasks, or that a label such as "TODO:" or "Attendees" opens.

    The list under such a label belongs to it, as do the items below such an item; that under "Present: Ana, Tom" does not.
    What stands under a heading of that kind is not told here: see ``is_housekeeping_heading``.
    """
    found = set[int]()
    under = 0  # the level of the label whose items follow; -1 for a paragraph or a heading; 0 for none
    for index, passage in enumerate(source.passages):
        if passage.kind != "item":
            under = 0
        if under and (under == -1 or passage.level > under):
            found.add(index)
            continue
        under = 0
        if _is_labelled(source, index):
            found.add(index)
            below = 0 if _says_who_or_when(passage.text) else -1
            under = passage.level if passage.kind == "item" else below
        elif passage.kind == "item" and _TASK.match(source.lines[passage.first - 1]):
            found.add(index)
            under = passage.level
    return frozenset(found)


def _says_who_or_when(paragraph: str) -> bool:
    """Whether it says in its own line who was there, or where, when and how: what stands below it is something else."""
    label = _WHO_AND_WHEN.match(paragraph)
    return label is not None and bool(paragraph[label.end() :].strip())


def _is_labelled(source: Source, index: int) -> bool:
    """Whether a paragraph or an item begins with a label, or is nothing but one above a list."""
    passage = source.passages[index]
    if passage.kind == "heading":
        return bool(_ABOVE_A_LIST.match(passage.text)) and _stands_above_a_list(source.passages, index)
    if passage.kind not in ("paragraph", "item"):
        return False
    label = _LABEL_OF_NOTES if source.kind == "note" else _LABEL
    if label.match(passage.text) or _REMINDER.search(passage.text):
        return True
    if source.kind == "note" and (_is_chore(passage.text) or _is_pointer(source.passages, index)):
        return True
    is_label = is_housekeeping_heading(source, passage.text) or _ABOVE_A_LIST.match(passage.text)
    return bool(is_label) and (passage.kind == "item" or _stands_above_a_list(source.passages, index))


def _is_chore(text: str) -> bool:
    """Whether a short line is a task, a chore or nothing to report; a longer one tells more than that."""
    return len(text.split()) < _LONG_ITEM and bool(_CHORE.search(text))


def _is_pointer(passages: tuple[Passage, ...], index: int) -> bool:
    """Whether an item is nothing but a few words to click on, with nothing below it."""
    passage = passages[index]
    clicked = sum(len(link.text) for link in passage.links)
    is_short = len(passage.text.split()) <= _FEW_WORDS and clicked > 0.8 * len(passage.text)
    following = passages[index + 1] if index + 1 < len(passages) else None
    leads = following is not None and following.kind == "item" and following.level > passage.level
    return passage.kind == "item" and is_short and not leads


def _stands_above_a_list(passages: tuple[Passage, ...], index: int) -> bool:
    return index + 1 < len(passages) and passages[index + 1].kind == "item"
