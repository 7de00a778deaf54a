"""What ties a text to its time: said again months later, it would be wrong.

Words in English and Spanish, and dates in figures. Better one thread too many is left out than one that announces what is old.
"""

from __future__ import annotations

import re

from contentkit.patterns import regex

_UNITS = r"(?:morning|afternoon|evening|week|weekend|month|quarter|year|spring|summer|autumn|fall|winter)"
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DIAS = r"(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
# One who may march has no date.
_MONTHS = (
    r"(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_MESES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"

_TIMELY = regex(
    rf"""(?<!\w)(?:
      today | tonight | tomorrow | yesterday | right\ now | breaking | (?:this|next|last)\ (?:{_UNITS}|{_DAYS})
    | (?:on\ )?{_DAYS} | {_MONTHS}\.?\ \d{{1,4}} | \d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_MONTHS}
    | announc(?:e|es|ed|ing|ement) | introducing | coming\ soon | now\ (?:available|live|open|out)
    | (?:just|newly|recently)\ (?:out|released|launched|shipped|published|landed|merged)
    | (?:available|live|out|released|launched|shipped)\ now | (?:is|are)\ (?:finally\ )?(?:here|out|live)
    | (?:minutes|hours|days|weeks|months)\ (?:ago|left) | deadline | register\ (?:now|here|by|for|today)
    | sign\ up\ (?:by|before) | early\ bird
    | join\ us | livestream(?:ing)? | we(?:'|’)?re\ hiring | we\ are\ hiring | (?:black\ friday|cyber\ monday)
    | hoy | mañana | ayer | anoche | esta\ (?:noche|semana|tarde) | este\ (?:mes|año|{_DIAS})
    | (?:el|la)\ (?:(?:semana|mes|año|{_DIAS})\ (?:pasad[oa]|que\ viene)|próxim[oa]) | {_DIAS}
    | \d{{1,2}}\ de\ {_MESES} | {_MESES}\ (?:de\ )?\d{{4}} | anunciamos | presentamos | lanzamos
    | ya\ (?:está|están)\ disponibles? | disponibles?\ ya | acabamos\ de
    | próximamente | en\ directo | plazo | inscríbete | inscripciones
    | (?:in|en|since|desde|by|para)\ (?:19|20)\d\d | (?:19|20)\d\d-\d\d(?:-\d\d)? | \d{{1,2}}/\d{{1,2}}/(?:19|20)?\d\d
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


def timely_words(text: str) -> str:
    """The first words that tie this text to its time, as they stand there; empty where there are none."""
    found = _TIMELY.search(text)
    return " ".join(found[0].split()) if found else ""
