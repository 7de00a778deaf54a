"""A question stands above the beginning of an answer, said to be somebody else's, and only where it can be understood."""

from __future__ import annotations

import pytest

from contentkit.counters.mastodon import mastodon_length
from contentkit.drafting.interviews.answers import answers_of
from contentkit.drafting.interviews.questions import questioned
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span
from tests.drafting.made import interview_of

RULES = rules_for("en")
ANSWER = "It was the longest week of my life, and I slept in the office. We lost two harbours in one night."


def spans(question: str, answer: str = ANSWER, limit: int = 500) -> list[Span]:
    source = interview_of(("Ann Lee", question), ("Bo", answer))
    answers = answers_of(source, "Bo", RULES)
    return list(questioned(answers, source, "Bo", RULES, lambda text: mastodon_length(text) <= limit, frozenset()))


def test_the_question_is_said_to_be_somebody_else_s() -> None:
    texts = [span.text for span in spans("That is a lot. What was your worst week at sea?")]
    assert f"Ann Lee: “What was your worst week at sea?”\n\n{ANSWER}" in texts


def test_the_lines_of_the_question_are_evidence() -> None:
    assert spans("What was your worst week at sea?")[0].lines[0] == (1, 1)


def test_the_question_is_none_of_the_speaker_s_sentences() -> None:
    assert all(sentence.text in ANSWER for span in spans("What was your worst week at sea?") for sentence in span.said)


@pytest.mark.parametrize(
    "question",
    [
        "What was that like?",
        "Why did they do it?",
        "What do you mean?",
        "How so?",
        "And then?",
        "You lost two harbours, right?",
        "What was your [unintelligible] week at sea?",
        "So what do you tell people who come to you and who want to know how all of this could have happened at all?",
    ],
)
def test_a_question_that_nobody_understands_alone_is_not_asked(question: str) -> None:
    assert spans(question) == []


def test_a_question_stands_above_the_beginning_of_an_answer_only() -> None:
    found = spans("What was your worst week at sea?")
    assert all(span.said[0].text.startswith("It was the longest") for span in found)


def test_of_a_turn_that_asks_many_things_no_question_stands_above_the_answer() -> None:
    asked = "What was your worst week at sea? Was it the storm? Who repaired your engine after the storm?"
    assert spans(asked) == []
    assert spans(asked.replace("Was it the storm? ", ""))


def test_what_does_not_fit_with_its_question_is_left_out() -> None:
    assert spans("What was your worst week at sea?", limit=60) == []


def test_two_turns_of_the_speaker_have_no_question_between_them() -> None:
    source = interview_of(("Bo", ANSWER), ("Ann Lee", "Wow."), ("Bo", ANSWER))
    answers = answers_of(source, "Bo", RULES)
    assert list(questioned(answers, source, "Bo", RULES, lambda text: True, frozenset())) == []
