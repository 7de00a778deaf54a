"""What a line of a note is worth to somebody who was not there: a decision, a result, what was said, what comes next."""

from __future__ import annotations

import re

from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.candidates import balanced, flawed
from contentkit.drafting.spans.jottings import breaks_off
from contentkit.drafting.talks.lines import Line
from contentkit.patterns import regex

_DECISION, _RESULT, _NUMBER, _QUOTED, _DONE, _JUDGED, _OPENING, _PROSE = 2.5, 2.0, 1.0, 1.5, 1.0, 0.5, 2.0, 0.5
_TALKED, _SAID, _OPINION, _MONEY = -2.0, -1.0, -2.0, 0.5
_SHORT = -1.0
UNSAYABLE = -9.0
# What is worth less is nothing to post.
LEAST = 1.0
_QUOTATION = regex(r'"[^"]{18,}"|“[^“”]{18,}”|«[^«»]{18,}»')
_SUM = regex(r"[$€£]\s?\d|\d\s?[€%£]")
# Whose words these are, nobody can tell below somebody else's name.
_OF_ONESELF = regex(r"\b(?:I|I'(?:m|ve|d|ll)|my|me|yo|mi|mis)\b")
# "Reports (10 mins)": a point of the agenda.
_TIMED = regex(r"\(\s*\d{1,3} ?min(?:ute)?s?\b\.?\s*\)\W*$|(?:^|[–—,:-]\s*)\d{1,3} ?min(?:ute)?s?\W*$", re.I)
_FEWEST_WORDS, _WORDS_OF_AN_OPENING = 4, 6
# "Mandar el texto antes del viernes".
_TASK = regex(r"(?!ayer|taller|mujer|lugar|primer|tercer|alquiler|hogar)\w{3,}(?:ar|er|ir)(?:l[eao]s?)?\b", re.I)
_BY_SOMEBODY = regex(r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?: (?![\"“«])(?=[a-z])")
_LABELLED = regex(r"[^.:]{1,30}:\s")
_NO_NUMBER = regex(
    r"#\d+|\bv\d+(?:\.\d+)*\b|\b\d{1,3}\.\d{1,3}\.\d{1,3}\b|\b\d{1,2}[:/]\d{2}\b|\bPEP \d+|\b(?:20|19)\d\d\b"
)


def worth(line: Line, rules: Rules, *, opens: bool = False) -> float:
    """How much a line says; nothing of one that cannot be published."""
    text = line.text
    if any(flawed(one.text, rules) for one in line.said) or not balanced(text) or line.text.endswith(":"):
        return UNSAYABLE
    plain, notes = straight(text), note_rules()
    if breaks_off(plain) or (opens and _is_meta(line)) or (line.listed and notes.half.search(plain)):
        return UNSAYABLE
    if rules.language == "es" and line.listed and _TASK.match(plain):
        return UNSAYABLE
    if (line.spoken and _OF_ONESELF.search(plain)) or _is_of_the_meeting(plain):
        return UNSAYABLE
    if notes.jotting.search(plain) and not _QUOTATION.search(text):
        return UNSAYABLE
    deferred = bool(notes.deferred.search(plain))
    decides = bool(notes.decides.search(plain)) and not deferred
    counted = _NO_NUMBER.sub("", plain)
    figure = bool(rules.number.search(counted) or _SUM.search(counted))
    if any(notes.resolved.search(head.text) for head in line.heads[-1:]):
        decides = not deferred
    value = _DECISION * decides + _QUOTED * bool(_QUOTATION.search(text))
    value += _RESULT if notes.change.search(plain) else _NUMBER * figure
    value += _DONE * bool(notes.achieved.search(plain)) + _JUDGED * (
        bool(rules.judgement.search(plain)) + bool(rules.contrast.search(plain))
    )
    value += (
        _OPENING * (opens and _says_what(line))
        + _SAID * bool(_BY_SOMEBODY.match(plain))
        + _OPINION * bool(notes.opinion.match(text))
        + _QUOTED * line.quoted
    )
    value += _PROSE * (not line.listed or len(text.split()) > 12)
    value += _DONE * bool(notes.new.search(plain)) + _MONEY * bool(_SUM.search(plain))
    value += _TALKED * (deferred or (bool(notes.talked.search(plain)) and not decides))
    return value + _SHORT * (len(plain.split()) < _FEWEST_WORDS)


def _is_of_the_meeting(plain: str) -> bool:
    """Whether it is nobody else's: how people met and voted, points of an agenda, by-laws, terms between two."""
    notes = note_rules()
    return any(one.search(plain) for one in (notes.procedure, _TIMED, notes.bylaws, notes.terms))


def _says_what(line: Line) -> bool:
    """Whether a first line may say what the note is about: it is one of several words under no head, and no label's."""
    plain = straight(line.text)
    return not line.heads and len(plain.split()) >= _WORDS_OF_AN_OPENING


def _is_meta(line: Line) -> bool:
    """Whether a first line says when the talk was, or is a label's."""
    if line.heads or line.listed:
        return False
    plain = straight(line.text)
    return bool(note_rules().of_a_day.search(" ".join(plain.split()[:2])))
