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
        ("en", "A bag is €85 a tonne, wet.", "They get €85 per tonne, wet.", "They get €85 per kilo, wet.", "€85"),
        ("en", "It cost 420 euros per ship.", "It was €420 a ship.", "It was €420 in all.", "€420"),
        ("en", "We have 731 answers.", "More than 700 answers.", "Nearly 800 answers.", "800"),
        (
            "en",
            "Out since Monday (17 August). It was announced for the 3rd. The list was open for a week.",
            "It came two weeks late, on Monday.",
            "It came three weeks late, on Monday.",
            "three weeks",
        ),
        (
            "en",
            "The last version that runs on old phones is 2.4.1. This is 2.5.1, with dark mode.",
            "On an old phone? Stay on 2.4.1, the last version that runs there.",
            "On an old phone? Stay on 2.5.1, the last version that runs there.",
            "2.5.1",
        ),
    ],
)
def test_a_figure_that_only_looks_like_one_of_the_source_is_an_error(
    language: str, source: str, true: str, false: str, words: str
) -> None:
    assert doubted(source, true, language) == []
    assert words in wrong(source, false, language)


@pytest.mark.parametrize(
    ("language", "source", "true", "false", "words"),
    [
        (
            "en",
            "Most could not read sea charts (14) and move their columns (9).",
            "For 14 it's reading sea charts.",
            "For 9 it's reading sea charts.",
            "9",
        ),
        (
            "en",
            "Between 9 and 11 tonnes a month.",
            "9 to 11 tonnes a month.",
            "11 tonnes a month and more.",
            "11 tonnes",
        ),
    ],
)
def test_another_bound_and_exchanged_figures_are_a_warning(
    language: str, source: str, true: str, false: str, words: str
) -> None:
    assert doubted(source, true, language) == []
    assert words in [told for _, told in doubted(source, false, language)]
    assert wrong(source, false, language) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("The dough had to go from 61 percent water to 70.", "Nine points more water, from 61 to 70 percent."),
        ("Lending takes 30 seconds, after 75.", "Lending takes less than half as long: 30 seconds."),
        ("21:05: The pumps stop.", "At 21:05 the pumps stopped."),
        ("It took us two hours.", "Two full hours it took us."),
        ("Of the wrong cells two thirds were red, one third was not.", "A third of the wrong cells was not red."),
        ("We believe that we can halve the time.", "It might take half the time, we believe."),
        (
            "The first lasted nine hours.\n\nThis one takes between 26 and 30.",
            "It lasts three times as long: 26 hours and more.",
        ),
        (
            "With the old one 21 per cent came back.\n\nWith the new one it is 6.",
            "15 points fewer came back: 6 after 21 per cent.",
        ),
        ("16:20: 3.8 goes out.\n\n20:15: We roll it back.", "Not four hours later it was rolled back."),
        ("We lost 130 jars in the first week.\n\nIt was nearer 150.", "We lost 150 jars in the first week."),
        ("The gate needs two people.\n\nThe water board has 311 gauges.", "Same water board, two storms."),
    ],
)
def test_the_same_figure_in_another_form_is_none(source: str, said: str) -> None:
    assert doubted(source, said) == []


def test_a_figure_of_lines_that_are_not_cited_is_an_error_where_the_cited_ones_have_another() -> None:
    source = note("The stones cost six times that.", "", "The flour costs twice as much.")
    said = "Getting the stones back in shape was twice as much."
    assert [(each.severity, each.words) for each in checked(source, said, 1, 1) if each.check == "CK211"] == [
        ("error", "twice")
    ]
    assert [each for each in found(checked(source, "The stones? Six times as much.", 1, 1)) if each[0] < "CK220"] == []


def test_the_version_that_was_named_last_is_the_one_that_is_spoken_of() -> None:
    source = note("We discussed 2.1.", "", "It does not have the calendar.", "", "Version 2.2 will.")
    assert [each for each in found(checked(source, "2.1 won't have the calendar.", 3, 3)) if each[0] == "CK202"] == []


def test_a_number_that_may_follow_in_a_way_not_known_here_is_a_warning() -> None:
    source = note("La parte nueva necesita 5 vatios; la de antes, 20 vatios.", language="es")
    for said, severities in (
        ("Con la cuarta parte le basta: 5 vatios en lugar de 20.", []),
        ("Con la mitad le basta: 5 vatios en lugar de 20.", ["warning"]),
    ):
        problems = checked(source, said, language="es")
        assert [each.severity for each in problems if each.check == "CK201"] == severities


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("35 packages are in, and 17 are in review.", "52 packages: 35 are in, 17 in review."),
        (
            "We had 2,000 customers and about $600,000 in revenue.",
            "2,000 customers, $600k in revenue: $300 a customer.",
        ),
        ("It is from May 15th to 23rd in Leuven.", "Nine days in Leuven, from 15 to 23 May."),
        ("We plan no farther ahead than one year. Some of it is six months out.", "We plan 12 months ahead."),
        ("I have 11 reports, and books say 7 is the maximum.", "I have 11 reports. Seven at most, say the books."),
        ("I took the exam in the summer and began that fall.", "The exam in summer, and I began in the autumn."),
    ],
)
def test_what_faithful_writers_do_with_figures_is_none(source: str, said: str) -> None:
    assert doubted(source, said) == []


def test_only_the_contrary_bound_is_an_error() -> None:
    said = "Up to 40 people may come."
    for source, severity in (
        ("There is room for 40 people.", []),
        ("More than 40 people came.", ["error"]),
        ("40 came.", ["warning"]),
    ):
        assert [each.severity for each in checked(note(source), said) if each.check == "CK214"] == severity


def test_no_number_is_read_across_a_version() -> None:
    assert doubted("twelve v2.3.1 hundred", "twelve v2.3.1 hundred") == []


def test_a_version_of_something_is_no_share() -> None:
    source = note("Version 2.3 of the lock's software is said to mend it.")

    assert found(checked(source, "Version 2.3 should cure our door.")) == []
    assert found(checked(source, "Version 2.4 should cure our door.")) == [("CK201", "2.4")]


@pytest.mark.parametrize(
    ("said", "words"), [("It is in version 5 of our signs.", []), ("It is in version 6 of our signs.", ["6"])]
)
def test_a_version_of_a_thing_is_looked_up_as_one(said: str, words: list[str]) -> None:
    assert wrong("His trick needs half the power, and it is in our version 5.", said) == words
