"""Figures that a source has, and that are yet not what a post says: of another day, of another unit, there by chance."""

from __future__ import annotations

import pytest

from tests.checks.notes import checked, found, note


def wrong(source: str, said: str, language: str = "en") -> list[str]:
    """The words of a one-post draft on this source that are said to be no fact of it."""
    problems = checked(note(*source.split("\n"), language=language), said, language=language)
    return [each.words for each in problems if each.severity == "error" and each.check < "CK220"]


def doubted(source: str, said: str, language: str = "en") -> list[tuple[str, str]]:
    """Everything that is found of its facts."""
    problems = checked(note(*source.split("\n"), language=language), said, language=language)
    return [each for each in found(problems) if each[0] < "CK220"]


@pytest.mark.parametrize(
    ("language", "source", "true", "false", "words"),
    [
        (
            "en",
            "On 14 July we moved. Eleven chapels use it.",
            "Eleven chapels use it.",
            "Fourteen chapels use it.",
            "Fourteen",
        ),
        (
            "es",
            "Lo usan 90 escuelas de cinco provincias.",
            "90 escuelas de cinco provincias.",
            "90 escuelas de quince provincias.",
            "quince",
        ),
        (
            "en",
            "Most could not read sea charts (14) and move their columns (9).",
            "For 14 it's reading sea charts.",
            "For 9 it's reading sea charts.",
            "9",
        ),
        (
            "en",
            "I was a ferry pilot for six years. I left in 2014. We began in 2017.",
            "I was a ferry pilot for six years.",
            "I was a ferry pilot for three years.",
            "three years",
        ),
        (
            "en",
            "They got a contract with five working days.",
            "Five working days.",
            "Five working weeks.",
            "Five working weeks",
        ),
        ("en", "The rent is £300 a month after that.", "£300 each month.", "£300 each year.", "£300"),
        ("es", "Cuesta 27 euros más al mes.", "Son 27 euros más cada mes.", "Son 27 euros más cada año.", "27 euros"),
        (
            "es",
            "Un taller para un máximo de 20 personas.",
            "Hay sitio para 20 personas como mucho.",
            "Hay sitio para 20 personas por lo menos.",
            "20",
        ),
        (
            "en",
            "98% of alerts arrive within 5 minutes. Before, it took 12 hours.",
            "98% arrive within 5 minutes.",
            "More than 99% of alerts arrive within 5 minutes.",
            "99%",
        ),
        (
            "en",
            "40 people came, 19 of them for the first time.",
            "Nearly half of the 40 came for the first time.",
            "More than half of the 40 came for the first time.",
            "half",
        ),
    ],
)
def test_a_figure_that_only_looks_like_one_of_the_source_is_an_error(
    language: str, source: str, true: str, false: str, words: str
) -> None:
    assert doubted(source, true, language) == []
    assert words in wrong(source, false, language)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("The dough had to go from 61 percent water to 70.", "Nine points more water, from 61 to 70 percent."),
        ("Lending takes 30 seconds, after 75.", "Lending takes less than half as long: 30 seconds."),
        ("21:05: The pumps stop.", "At 21:05 the pumps stopped."),
        ("It took us two hours.", "Two full hours it took us."),
    ],
)
def test_the_same_figure_in_another_form_is_none(source: str, said: str) -> None:
    assert doubted(source, said) == []
