from __future__ import annotations

import pytest

from tests.checks.manners.posts import told, words_of


@pytest.mark.parametrize(
    "words",
    [
        "[name]",
        "[your company]",
        "[Link here]",
        "[insert the figure of May]",
        "<insert link>",
        "[TBD]",
        "TODO:",
        "TODO(mira):",
        "FIXME:",
        "Lorem ipsum",
        "PLACEHOLDER",
        "TKTK",
        "YOUR_NAME",
        "INSERT LINK HERE",
        "[nombre]",
        "[insertar enlace]",
    ],
)
def test_a_placeholder_is_an_error(words: str) -> None:
    (problem,) = told(f"Thanks to {words} for all")
    assert (problem.check, problem.severity, problem.words) == ("CK330", "error", words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The date is TBD.", "TBD"),
        ("TODO write more", "TODO"),
        ("We saw XX% more", "XX"),
        ("What is this ???", "???"),
        ("2/n And so on", "2/n"),
        ("Thread: we left", "Thread:"),
        ("Post 3: we left", "Post 3:"),
        ("Here's the thread: we left", "Here's the thread:"),
        ("Hilo: nos fuimos", "Hilo:"),
        ("All of it is here. Read more:", "Read more:"),
        ("As an AI language model I left", "As an AI language model"),
    ],
)
def test_what_may_have_been_left_in_is_a_warning(text: str, words: str) -> None:
    (problem,) = told(text)
    assert (problem.check, problem.severity, problem.words) == ("CK331", "warning", words)


@pytest.mark.parametrize(
    "text",
    [
        "Your name here, and YOUR turn",
        "Our TODO list and 40 TODO comments",
        "TODO lists are fun",
        "He said [the team] left [sic] [1]",
        "Use `[name]` and `<insert>`",
        "Read more: the docs",
        "What??? Really?",
        "On 3/4 and 1/2 of it",
        "A thread about: nothing",
        "Super Bowl XX and XXL shirts",
        "draft <name> or <your-file>",
    ],
)
def test_what_only_looks_like_a_placeholder_is_fine(text: str) -> None:
    assert told(text) == []


def test_what_is_surely_a_placeholder_is_told_once() -> None:
    assert [problem.check for problem in told("[TODO: the date]")] == ["CK330"]


def test_a_label_with_a_link_behind_it_is_fine() -> None:
    assert words_of("CK331", "Read more: https://example.org") == []
