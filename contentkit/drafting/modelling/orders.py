"""Telling sentences that give orders to a language model from those that tell readers something."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import chain

from contentkit.patterns import regex
from contentkit.words.lookalikes import folded

# What a stretch within one sentence may be, and where a sentence or a part of it begins.
_SOMETHING = r".{0,60}?"
_BEGINNING = (
    r"(?:^|(?<=[.:;,!?…>)\]*_\"“”»'|—–-])|(?<=[.:;,!?…>)\]*_\"“”»'|—–-]\s)|\b(?:and|then|und|et|y|e)\s)"
    r"[\s*_>#\"“«'(\[-]{0,8}(?:(?:please|pls|por favor|bitte|s'il (?:te|vous) plait|per favore|prosze|lutfen)[, ]{1,2})?"
)
# Longer texts are looked at piece by piece, each with some of the one before.
_PIECE, _OVERLAP = 2000, 300


def speaks_to_a_model(text: str) -> bool:
    """Whether a text gives orders to a language model, in one of the languages of ``orders.toml``. Linear time."""
    return any(
        _is_order(reading) for reading in ((text.lower(),) if text.isascii() else (text.lower(), folded(text)[0]))
    )


def _is_order(text: str) -> bool:
    plain = re.sub(r"\s+", " ", text)
    starts = range(0, max(1, len(plain) - _OVERLAP), _PIECE - _OVERLAP)
    return any(_orders().search(plain[start : start + _PIECE]) for start in starts)


@cache
def _orders() -> re.Pattern[str]:
    data = tomllib.loads(files(__package__).joinpath("orders.toml").read_text(encoding="utf-8"))
    orders = (re.sub(r"^\^", lambda _: _BEGINNING, order).replace("~", _SOMETHING) for order in chain(*data.values()))
    return regex("|".join(f"(?:{order})" for order in orders))
