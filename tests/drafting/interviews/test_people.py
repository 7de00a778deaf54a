"""Nobody is spoken of by a first name whom nothing introduces."""

from __future__ import annotations

import pytest

from contentkit.drafting.interviews.people import strangers
from contentkit.drafting.rules import rules_for

ENGLISH, SPANISH = rules_for("en"), rules_for("es")


def missing(*texts: str) -> list[set[str]]:
    return strangers(texts, ["Guy Ferro"], ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Peter was further removed in terms of how we thought.",
        "I asked Peter, and he said no.",
        "In the end it was Peter's idea.",
        "We hired Anna and Tom in the same week.",
    ],
)
def test_a_first_name_alone_is_a_stranger(text: str) -> None:
    assert missing(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "I founded it with Peter McLane in 2012.",
        "My co-founder Peter and I shared one desk.",
        "We found a new CEO, Peter, who had done it before.",
        "A friend called Peter lent us his garage.",
        "My co-founders, Peter and Ben, left after a year.",
        "Peter is our head of sales.",
        "Guy wrote it at night.",
        "Sentry was never a company in those days.",
        "Will that ever happen again?",
    ],
)
def test_somebody_introduced_is_none_and_neither_is_what_is_no_name(text: str) -> None:
    assert missing(text) == [set()]


def test_an_introduction_holds_for_the_posts_behind_it_and_not_for_those_before() -> None:
    assert missing("Peter said no.", "My boss Peter was ill.", "Peter came back.") == [{"Peter"}, set(), set()]


def test_spanish_introductions() -> None:
    texts = ["Lucía dijo que no.", "Mi socia Lucía dijo que sí.", "Lucía volvió."]
    assert strangers(texts, [], SPANISH) == [{"Lucía"}, set(), set()]


@pytest.mark.parametrize("noise", ["Peter ", "P", "my ", "Peter Peter, "])
def test_hostile_text_is_read_in_time(noise: str) -> None:
    assert len(missing(noise * 30_000)) == 1
