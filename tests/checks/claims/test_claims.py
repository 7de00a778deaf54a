from __future__ import annotations

import pytest

from tests.checks.notes import checked, note

TALK = note(
    "Mira Okafor moved us from Postgres to SQLite.",
    "",
    "We may open the scheduler next year. The cache was not the bottleneck of the importer.",
)


@pytest.mark.parametrize(
    ("said", "check"),
    [
        ("Mira Okafor made the best move from Postgres to SQLite.", "CK220"),
        ("We open the scheduler next year.", "CK221"),
        ("The cache was the bottleneck of our importer.", "CK222"),
    ],
)
def test_claims_stronger_than_the_source_are_errors(said: str, check: str) -> None:
    assert [(each.check, each.severity) for each in checked(TALK, said)] == [(check, "error")]


@pytest.mark.parametrize(
    "said",
    [
        "Mira Okafor's move: SQLite, no longer Postgres.",
        "Perhaps the scheduler opens next year.",
        "What slowed the importer? The cache wasn't its bottleneck.",
    ],
)
def test_what_the_source_says_in_other_words_is_fine(said: str) -> None:
    assert checked(TALK, said) == []
