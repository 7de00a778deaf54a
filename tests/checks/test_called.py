from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.checks.reading.called import called


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We thank Mira Okafor and Rui.", ["Mira Okafor", "Rui"]),
        ("Anneke de Wit, Rosario Buil y José de la Cruz", ["Anneke de Wit", "Rosario Buil", "José de la Cruz"]),
        ("R. Hettinger met J. K. Olsen", ["Hettinger", "Olsen"]),
        ("the Open Foundations Fund pays for NumPy", ["Open Foundations Fund", "NumPy"]),
        ("Nordhav's Piotr Maj", ["Nordhav", "Piotr Maj"]),
        ("In March 2024 we met in Bergen", ["Bergen"]),
        ("Everything is AI-driven, says our CEO.", []),
        ("It grew... And Watchfire bought it", ["Watchfire"]),
        ("Jun Takahara and April Johnson came in May Wong", ["Jun Takahara", "April Johnson", "Wong"]),
        ("On Monday, 4 May, Rui left", ["Rui"]),
    ],
)
def test_a_name_is_a_row_of_words_with_capitals(text: str, names: list[str]) -> None:
    assert [one.written for one in called(text)] == names


def test_a_word_that_opens_a_sentence_is_no_part_of_a_known_name_behind_it() -> None:
    assert [one.written for one in called("Llega Mirlo 7.1", frozenset(["mirlo"]))] == ["Llega", "Mirlo"]


def test_who_is_somewhere_may_be_a_person_and_where_it_is_may_not() -> None:
    assert [(one.written, one.fits_person) for one in called("We met Ilse in Leuven")] == [
        ("Ilse", True),
        ("Leuven", False),
    ]


@given(st.text(alphabet="Ab .-'’\n“:de1", max_size=80))
@settings(max_examples=300, deadline=None)
def test_names_stand_in_order_and_apart(text: str) -> None:
    end = 0
    for one in called(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
