"""Letters that look alike, as one: what two texts have in common however one of them was disguised.

One case, no accents, no characters that nobody sees, one kind of space, dash and apostrophe; full width, small capitals,
mathematical letters and the Cyrillic, Greek, Armenian and Cherokee doubles of Latin letters as Latin ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from contentkit.patterns import regex

_LETTERS = regex(r"[^\W\d_]+")
# What is beyond ASCII, and what of ASCII becomes something else: white space, controls, an accent.
_ODD = regex(r"[^\t\n\x20-\x5f\x61-\x7e]")
_ASCII_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
# Control characters that are no white space; rare in ASCII, which otherwise needs its case changed only.
_CONTROLS = regex(r"[\x00-\x08\x0e-\x1b\x7f]")
# A few characters stand for a whole sentence (U+FDFA: 18 letters); nobody disguises a letter as one of those.
_LONGEST = 4
# Formatting characters, accents, controls, halves of a pair.
_UNSEEN = frozenset(("Cf", "Mn", "Me", "Cc", "Cs"))


def _pairs(doubles: str, originals: str) -> dict[str, str]:
    return dict(zip(doubles, originals, strict=True))


# Doubles of Latin letters in other alphabets. Capitals have their own line where they look like another letter.
_FOREIGN = {
    **_pairs("авеіјкмнорстухѕԁԛԝһӏьгпѵүқ", "abeijkmhopctyxsdqwhlbrnvyk"),
    **_pairs("АВЕІЈКМНОРСТУХЅԚԜҺӀЬ", "abeijkmhopctyxsqwhlb"),
    **_pairs("αβγεηικμνορτυχωϲϳ", "abyenikuvoptuxwcj"),
    **_pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "abezhikmnoptyxc"),
    **_pairs("օսհոցզՕՏՍԼ", "ouhngqosul"),
    **_pairs("ᎪᎠᎬᎻᏆᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃᏴᏟᏀ", "adehijklmprstvwzbcg"),
}
# Latin letters that do not come apart into a plain one and an accent.
_LATIN = {
    **_pairs("ıȷɑɡɩłøđħŧƒɾʋðᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ijagilodhtfrvdabcdefghijklmnoprstuvwyz"),
    **{"æ": "ae", "œ": "oe"},
}
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹘", "-"),
    **dict.fromkeys("’‘‛ʼʻ′`´", "'"),
    **dict.fromkeys("【〔⁅", "["),
    **dict.fromkeys("】〕⁆", "]"),
    **dict.fromkeys("：∶꞉", ":"),
    **dict.fromkeys("⁄∕", "/"),
    # A braille cell without dots is a space; the others are letters of Korean that nobody sees.
    **{"\u2800": " ", "\u115f": "", "\u1160": "", "\u3164": "", "\uffa0": ""},
    **{chr(first + index): chr(97 + index) for first in (0x1F150, 0x1F170) for index in range(26)},
}


def folded(text: str) -> tuple[str, Sequence[int]]:
    """The text with all that looks alike as one, and where in the text each of its characters stands.

    There is one offset more than there are characters: the end of the text. A character may have become none or
    several. A word of another alphabet that has letters without doubles is that language's own: only its case goes.
    """
    if text.isascii() and not _CONTROLS.search(text):
        return text.lower(), range(len(text) + 1)
    pieces: list[str] = []
    offsets: list[int] = []
    end = 0
    for odd in _ODD.finditer(text):
        at = odd.start()
        if at < end:
            continue  # in a word that was folded as a whole
        word = _LETTERS.match(text, at)
        start = _first_letter(text, at, end) if word else at
        pieces.append(text[end:start].lower())
        offsets += range(end, start)
        end = word.end() if word else at + 1
        if word:
            _fold_word(text[start:end], start, pieces, offsets)
        else:
            sign = _sign(text[at])
            pieces.append(sign)
            offsets += (at,) * len(sign)
    pieces.append(text[end:].lower())
    return "".join(pieces), [*offsets, *range(end, len(text) + 1)]


def _first_letter(text: str, at: int, least: int) -> int:
    """Where the ASCII letters begin that stand right before a place."""
    while at > least and text[at - 1] in _ASCII_LETTERS:
        at -= 1
    return at


def _fold_word(word: str, start: int, pieces: list[str], offsets: list[int]) -> None:
    plain = _double if _is_disguised(word) else _letter
    for at, letter in enumerate(word, start):
        made = plain(letter)
        pieces.append(made)
        offsets += (at,) * len(made)


def _is_disguised(word: str) -> bool:
    """Whether each letter of a word may stand for a Latin one, or one of them is Latin."""
    if word.isascii():
        return False
    return any(_letter(letter).isascii() for letter in word) or all(_double(letter).isascii() for letter in word)


@lru_cache(maxsize=4096)
def _double(letter: str) -> str:
    return "".join(_FOREIGN.get(part) or _letter(part) for part in _parts(letter))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    plain = "".join(_SIGNS.get(part, part.casefold()) for part in _parts(letter))
    return "".join(_LATIN.get(part, part) for part in plain)


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign.isspace():
        return sign if sign in "\n\t" else " "
    return _letter(sign)


def _parts(character: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", character)[:_LONGEST]
    return [part for part in decomposed if unicodedata.category(part) not in _UNSEEN]


# Letters of other alphabets that stand alone among Latin ones for what they are: units, quantities, members of a formula.
_OF_FORMULAS = frozenset("αβγδεζηθικλμνξοπρστυφχψω")
_OTHER_ALPHABETS = regex("[\u0370-\u058f\u13a0-\u13fd]")
_LONGEST_FORMULA = 3


def disguised_in(text: str) -> list[tuple[int, int, str]]:
    """The words of a Latin text in which letters of another alphabet stand for Latin ones: start, end, the first such letter.

    A text that has words of that alphabet is taken at its word, but for words that mix both with the others' doubles only.
    """
    if text.isascii() or not _OTHER_ALPHABETS.search(text):
        return []
    words = [word for word in _LETTERS.finditer(text) if _OTHER_ALPHABETS.search(word[0])]
    speaks_it = any(not _is_double_throughout(word[0]) for word in words)
    return [
        (word.start(), word.end(), next(letter for letter in word[0] if _is_foreign(letter)))
        for word in words
        if _is_double_throughout(word[0])
        and not _is_formula(word[0])
        and not (speaks_it and all(map(_is_foreign, word[0])))
    ]


def _is_foreign(letter: str) -> bool:
    return bool(_OTHER_ALPHABETS.match(letter))


def _is_double_throughout(word: str) -> bool:
    """Whether each letter of another alphabet in it has a Latin double."""
    return all(letter in _FOREIGN for letter in word if _is_foreign(letter))


def _is_formula(word: str) -> bool:
    """``μs``, ``λx``, ``αβ``: so few letters, or Greek ones of which none is a double that deceives."""
    return len(word) <= _LONGEST_FORMULA and all(
        letter.lower() in _OF_FORMULAS for letter in word if _is_foreign(letter)
    )
