from __future__ import annotations

import pytest

from contentkit.words.quantities import quantities
from tests.checks.notes import checked, found, ids, note


def agree(one: str, other: str, language: str) -> bool:
    first, second = (quantities(text, language) for text in (one, other))
    return len(first) == len(second) == 1 and bool(first[0].readings & second[0].readings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,000 users", "1k users"),
        ("1,000 users", "a thousand users"),
        ("$3.5M", "3.5 million dollars"),
        ("$10", "10 dollars"),
        ("60%", "60 percent"),
        ("twice", "2x"),
        ("double", "two times"),
        ("half of it", "50% of it"),
        ("90 minutes", "an hour and a half"),
        ("90 minutes", "1.5 hours"),
        ("two hours and a half", "150 minutes"),
        ("half a second", "500 ms"),
        ("half a percentage point", "0.5 percentage points"),
        ("two and a half years", "30 months"),
        ("40ms", "0.04 seconds"),
        ("two hundred and twelve thousand rows", "212,000 rows"),
        ("24-hour", "a day"),
        ("4m", "4 minutes"),
        ("4m rows", "4 million rows"),
        ("a dozen eggs", "12 eggs"),
    ],
)
def test_ways_to_say_one_quantity_agree(one: str, other: str) -> None:
    assert agree(one, other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60%", "60 percentage points"),
        ("40 ms", "40 s"),
        ("$10", "€10"),
        ("10 GB", "10 TB"),
        ("1,000 users", "1.000 users"),
        ("3x", "3%"),
        ("10 users", "$10"),
        ("two thirds", "three quarters"),
    ],
)
def test_quantities_that_look_alike_do_not_agree(one: str, other: str) -> None:
    assert not agree(one, other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.000 usuarios", "mil usuarios"),
        ("1,5 segundos", "1.5 segundos"),
        ("el doble", "2 veces"),
        ("treinta y cinco años", "35 años"),
        ("mil quinientos usuarios", "1500 usuarios"),
        ("3 millones de dólares", "$3M"),
        ("la mitad", "50 por ciento"),
        ("hora y media", "90 minutos"),
    ],
)
def test_spanish_quantities_agree(one: str, other: str) -> None:
    assert agree(one, other, "es")


def test_a_range_shares_its_unit() -> None:
    assert [(0.04, "time") in each.readings for each in quantities("from 40 to 25 ms", "en")] == [True, False]


def test_one_and_once_are_no_numbers() -> None:
    assert quantities("One of us did it once, the hard way.", "en") == []


def test_the_same_number_with_another_unit_is_an_error_that_says_so() -> None:
    problems = checked(note("It took 60 ms."), "It took 60%.")
    assert found(problems) == [("CK201", "60%")]
    assert "another unit" in problems[0].message


def test_a_number_from_elsewhere_in_the_source_is_a_warning_with_its_place() -> None:
    problems = checked(note("We lost jobs.", "", "It was 112 of them."), "We lost 112 of them.", 1, 1)
    assert found(problems) == [("CK202", "112")]
    assert "notes/call.md#L3" in problems[0].message


def test_an_unsupported_number_names_the_nearest_line() -> None:
    problems = checked(note("Something else.", "", "The queue lost 112 jobs in one night."), "The queue lost 121 jobs.")
    assert "nearest: notes/call.md#L3" in problems[0].message


def test_numbering_of_lists_and_threads_is_no_claim() -> None:
    assert checked(note("We test. We ship."), "1. We test.\n2) We ship. 2/6") == []


def test_the_version_of_a_name_is_reported_once_with_its_name() -> None:
    assert found(checked(note("TideQueue-2 is out."), "TideQueue-3 is out.")) == [("CK207", "TideQueue-3")]


def test_a_post_in_another_language_is_checked_for_its_digits() -> None:
    source = note("Wir haben 112 Aufträge in der Nacht verloren.")
    assert found(checked(source, "Verloren: 113 Aufträge. Und Peter sah es.", language="de")) == [("CK201", "113")]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It was in April.", "April"),
        ("It was on Feb 4.", "Feb 4"),
        ("It was in 2023.", "2023"),
        ("It was on a Friday.", "Friday"),
        ("It was last month.", "last month"),
        ("It was yesterday.", "yesterday"),
        ("It was at 10:45.", "10:45"),
        ("It was in Q3.", "Q3"),
        ("It was in the summer.", "in the summer"),
    ],
)
def test_a_date_that_the_source_does_not_say_is_an_error(said: str, words: str) -> None:
    source = note("On Tuesday, February 3, 2026 at 10:30, in Q1, this winter.")
    assert ("CK203", words) in found(checked(source, said))


@pytest.mark.parametrize(
    "said", ["It was on 2026-02-03.", "It was on 3 February.", "It was on a Tuesday.", "It was in Feb 2026."]
)
def test_a_full_date_supports_what_it_implies(said: str) -> None:
    assert checked(note("It was on 3 February 2026."), said) == []


def test_a_month_may_stand_beside_the_cited_lines_but_not_further_off() -> None:
    source = note("In May we began.", "", "It was hard.", "", "Nobody slept.")
    assert checked(source, "In May it was hard.", 3, 3) == []
    assert ids(checked(source, "In May nobody slept.", 5, 5)) == ["CK203"]


def test_a_month_that_is_a_verb_is_no_date() -> None:
    assert checked(note("We can march on."), "We may march on.") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("a few dozen messages", "en"), ("several dozen of them", "en"), ("unas cuantas docenas", "es")],
)
def test_a_few_dozen_are_no_number(text: str, language: str) -> None:
    assert quantities(text, language) == []


def test_whoever_is_19_like_somebody_counts_no_likes() -> None:
    assert agree("she was 19 like me", "19 years", "en") is False
    assert quantities("she was 19 like me", "en")[0].agrees_with(quantities("19 years", "en")[0])
