from __future__ import annotations

import pytest

from tests.checks.manners.posts import told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Look:\n┌───┐\n│ a │\n└───┘", "┌───┐"),
        ("It is at ▓▓▓░░ now", "▓▓▓░░"),
        ("Here →→→ go", "→→→"),
        ("No idea ¯\\_(ツ)_/¯", "(ツ)"),
        ("And he (╯°□°) did", "(╯°□°)"),
        ("One\n==========\ntwo", "=========="),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |"),
        ("Our cat:\n /\\_/\\\n( o.o )\n > ^ <", " /\\_/\\"),
    ],
)
def test_a_drawing_of_characters_is_a_warning(text: str, words: str) -> None:
    (problem,) = told(text)
    assert (problem.check, problem.severity, problem.words) == ("CK342", "warning", words)


@pytest.mark.parametrize(
    "text",
    [
        "a → b → c",
        "So… well... (no)",
        "- one\n- two\n- three",
        "It is (°C) warm",
        "a | b | c",
        "5 * 3 - 2 = 13",
        "-->\n<--",
        "“a”\n“b”\n“c”",
    ],
)
def test_a_few_signs_are_no_drawing(text: str) -> None:
    assert told(text) == []


def test_of_a_drawing_in_a_code_fence_the_fence_is_told() -> None:
    assert [problem.check for problem in told("Look:\n```\n┌───┐\n│ a │\n```")] == ["CK320"]
