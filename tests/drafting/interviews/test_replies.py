"""What is nothing without its question is published behind it, or not at all."""

from __future__ import annotations

import pytest

from contentkit.counters.mastodon import mastodon_length
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.interviews.answers import answers_of
from contentkit.drafting.interviews.replies import is_reply, replies_of
from contentkit.drafting.rules import rules_for
from tests.drafting.made import brief, interview_of

ENGLISH, SPANISH = rules_for("en"), rules_for("es")


@pytest.mark.parametrize(
    "said",
    [
        "Five in Ireland, three in Wales, the rest on the continent.",
        "In version 4, which came out in May.",
        "Not yet, and not on phones.",
        "Furious, or so the papers wrote.",
    ],
)
def test_a_piece_of_a_sentence_is_a_reply(said: str) -> None:
    assert is_reply(said, "Were people furious about the move to Ireland?", ENGLISH)


@pytest.mark.parametrize(
    "said",
    [
        "In 2021 I ran the servers of an online bookshop.",
        "Four of us typed 2,300 orders for nine days.",
        "We moved to Ireland because it was cheap.",
        "Nobody read the letter.",
    ],
)
def test_a_sentence_of_its_own_is_none(said: str) -> None:
    assert not is_reply(said, "Were people furious about the move to Ireland?", ENGLISH)


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("Son nueve idiomas, y tres más en camino.", True),
        ("Salió el 9 de febrero.", True),
        ("Entre 1 y 3 centímetros, si se calibran cada seis meses.", True),
        ("No estoy de acuerdo.", True),
        ("En 2021 abrimos la primera panadería.", False),
        ("Mi hermano es sordo.", False),
        ("La biblioteca tiene nueve idiomas.", False),
    ],
)
def test_spanish_leaves_out_the_subject(said: str, is_one: bool) -> None:
    assert is_reply(said, "¿Y eso?", SPANISH) == is_one


def test_what_follows_a_piece_and_is_one_too_is_a_reply_as_well() -> None:
    said = "Fourteen archives in all. Five in Ireland, three in Wales. The biggest one is in Ghent."
    source = interview_of(("Ann Lee", "Who uses it beyond the city of Cork?"), ("Bo", said))
    answers = answers_of(source, "Bo", ENGLISH)
    numbers = [sentence.number for answer in answers for sentence in answer.sentences]
    assert replies_of(answers, source, "Bo", ENGLISH) == set(numbers[:2])


def test_a_reply_is_published_below_its_question_only() -> None:
    source = interview_of(
        ("Ann Lee", "How many archives use the reader today?"),
        ("Bo", "Nineteen in four countries, from Ireland to Latvia. We wrote to forty of them in one long winter."),
        ("Ann Lee", "And why did you begin to read the books of hospitals?"),
        (
            "Bo",
            "I was a nurse for nine years, and a woman asked me what her grandmother had died of. I did not find it.",
        ),
    )
    posts = [post.text for post in ExtractiveDrafter().draft(source, brief(speaker="Bo")).posts]
    assert "Ann Lee: “How many archives use the reader today?”\n\nNineteen in four countries" in "\n\n".join(posts)
    assert not any(post.startswith("Nineteen") for post in posts)
    assert all(mastodon_length(post) <= 500 for post in posts)
