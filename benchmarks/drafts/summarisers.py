"""LexRank and TextRank as the library sumy has them: by hand beside the project, never among its requirements.

    pip install --target FOLDER sumy numpy
    PYTHONPATH=FOLDER .venv/bin/python -m benchmarks.drafts ...

Our sentences are given to it, so that nothing is downloaded and all baselines choose among the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.drafts.baselines import Choice
from benchmarks.drafts.words import words

MISSING = "LexRank and TextRank are left out: sumy is not installed (benchmarks/drafts/summarisers.py says how)"
_CLASSES = {"lexrank": ("lex_rank", "LexRankSummarizer"), "textrank": ("text_rank", "TextRankSummarizer")}


class _Words:
    """What sumy asks of a tokenizer."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(words(sentence))


def summarisers(language: str) -> Mapping[str, Choice]:
    """The baselines of sumy by name, with its stop words for this language; none when it is not installed."""
    if not (find_spec("sumy") and find_spec("numpy")):
        return {}
    return {name: partial(_ranked, *where, language) for name, where in _CLASSES.items()}


def _ranked(module: str, name: str, language: str, pool: Sequence[str], number: int) -> Sequence[int]:
    dom = import_module("sumy.models.dom")
    listed = [dom.Sentence(sentence, _Words()) for sentence in pool]
    summariser: Any = getattr(import_module(f"sumy.summarizers.{module}"), name)()
    summariser.stop_words = import_module("sumy.utils").get_stop_words("spanish" if language == "es" else "english")
    chosen = summariser(dom.ObjectDocumentModel([dom.Paragraph(listed)]), number)
    place = {id(sentence): index for index, sentence in enumerate(listed)}
    return [place[id(sentence)] for sentence in chosen]
