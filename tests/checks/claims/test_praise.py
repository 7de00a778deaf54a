"""Superlatives that the source has in some way, and not as the post's own."""

from __future__ import annotations

import pytest

from tests.checks.claims.claiming import claimed


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (
            "Ana told me it is the best bread of the valley. | Ana is kind.",
            "We bake the best bread of the valley.",
            "en",
        ),
        ("Are you the first to bake with rye? | Others did before us.", "We are the first to bake with rye.", "en"),
        ("Our oven bakes 40 loaves an hour.", "Our oven: nobody bakes loaves faster.", "en"),
        ("It is the largest oven since 2019.", "We never had an oven this large.", "en"),
        ("Mucha gente dice que es el mejor pan del valle.", "Es el mejor pan del valle.", "es"),
        ("El horno cuece 40 panes por hora.", "Nuestro horno: nadie cuece panes mejor.", "es"),
    ],
)
def test_praise_that_the_source_does_not_give_itself_is_a_warning(source: str, said: str, language: str) -> None:
    assert ("CK220", "warning") in claimed(source, said, language)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("Ana told me it is the best bread of the valley.", "Ana says it's the best bread of the valley.", "en"),
        ("It is the best bread of the valley.", "The best bread of the valley.", "en"),
        ("Are you the first to bake with rye? | Others did before us.", "The first to bake with rye? Not us.", "en"),
        ("Our oven is the fastest of the valley.", "No oven of the valley is faster.", "en"),
        ("It is the largest oven since 2019.", "Since 2019 we never had an oven this large.", "en"),
        ("Es el horno más rápido del valle.", "Ningún horno del valle es más rápido.", "es"),
    ],
)
def test_praise_of_the_source_is_fine(source: str, said: str, language: str) -> None:
    assert [check for check, _ in claimed(source, said, language) if check == "CK220"] == []
