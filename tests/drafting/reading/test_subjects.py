"""What a source is about, by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.drafting.reading.sections import Sentence, sections_of
from contentkit.drafting.reading.subjects import names_any, subjects_of
from contentkit.drafting.rules import rules_for
from tests.drafting.made import post_of

ENGLISH, SPANISH = rules_for("en"), rules_for("es")
HARBOUR = (
    "In winter Lampwright sells by post, and nobody else in town does. The data of the orders stay here.",
    "People ask whether Lampwright repairs old lamps. They call in March, and the Data Office calls in May.",
)


def sentences(*paragraphs: str) -> list[Sentence]:
    return [one for section in sections_of(post_of(*paragraphs), ENGLISH) for one in section.sentences]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # A word with a capital in the title is no name when the text writes it without one.
        ("Selling Lamps by Post at Lampwright", {"lampwright"}),
        ("What March Brought", set()),
        ("How We Keep Our Data", set()),
    ],
)
def test_the_names_of_the_title_that_the_text_says_too_are_what_it_is_about(title: str, expected: set[str]) -> None:
    assert subjects_of(title, sentences(*HARBOUR), ENGLISH) == expected


def test_without_a_name_in_the_title_it_is_the_name_that_most_sentences_say() -> None:
    more = "Last year Lampwright moved. In spring Lampwright opened again, and the mayor came."
    assert subjects_of("By post", sentences(*HARBOUR, more), ENGLISH) == {"lampwright"}


def test_a_name_in_small_letters_is_known_by_the_colon_behind_it() -> None:
    text = "The lampkit counts lamps. We use lampkit daily. Nobody pays for lampkit."
    assert subjects_of("lampkit: count your lamps", sentences(text), ENGLISH) == {"lampkit"}


def test_a_name_before_its_version_is_what_a_release_is_about() -> None:
    text = "Use lampkit twice. Lampkit counts lamps. Lampkit is free."
    assert subjects_of("Lampkit 3.0: fewer lamps", sentences(text), ENGLISH) == {"lampkit"}
    assert subjects_of("What 90 calls taught us", sentences("Nobody says what it taught."), ENGLISH) == frozenset()


def test_the_name_that_a_first_paragraph_begins_with_is_what_a_text_is_about() -> None:
    text = "Lampkit counts lamps, and Ana wrote it. We say that Ana likes Lampkit. Ask Ana. People use Lampkit."
    assert subjects_of("We deleted a button", sentences("In spring we began.", text), ENGLISH) == {"lampkit"}


def test_no_text_is_about_somebody_for_being_called_by_a_first_name() -> None:
    assert subjects_of("", sentences("We saw Ana. Then Ana left. Nobody saw Ana again."), ENGLISH) == frozenset()


def test_a_text_that_names_nobody_is_about_nobody() -> None:
    assert (
        subjects_of("Lamps", sentences("Nobody buys lamps in spring. People wait for autumn."), ENGLISH) == frozenset()
    )


def test_a_name_is_found_whatever_its_case_and_with_a_genitive() -> None:
    assert names_any("LAMPWRIGHT\u2019s lamps", {"lampwright"})
    assert not names_any("Lampwrights of old", {"lampwright"})


@pytest.mark.parametrize("piece", ["a", "aB.", "A", "a/", "A-", "'"])
def test_a_million_letters_are_read_at_once(piece: str) -> None:
    word = "B" + piece * (1_000_000 // len(piece)) + "-/"
    assert subjects_of(word, [replace(sentences("We met twice.")[0], text=f"We met {word}")], ENGLISH) == frozenset()
