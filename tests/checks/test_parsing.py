from __future__ import annotations

import pytest

from contentkit.checks.reading.lexicon import lexicon
from contentkit.checks.reading.parsing import parsed


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "write wrote written writing writes"),
        ("en", "easy easier easiest easily"),
        ("en", "maintain maintains maintained maintaining maintainer maintainers"),
        ("en", "study studies studied"),
        ("en", "begin began begun starting launched"),
        ("es", "publicar publica publicamos publicaron publicado publicada"),
        ("es", "pierde pierden perdimos perdido"),
        ("es", "rapido rapida rapidos rapidez"),
    ],
)
def test_the_forms_of_a_word_have_one_root(language: str, forms: str) -> None:
    assert len({lexicon(language).root(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "apart"),
    [
        ("en", "production product"),
        ("en", "quite quit"),
        ("en", "comment come"),
        ("es", "version ver"),
        ("es", "produccion producto"),
    ],
)
def test_other_words_keep_a_root_of_their_own(language: str, apart: str) -> None:
    one, other = apart.split()
    assert lexicon(language).root(one) != lexicon(language).root(other)


@pytest.mark.parametrize(
    ("language", "said", "root"),
    [
        ("en", "1,200 users", "#1200"),
        ("en", "nine users", "#9"),
        ("en", "twenty-five users", "#25"),
        ("en", "160k users", "#160000"),
        ("en", "1.5k users", "#1500"),
        ("es", "1.200 usuarios", "#1200"),
        ("es", "setenta y cuatro usuarios", "#74"),
        ("es", "0,7 usuarios", "#0.7"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(language: str, said: str, root: str) -> None:
    assert parsed(said, language).roots[0] == root


@pytest.mark.parametrize(
    ("language", "said", "kinds"),
    [
        ("en", "We may ship it.", {"possible"}),
        ("en", "We shipped it in May.", set()),
        ("en", "Not only that.", set()),
        ("en", "It isn't done.", {"denial"}),
        ("en", "Don't miss it.", set()),
        ("es", "Quizá salga.", {"possible"}),
        ("es", "No solo eso.", set()),
    ],
)
def test_idioms_take_their_words_away_from_the_marks(language: str, said: str, kinds: set[str]) -> None:
    assert {mark.kind for mark in parsed(said, language).marks} == kinds


def test_a_mark_says_something_of_what_stands_behind_it_in_its_clause() -> None:
    read = parsed("We don't water the ferns, but the moss gets tea.", "en")
    [denial] = read.of("denial")
    assert read.behind(denial) == ["water", "fern"]


def test_a_question_and_its_answer_are_known() -> None:
    read = parsed("Is it done? Not yet. The moss is.", "en")
    assert {read.words[number] for number, clause in enumerate(read.clauses) if clause in read.asked} == {
        "is",
        "it",
        "done",
    }
    assert {read.words[number] for number, clause in enumerate(read.clauses) if clause in read.answers} == {
        "not",
        "yet",
    }
