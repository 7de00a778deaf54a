"""Who speaks, said before the first words of a thread that goes out in somebody else's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from contentkit.confidential import is_veiled
from contentkit.drafting.spans.candidates import Span
from contentkit.models import Source
from contentkit.patterns import regex
from contentkit.words.common_words import is_common
from contentkit.words.given_names import given_names

# "Ana Ruiz", "José de la Cruz", "Ryan J. Salva"; not "MC", "Speaker 1", "HOST".
_FULL_NAME = regex(r"[A-ZÀ-Þ][\w'’.-]*(?: (?:[a-zà-ÿ]{1,3} ){0,2}[A-ZÀ-Þ][\w'’.-]*){1,3}")
# What somebody is called by in chats; "host" is a word.
_HANDLE = regex(r"[a-z][a-z_-]{2,}")
_ROLE_WORDS = """
them moderator narrator interviewee cohost co-host anonymous entrevistador entrevistadora entrevistado entrevistada
invitado invitada moderador moderadora narrador narradora anfitriona
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_LONGEST = 40
_LINES_OF_A_TURN = 200


def is_a_name(speaker: str) -> bool:
    """Whether a reader would take the label of a speaker for somebody's name: "Ana Ruiz", "ANA RUIZ", "Ana", "swyx"."""
    if len(speaker) > _LONGEST or is_veiled(speaker) or any(sign.isdigit() for sign in speaker):
        return False
    if speaker.isupper():
        return " " in speaker and not any(is_common(word) for word in speaker.lower().split())
    if _HANDLE.fullmatch(speaker):
        return speaker not in _ROLES and not is_common(speaker)
    return bool(_FULL_NAME.fullmatch(speaker)) or speaker in given_names()


def is_called(name: str, speaker: str) -> bool:
    """Whether a speaker ("Ana Ruiz") goes by this name ("ana", "Ana Ruiz", "ruiz")."""
    return bool(name) and set(name.casefold().split()) <= set(speaker.casefold().split())


def spoken_by(speaker: str, span: Span, source: Source, fits: Callable[[str], bool]) -> Span:
    """The span with the name of the speaker and a colon before the first words, below a question; as it is where that
    does not fit, or the speaker has no name.
    """
    head, gap, answer = span.text.partition("\n\n") if span.headed else ("", "", span.text)
    text = f"{head}{gap}{speaker}: {answer}"
    if not is_a_name(speaker) or not fits(text):
        return span
    row = _row_of_name(source, speaker, source.passages[span.said[0].paragraph].first)
    return replace(span, text=text, named=(row, row))


def _row_of_name(source: Source, speaker: str, row: int) -> int:
    """The line that says who speaks on this one: of a long turn one further up; the line itself where none does."""
    rows = range(row, max(0, row - _LINES_OF_A_TURN), -1)
    return next((one for one in rows if speaker in source.lines[one - 1]), row)
