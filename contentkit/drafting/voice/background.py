"""How other people write: figures of many authors together, and not a sentence of anybody's.

``backgrounds/<language>.toml`` says how common marks, lengths of sentences, everyday words and runs of three characters
are. ``benchmarks/voice.py`` measures one from a folder of posts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files

from contentkit.drafting.voice.habits import undressed
from contentkit.patterns import regex
from contentkit.values import dataclass

MEASURED = ("en",)
# The longest sentence of each size, in words; the last size has no end.
SIZES = (4, 8, 12, 16, 20, 26, 34)
# Stands for every word that is not everyday.
OTHERS = "*"
_TOKEN = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_RARE = 0.5


@dataclass(frozen=True, kw_only=True)
class Background:
    """Shares between 0 and 1. ``size`` is the number of words that were counted, ``posts`` and ``authors`` how many.

    ``trigrams`` are runs of three characters of ``shape``; empty where nobody counted them.
    """

    language: str
    authors: int
    posts: int
    size: int
    marks: Mapping[str, float]
    sizes: tuple[float, ...]
    words: Mapping[str, float] = field(repr=False)
    openers: Mapping[str, float] = field(repr=False)
    trigrams: Mapping[str, float] = field(repr=False)

    def word(self, word: str) -> float:
        """How common a word is, of words together; of one that nobody counted: very little."""
        return self.words.get(word, _RARE / self.size)


def size_of(words: int) -> int:
    """The number of the size that a sentence of so many words has."""
    return sum(words > longest for longest in SIZES)


def shape(post: str, everyday: Mapping[str, float]) -> str:
    """The post with a star in the place of each word that is not everyday: its subject is gone, its manner is left."""

    def shown(token: re.Match[str]) -> str:
        word = token[0].lower().replace("’", "'")
        return "0" if word[0].isdigit() else word if word in everyday else OTHERS

    return f"\n{' '.join(_TOKEN.sub(shown, undressed(post)).split())}\n"


def trigrams_of(shaped: str) -> Iterable[str]:
    """Every run of three characters."""
    return (shaped[at : at + 3] for at in range(len(shaped) - 2))


@cache
def background_of(language: str) -> Background | None:
    """The background for a language tag (``es``, ``es-MX``); None where nobody measured one."""
    name = language.lower().replace("_", "-").split("-")[0]
    if name not in MEASURED:
        return None
    place = files(__package__).joinpath("backgrounds", f"{name}.toml")
    return parse_background(place.read_text(encoding="utf-8"))


def parse_background(text: str) -> Background:
    """The background that this TOML holds, as ``benchmarks/voice.py`` writes it."""
    data = tomllib.loads(text)
    return Background(
        language=data["language"],
        authors=data["authors"],
        posts=data["posts"],
        size=data["size"],
        marks={name: share / 1000 for name, share in data["marks"].items()},
        sizes=tuple(share / 1000 for share in data["sizes"]),
        words=_with_others(_shares(data["words"], 100_000)),
        openers=_with_others(_shares(data["openers"], 10_000)),
        trigrams={
            gram.replace("_", " ").replace("¶", "\n"): share for gram, share in _shares(data["trigrams"], 1e6).items()
        },
    )


def _with_others(shares: dict[str, float]) -> dict[str, float]:
    """With what is left for all other words together."""
    return {**shares, OTHERS: max(0.001, 1 - sum(shares.values()))}


def _shares(table: str, whole: float) -> dict[str, float]:
    """From ``the 512 of 233``."""
    pieces = table.split()
    return {word: int(number) / whole for word, number in zip(pieces[::2], pieces[1::2], strict=True)}
