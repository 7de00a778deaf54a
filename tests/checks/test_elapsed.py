"""When it was: dates put together of two, times of day in words, how long after or before."""

from __future__ import annotations

import pytest

from contentkit.words.moments import moments
from tests.checks.notes import checked, note
from tests.checks.test_figures import doubted, wrong


@pytest.mark.parametrize(
    ("language", "source", "true", "false", "words"),
    [
        (
            "en",
            "Marta leaves at the end of June. The deadline is 12 April.",
            "Marta leaves at the end of June; apply until 12 April.",
            "Marta leaves at the end of April; apply until 12 June.",
            "12 June",
        ),
        (
            "en",
            "It came out this May, the 19th. We began on 3 March with nine people.",
            "It came out on 19 May.",
            "It came out on 3 May.",
            "3 May",
        ),
        (
            "en",
            "In March the grant paid all of us.\n\nIn April we were short of 900 euros.",
            "In March the grant paid all of us. A month later we were 900 euros short.",
            "In March the grant paid all of us. A month earlier we were 900 euros short.",
            "A month",
        ),
        (
            "es",
            "En mayo de 2017 llegó la primera carta.\n\nDesde 2019 Clara lleva la web.",
            "La primera carta llegó en mayo de 2017. Dos años después Clara se hizo cargo de la web.",
            "La primera carta llegó en mayo de 2017. Dos años antes Clara se hizo cargo de la web.",
            "Dos años",
        ),
        (
            "es",
            "11:40. Llama Telavisa.\n\n13:20. Julia manda el documento.\n\n13:35. Sale el primer aviso.",
            "A la una y veinte de la tarde Julia mandó el documento.",
            "Hasta las cuatro no salió el primer aviso.",
            "Hasta las cuatro",
        ),
    ],
)
def test_a_date_that_the_source_does_not_have_so_is_an_error(
    language: str, source: str, true: str, false: str, words: str
) -> None:
    assert doubted(source, true, language) == []
    assert words in wrong(source, false, language)


def test_dates_that_changed_places_are_a_warning() -> None:
    source = note(
        "0.9 is out next week, on the 3rd of December. If nobody finds a bug, it is 1.0 at the fair, on the 30th of January."
    )
    said = "0.9 comes on {}. If nobody finds a bug, it is 1.0 at the fair, on {}."
    assert checked(source, said.format("3 December", "30 January")) == []
    (swapped,) = checked(source, said.format("30 January", "3 December"))
    assert (swapped.check, swapped.severity, swapped.words) == ("CK211", "warning", "30 January")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "The fire was in January 2023. I began to write it in May.",
            "I began in May 2023, four months after the fire in January.",
        ),
        (
            "15 August, 03:10: Theo finds the cause.",
            "It was ten past three in the morning on 15 August when Theo found the cause.",
        ),
        ("The workshop is on 28 and 29 November.", "The workshop begins on 28 November."),
        ("The 17th of the month it was, in June.", "On 17 June it was."),
    ],
)
def test_a_date_that_a_reader_finds_in_the_source_is_none(source: str, said: str) -> None:
    assert doubted(source, said) == []


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("at nine in the morning", {"9:00"}),
        ("half past six", {"6:30", "18:30"}),
        ("a quarter to nine", {"8:45", "20:45"}),
        ("a las siete de la tarde", {"19:00"}),
        ("hasta la una y media.", {"1:30", "13:30"}),
        ("five to eight weeks", set()),
        ("a las cuatro escuelas", set()),
        ("pasar a la 2.8", set()),
        ("one past winner", set()),
    ],
)
def test_a_time_of_day_may_be_said_in_words(said: str, times: set[str]) -> None:
    assert {value for moment in moments(said) for kind, value in moment.keys if kind == "clock"} == times


def test_a_date_of_other_lines_is_a_warning_where_the_post_has_those_of_the_cited_ones() -> None:
    source = note(
        "The fair is in March.", "", "All are welcome.", "", "We have maps.", "", "In May we close the books."
    )
    for said, severity in (
        ("The fair is in March, the books close in May.", "warning"),
        ("The fair is in May.", "error"),
    ):
        problems = checked(source, said, 1, 1)
        assert [each.severity for each in problems if each.check in ("CK203", "CK211")][:1] == [severity]
