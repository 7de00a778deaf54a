from __future__ import annotations

import pytest

from tests.checks.claims.claiming import claimed, found


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("Nearly all choirs sing the anthem by heart.", "All choirs sing the anthem by heart.", "en"),
        ("Most of the choirs sing the anthem by heart.", "All of the choirs sing the anthem by heart.", "en"),
        ("Casi todos los coros cantan el himno de memoria.", "Todos los coros cantan el himno de memoria.", "es"),
    ],
)
def test_some_that_became_all_is_found(source: str, said: str, language: str) -> None:
    assert "CK225" in found(source, said, language)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("Nearly all choirs sing the anthem by heart.", "Almost every choir sings the anthem by heart.", "en"),
        ("Not everybody sings the anthem by heart.", "People don't all sing the anthem by heart.", "en"),
        (
            "One of our four choirs sings the anthem by heart.",
            "Of our four choirs, one sings the anthem by heart.",
            "en",
        ),
        ("Of the 60 singers 18 know the anthem.", "18 of the 60 singers know the anthem.", "en"),
        ("Of the 60 singers 18 know the anthem.", "30% of the 60 singers know the anthem.", "en"),
        ("We wrote to the 41 choirs.", "We wrote to all choirs.", "en"),
        ("We recorded the anthem with one microphone.", "A single microphone recorded the anthem.", "en"),
        ("Casi todos los coros cantan el himno.", "La mayoría de los coros canta el himno.", "es"),
    ],
)
def test_some_that_stay_some_are_fine(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


def test_each_month_counts_nothing_of_the_source() -> None:
    assert claimed("The kiln takes 40 bowls in May.", "Our kiln takes bowls each month.") == []


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("One of our four choirs sings the anthem by heart.", "Our four choirs sing the anthem by heart.", "en"),
        ("Of the 60 singers 18 know the anthem.", "The 60 singers know the anthem.", "en"),
        ("We recorded the anthem with one microphone.", "We recorded the anthem with several microphones.", "en"),
        ("We wrote to the choirs, and six have replied.", "We wrote to the choirs, and all have replied.", "en"),
        ("Uno de nuestros cuatro coros canta el himno.", "Nuestros cuatro coros cantan el himno.", "es"),
        ("On Monday one of our three ovens went cold.", "Our three ovens went cold on Monday.", "en"),
        ("It worked for two of the four bakers who tried.", "It worked for the bakers who tried.", "en"),
        ("El lunes se apagó uno de nuestros tres hornos.", "El lunes se apagaron nuestros tres hornos.", "es"),
    ],
)
def test_a_part_that_became_the_whole_is_a_warning(source: str, said: str, language: str) -> None:
    assert "CK225" in found(source, said, language)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("On Monday one of our three ovens went cold.", "An oven of ours went cold on Monday, one of three."),
        ("Every one of the 40 ovens went cold.", "The ovens went cold."),
        ("It worked for two of the four bakers who tried.", "It worked for half of the bakers."),
    ],
)
def test_some_of_them_may_be_told_in_other_words(source: str, said: str) -> None:
    assert claimed(source, said) == []


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("One oven needs a cellar, the other smokes at night.", "Both ovens need a cellar, and one smokes.", "en"),
        ("Who knows rye or wheat may bake with us.", "Who knows rye and wheat may bake with us.", "en"),
        ("Un horno pide sótano, el otro echa humo; uno de noche.", "Ambos hornos piden sótano de noche.", "es"),
        ("Quien sepa centeno o trigo hornea aquí.", "Quien sepa centeno y trigo hornea aquí.", "es"),
    ],
)
def test_one_or_the_other_is_not_both(source: str, said: str, language: str) -> None:
    assert "CK225" in [check for check, _ in claimed(source, said, language)]


def test_both_of_the_source_are_fine() -> None:
    assert claimed("Both ovens smoke, one at night, the other at noon.", "Both ovens smoke.") == []
    assert claimed("Who knows rye and wheat may bake with us.", "Who knows wheat and rye may bake.") == []


def test_each_of_them_is_all_of_them() -> None:
    assert claimed("We gave each of the 133 a month, and 3,100 pounds in all.", "133 shops got a month.") == []
