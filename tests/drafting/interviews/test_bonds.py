"""A story does not stop before the other half of a contrast, or before what came of it."""

from __future__ import annotations

import pytest

from contentkit.drafting.interviews.answers import answers_of
from contentkit.drafting.interviews.bonds import bonds_of
from contentkit.drafting.interviews.stakes import preaches, stakes_in
from contentkit.drafting.rules import rules_for
from tests.drafting.made import interview_of

RULES = rules_for("en")


def bound(*sentences: str) -> list[bool]:
    """Of each sentence but the last, whether it may not be left without the next."""
    source = interview_of(("Bo", " ".join(sentences)))
    answers = answers_of(source, "Bo", RULES)
    bonds = bonds_of(answers, RULES)
    return [one.number in bonds for answer in answers for one in answer.sentences][:-1]


@pytest.mark.parametrize(
    "second", ["But tech was open.", "Whereas tech was open.", "Today it takes five minutes.", "That's how it began."]
)
def test_what_turns_round_or_comes_of_it_belongs_to_the_sentence_before(second: str) -> None:
    assert bound("In finance all of it was very private.", second) == [True]


def test_what_only_goes_on_does_not() -> None:
    assert bound("In finance all of it was very private.", "We had nine screens on each desk.") == [False]


def test_nothing_is_bound_to_a_sentence_that_was_left_out_between_them() -> None:
    assert bound("In finance all of it was very private.", "And then we -- [crosstalk].", "But tech was open.") == [
        False
    ]


def test_loss_and_refusal_are_at_stake() -> None:
    answer = answers_of(
        interview_of(("Bo", "They all said no to us. I had lost 300 orders, and I slept under the desk.")), "Bo", RULES
    )
    assert stakes_in(answer[0].sentences, RULES) == 3


@pytest.mark.parametrize(
    ("said", "is_preaching"),
    [
        ("The lesson is that people never read the manual.", True),
        ("I sold the bakery, and people laughed.", False),
        ("You need 14 of them for each town.", False),
        ("The oven was cold.", False),
    ],
)
def test_whoever_tells_what_happened_does_not_preach(said: str, is_preaching: bool) -> None:
    answer = answers_of(interview_of(("Bo", said)), "Bo", RULES)
    assert preaches(answer[0].sentences, RULES) == is_preaching
