from __future__ import annotations

import pytest

from tests.checks.claims.claiming import claimed, found

OVENS = "The clay oven is slower than the steel one. A loaf takes 50 minutes in clay and 35 in steel."
HORNOS = "El horno de barro es más lento que el de acero. Un pan tarda 50 minutos en el de barro y 35 en el de acero."


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (OVENS, "The clay oven is faster than the steel one.", "en"),
        ("Attendance fell at the spring market.", "At the spring market attendance rose.", "en"),
        ("The bakery sold over 50 loaves.", "The bakery sold under 50 loaves.", "en"),
        ("The oven was measured in tests at the bakery.", "The oven was measured in production at the bakery.", "en"),
        (HORNOS, "El horno de barro es más rápido que el de acero.", "es"),
    ],
)
def test_the_contrary_word_is_found(source: str, said: str, language: str) -> None:
    assert found(source, said, language) == ["CK223"]


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (OVENS, "A loaf takes 35 minutes in clay. The steel oven needs 50.", "en"),
        ("Baking went from 50 minutes to 35.", "Baking takes 50 minutes now, it used to take 35.", "en"),
        (
            "Before the new flue it took 50 minutes to bake. Now it is 35.",
            "Baking took 35 minutes before, and now takes 50.",
            "en",
        ),
        (HORNOS, "Un pan tarda 35 minutos en el horno de barro. En el de acero, 50.", "es"),
    ],
)
def test_two_figures_that_changed_places_are_found(source: str, said: str, language: str) -> None:
    assert "CK223" in found(source, said, language)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (OVENS, "Clay is slower: a loaf takes 50 minutes there, 35 in steel.", "en"),
        (OVENS, "35 minutes a loaf in steel. Clay needs 50.", "en"),
        ("Baking went from 50 minutes to 35.", "Baking now takes 35 minutes, down from 50.", "en"),
        ("Of the 41 loaves 37 were sold.", "37 loaves sold, of 41.", "en"),
        (HORNOS, "En acero, 35 minutos por pan; en barro, 50.", "es"),
        ("We have seen over 50 ovens, and look at 17.", "We have seen more than 50 ovens, 17 are under review.", "en"),
    ],
)
def test_the_same_comparison_in_another_order_is_fine(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Cerrar el año de 40 pisos, en 8 segundos. Hasta la 6 eran 90, con cada recibo.", []),
        ("Ahora son 90 segundos. Antes eran 8.", [("CK223", "warning")]),
    ],
)
def test_then_of_the_one_is_now_of_the_other(said: str, expected: list[tuple[str, str]]) -> None:
    source = "Cerrar el año de 40 pisos llevaba 90 segundos y ahora 8. Era por cada recibo."

    assert claimed(source, said, "es") == expected
