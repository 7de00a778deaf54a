from __future__ import annotations

import pytest

from contentkit.checks import check_draft
from contentkit.models import Source
from tests.checks.notes import citing, draft_of, note
from tests.checks.test_swapped import spoken

CALL = note(
    "Notes of a call with Solveig Aune and Piotr Maj of the ferries.",
    "",
    'Piotr: "We once found tickets from Easter in August." Nobody laughed.',
    "",
    '"I pulled the plug forty times and read the file forty times," Piotr says. "It was right forty times."',
    "",
    '"I would buy it again," Solveig said, "but not in winter." She calls it "almost boring".',
)
INTERVIEW = spoken(
    ("Imani Weir", "Raised by the internet, would you say?"),
    (
        "Tobias Renner",
        "I learned all of it online. Marc Olsen has a line that I like: replace planning with curiosity.",
    ),
    ("Adaeze Nwosu", "A lock has to be released by somebody who may be dead."),
)


def found(source: Source, text: str, line: int, **about: str) -> list[tuple[str, str]]:
    draft = draft_of(citing(source, text, line, line), **about)
    problems = check_draft(draft, {source.path: source})
    return [(one.check, one.severity) for one in problems if one.check in ("CK204", "CK210", "CK213")]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Piotr Maj: “We once found tickets from Easter in August.”", 3),
        ("“We once found tickets from Easter in August” — Piotr Maj", 3),
        ("“We once found tickets”, says Maj.", 3),
        ("Piotr: “I pulled the plug forty times and read the file forty times. It was right forty times.”", 5),
        ("Would she buy it again? “I would buy it again, but not in winter.”", 7),
        ("According to Solveig it is “almost boring”.", 7),
        ("Solveig, when Piotr asked her: “I would buy it again”", 7),
    ],
)
def test_a_quotation_may_be_credited_to_whoever_said_it(said: str, line: int) -> None:
    assert found(CALL, said, line) == []


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Solveig Aune: “We once found tickets from Easter in August.”", 3),
        ("“We once found tickets from Easter in August” — Solveig", 3),
        ("“I would buy it again, but not in winter”, says Piotr.", 7),
        ("Solveig on her tests: “I pulled the plug forty times”", 5),
    ],
)
def test_a_quotation_credited_to_another_is_an_error(said: str, line: int) -> None:
    assert found(CALL, said, line) == [("CK213", "error")]


def test_the_words_of_a_turn_are_its_speakers() -> None:
    words = "“A lock has to be released by somebody who may be dead.”"
    assert found(INTERVIEW, f"{words}\n\nAdaeze on leases.", 3) == []
    assert found(INTERVIEW, f"{words}\n\nTobias Renner on leases.", 3) == [("CK213", "error")]
    assert found(INTERVIEW, "“Raised by the internet” came to mind, Tobias Renner said.", 1) == [("CK213", "error")]


def test_a_turn_may_quote_somebody_else() -> None:
    assert found(INTERVIEW, "Marc Olsen says: “replace planning with curiosity”", 2) == []


def test_whoever_listens_said_nothing() -> None:
    assert found(INTERVIEW, "I told Adaeze: “I learned all of it online.”", 2, founder="Tobias Renner") == []


def test_the_message_names_who_said_it_and_what_to_do() -> None:
    draft = draft_of(citing(CALL, "Solveig Aune: “We once found tickets from Easter in August.”", 3, 3))
    (problem,) = (one for one in check_draft(draft, {CALL.path: CALL}) if one.check == "CK213")
    assert problem.message.startswith("these are words of Piotr Maj, not of Solveig Aune: “We once found")
    assert problem.remedy == "name Piotr Maj, or cite where Solveig Aune says it"


def test_a_word_or_two_that_are_credited_to_somebody_must_be_theirs() -> None:
    assert found(CALL, "According to Solveig it is “rather boring”.", 7) == [("CK204", "error")]


def test_a_word_or_two_in_quotation_marks_may_stand_in_other_lines() -> None:
    assert found(CALL, "They asked for the “almost boring” one.", 3) == []


def test_other_words_between_two_halves_of_a_quotation_are_missed() -> None:
    assert found(CALL, "“I would buy it again, never in winter.”", 7) == [("CK204", "error")]
