"""Where a text names somebody or something: rows of words with capitals, as ``Mira Okafor``, ``Fundación Siembra``, ``NumPy``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from contentkit.checks.reading.words import COMPOUND, COMPOUND_PARTS, folded, joined
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.common_words import ACRONYMS, is_common
from contentkit.words.given_names import given_names
from contentkit.words.moments import CALENDAR_WORDS

# What a sentence may begin with again: after a colon, a dash, a bullet, an opening quotation mark or bracket.
_OPENS = regex(r"(?:^|\.\.|[:;•·–—→|/*>!?…\"“”«‘(\[]|\s-)\s*['\"“«‘(\[¿¡]*$|^\W*$|^\W*\d{1,2}[.)/]\s*$")
_CALENDAR = CALENDAR_WORDS | frozenset(
    ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
)
_MONTHS_OF_PEOPLE = frozenset(("april", "may", "june", "jun", "jan", "august"))
_CAPITAL = regex(r" [A-ZÀ-Þ][a-zß-ÿ]")
_DATED = regex(
    r"(?:\d(?:th|st|nd|rd)?|\b(?:in|on|of|since|until|by|from|this|last|next|every|late|early|mid))\W*$", re.I
)
# Several rules ask whom a sentence of the post names.
_REMEMBERED = 256
_NO_NAMES = frozenset(("i", "i'm", "i've", "i'd", "i'll"))
# Between the words of one name: "Anneke de Wit", "Universidad de los Andes".
_JOINTS = regex(r" (?:(?:de|del|van|von|der|den|da|do|dos|di) (?:(?:la|los|las|der|den) )?)?")

_IS = regex(r"\s(?:is|was|are|were|has|had|did|does|will|can)(?!\w)")
_PLACE = regex(r"(?<!\w)(?:in|at|near|en|desde)\s(?:the\s|el\s|la\s)?$", re.I)

_POSSESSIVE, _PARTS = regex(r"['’]s$"), regex(r"[-‑.'’]")
# What people do, behind a name: "Rui built", "Solveig, who".
_DOES = regex(
    r",?\s(?:who|whose|says?|said|tells|told|writes|wrote|asks|asked|thinks|thought|wants|wanted|joins|joined|builds|built|found|drew"
    r"|reads|took|helps|helped|led|leads|fixed|answered|reported|suggested|decided|left|hosts|and\sI|quien|que\sse|dice|dijo|contó"
    r"|cuenta|escribió|explica|explicó|pregunta|preguntó|hizo|propuso|avisó|cambió|dejó|entró|pidió|quiere|calcula|y\syo)(?!\w)"
)


@dataclass(frozen=True, kw_only=True)
class Called:
    """A name where it stands, as it is written without a possessive's ending. ``words`` are folded.

    ``opens`` when its first capital may be due to where it stands, ``fits_person`` when each of its words has one capital, at its
    beginning, and it is not where something happens: "in Pune".
    """

    start: int
    end: int
    words: tuple[str, ...]
    opens: bool
    fits_person: bool
    written: str

    @classmethod
    def odd(cls, start: int, word: str) -> Called:
        """A name that is written as no other word is: ``log4j``."""
        return cls(
            start=start, end=start + len(word), words=(joined(word),), opens=False, fits_person=False, written=word
        )

    @property
    def key(self) -> frozenset[str]:
        return frozenset(self.words)


@lru_cache(maxsize=_REMEMBERED)
def called(text: str, known: frozenset[str] = frozenset()) -> Sequence[Called]:
    """The names of a sentence, in order. ``known`` are folded words that are names wherever they have a capital."""
    found: list[Called] = []
    for one in _named(text, known):
        before = found[-1] if found else None
        if before and _goes_on(text, before, one, known):
            found[-1] = _together(text, before, one)
        else:
            found.append(one)
    return tuple(found)


def is_sure(name: Called, known: Collection[str]) -> bool:
    """Whether it is a name wherever it stands: known as one, a first name, or with a capital that no opening asks for."""
    return any(word in known for word in name.words) or not name.fits_person or name.written.split()[0] in given_names()


def tells_of_person(text: str, name: Called) -> bool:
    """Whether a text goes on behind a name as it does behind a person's."""
    return bool(_DOES.match(text, name.end))


def may_be_name(text: str, name: Called, known: Collection[str]) -> bool:
    """Whether more than an opening asks for its capital, or what stands behind it does."""
    if not name.opens or len(name.words) > 1 or is_sure(name, known):
        return True
    return tells_of_person(text, name) or bool(_IS.match(text, name.end)) or name.end - name.start > len(name.written)


def opens_at(text: str, at: int) -> bool:
    """Whether a word that stands here has a capital in any case."""
    return bool(_OPENS.search(text, max(0, at - 6), at))


def _named(text: str, known: Collection[str]) -> Iterator[Called]:
    """The words of names, one by one."""
    for match in COMPOUND.finditer(text):
        if match[0].islower() or _is_date(text, match):
            continue
        opens = opens_at(text, match.start())
        if _is_name(match[0], known, opens=opens):
            written = _POSSESSIVE.sub("", match[0])
            fits_person = all(part[0].isupper() and part[1:].islower() for part in _PARTS.split(written) if part)
            yield Called(
                start=match.start(),
                end=match.end(),
                words=(joined(match[0]),),
                opens=opens,
                fits_person=fits_person and not _PLACE.search(text, max(0, match.start() - 12), match.start()),
                written=written,
            )


def _is_date(text: str, word: re.Match[str]) -> bool:
    """Whether a word is of a date; a month may be a first name, as in "April Johnson", where nothing dates it."""
    plain = word[0].casefold()
    if plain not in _CALENDAR:
        return False
    is_first_name = plain in _MONTHS_OF_PEOPLE and _CAPITAL.match(text, word.end())
    return not is_first_name or bool(_DATED.search(text, max(0, word.start() - 10), word.start()))


def _is_name(word: str, known: Collection[str], *, opens: bool) -> bool:
    parts = [part for part in COMPOUND_PARTS.split(word) if part and not part.islower()]
    plain = [folded(part) for part in parts if len(part) > 1]
    if (
        not plain
        or not word[0].isalpha()
        or folded(word) in _NO_NAMES
        or all(part.upper() in ACRONYMS for part in plain)
    ):
        return False
    if joined(word) in known or plain[0] in known or parts[0] in given_names():
        return True
    return not all(is_common(part) for part in plain) if opens or len(plain) > 1 else True


def _goes_on(text: str, before: Called, one: Called, known: Collection[str]) -> bool:
    """Whether two words of names are of one name: a space between them, an initial's stop, "de la".

    A word with a capital because it opens its sentence is none of a known name behind it: "Habla Mira Okafor".
    """
    between = text[before.end : one.start]
    if before.opens and one.words[0] in known and not is_sure(before, known):
        return False
    if between == ". ":
        return len(before.words[-1]) == 1
    if text[before.end - 2 : before.end] in ("'s", "’s"):
        return False
    return between == " " or (len(before.words) == 1 and bool(_JOINTS.fullmatch(between)))


def _together(text: str, before: Called, one: Called) -> Called:
    return Called(
        start=before.start,
        end=one.end,
        words=before.words + one.words,
        opens=before.opens,
        fits_person=before.fits_person and one.fits_person,
        written=text[before.start : one.start] + one.written,
    )
