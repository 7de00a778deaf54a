from __future__ import annotations

import pytest

from contentkit.checks import check_draft
from contentkit.models import Passage, Source
from tests.checks.claims.claiming import claimed, found
from tests.checks.notes import NOTE, checked, citing, draft_of, note

GREENHOUSE = "The greenhouse sensors don't send data at night. They stopped using batteries in May."
INVERNADERO = "Los sensores del invernadero no envían datos por la noche. Funcionan sin pilas desde mayo."


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (GREENHOUSE, "At night the greenhouse sensors send data.", "en"),
        (GREENHOUSE, "In May they were using batteries.", "en"),
        ("We never sold the seeds of the Halden archive.", "We sold seeds of the Halden archive.", "en"),
        ("Hardly anybody visits the seed archive in winter.", "Everybody visits the seed archive in winter.", "en"),
        (INVERNADERO, "Por la noche los sensores del invernadero envían datos.", "es"),
        (INVERNADERO, "Desde mayo funcionan con pilas.", "es"),
    ],
)
def test_a_denial_that_the_post_drops_is_found(source: str, said: str, language: str) -> None:
    assert [check for check, _ in claimed(source, said, language)][:1] in (["CK222"], ["CK220"])


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("The pump waters the beds every six hours.", "The pump does not water the beds every six hours.", "en"),
        ("The pump waters the beds every six hours.", "Every six hours the pump no longer waters the beds.", "en"),
        ("La bomba riega los bancales cada seis horas.", "La bomba ya no riega los bancales cada seis horas.", "es"),
    ],
)
def test_a_denial_that_the_post_adds_is_found(source: str, said: str, language: str) -> None:
    assert found(source, said, language) == ["CK222"]


def test_of_an_added_denial_the_message_says_that_the_source_has_none() -> None:
    source = note("The pump waters the beds every six hours.")
    (found,) = [each for each in checked(source, "The pump does not water the beds every six hours.") if each.words]
    assert found.message.startswith("the source says this without “not”: ")


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        (GREENHOUSE, "No data from the greenhouse sensors at night.", "en"),
        (GREENHOUSE, "The greenhouse sensors are silent at night: they send nothing.", "en"),
        (GREENHOUSE, "Do the greenhouse sensors send data at night? They don't.", "en"),
        (GREENHOUSE, "Since May: no more batteries.", "en"),
        ("A basil plant is very different from a fern.", "A basil plant isn't the same as a fern.", "en"),
        ("Without the grant we could not have hired Ines.", "The grant made it possible to hire Ines.", "en"),
        ("We never had fewer than 30 people at a meetup.", "At least 30 people came to every meetup.", "en"),
        ("Sin la beca no habríamos podido contratar a Inés.", "La beca nos permitió contratar a Inés.", "es"),
        ("We moved from peat to coir.", "We no longer use peat. Coir it is.", "en"),
        (INVERNADERO, "De noche, los sensores del invernadero no mandan datos.", "es"),
        (INVERNADERO, "Desde mayo, ni una pila.", "es"),
    ],
)
def test_the_same_no_in_other_words_is_fine(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


def test_two_denials_are_told_apart() -> None:
    source = "Please don't water the ferns that have no pot."
    assert found(source, "Please water the ferns.") == ["CK222"]
    assert claimed(source, "Please don't water ferns without a pot.") == []


@pytest.mark.parametrize(("answer", "expected"), [("Yes, it does.", ["CK222"]), ("No, not yet.", [])])
def test_an_answer_must_be_that_of_the_source(answer: str, expected: list[str]) -> None:
    source = "Somebody asked whether the pump runs on solar power. Not yet."
    assert found(source, f"Does the pump run on solar power? {answer}") == expected


def test_what_somebody_else_answers_with_no_is_not_affirmed() -> None:
    turns = (
        ("Host", "You won the Halden prize for the archive, right?"),
        ("Ines Vold", "Not yet. They decide in March."),
    )
    lines = tuple(f"**{who}:** {said}" for who, said in turns)
    passages = tuple(
        Passage(kind="turn", speaker=who, text=said, first=number, last=number)
        for number, (who, said) in enumerate(turns, 1)
    )
    source = Source(path=NOTE, kind="transcript", lines=lines, passages=passages)

    def found(said: str) -> list[str]:
        problems = check_draft(draft_of(citing(source, said, 1, 2)), {NOTE: source})
        return [each.check for each in problems if each.check == "CK222"]

    assert found("We won the Halden prize for the archive!") == ["CK222"]
    assert found("Did we win the Halden prize? They decide in March.") == []


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("The kiln cools overnight; nothing is fired on Sundays.", "New at the kiln: we fire on Sundays.", "en"),
        ("Glazes with lead are no longer sold.", "You asked for it: glazes with lead are sold.", "en"),
        ("El horno se enfría de noche; los domingos no se cuece nada.", "Este año los domingos se cuece.", "es"),
    ],
)
def test_a_denial_of_the_source_stays_in_other_words(source: str, said: str, language: str) -> None:
    assert [check for check, _ in claimed(source, said, language)] == ["CK222"]


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("The kiln is never fired on Sundays.", "On Sundays the kiln is left cold.", "en"),
        ("We do not glaze on weekdays.", "Weekdays go by without a glaze.", "en"),
        ("The kiln never stopped in May.", "In May the kiln kept going.", "en"),
        ("The kiln kept going in May.", "The kiln never stopped in May.", "en"),
        ("Could we fire on Sundays? We do not.", "No firing on Sundays? We'd rather not say why.", "en"),
        ("Los domingos no se cuece.", "Los domingos el horno queda libre, sin cocer.", "es"),
    ],
)
def test_a_denial_may_be_kept_in_other_words(source: str, said: str, language: str) -> None:
    assert claimed(source, said, language) == []


def test_a_denial_kept_for_something_else_keeps_no_other() -> None:
    source = "We don't glaze the bowls and we don't fire the plates."
    assert [check for check, _ in claimed(source, "The bowls are glazed, the plates not fired.")] == ["CK222"]


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("Somebody asked for a second kiln. We do not plan a kiln.", "Yes, we plan a second kiln.", "en"),
        ("Nos pidieron otro horno. No compramos un horno.", "Sí, compramos otro horno.", "es"),
    ],
)
def test_a_yes_needs_a_yes(source: str, said: str, language: str) -> None:
    assert "CK222" in found(source, said, language)


def test_a_yes_of_the_source_is_fine() -> None:
    source = "A second kiln? Yes, we plan it. The cellar has no room."
    assert claimed(source, "Yes, we plan a second kiln.") == []
    assert claimed("Si no llueve, cocemos.", "Si no llueve, cocemos en mayo.", "es") == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "I would repair the pump again, but not in February.",
            "Would you repair the pump again? Yes. Just not in winter.",
        ),
        (
            "The tests ran on the old pump only, and nobody had noticed.",
            "Were there tests of the pump? Sure. Old ones.",
        ),
    ],
)
def test_a_yes_beside_a_denial_of_something_else_is_none(source: str, said: str) -> None:
    assert ("CK222", "error") not in claimed(source, said)


@pytest.mark.parametrize(
    ("source", "said", "language"),
    [
        ("We haven't decided what becomes of the shops in Ireland.", "We decided about the shops in Ireland.", "en"),
        ("We haven't decided what becomes of the shops in Ireland.", "A word to the shops in Ireland.", "en"),
        ("El hongo no lo veo en el bosque antes de tres años.", "El hongo lo veo en el bosque.", "es"),
    ],
)
def test_what_is_denied_is_found_by_its_word_or_the_words_beside_it(source: str, said: str, language: str) -> None:
    assert found(source, said, language) == ["CK222"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "The price of the pump was not the only reason to move.",
            "The price of the pump was just one of the reasons.",
        ),
        ("Solveig was not convinced by the file.", "Solveig cared less about the file."),
        ("It is the best money that we spent this year.", "No money was better spent this year."),
    ],
)
def test_less_and_one_of_them_keep_a_denial(source: str, said: str) -> None:
    assert claimed(source, said) == []


@pytest.mark.parametrize(
    "said",
    ["Never repair a pump on a Friday. We did on 15 May, at ten.", "You can't repair the pump on Friday like that."],
)
def test_a_no_in_words_of_the_post_is_none(said: str) -> None:
    found = claimed("On Friday, 15 May, at ten, we repaired the pump of the village.", said)

    assert "CK222" not in dict(found)
