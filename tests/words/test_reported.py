"""Which words in quotation marks somebody is said to have said."""

from __future__ import annotations

import pytest

from contentkit.words.reported import reported


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("'We don't', said Ana.", "We don't"),
        ("Ana told us: “no”.", "no"),
        ("«Nunca», dijo Ana.", "Nunca"),
        ('Then "burn it", the old baker said.', "burn it"),
    ],
)
def test_what_stands_beside_a_verb_of_speech_was_said(text: str, words: str) -> None:
    assert [said for _, _, said in reported(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "In the '80s the teams' work was hard, they said.",
        "The bakers' oven and the ovens' doors, said Ana.",
        "The button “Save” is green.",
        "We said no.",
    ],
)
def test_an_apostrophe_opens_nothing_and_other_marks_may_stand_without_a_speaker(text: str) -> None:
    assert list(reported(text)) == []
