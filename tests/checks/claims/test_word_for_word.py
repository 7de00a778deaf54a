"""What blocks of a claim: a sentence of the source's, word for word but for the denial or the doubt that makes it another."""

from __future__ import annotations

import pytest

from tests.checks.claims.claiming import claimed


@pytest.mark.parametrize(
    ("source", "said", "language", "check"),
    [
        ("We will not sell the data.", "We will sell the data.", "en", "CK222"),
        ("We will sell the data.", "We will never sell the data.", "en", "CK222"),
        ("We never sold the seeds of the Halden archive.", "We sold the seeds of the Halden archive.", "en", "CK222"),
        ("We may open the archive to schools next year.", "We open the archive to schools next year.", "en", "CK221"),
        ("No venderemos los datos de los lectores.", "Venderemos los datos de los lectores.", "es", "CK222"),
        ("Quizá abramos el archivo a las escuelas.", "Abramos el archivo a las escuelas.", "es", "CK221"),
        (
            "We will not sell the seeds of the archive, whatever the offer.",
            "We will sell the seeds of the archive.",
            "en",
            "CK222",
        ),
    ],
)
def test_a_copy_without_its_denial_or_its_doubt_blocks(source: str, said: str, language: str, check: str) -> None:
    assert (check, "error") in claimed(source, said, language)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("We may open the archive to schools next year.", "Schools: the archive opens to you next year.", "en"),
        ("The greenhouse sensors don't send data at night.", "At night the greenhouse sensors send data.", "en"),
        ("The pump waters the beds.", "The only pump waters the beds.", "en"),
    ],
)
def test_in_other_words_or_in_another_order_it_warns(source: str, said: str, language: str) -> None:
    assert {severity for _, severity in claimed(source, said, language)} == {"warning"}
