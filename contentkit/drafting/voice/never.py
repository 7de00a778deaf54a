"""Phrases that a person never uses, and whether a text says them."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from contentkit.patterns import regex

_APART = regex(r"[^\w']+")


@cache
def cliches(language: str) -> tuple[str, ...]:
    """The phrases of announcements that people tire of, in this language; none for one that nobody listed."""
    data = tomllib.loads(Path(__file__).with_name("cliches.toml").read_text(encoding="utf-8"))
    return tuple(data.get(language.partition("-")[0].lower(), ()))


def said(text: str, phrases: Iterable[str]) -> list[str]:
    """Those of the phrases that the text says, in their order: as whole words, whatever the case, accents and punctuation."""
    plain = f" {_plain(text)} "
    return [phrase for phrase in phrases if (words := _phrase(phrase)) and f" {words} " in plain]


def unsaid(texts: Sequence[str], phrases: Iterable[str]) -> list[str]:
    """Those of the phrases that none of the texts says."""
    plain = "\n".join(f" {_plain(text)} " for text in texts)
    return [phrase for phrase in phrases if f" {_plain(phrase)} " not in plain]


@lru_cache(maxsize=1024)
def _phrase(phrase: str) -> str:
    """The same few phrases are looked for in every sentence of a source."""
    return _plain(phrase)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return _APART.sub(" ", "".join(one for one in letters if not unicodedata.combining(one))).strip()
