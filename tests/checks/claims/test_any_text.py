"""Claims are read in whatever text comes: nothing is found in the source's own sentences, and nothing breaks."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.checks.reading.parsing import parsed
from tests.checks.claims.claiming import claimed

WORDS = """
https://example.org/a?b=1 @mira
we they the a of in may might never not no one only all most every because so than faster slower first best usually think plan
about nearly without didn't isn't? 40 9 twice seven twenty-five 160k → % , . ! ? : ; — ( ) “ ” 'll Ana core tests production
quizá no nunca sin porque todos casi más que el único primero creemos que suele antes después setenta y cuatro ¿ ¡ … é ß 中文
"""
TEXTS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=30).map(" ".join)
LANGUAGES = st.sampled_from(("en", "es"))


def own_sentences_are_fine(text: str, language: str) -> None:
    assert claimed(text, text, language) == []


def any_post_is_read(source: str, said: str, language: str) -> None:
    assert all(check.startswith("CK22") for check, _ in claimed(source, said, language))


def every_word_has_its_place(text: str, language: str) -> None:
    read = parsed(text, language)
    assert len(read.words) == len(read.roots) == len(read.starts) == len(read.clauses) == len(read.sentences)
    assert all(first < second for first, second in zip(read.starts, read.starts[1:], strict=False))
    assert all(text[start].isalnum() or text[start] in "→%$€£" for start in read.starts)
    assert all(0 <= mark.first <= mark.last < len(read.words) for mark in read.marks)


GATE = settings(max_examples=200, deadline=None)
NIGHT = settings(max_examples=50_000, deadline=None)


@GATE
@given(TEXTS, LANGUAGES)
@example("all . most twice isn't? @mira we", "en")
@example(". @mira because", "en")
def test_the_sources_own_sentences_raise_nothing(text: str, language: str) -> None:
    own_sentences_are_fine(text, language)


@GATE
@given(TEXTS, TEXTS, LANGUAGES)
def test_any_post_beside_any_source_is_read(source: str, said: str, language: str) -> None:
    any_post_is_read(source, said, language)


@GATE
@given(st.one_of(TEXTS, st.text(max_size=200)), LANGUAGES)
def test_every_word_keeps_its_place(text: str, language: str) -> None:
    every_word_has_its_place(text, language)


@pytest.mark.nightly
@NIGHT
@given(TEXTS, LANGUAGES)
def test_the_sources_own_sentences_raise_nothing_at_length(text: str, language: str) -> None:
    own_sentences_are_fine(text, language)


@pytest.mark.nightly
@NIGHT
@given(TEXTS, TEXTS, LANGUAGES)
def test_any_post_beside_any_source_is_read_at_length(source: str, said: str, language: str) -> None:
    any_post_is_read(source, said, language)


@pytest.mark.nightly
@NIGHT
@given(st.one_of(TEXTS, st.text(max_size=200)), LANGUAGES)
def test_every_word_keeps_its_place_at_length(text: str, language: str) -> None:
    every_word_has_its_place(text, language)
