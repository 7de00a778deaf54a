"""What may open a thread of speech, and what makes a reader stop."""

from __future__ import annotations

import pytest

from contentkit.drafting.interviews.answers import answers_of
from contentkit.drafting.interviews.openings import openings_of, pull
from contentkit.drafting.reading.terms import Terms
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.scoring import Measure
from tests.drafting.made import interview_of

RULES = rules_for("en")
REST = "We moved the shop in May. The rain came through the roof of the hall."


def openings(words: str) -> list[Span]:
    return list(openings_of(answers_of(interview_of(("Bo", words)), "Bo", RULES), RULES, lambda text: True))


def alone(sentence: str) -> list[str]:
    return [span.text for span in openings(sentence)]


def attraction(sentence: str) -> float:
    answers = answers_of(interview_of(("Bo", f"{sentence} {REST}")), "Bo", RULES)
    terms = Terms.of([one for answer in answers for one in answer.sentences], RULES)
    measure = Measure.of(terms, "", RULES, 500, ())
    span = next(one for one in openings_of(answers, RULES, lambda text: True) if one.text == sentence)
    return pull(span, measure)


def test_a_short_judgement_may_open() -> None:
    assert alone("You either win or you learn.") == ["You either win or you learn."]


@pytest.mark.parametrize(
    "sentence",
    [
        "They never came back to the office.",
        "He turned both of them down on a Monday.",
        "And then, you know, we kind of lost it, I guess.",
        "Sometimes I would have three weeks without.",
        "There are three reasons why we moved away from it:",
        "What would you have done in my place?",
        "We did nothing about",
        "You have two, maybe three, or four.",
        "The problem with that solution is the disk.",
        "It takes nine people to train these models.",
        "I don't think this is uncommon in a team.",
        'I was like "Why am I doing this at all?"',
        "I moved from Lund to Genoa in the process.",
        "I was working for the harbour in 2015, I think.",
    ],
)
def test_what_leaves_something_open_may_not(sentence: str) -> None:
    assert alone(sentence) == []


def test_a_sentence_that_says_which_process_it_speaks_of_may_open() -> None:
    told = "We sold the mill in Lund and lost nine friends in the process."
    assert alone(told) == [told]


def test_the_but_of_an_opening_is_left_out() -> None:
    assert alone("But nobody had looked at the disk for two years.") == ["Nobody had looked at the disk for two years."]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        # What is not so.
        (
            "Nobody had looked at the lamps of the shop in the hall.",
            "Somebody had looked at the lamps of the shop in the hall.",
        ),
        ("We did not sell lamps to people who fish on the lake.", "We did sell lamps to people who fish on the lake."),
        # One before all others, or all.
        (
            "We lost every lamp of the shop in the rain of one night.",
            "We lost some lamps of the shop in the rain of one night.",
        ),
        # As long as a sentence that says something.
        ("We sold the lamps of the shop to people who fish at night.", "We sold the lamps of the shop."),
    ],
)
def test_a_reader_stops_at_a_blunt_word(better: str, worse: str) -> None:
    assert attraction(better) > attraction(worse) + 0.14


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        # Nobody knows who "he" is.
        (
            "You cannot hear the show of the lamp shop at double speed, because the host sounds fast.",
            "You cannot hear the show of the lamp shop at double speed, because he sounds fast to us.",
        ),
        # Whoever has just begun to listen does nothing yet.
        (
            "Look at lamps of ours, as we do: they need glass that does not break when it falls on stone.",
            "Look at lamps of ours, if you please: they need glass that does not break when it falls on stone.",
        ),
    ],
)
def test_what_is_asked_or_said_of_nobody_pulls_less(better: str, worse: str) -> None:
    assert attraction(better) > attraction(worse) + 0.14
