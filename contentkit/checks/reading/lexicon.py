"""The words of a language that claims are made of: denials, doubts, superlatives, causes; and what a word's forms have in common.

Data of ``lexicons/en.toml`` and ``lexicons/es.toml``, compiled when a text in that language is first read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from contentkit.checks.reading.words import folded
from contentkit.patterns import regex
from contentkit.values import dataclass

LANGUAGES = ("en", "es")
# What is left of a word without its ending, at the least.
_SHORTEST_ROOT = 3
IDIOM = "idiom"


@dataclass
class Node:
    """One step of a phrase: the words that may follow, and the kinds of mark that it is where it ends here."""

    following: dict[str, Node] = field(default_factory=dict)
    says: frozenset[str] = frozenset()
    stands_for: frozenset[str] = frozenset()


class Lexicon:
    """One language. ``phrases`` is the tree of all phrases, word by word: ``~root``, ``#`` for a number, ``_`` for any word."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        words = tables["words"]
        self.function = frozenset(words["function"].split())
        self.boundaries = frozenset(words["boundaries"].split())
        self.subjects = frozenset(words["subjects"].split())
        self.conditionals = tuple(words["conditionals"].split())
        self._suffixes = sorted(words["suffixes"].split(), key=len, reverse=True)
        self._plurals: tuple[tuple[str, str], ...] = tuple(tables["plurals"].items())
        self._keep = frozenset(words["keep"].split())
        self._numbers = {word: f"#{value}" for value, word in enumerate(tables["numbers"]["words"].split())}
        self._numbers |= {word: f"#{10 * value}" for value, word in enumerate(tables["numbers"]["tens"].split(), 2)}
        self.tens = {word: 10 * value for value, word in enumerate(tables["numbers"]["tens"].split(), 2)}
        self.units_of_tens = {
            word: value for value, word in enumerate(tables["numbers"]["words"].split()[:10]) if value
        }
        self.joins_tens = tables["numbers"]["and"]
        self._irregular: dict[str, str] = {
            form: whole for whole, forms in tables["irregular"].items() for form in forms.split()
        }
        self._same: dict[str, str] = {}
        for group in tables["synonyms"]["groups"].strip().split("\n"):
            first, *others = (self._stripped(word) for word in group.split())
            self._same.update(dict.fromkeys((first, *others), first))
        self.times = {
            word: f"@{when}" for when in ("then", "now", "with", "without") for word in tables["times"][when].split()
        }
        self.joins = frozenset(tables["times"]["joins"].split())
        rows = enumerate(tables["times"]["units"].strip().split("\n"))
        self.units = {self.root(word): row for row, units in rows for word in units.split()}
        self.contrasts = dict(self._contrasting(tables["contrasts"]["rows"]))
        self.before_numbers = frozenset(tables["contrasts"]["before_numbers"].split())
        self.absolutes: tuple[str, ...] = tuple(tables["absolutes"])
        self.answers = {word: kind for kind in ("yes", "no") for word in tables["answers"][kind].split()}
        self.refusals = tuple(phrase.lstrip() for phrase in tables["answers"]["refusals"].replace("\n", " ").split(","))
        # What the ending of "isn't" stands for.
        self.denial = tables["answers"]["denial"]
        self.most = frozenset(tables["superlatives"]["most"].split())
        self.adjectives = tuple(tables["superlatives"]["adjectives"].split())
        self.second = frozenset(tables["superlatives"]["second"].split())
        self.one_of = tuple(tables["superlatives"]["one_of"].split(", "))
        # "Nobody lost less" says who lost least.
        self.compares = frozenset(tables["superlatives"]["compares"].split())
        twos = tables["twos"]
        self.both, self.one, self.other = (frozenset(twos[key].split()) for key in ("both", "one", "other"))
        self.either, self.joint = frozenset(twos["either"].split()), frozenset(twos["joint"].split())
        # "Nobody was faster", "never this big"; "since May" and "so far" limit them.
        self.nothing_else = frozenset(tables["superlatives"]["nothing_else"].split())
        self.so = frozenset(tables["superlatives"]["so"].split())
        self.limits = frozenset(tables["superlatives"]["limits"].split())
        self.gradable = frozenset(tables["superlatives"]["gradable"].split())
        self.articles = frozenset(tables["superlatives"]["articles"].split())
        self._tables = tables

    @cached_property
    def phrases(self) -> Node:
        tree = Node()
        self._plant(tree, self._tables["idioms"]["says"], says=IDIOM)
        for kind, phrases in self._tables["amounts"].items():
            self._plant(tree, phrases, says=kind)
        for kind, table in (*self._tables["marks"].items(), *self._tables["absolutes"].items()):
            self._plant(tree, table["says"], says=kind)
            self._plant(tree, table["stands_for"], stands_for=kind)
        self._plant(tree, self._tables["superlatives"]["supports"], stands_for="most")
        return tree

    @cached_property
    def superlatives(self) -> Mapping[str, str]:
        """``fastest`` to the root of ``fast``; empty for a language that has no such forms."""
        table = self._tables["superlatives"]
        made = {form: self.root(word) for word in table["gradable"].split() for form in _superlative_forms(word)}
        return (
            made
            | {word: self.root(word) for word in table["irregular"].split()}
            | dict.fromkeys(table["same"].split(), "new")
        )

    @cached_property
    def comparatives(self) -> frozenset[str]:
        """``faster``, ``better``."""
        forms = (f"{form.removesuffix('est')}er" for form in self.superlatives if form.endswith("est"))
        return (
            self.compares | frozenset(forms) | frozenset(self._tables["superlatives"]["irregular_comparatives"].split())
        )

    def root(self, word: str) -> str:
        """What the forms of a folded word have in common, of several synonyms the first; ``#9`` for a number."""
        stem = self.stem(word)
        return self._same.get(stem, stem)

    def stem(self, word: str) -> str:
        """What the forms of a folded word have in common; ``#9`` for a number."""
        return self._numbers.get(word) or self._stripped(word)

    def _stripped(self, word: str) -> str:
        word = self._singular(str(self._irregular.get(word, word)))
        word = str(self._irregular.get(word, word))
        if word in self._keep:
            return word
        for suffix in self._suffixes:
            if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_ROOT:
                word = word[: -len(suffix)]
                break
        # "arrived" as "arrives", whose ending is taken for that of "active".
        if word.endswith("iv") and len(word) - 2 >= _SHORTEST_ROOT:
            word = word[:-2]
        if len(word) > _SHORTEST_ROOT and (word[-1] == word[-2] or word[-1] == "i"):
            word = word[:-1]
        return word

    def _singular(self, word: str) -> str:
        if word not in self._keep:
            for ending, instead in self._plurals:
                if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
                    return word[: -len(ending)] + instead
        return word

    def _plant(self, tree: Node, phrases: str, *, says: str = "", stands_for: str = "") -> None:
        for phrase in filter(None, (each.strip() for each in phrases.replace("\n", " ").split(","))):
            node = tree
            for step in phrase.split():
                key = f"~{self.stem(step[1:])}" if step[0] == "~" else step
                node = node.following.setdefault(key, Node())
            node.says |= {says} - {""}
            node.stands_for |= {says, stands_for} - {""}

    def _contrasting(self, rows: str) -> Iterator[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
        """Each word or phrase of a row, with its own side of it and the other."""
        for row in rows.strip().split("\n"):
            one, other = (frozenset(side.split()) for side in row.split("|"))
            yield from ((word, (one, other)) for word in one)
            yield from ((word, (other, one)) for word in other)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of ``en`` or ``es``."""
    text = Path(__file__).with_name("lexicons").joinpath(f"{language}.toml").read_text("utf-8")
    return Lexicon(tomllib.loads(text))


def _superlative_forms(word: str) -> Iterator[str]:
    """``easiest``, ``largest``, ``biggest``, ``fastest``."""
    if word.endswith("y"):
        yield f"{word[:-1]}iest"
    elif word.endswith("e"):
        yield f"{word}st"
    else:
        yield f"{word}est"
        yield f"{word}{word[-1]}est"


_NUMBER = regex(r"\d+(?:[.,]\d+)*")


def number_root(text: str) -> str:
    """``#1200`` for ``1,200`` and ``1.200``; ``#1.5`` for ``1.5``."""
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text)
    return "#" + plain.replace(",", ".")


def plain_word(text: str) -> str:
    return folded(text).removesuffix("'s")
