from __future__ import annotations

import pytest

from tests.checks.claims.claiming import claimed

RIVER = "The river path was closed in March. Volunteers painted the benches in April."
RIO = "El camino del río cerró en marzo. Unos voluntarios pintaron los bancos en abril."
FLOOD = "The river path was closed because the bank had slipped."


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (RIVER, "The river path was closed in March because volunteers painted the benches.", "en"),
        (FLOOD, "The river path was closed because bats were nesting under the bridge.", "en"),
        (RIO, "El camino del río cerró en marzo porque unos voluntarios pintaron los bancos.", "es"),
    ],
)
def test_a_reason_that_the_source_does_not_give_is_found(source: str, said: str, language: str) -> None:
    assert ("CK224", "warning") in claimed(source, said, language)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (FLOOD, "Why was the river path closed? Because the bank slipped.", "en"),
        (FLOOD, "The bank had slipped. That's why the river path was closed.", "en"),
        ("The bank slipped, so we closed the river path.", "We closed the river path because the bank slipped.", "en"),
        ("Volunteers painted the benches.", "The benches are painted. Thanks to everybody!", "en"),
        (
            "Cerramos el camino: la orilla se hundió por la lluvia.",
            "Cerramos el camino porque la orilla se hundió.",
            "es",
        ),
    ],
)
def test_a_reason_of_the_source_is_fine(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


def test_a_reason_that_is_only_asked_for_is_not_given() -> None:
    assert claimed(RIVER, "Was the river path closed because volunteers painted the benches? We don't know.") == []


def test_a_reason_that_somebody_guesses_is_not_given_firmly() -> None:
    source = "The path floods every spring. We think it is because the drain is old."
    assert ("CK224", "warning") in claimed(source, "The path floods every spring because the drain is old.")
    assert claimed(source, "The path floods every spring, probably because the drain is old.") == []


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (FLOOD, "Why was the river path closed? Bats were nesting under the bridge.", "en"),
        (FLOOD, "The river path is closed. The reason: bats under the bridge.", "en"),
        (RIO, "¿Por qué cerró el camino del río? Anidaban murciélagos bajo el puente.", "es"),
    ],
)
def test_the_answer_to_a_why_stands_in_the_lines(source: str, said: str, language: str) -> None:
    assert ("CK224", "warning") in claimed(source, said, language)


def test_the_answer_to_a_why_may_be_the_sources() -> None:
    assert claimed(FLOOD, "Why was the river path closed? The bank had slipped.") == []
    assert claimed(FLOOD, "Why we walk? Ask us.") == []
