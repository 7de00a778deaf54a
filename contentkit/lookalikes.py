"""Letters that look alike, as one: what two texts have in common however one of them was disguised.

One case, no accents, no characters that nobody sees, one kind of space, dash and apostrophe; full width, small capitals,
mathematical letters and the Cyrillic, Greek, Armenian and Cherokee doubles of Latin letters as Latin ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+")
# Control characters that are no white space; rare in ASCII, which otherwise needs its case changed only.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
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
    for at, character in _plain(text):
        pieces.append(character)
        offsets += [at] * len(character)
    return "".join(pieces), [*offsets, len(text)]


def _plain(text: str) -> Iterator[tuple[int, str]]:
    end = 0
    for word in _LETTERS.finditer(text):
        yield from ((end + at, _sign(sign)) for at, sign in enumerate(text[end : word.start()]))
        plain = _double if _is_disguised(word[0]) else _letter
        yield from ((word.start() + at, plain(letter)) for at, letter in enumerate(word[0]))
        end = word.end()
    yield from ((end + at, _sign(sign)) for at, sign in enumerate(text[end:]))


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
