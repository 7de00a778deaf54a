"""Versions of software in a text: 2.3.1, v2, "version 7", "Python 3.10". 3.1 is not 3.10; 3 and 3.0 are one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.common_words import is_common
from contentkit.words.quantities import quantities

# Numbers with two dots or more are versions wherever they stand; a lone decimal where nothing follows that it measures.
_DOTTED = regex(
    r"(?<![\w,$€£¥+/=-])(?<![\w]\.)(?P<mark>v\.?\s?)?(?P<number>\d{1,4}(?:\.\d{1,4}){1,3})(?P<stage>-?(?:rc|alpha|beta|dev|pre|a|b)[.\-]?\d*)?"
    r"(?![\w%‰°]|[.,]\d|[.,-][^\W\d_])",
    re.I,
)
_NAMED = regex(r"(?<!\w)(?:version|versión|versiones|versions|v)\.?\s?(?P<number>\d{1,4})(?![\w%]|[.,]\d)", re.I)
_BEHIND_A_NAME = regex(
    r"(?<!\w)(?P<name>[A-ZÀ-Þ][^\W\d_]{2,30})\s(?P<number>\d{1,3})(?![\w%:/-]|[.,]\d|\s\d{3}(?!\d))(?=[\s.,;:!?)]|$)"
)
# What stands before a decimal that is a version: a name, "since", the beginning of a sentence.
_CUE = regex(
    r"(?:^|[(:;.!?\n]\s*|(?<!\w)(?:[A-ZÀ-Þ][\w.-]*|(?i:versions?|versi[oó]n(?:es)?|release|el|la|las|in|since|until|before|after|on|with|for|"
    r"desde|hasta|con|en|antes\s+de|tras|and|y|to|from|of)),?\s+)$"
)
_NAME = regex(
    r"(?<!\w)(?!(?:From|In|Since|On|At|With|To|Of|And|The|After|Before|Desde|En|Con|De|Y|La|Las|Tras)\s)[A-ZÀ-Þ][\w.-]*\s+$"
)
# "Version 2.3 of the lock's software" is no share.
_CALLED = regex(r"(?<!\w)(?:versions?|versi[oó]n(?:es)?|release)\s+$", re.I)
_LONGEST_CUE = 40
# A sentence is asked for its versions, and again for its numbers without them.
_REMEMBERED = 256
_DECIMAL, _UNMEASURED = regex(r"\d+\.\d+"), frozenset(("any", "count"))
_MEASURED = regex(
    r"[\s\u00a0]?(?:%|[$€£]|(?:k|m|x|ms|µs|s|h|min|mb|gb|tb|kb|mil|million|millones|billion|percent|per cent|"
    r"por ciento|points?|puntos?|times|veces|"
    r"seconds?|segundos?|minutes?|minutos?|hours?|horas?|days?|días?|weeks?|semanas?|months?|meses|years?|años|euros?|dollars?|dólares|pesos|"
    r"kilom\w+|km|met\w+|megas?|gigas?|kb/s|mb/s|of|out of|sobre|stars?|estrellas?)(?!\w))",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version: where it stands with the ``v`` before it, its number without zeros at its end, its words.

    ``is_certain`` when nothing else can be meant: not for "Mirlo 7", which may be the seventh of seven.
    """

    start: int
    end: int
    number: str
    words: str
    is_certain: bool


def versions(text: str, language: str) -> list[Version]:
    """The versions of a text in order. In Spanish 1.500 is a number."""
    return list(_versions(text, language))


@lru_cache(maxsize=_REMEMBERED)
def _versions(text: str, language: str) -> Sequence[Version]:
    found = sorted(_all(text, language), key=lambda each: (each.start, -each.end))
    kept: list[Version] = []
    for version in found:
        if not kept or version.start >= kept[-1].end:
            kept.append(version)
    doubtful = [each for each in kept if _DECIMAL.fullmatch(each.words) and not _is_named(text, each)]
    measured = _measured(text, language) if doubtful else ()
    return tuple(each for each in kept if each not in doubtful or each.start not in measured)


def _is_named(text: str, version: Version) -> bool:
    """Whether a name stands right before it: "Lumen 2.6, 1.1 GB"."""
    return bool(_NAME.search(text, max(0, version.start - _LONGEST_CUE), version.start))


def _measured(text: str, language: str) -> set[int]:
    """Where numbers with a unit stand, also one that a neighbour lends: "from 0.45 to 0.15 ms"."""
    found = quantities(text, language)
    return {
        each.start
        for each in found
        if not {unit for _, unit in each.readings} <= _UNMEASURED or len({value for value, _ in each.readings}) > 1
    }


def prefixes(number: str) -> list[str]:
    """A version and those that it is one of: 2.3.1, 2.3, 2."""
    parts = number.split(".")
    return list(dict.fromkeys(_plain(".".join(parts[:length])) for length in range(1, len(parts) + 1)))


def without_versions(text: str, found: list[Version]) -> str:
    """The text with these versions blanked out, so that their digits are not read as quantities."""
    pieces, end = [], 0
    for version in found:
        pieces += [text[end : version.start], " " * (version.end - version.start)]
        end = version.end
    return "".join(pieces) + text[end:]


def _all(text: str, language: str) -> Iterator[Version]:
    for match in _DOTTED.finditer(text):
        number = match["number"]
        parts = number.split(".")
        is_certain = bool(match["mark"] or match["stage"]) or len(parts) > 2
        first = max(0, match.start() - _LONGEST_CUE)
        is_certain = is_certain or bool(_CALLED.search(text, first, match.start()))
        if not is_certain and (_MEASURED.match(text, match.end()) or (len(parts[1]) > 2 and language != "en")):
            continue
        is_certain = is_certain or bool(_CUE.search(text, first, match.start()))
        yield _version(text, match.start(), match.end(), number, is_certain=is_certain)
    for match in _NAMED.finditer(text):
        if not match[0][:2].isalpha() and _MEASURED.match(text, match.end()):
            continue
        yield _version(text, match.start("number"), match.end(), match["number"], is_certain=True)
    for match in _BEHIND_A_NAME.finditer(text):
        if is_common(match["name"].lower()) and _MEASURED.match(text, match.end()):
            # "Son 38 euros": no name.
            continue
        yield _version(text, match.start("number"), match.end(), match["number"], is_certain=False)


def _version(text: str, start: int, end: int, number: str, *, is_certain: bool) -> Version:
    return Version(start=start, end=end, number=_plain(number), words=text[start:end], is_certain=is_certain)


def _plain(number: str) -> str:
    while number.endswith(".0"):
        number = number[:-2]
    return number
