"""Words and signs by what they are to their neighbours. English, Spanish, German, French, Portuguese, Italian; signs of all."""

from __future__ import annotations

import re

from contentkit.patterns import regex

STOPS = ".!?…。！？؟۔।॥｡"
_CLOSING = "\"'”’»)]}』」）】》〉*_"
_OPENING = "\"'“‘«([{¿¡「『（【《〈"
_CLAUSE_ENDS = ";–—；؛"
_LEADS = ":："
_DASHES = "–—-"
_COMMAS = ",،、，"

_OPENERS = """
but yet because since although though while when where which who whose that if unless until than after before
pero porque aunque cuando donde que si mientras sino aber weil dass wenn während denn sondern
mais parce quand lorsque qui dont où mas porém quando enquanto ma perché mentre che
"""
_HANGING = """
a an the and or but nor of to in on at by for from with without into onto over under about between as than that which who
if so because is are was were be been am not no very more most my your our his her its their this these those we i you he she
it they less fewer such both will would can could should may might must has have had do does did per via like
el la los las un una unos unas y e o u de del al en con sin por para que se su sus mi tu es son fue ha han no muy más lo le
der die das ein eine einen einem einer und oder aber von zu im in am an auf mit für bei aus nach ist sind war den dem des
les une du et ou mais au aux dans sur avec pour par est sont ne pas il elle nous vous ils je
um uma os as e do da dos das na nos nas com para por não são foi gli di ed non nicht
"""
# Open a clause: better before them than elsewhere between words.
_CLAUSE_OPENERS = frozenset(_OPENERS.split())
_JOINING_WORDS = frozenset(["and", "or", "nor", "&", "+", "y", "e", "o", "u", "und", "oder", "et", "ou"])
# Hang in the air at the end of a part.
_HANGING_WORDS = frozenset(_HANGING.split())
# Words that lean on the word behind them. With a stop; those in ``text`` that end sentences wrongly are among them.
_LEANING = regex(
    r"(?:[A-Z]|e\.g|i\.e|eg|ie|cf|ca|vs|dr|mr|mrs|ms|prof|st|sr|sra|jr|no|nos|nr|fig|figs|vol|pp?|ed|art|núm|pág|págs|approx|aprox"
    r"|z\.b|d\.h|u\.a|bzw|p\.ej|ej|mt|gen|sen|rep|rev|hon|feat|al|incl|excl|max|min|est|tel|ext)\.",
    re.I,
)
_NUMBER = regex(r"[(\[“\"'«<>~≈=±+\-−–#№§$€£¥₹₩₽฿v]{0,4}\d[\d.,:/’'\u00a0\u202f×x*^-]*[a-zA-Zµ°%‰]{0,4}²?³?", re.I)
_SIGN = regex(r"[$€£¥₹₩₽฿§№#~≈±+−<>≤≥=-]{1,3}|(?:US|A|C|R|MX)\$|USD|EUR|GBP|CHF|MXN|v|v\.|version|versión", re.I)
_SCALE = regex(
    r"(?:k|thousand|million|billion|trillion|mil|millones|millón|mn|bn|mio|mrd|millionen|millions|milliards)", re.I
)
_EMOJI = regex(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2934-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_LOOK = 40


def is_symbol(word: str) -> bool:
    """Whether a word is emoji, arrows and their like only."""
    return bool(_EMOJI.search(word[:_LOOK])) and not any(map(str.isalnum, _without_keycaps(word)))


def _without_keycaps(word: str) -> str:
    return re.sub("[0-9#*]\ufe0f?\u20e3", "", word)


def ends_sentence(word: str) -> bool:
    """Whether a word ends with a stop, quotes and brackets behind it left aside, and does not lean on the next."""
    bare = word.rstrip(_CLOSING)
    return bare.endswith(tuple(STOPS)) and not leans(word)


def ends_clause(word: str) -> bool:
    return word.rstrip(_CLOSING).endswith(tuple(_CLAUSE_ENDS + STOPS))


def leads_in(word: str) -> bool:
    """Whether a word announces what follows."""
    return word.rstrip(_CLOSING).endswith(tuple(_LEADS))


def ends_with_comma(word: str) -> bool:
    return word.rstrip(_CLOSING).endswith(tuple(_COMMAS)) or word.endswith(")")


def opens_clause(word: str) -> bool:
    return word.lower().rstrip(_COMMAS) in _CLAUSE_OPENERS or word.startswith("(")


def is_dash(word: str) -> bool:
    return _is_all(word, _DASHES)


def joins(word: str) -> bool:
    """Whether a word joins two that may be one thing: "free and open"."""
    return word.lower() in _JOINING_WORDS


def is_little(word: str) -> bool:
    """Whether a word only binds others: an article, a preposition, a pronoun, a conjunction."""
    return word.lower() in _HANGING_WORDS


def hangs(word: str) -> bool:
    """Whether nobody would end a part with this word."""
    return word.lstrip(_OPENING).lower() in _HANGING_WORDS


def leans(word: str) -> bool:
    """Whether a word is short for something that the next word goes on with: "e.g.", "Dr.", an initial."""
    return len(word) < _LOOK and bool(_LEANING.fullmatch(word.lstrip(_OPENING)))


def is_number(word: str) -> bool:
    """Whether a word is a number, its sign or unit with it, nothing behind that ends a clause."""
    return len(word) < _LOOK and bool(_NUMBER.fullmatch(word)) and not word.endswith((",", ".", ":"))


def is_tied(before: str, after: str) -> bool:
    """Whether two neighbours on one line are read as one: 5 %, € 3.5, 3.5 million users, Dr. Ana, « mot »."""
    if is_number(before):
        return True
    if _SCALE.fullmatch(before[:_LOOK]) and after[:1].isalpha():
        return True
    if leans(before):
        return True
    if after[:1].isdigit() and (_SIGN.fullmatch(before[:_LOOK]) or (before[:1].isupper() and before.isalnum())):
        return True
    # A dash goes with what follows, like a sign that opens; one that closes goes with what precedes, also in French.
    return _is_all(before, _OPENING + _DASHES) or _is_all(after, _CLOSING + STOPS + ";:؛" + _COMMAS)


def _is_all(word: str, signs: str) -> bool:
    return len(word) < _LOOK and all(sign in signs for sign in word)
