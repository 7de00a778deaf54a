from __future__ import annotations

import pytest

from tests.checks.manners.posts import told, words_of


def test_a_run_of_capitals_is_a_warning() -> None:
    (problem,) = told("So THIS IS NOT HOW PEOPLE SPEAK here")
    assert (problem.check, problem.severity, problem.words) == ("CK322", "warning", "THIS IS NOT HOW PEOPLE SPEAK")


@pytest.mark.parametrize(
    "text",
    [
        "We speak HTML CSS SQL XML JSON YAML",
        "We speak TCP, UDP, QUIC, SCTP, DCCP",
        "The BIG NEWS IS HERE",
        "I A B C D E F",
        "See `THIS IS NOT HOW PEOPLE SPEAK`",
    ],
)
def test_acronyms_a_few_words_and_code_are_no_shouting(text: str) -> None:
    assert words_of("CK322", text) == []
