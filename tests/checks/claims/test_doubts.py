from __future__ import annotations

import pytest

from tests.checks.claims.claiming import claimed, found
from tests.checks.notes import checked, note


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("We may open the tower to visitors in spring.", "We open the tower to visitors in spring.", "en"),
        ("We may open the tower to visitors in spring.", "In spring we will open the tower to visitors.", "en"),
        ("We may publish the source of the planner.", "We will publish the source of the planner.", "en"),
        ("We think that pigeons built the nests in the tower.", "Pigeons built the nests in the tower.", "en"),
        ("The tower bell probably came from Ghent.", "The tower bell came from Ghent.", "en"),
        ("We would like to repair the tower clock.", "We repaired the tower clock.", "en"),
        ("The bell usually rings twice an hour.", "The bell always rings twice an hour.", "en"),
        ("The tower is virtually empty in winter.", "The tower is empty in winter.", "en"),
        (
            "Quizá abramos la torre a los visitantes en primavera.",
            "Abrimos la torre a los visitantes en primavera.",
            "es",
        ),
        (
            "Creemos que las palomas hicieron los nidos de la torre.",
            "Las palomas hicieron los nidos de la torre.",
            "es",
        ),
        ("La campana probablemente vino de Gante.", "La campana vino de Gante.", "es"),
    ],
)
def test_a_doubt_that_the_post_drops_is_found(source: str, said: str, language: str) -> None:
    assert "CK221" in found(source, said, language)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("We may open the tower to visitors in spring.", "Perhaps the tower opens to visitors in spring.", "en"),
        ("We may open the tower to visitors in spring.", "Will the tower open to visitors in spring? We'll see.", "en"),
        ("We think that pigeons built the nests in the tower.", "Nests in the tower: our guess is pigeons.", "en"),
        ("The tower bell probably came from Ghent.", "The tower bell seems to be from Ghent.", "en"),
        ("The bell usually rings twice an hour.", "Most of the time the bell rings twice an hour.", "en"),
        ("The bell rings in May.", "In May the bell rings.", "en"),
        ("We may move the bell. The bell moves on 3 March.", "The bell moves on 3 March.", "en"),
        ("I think the tower matters to the town.", "The tower matters to the town.", "en"),
        ("Quizá abramos la torre a los visitantes.", "Puede que abramos la torre a los visitantes.", "es"),
        ("Creemos que las palomas hicieron los nidos.", "Las palomas hicieron los nidos, suponemos.", "es"),
    ],
)
def test_a_doubt_that_is_kept_in_other_words_is_fine(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


def test_a_plan_that_is_promised_is_a_warning() -> None:
    source = "We plan to open the tower to visitors."
    assert found(source, "Next: we open the tower to visitors.") == ["CK221"]


def test_of_a_long_sentence_the_doubt_is_quoted() -> None:
    said = "After the long discussion of the whole council about the stairs, the bell, the clock and the roof"
    source = note(f"{said}, we may open the tower to visitors in spring.")
    [finding] = [one for one in checked(source, "We open the tower to visitors in spring.") if one.check == "CK221"]
    assert "we may open the tower" in finding.message


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (
            "The bakery opens in May, if the oven arrives in time.",
            "The oven has arrived, in time for the bakery.",
            "en",
        ),
        ("The bakery opens in May, unless the oven breaks.", "Mark it down: our bakery opens in May.", "en"),
        ("Whether rye sells better, I can't tell you.", "Rye sells better than wheat at our bakery.", "en"),
        ("El horno abre en mayo si llega la harina a tiempo.", "Ya llegó la harina, a tiempo para mayo.", "es"),
    ],
)
def test_a_condition_or_an_open_question_stays(source: str, said: str, language: str) -> None:
    assert "CK221" in [check for check, _ in claimed(source, said, language)]


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("The bakery opens in May, if the oven arrives in time.", "Oven permitting, the bakery opens in May.", "en"),
        ("Whether rye sells better, I can't tell you.", "Does rye sell better? Nobody knows.", "en"),
        ("El horno abre en mayo si llega la harina.", "Cuando llegue la harina, abrimos el horno en mayo.", "es"),
        ("Rosa sí se lo pensó en mayo.", "En mayo Rosa se lo pensó.", "es"),
    ],
)
def test_a_condition_may_be_kept_in_other_words(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


def test_a_doubt_that_nothing_keeps_is_found() -> None:
    source = "We may bake rye bread for the market in autumn."
    assert claimed(source, "Good news for autumn: rye bread at the market.") == [("CK221", "warning")]
    assert claimed(source, "Rye bread at the market? Perhaps in autumn.") == []


def test_a_condition_of_the_sentence_before_is_none_of_the_next() -> None:
    source = "Ana: If you raise bread, the bar is high. You don't just raise bread and it's free."
    assert claimed(source, "Ana Sorel: You don't just raise bread and it's free.") == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "Nobody may touch the network of a ship in dry dock.",
            "The network of a ship in dry dock is off limits: hands off.",
        ),
        (
            "Printing labels takes longer, because the tower wants to know the shelf first.",
            "The tower asks for the shelf first.",
        ),
        (
            "I started trying to extract data from the files of the tower.",
            "He started to mine the files of the tower for data.",
        ),
    ],
)
def test_what_is_forbidden_wanted_or_tried_is_no_doubt_for_sure(source: str, said: str) -> None:
    assert ("CK221", "error") not in claimed(source, said)


def test_a_doubt_may_be_kept_in_other_words_of_the_same_language() -> None:
    source = "El programa lo usan otros cinco talleres, que sepamos."

    assert claimed(source, "Que nos conste, el programa lo usan otros cinco talleres.", "es") == []
    assert found(source, "El programa lo usan otros cinco talleres.", "es") == ["CK221"]
