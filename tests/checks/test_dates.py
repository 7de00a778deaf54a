from __future__ import annotations

import pytest

from tests.checks.notes import checked, found, note

MEETING = note(
    "Meeting of 12 November 2026",
    "",
    "The freeze is on 8 January, the release on 26 January. The sprint is on 6 and 7 February.",
    "",
    "Downloads in October were 412,000. We have been public since 2019. The call is at 17 hours.",
    "",
    "We tried it in the summer. The server broke early in March.",
)


@pytest.mark.parametrize(
    "said",
    [
        "Last month: 412,000 downloads.",
        "The sprint is on February 6–7.",
        "The release is on 26 January.",
        "The call is at 17:00.",
        "We tried it this summer.",
        "We've been public for seven years.",
        "In March the server broke.",
    ],
)
def test_a_date_may_be_said_otherwise(said: str) -> None:
    assert [each for each in found(checked(MEETING, said)) if each[0] < "CK220"] == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("The freeze is on 26 January.", "26 January"),
        ("The server broke in October.", "October"),
    ],
)
def test_the_date_of_something_else_is_an_error(said: str, words: str) -> None:
    assert ("CK211", words) in found(checked(MEETING, said))


@pytest.mark.parametrize(
    ("said", "words"),
    [("We have been public until 2019.", "2019"), ("The server broke late in March.", "March")],
)
def test_the_other_side_of_a_date_is_an_error(said: str, words: str) -> None:
    assert ("CK216", words) in found(checked(MEETING, said))


@pytest.mark.parametrize("said", ["Hemos sido públicos desde 2019.", "Somos públicos a partir de 2019."])
def test_the_same_side_in_other_words_is_none(said: str) -> None:
    source = note("El proyecto es público desde 2019.", language="es")
    assert [each for each in found(checked(source, said, language="es")) if each[0] == "CK216"] == []


def test_last_month_is_not_this_one() -> None:
    assert ("CK203", "Last month") in found(
        checked(note("Meeting of 12 November 2026. Downloads in May: 12."), "Last month: 12.")
    )


def test_the_season_that_a_source_names_goes_before_that_of_its_months() -> None:
    assert ("CK203", "in the summer") in found(
        checked(note("In February, this winter, it broke."), "It broke in the summer.")
    )
    assert found(checked(note("In June it broke."), "It broke in the summer.")) == []


def test_a_date_from_elsewhere_is_a_warning_where_the_cited_lines_have_none() -> None:
    source = note("In May we began.", "", "It was hard.", "", "Nobody slept.", "", "In June it rained.")
    assert [(each.check, each.severity) for each in checked(source, "In May nobody slept.", 5, 5)] == [
        ("CK203", "warning")
    ]
    assert [(each.check, each.severity) for each in checked(source, "In May it rained.", 7, 7)] == [("CK203", "error")]


@pytest.mark.parametrize(
    ("source", "said", "right"),
    [
        ("The sponsor leaves at the end of the year.", "The sponsor leaves in December.", True),
        ("The sponsor leaves at the end of the year.", "The sponsor leaves in November.", False),
        ("Nerea quiere sacarla después del verano.", "Nerea quiere sacarla pasado el verano.", True),
        ("Nerea quiere sacarla después del verano.", "Nerea quiere sacarla después del invierno.", False),
    ],
)
def test_a_month_and_a_season_may_be_named_in_other_words(source: str, said: str, right: bool) -> None:
    language = "es" if "Nerea" in source else "en"

    assert (found(checked(note(source, language=language), said, language=language)) == []) is right


def test_the_fall_of_a_festival_is_no_season() -> None:
    assert found(checked(note("We meet at the Fall Festival."), "Before the Fall Festival, a look back.")) == []


@pytest.mark.parametrize(
    ("source", "said", "right"),
    [
        ("I released it at ten to five in the afternoon.", "I released it at 4:50 pm.", True),
        ("I released it at ten to five in the afternoon.", "I released it at 5:10 pm.", False),
        ("Calls are a fifth lower than a year ago.", "Calls are a fifth lower than last year.", True),
        ("Calls are a fifth lower than a month ago.", "Calls are a fifth lower than last year.", False),
    ],
)
def test_a_time_may_be_said_in_other_words(source: str, said: str, right: bool) -> None:
    assert (found(checked(note(source), said)) == []) is right


@pytest.mark.parametrize(
    ("source", "said", "right"),
    [
        (
            "On the 3rd of March this year all signs showed Sunday.",
            "Last year, in March, all signs showed Sunday.",
            False,
        ),
        (
            "On the 3rd of March last year all signs showed Sunday.",
            "Last year, in March, all signs showed Sunday.",
            True,
        ),
        ("I worked less in 2020 and left in March 2022.", "In March 2022 I left.", True),
    ],
)
def test_this_year_is_not_the_last(source: str, said: str, right: bool) -> None:
    assert (found(checked(note("Talk of 6 June 2026", "", source), said)) == []) is right


def test_the_month_of_another_line_is_none_where_the_year_has_its_own() -> None:
    source = note("We opened in May.", "", "I worked less in 2020 and left in March 2022.")

    assert found(checked(source, "I left in May 2022.", 3, 3)) == [("CK203", "May 2022")]
    assert found(checked(source, "I left in March 2022.", 3, 3)) == []


@pytest.mark.parametrize(
    ("day", "month", "said", "expected"),
    [
        ("12 November 2026", "October 2025", "Last month the mill turned again.", ["CK203"]),
        ("12 November 2026", "October 2026", "Last month the mill turned again.", []),
        ("12 November 2026", "October", "Last month the mill turned again.", []),
        ("9 January 2026", "December 2025", "Last month the mill turned again.", []),
        ("9 January 2026", "December 2026", "Last month the mill turned again.", ["CK203"]),
        ("9 December 2025", "January 2026", "Next month the mill turned again.", []),
    ],
)
def test_last_month_is_that_of_its_year(day: str, month: str, said: str, expected: list[str]) -> None:
    source = note(f"Notes of {day}", "", f"In {month} the mill turned again.")
    assert [each.check for each in checked(source, said, 3, 3) if each.check == "CK203"] == expected
