"""What somebody else said stays with the words that say so."""

from __future__ import annotations

import pytest

from contentkit.drafting.interviews.answers import answers_of
from contentkit.drafting.interviews.openings import openings_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import candidates
from tests.drafting.made import interview_of

ASKED = "In May I asked three banks of our town for a loan."
OWN = "We went back to the mill and we sold nine ovens in that week alone."
THEIRS = "You have no bakery. You have four customers and all of them are your cousins."


def texts(turn: str, language: str = "en") -> list[str]:
    rules = rules_for(language)
    found = answers_of(interview_of(("Bo", turn)), "Bo", rules)
    spans = [*candidates(found, rules, lambda text: True), *openings_of(found, rules, lambda text: True)]
    return [span.text for span in spans]


@pytest.mark.parametrize(
    "report",
    [
        "They said, you will be broke by the end of the winter.",
        "One of the investors told me, you will be broke by the end of the winter.",
        "My banker said you will be broke by the end of the winter.",
        "They were all like, you will be broke by the end of the winter.",
        "And then her lawyer wrote to us: you will be broke by the end of the winter.",
    ],
)
def test_reported_words_are_not_taken_without_who_said_them(report: str) -> None:
    spans = texts(f"{ASKED} {report} {THEIRS} {OWN}")
    assert any("no bakery" in text for text in spans)
    for text in spans:
        assert "You have" not in text or "you will be broke" in text


def test_reported_words_of_the_present_stay_with_who_said_them() -> None:
    turn = f"My banker told me, this town has no bread. The ovens of the mill are worth nothing at all. {OWN}"
    assert all("no bread" in text for text in texts(turn) if "worth nothing" in text)


def test_the_we_of_others_stays_with_who_said_it() -> None:
    turn = f"They said, we are the biggest bakers of the coast. We own nine hundred ovens in this country. {OWN}"
    assert all("They said" in text for text in texts(turn) if "nine hundred" in text)


def test_what_the_speaker_tells_behind_it_is_his_own() -> None:
    assert OWN in texts(f"They said, you will be broke by the winter. {THEIRS} {OWN}")


@pytest.mark.parametrize(
    "opening",
    [
        "As my father said, bread has to rest for a night.",
        "It is, like you said, bread that has to rest for a night.",
        "That said, bread has to rest for a night.",
        'My father said, "bread has to rest for a night."',
    ],
)
def test_behind_words_that_end_where_they_are_told_everything_is_his_own(opening: str) -> None:
    rule = "You have to sell nine loaves before the first oven is paid."
    assert rule in texts(f"{opening} {rule}")


def test_spanish_reported_words_are_not_taken_without_who_said_them() -> None:
    turn = "Me dijeron, vas a quebrar antes del invierno. No tienes panadería y tus cuatro clientes son tus primos."
    assert all("Me dijeron" in text for text in texts(turn, "es") if "No tienes" in text)


def test_reported_words_of_which_some_may_not_be_published_are_not_taken_at_all() -> None:
    turn = f"They said, you will be broke by winter. You have [unintelligible] ovens. You have no bakery at all. {OWN}"
    assert not [text for text in texts(turn) if "no bakery" in text]
