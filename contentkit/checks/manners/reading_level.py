"""CK354: how hard a thread is to read. Information, never more: some things are hard to say.

English by Flesch's reading ease (R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948): 206.835 less
1.015 × words to a sentence less 84.6 × syllables to a word. Spanish by Fernández Huerta's ("Medidas sencillas de lecturabilidad",
Consigna 214, 1959): 206.84 less 1.02 × words to a sentence less 60 × syllables to a word. Both run from 0, hard, to 100;
below 30 only scholars read with ease.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from contentkit.checks.findings import Finding, information
from contentkit.checks.manners.prose import prose_of
from contentkit.patterns import regex
from contentkit.text import sentences
from contentkit.values import dataclass

# Of fewer words the formulas say nothing.
_FEWEST = 60
_HARD = 30
_WORD = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Most words of a text are among the commonest of its language.
_REMEMBERED = 4096
_GROUP = regex(r"[aeiouy]+")
# A vowel with an accent has a syllable of its own beside a strong one, and two strong ones have one each.
_SPANISH = regex(r"[iuü]?[aeoáéó][iuyü]?|[íú]|[iuü]+")
_UNHEARD, _LAST_Y = regex(r"qu(?=[eiéí])|gu(?=[eiéí])"), regex(r"y$")
_BREAK = regex(r"\n+")
_SILENT = regex(r"(?<=[^aeiouyl])e$|(?<=[^td])ed$")


@dataclass(frozen=True)
class _Sentence:
    post: int
    start: int
    words: list[str]


def hard_to_read(posts: Sequence[str], language: str) -> Iterator[tuple[int, Finding]]:
    """One finding for the whole thread, where it is hard, at its longest sentence; with the index of that post."""
    if language not in ("en", "es") or sum(len(text.split()) for text in posts) < _FEWEST:
        return
    said = [sentence for index, text in enumerate(posts) for sentence in _sentences(text, index)]
    words = [word for sentence in said for word in sentence.words]
    if len(words) < _FEWEST:
        return
    to_a_sentence = len(words) / len(said)
    to_a_word = sum(syllables(word, language) for word in words) / len(words)
    ease = ease_of(to_a_sentence, to_a_word, language)
    if ease >= _HARD:
        return
    longest = max(said, key=lambda sentence: len(sentence.words))
    scale = "Flesch" if language == "en" else "Fernández Huerta"
    level = f"{max(0, round(ease))} of 100 ({scale})"
    message = f"hard to read: {level}; {to_a_sentence:.0f} words to a sentence, {len(longest.words)} in the longest"
    remedy = "split the longest sentence, or take shorter words"
    yield longest.post, information("CK354", message, words=longest.words[0], at=longest.start, remedy=remedy)


def ease_of(words_to_a_sentence: float, syllables_to_a_word: float, language: str) -> float:
    """The reading ease, from 0 (hard) to 100; texts may lie outside."""
    if language == "es":
        return 206.84 - 1.02 * words_to_a_sentence - 60 * syllables_to_a_word
    return 206.835 - 1.015 * words_to_a_sentence - 84.6 * syllables_to_a_word


@lru_cache(maxsize=_REMEMBERED)
def syllables(word: str, language: str) -> int:
    """How many syllables a word has, as far as its letters tell."""
    letters = word.lower()
    if language == "es":
        heard = _UNHEARD.sub("q", letters)
        return max(1, len(_SPANISH.findall(_LAST_Y.sub("i", heard))))
    return max(1, len(_GROUP.findall(_SILENT.sub("", letters))))


def _sentences(text: str, index: int) -> Iterator[_Sentence]:
    spoken = prose_of(text).spoken
    edges = [0, *(match.end() for match in _BREAK.finditer(spoken)), len(spoken)]
    for begin, end in pairwise(edges):
        line = spoken[begin:end]
        for start, stop in sentences(line):
            found = list(_WORD.finditer(line, start, stop))
            if found:
                yield _Sentence(index, begin + found[0].start(), [match[0] for match in found])
