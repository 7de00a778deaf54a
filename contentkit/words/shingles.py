"""Runs of words: what a text repeats of another one, however it is written.

Words are compared as ``lookalikes.folded`` makes them: no case, no accents, no disguise. A *run* is five of them in a row; of
a shorter text it is the whole. A *gist* is four words in a row that carry meaning, or three where there are no more and one
of them is rare, so that "the lead investor of this Fernwood" repeats "lead investors in our Fernwood". A text is read twice,
with its hyphens between words and within them, so that neither "inves-tor" nor "s e q u o i a" hides anything. Linear time.

Runs are told as hashes with a key of this process (``PYTHONHASHSEED``): what is held in memory shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import accumulate, repeat
from typing import Literal

from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.common_words import is_common
from contentkit.words.lookalikes import folded

WORDS = 5
GIST = 4
_FEWEST_OF_A_GIST = 3
_FEWEST_THAT_TELL = 2

# An apostrophe within a word and the marks within a number do not part it.
_MARK = r"'|(?<=\d)[.,](?=\d)"
_SPLIT = regex(rf"[^\W_]+(?:(?:{_MARK})[^\W_]+)*")
_JOINED = regex(rf"[^\W_]+(?:(?:{_MARK}|-[ \t]{{0,4}}\n?[ \t>*]{{0,8}})[^\W_]+)*")
_SPELT_OUT = 3
_NO_LETTERS = regex(r"[\W_]+")
_IN_A_WORD = regex(r"(?<=[a-z])[01345$7](?=[a-z])")
_LETTER_OF = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
# Words that carry no meaning by themselves. English and Spanish.
_SMALL_WORDS = """
a about after again all also am an and any are as at be because been before being both but by can could did do does
doing dont down each few for from further had has have having he her here hers him his how i id ill im ive if in into is
isnt it its just let lets me more most my no nor not now of off on once only or other our out over own same she should
so some such than that thats the their them then there these they theyre this those through to too under until up us
very was we wed well were weve what when where which while who whom why will with would you youd youll youre youve your
yeah yes um uh oh okay ok really like gonna el la los las de que y en un una es por con para se lo su al del como pero
mas nos fue este esta eso esto esa ese muy ya si o e le les te mi tu sus hay ha han hemos son era ser estar estoy
estamos estan ellos ella yo entre desde hasta sobre tambien
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Words:
    """The words of a text as they are compared, and where each begins and ends in it. Does not show them."""

    plain: list[str] = field(repr=False)
    starts: list[int]
    ends: list[int]


def words_of(text: str) -> Words:
    """The words of a text as it stands."""
    return _words(_SPLIT, *folded(text))


def readings_of(text: str) -> list[Words]:
    """The words of a text; and again, where it is not the same, with hyphens joining and single letters in a row as one word."""
    plain, offsets = folded(text)
    words = _words(_SPLIT, plain, offsets)
    joined = _spelt_out(_words(_JOINED, plain, offsets) if "-" in plain else words)
    return [words] if len(joined.plain) == len(words.plain) else [words, joined]


def _words(pattern: re.Pattern[str], plain: str, offsets: Sequence[int]) -> Words:
    places = [match.span() for match in pattern.finditer(plain)]
    return Words(
        [_plain(plain[start:end]) for start, end in places],
        [offsets[start] for start, _ in places],
        [offsets[end - 1] + 1 for _, end in places],
    )


def _plain(word: str) -> str:
    if word.isalpha() or word.isdecimal():
        return word
    word = _IN_A_WORD.sub(lambda digit: _LETTER_OF[digit[0]], word.removesuffix("'s"))
    return _NO_LETTERS.sub("", word)


def _spelt_out(words: Words) -> Words:
    """The words, three or more single letters in a row as one."""
    plain, starts, ends = words.plain, words.starts, words.ends
    single = [len(word) == 1 and word.isalpha() for word in plain]
    if not any(map(all, zip(*(single[first:] for first in range(_SPELT_OUT)), strict=False))):
        return words
    kept = Words([], [], [])
    at = 0
    while at < len(plain):
        end = at
        while end < len(plain) and single[end]:
            end += 1
        end = end if end - at >= _SPELT_OUT else at + 1
        kept.plain.append("".join(plain[at:end]))
        kept.starts.append(starts[at])
        kept.ends.append(ends[end - 1])
        at = end
    return kept


def singular(word: str) -> str:
    """The word without the ending of a plural."""
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word


def gist_of(words: Words) -> Words:
    """The words that carry meaning, without the endings of plurals."""
    kept = [at for at, word in enumerate(words.plain) if word not in SMALL_WORDS]
    return Words(
        [singular(words.plain[at]) for at in kept],
        [words.starts[at] for at in kept],
        [words.ends[at] for at in kept],
    )


def runs(words: Sequence[str], size: int, kind: str) -> Iterator[int]:
    """The hash of each run of so many words, in order. Hashes of different kinds differ."""
    return map(hash, zip(repeat(kind), *(words[first:] for first in range(size)), strict=False))


Worth = Literal["own", "stock", "little", "stock gist"]


def telling_runs(words: Words, everyday: Mapping[str, bool]) -> Iterator[tuple[int, Worth]]:
    """The runs by which these words would be recognised: five words, or all where there are fewer; and their gists.

    With each, what it is worth: a run of its own has a rare word or a number; a stock one is made of everyday words only, and
    may be said by chance where the topic is the same; too short a one says little. Runs that everybody says ("at the end of
    the") are left out where there are others. ``everyday`` says of each word whether it is one (see ``Everyday``).
    """
    plain = words.plain
    size = min(WORDS, len(plain))
    meant = [word not in SMALL_WORDS for word in plain]
    weights = _sums(meant, size)
    fewest = min(_FEWEST_THAT_TELL, size, max(weights, default=0))
    if fewest or size == WORDS:
        says_enough = size > 2 or (size == 2 and not all(map(is_common, plain)))
        told = runs(plain, size, "run") if size else ()
        common: Worth = "stock" if says_enough else "little"
        telling = _sums([not everyday[word] for word in plain], size)
        for run, weight, own in zip(told, weights, telling, strict=True):
            if weight >= fewest:
                yield run, "own" if own and says_enough else common
    gist = gist_of(words).plain
    rare = [not everyday[word] for word in gist]
    if len(gist) >= GIST:
        kinds: Iterator[Worth] = ("own" if own else "stock gist" for own in _sums(rare, GIST))
        yield from zip(runs(gist, GIST, "gist"), kinds, strict=True)
    elif len(gist) == _FEWEST_OF_A_GIST and size == WORDS and not all(map(is_common, gist)):
        yield from ((run, "own" if any(rare) else "stock gist") for run in runs(gist, _FEWEST_OF_A_GIST, "gist"))


class Everyday(dict[str, bool]):
    """Whether words say nothing by themselves, found out once of each. It knows the words: nobody may keep it."""

    def __missing__(self, word: str) -> bool:
        found = self[word] = is_everyday(word)
        return found


def is_everyday(word: str) -> bool:
    """Whether a word says nothing by itself of who uses it."""
    return word.isdigit() or word in SMALL_WORDS or is_common(word) or is_common(singular(word))


def _sums(marks: Sequence[bool], size: int) -> list[int]:
    """For each run of so many, how many of them are marked."""
    before = [0, *accumulate(marks)]
    return [end - start for start, end in zip(before, before[size:], strict=False)]


def every_run(words: Words) -> Iterator[tuple[int, int, int]]:
    """Every run of one to five words, and every gist: its hash, where it begins and ends in the text."""
    for size in range(1, WORDS + 1):
        yield from zip(runs(words.plain, size, "run"), words.starts, words.ends[size - 1 :], strict=False)
    gist = gist_of(words)
    for size in range(_FEWEST_OF_A_GIST, GIST + 1):
        yield from zip(runs(gist.plain, size, "gist"), gist.starts, gist.ends[size - 1 :], strict=False)
