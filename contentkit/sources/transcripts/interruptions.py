"""Lines between the turns that are nobody's words, though they stand below somebody's: ``Decision: …``, ``Guest: Ana Ruiz``."""

from __future__ import annotations

import re

from contentkit.patterns import regex

_BOLD = r"(?:\*\*|__)?"
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]{0,30}"
_NAME = rf"{_WORD}(?:[ ]{_WORD}){{1,4}}(?:[ ]\([^()\n]{{1,40}}\))?"
# What the minutes of a meeting keep, in whosever turn they were written.
_KEPT = regex(
    rf"[ \t]{{0,3}}{_BOLD}(?:absent|actions?(?: items?)?|agenda|agreed|apologies|attend(?:ees|ing)|decisions?"
    r"|next steps?|present|regrets|resolutions?|resolved|scribe(?:nick)?|subtopic|to-?dos?|topic"
    r"|acción|acciones|acuerdos?|asistentes|ausentes|decisi(?:ón|ones)|presentes|resoluci(?:ón|ones)|temas?)"
    rf"{_BOLD}:{_BOLD}(?:[ \t]|$)",
    re.IGNORECASE,
)
# Who has which part, and nothing that they say.
_PARTS = regex(
    rf"[ \t]{{0,3}}{_BOLD}(?:[Cc]hair|[Gg]uests?|[Hh]osts?|[Ii]nterviewer|[Ff]acilitator|[Mm]oderator|[Nn]ote[ -]?taker"
    rf"|[Pp]resenters?|[Ss]cribe|[Ss]peakers?|[Mm]oderador|[Mm]oderadora|[Pp]resentador|[Pp]resentadora|[Ii]nvitad[oa]s?)"
    rf"{_BOLD}:{_BOLD}[ \t]{{1,4}}{_NAME}(?:(?:,|,? and|,? y|[ ]&)[ ]{_NAME}){{0,8}}[ \t]*"
)
_STAGE = regex(r"\[[^\[\]]{1,80}\]|\(\([^()]{1,80}\)\)|\([^()]{1,120}\)")
# Who asks and answers in the protocols of courts.
_LETTERED = regex(r"[ \t]{0,20}[QA]\.[ \t]{1,20}(?=\S)")
# Who is called so in a talk of people with names, and what explains a picture.
_STRANGERS = frozenset(
    "a answer audience author caption cliente clientes customer customers figura figure foto image imagen participant "  # noqa: SIM905
    "participants photo picture pregunta público q question respuesta user users".split()
)
# A captioner's sign that somebody else speaks; whoever it is may be named behind it.
SOMEBODY_ELSE = regex(r" {0,3}>>[ \t]*(?![>\s])")


def interrupts(line: str) -> bool:
    """Whether this line of a transcript tells of the meeting, and is nobody's words."""
    if SOMEBODY_ELSE.match(line):
        return True
    if ":" not in line:
        return bool(_LETTERED.match(line))
    return bool(_KEPT.match(line) or _PARTS.fullmatch(line[:300]))


def is_stage_direction(text: str) -> bool:
    """Whether somebody who typed this tells what is heard: ``[laughter]``, ``(A recess was taken.)``."""
    return bool(_STAGE.fullmatch(text))


def is_stranger(name: str) -> bool:
    """Whether a label calls somebody by what they are to those who speak: ``Audience member``, ``Q``."""
    return name.split(maxsplit=1)[0].casefold() in _STRANGERS
