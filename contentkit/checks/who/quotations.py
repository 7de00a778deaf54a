"""Quotations must be the source's words. Hesitations that were cleaned, typographic marks and spaces do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.patterns import regex
from contentkit.text import sentences
from contentkit.values import dataclass
from contentkit.words.reported import reported

SHORTEST = 3
_MARKED = (
    regex(r"“([^“”]*)”"),
    regex(r"«([^«»]*)»"),
    regex(r"„([^„“”]*)[“”]"),
    regex(r"(?<!\w)‘([^‘\n]*?)’(?!\w)"),
    regex(r'(?<![\w"])"(?=\S)([^"]*?)(?<=\S)"(?!\w)'),
)
_LEFT_OUT = regex(r"\[?(?:…|\.{3,})\]?|\[[^\[\]]{0,40}\]")
_SPOKEN_WORD = regex(r"[^\W_]+(?:['’.,][^\W_]+)*|[$€£%]")
_HESITATION = frozenset(("um", "uh", "uhm", "umm", "uhh", "er", "erm", "hmm", "hm", "eh", "ehm"))
# "According to Ana", "in her words": so few words as one are somebody's then.
_CREDITS = regex(r"\b(?:according to|seg[uú]n|in (?:her|his|their) words|en palabras de)\b[^.!?\n]{0,80}$", re.I)
_CREDITED = 100
_ASIDES = regex(r"[,—–-]\s*(?:you know|i mean|like|o sea|digamos)\s*(?=[,—–-])", re.I)


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """Words in quotation marks: where they stand, and the runs of words that must each be the source's.

    ``has_gaps`` when the quotation itself says that words are left out: […].
    """

    start: int
    words: str
    runs: tuple[str, ...]
    has_gaps: bool


def quotations(text: str) -> Iterator[Quotation]:
    """The quotations of at least three words, in order of their kind of marks; beside a verb of speech also shorter ones."""
    taken: set[int] = set()
    for pattern in _MARKED:
        for match in pattern.finditer(text):
            quotation = _quotation(match.start(), match[0], match[1])
            is_long = sum(run.count(" ") + 1 for run in quotation.runs) >= SHORTEST
            if is_long or (quotation.runs and _CREDITS.search(text[max(0, match.start() - _CREDITED) : match.start()])):
                taken.add(match.start())
                yield quotation
    for start, end, words in reported(text):
        quotation = _quotation(start, text[start:end], words)
        if start not in taken and quotation.runs:
            yield quotation


def _quotation(start: int, words: str, quoted: str) -> Quotation:
    runs = tuple(run for run in _runs(quoted) if run)
    return Quotation(start=start, words=words, runs=runs, has_gaps=bool(_LEFT_OUT.search(quoted)))


def _runs(quoted: str) -> Iterator[str]:
    """What stands between ellipses, sentence by sentence."""
    for piece in _LEFT_OUT.split(quoted):
        for line in piece.split("\n"):
            for start, end in sentences(line):
                yield spoken(line[start:end])


def spoken(text: str) -> str:
    """The words of a text in one case, separated by one space; hesitations and stammered words said once are gone."""
    said: list[str] = []
    for word in _SPOKEN_WORD.findall(_ASIDES.sub("", text)):
        plain = word.replace("’", "'").casefold()
        if plain not in _HESITATION and (not said or said[-1] != plain):
            said.append(plain)
    return " ".join(said)
