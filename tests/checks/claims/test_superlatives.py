from __future__ import annotations

import pytest

from tests.checks.claims.claiming import claimed

FERRY = "The ferry crosses the Sound of Ardal in 22 minutes. It usually leaves at noon."
BARCA = "La barca cruza la ría de Noal en 22 minutos. Normalmente sale a mediodía."


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (FERRY, "The fastest ferry crosses the Sound of Ardal in 22 minutes.", "en"),
        (FERRY, "The only ferry across the Sound of Ardal needs 22 minutes.", "en"),
        (FERRY, "The ferry was the first to cross the Sound of Ardal in 22 minutes.", "en"),
        (FERRY, "The ferry always leaves at noon.", "en"),
        (FERRY, "22 minutes across the Sound of Ardal, guaranteed.", "en"),
        (FERRY, "Crossing the Sound of Ardal in 22 minutes is the most reliable way.", "en"),
        (BARCA, "La barca más rápida cruza la ría de Noal en 22 minutos.", "es"),
        (BARCA, "La única barca de la ría de Noal tarda 22 minutos.", "es"),
        (BARCA, "22 minutos para cruzar la ría de Noal, garantizado.", "es"),
    ],
)
def test_a_superlative_that_the_source_does_not_have_is_found(source: str, said: str, language: str) -> None:
    assert ("CK220", "warning") in claimed(source, said, language)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("No other ferry crosses the Sound of Ardal.", "The only ferry across the Sound of Ardal.", "en"),
        (
            "Nobody had crossed the Sound by kite before Ines Vold.",
            "Ines Vold was the first to cross the Sound by kite.",
            "en",
        ),
        ("The ferry leaves every day at noon.", "The ferry always leaves at noon.", "en"),
        ("The crossing is quicker than with any other ferry.", "The fastest ferry for the crossing.", "en"),
        ("The ferry is not the quickest way.", "The ferry? Not the fastest way.", "en"),
        ("Ninguna otra barca cruza la ría.", "La única barca que cruza la ría.", "es"),
        ("La barca sale cada día a mediodía.", "La barca siempre sale a mediodía.", "es"),
    ],
)
def test_other_words_may_stand_for_a_superlative(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


@pytest.mark.parametrize(
    "said",
    [
        "First we asked the harbour master, then the crew: 22 minutes across the Sound of Ardal.",
        "The ferry crosses the Sound of Ardal in 22 minutes at best.",
        "Is it the fastest ferry across the Sound of Ardal?",
    ],
)
def test_idioms_lists_and_questions_claim_nothing(said: str) -> None:
    assert claimed(FERRY, said) == []


def test_what_writers_use_loosely_is_found_too() -> None:
    assert claimed("The ferry leaves at noon.", "The ferry leaves only at noon.") == [("CK220", "warning")]


def test_a_claim_that_the_source_refuses_is_found() -> None:
    source = "I would not call the ferry the only way to Ardal."
    assert claimed(source, "The ferry: the only way to Ardal.") == [("CK220", "warning")]


def test_only_must_be_said_of_the_same_thing() -> None:
    source = "The ferry crosses the Sound at noon. | Ines is the only pilot of Ardal."
    assert claimed(source, "Only at noon: the only ferry crosses the Sound.") == [("CK220", "warning")]
    assert claimed(source, "At noon the ferry crosses the Sound. Ardal has only one pilot, Ines.") == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("The flood of 2023. We lost the glaze.", []), ("I would not call it that.", [("CK220", "warning")])],
)
def test_what_an_answer_takes_up_is_its_own(answer: str, expected: list[tuple[str, str]]) -> None:
    source = f"Ana Ruiz: And the flood of 2023, the worst of these years? | Eva Soler: {answer}"

    assert claimed(source, "The worst of these years was the flood of 2023.") == expected


def test_an_explanation_is_no_cause() -> None:
    assert claimed("Some say that models help to explain a code base.", "Models might explain a code base.") == []
