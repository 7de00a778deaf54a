from __future__ import annotations

import pytest

from contentkit.words.moments import every_moment
from contentkit.words.number_words import spelled_numbers
from contentkit.words.telltales import numbers_told
from contentkit.words.within import even, words_within


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("on 5 Auguſt", ("month", "8")),
        ("in Aprİl", ("month", "4")),
        ("since Mondays", ("weekday", "1")),
        ("laſt weeK", ("relative", "last week")),
        ("en la prımavera", ("season", "spring")),
    ],
)
def test_a_date_in_letters_of_another_case_is_the_date(said: str, key: tuple[str, str]) -> None:
    assert [one for moment in every_moment(said) for one in moment.keys if one == key] == [key]


@pytest.mark.parametrize(("said", "value"), [("twıce", 2.0), ("ſix hundred", 600.0), ("a day and a half", 129600.0)])
def test_a_number_in_letters_of_another_case_is_the_number(said: str, value: float) -> None:
    assert [value for _, _, value, _ in spelled_numbers(said, "en")] == [value]


def test_one_alone_is_no_number() -> None:
    assert not list(spelled_numbers("one of them, and no other one", "en"))


def test_letters_stay_where_they_stand() -> None:
    assert even("Auguſt, weeK") == "August, weeK"
    assert words_within("In May_1, May 2: may") == {"in": [0], "may_1": [3], "may": [10, 17], "2": [14], "#": [14]}
    assert words_within("İ am ſix") == {"i": [0], "am": [2], "six": [5]}


def test_a_number_off_the_record_is_told_in_letters_of_another_case() -> None:
    told = {*numbers_told("it costs ſeven point eİght million")}
    assert told == {*numbers_told("it costs seven point eight million")}
