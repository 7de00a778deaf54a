"""Early in a story the speaker says, in a sentence of his own, for what he speaks."""

from __future__ import annotations

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.interviews.answers import answers_of
from contentkit.drafting.interviews.introducing import introduced
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span
from tests.drafting.made import brief, interview_of

ENGLISH, SPANISH = rules_for("en"), rules_for("es")
STORY = ("We lost nine boats in 2019.", "The roof had been gone for a year.", "I paid for nine new lamps in May.")


def told(said: str, language: str = "en", *, first: int = 0, second: int = 2) -> list[str]:
    """The posts of a story of two sentences, with what introduces the speaker among what else was said."""
    rules = rules_for(language)
    answers = answers_of(
        interview_of(("Bo", " ".join(STORY)), ("Ann", "And who are you, Bo?"), ("Bo", said)), "Bo", rules
    )
    sentences = [(one, answer.number) for answer in answers for one in answer.sentences]
    chosen = [sentences[first], sentences[second]]
    spans = [Span(text=one.text, sentences=(one,), section=section) for one, section in chosen]
    return [span.text for span in introduced(spans, answers, rules, lambda text: len(text) <= 500)]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("I'm the co-founder of Loomly, a company for weavers.", "en"),
        ("Technically, Loomly is my second company.", "en"),
        ("I founded Loomly in a barn near Cork.", "en"),
        ("Soy la directora de Loomly, una empresa de telares.", "es"),
        ("Loomly es una empresa de telares de Cuenca.", "es"),
    ],
)
def test_a_sentence_that_names_the_company_is_the_second_post(said: str, language: str) -> None:
    assert told(said, language) == [STORY[0], said, STORY[2]]


@pytest.mark.parametrize(
    "said",
    [
        "When I founded Loomly, it was cold in the barn.",
        "I'm the co-founder of a company for weavers.",
        "They bought it because Loomly is my company.",
        "I was at school with the founder of Loomly.",
    ],
)
def test_what_names_none_or_leans_is_no_introduction(said: str) -> None:
    assert told(said) == [STORY[0], STORY[2]]


def test_a_story_is_not_interrupted_where_it_goes_on() -> None:
    assert told("I founded Loomly in a barn near Cork.", second=1) == [STORY[0], STORY[1]]


def test_whoever_orders_a_number_of_posts_gets_it() -> None:
    turns = [("Ann", "How did you begin?"), ("Bo", "I founded Loomly in a barn near Cork.")]
    for place in ("Cork", "Bergen", "Ghent", "Porto"):
        turns += [("Ann", f"And what happened in {place}, of all places?")]
        turns += [
            (
                "Bo",
                f"In {place} we lost 40 boats in one night. I had told nobody about the roof, and I was wrong. We paid for it.",
            )
        ]
    for number in (3, 4):
        draft = ExtractiveDrafter().draft(interview_of(*turns), brief(speaker="Bo", posts=number))
        assert len(draft.posts) <= number
