from __future__ import annotations

import pytest

from contentkit.checks import check_draft
from contentkit.models import Draft, Passage, Problem, Source
from tests.checks.notes import NOTE, checked, citing, draft_of, note

MEETING = note(
    "Notes of Tuesday. Present: Ilse Maas, Samir Haddad, Priya Raman, Paul Weiss.",
    "",
    "Samir wants to remove the old themes now. Ilse wants to write to the authors first.",
    "",
    "Priya Raman wrote the collector, and Paul Weiss wrote the manual for it.",
    "",
    "Ilse found the leak in May. She also packaged the tool for Debian.",
    "",
    "The workshop in Leuven was paid by the Open Tools Fund.",
    "",
    "The office in Tartu is new, and the Baltic Code Society pays the rent.",
)
LINES = MEETING.lines


def of(source: Source, text: str, first: int, last: int = 0, **about: str) -> list[Problem]:
    """What is found of names in another's place."""
    draft = draft_of(citing(source, text, first, last or first), **about)
    return [
        one for one in check_draft(draft, {source.path: source}) if one.check in ("CK207", "CK208", "CK212", "CK213")
    ]


def ids(source: Source, text: str, first: int, last: int = 0, **about: str) -> list[tuple[str, str]]:
    return [(one.check, one.words) for one in of(source, text, first, last, **about)]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Ilse would rather write to the authors first.", 3),
        ("Samir would remove old themes today, Ilse would write to their authors.", 3),
        ("The collector is by Priya Raman, the manual by Paul Weiss.", 5),
        ("The collector is Raman's.", 5),
        ("A leak found, a package for Debian made: thank you, Ilse Maas!", 7),
        ("The Open Tools Fund paid for a workshop in Leuven.", 9),
        ("In Tartu we have a new office. Its rent is paid by the Baltic Code Society.", 11),
    ],
)
def test_who_did_it_may_be_told_in_other_words(said: str, line: int) -> None:
    assert of(MEETING, said, line) == []


@pytest.mark.parametrize(
    ("said", "words", "line"),
    [
        ("Paul would rather write to the authors first.", "Paul", 3),
        ("Samir Haddad wrote the collector.", "Samir Haddad", 5),
        ("Priya packaged the tool for Debian.", "Priya", 7),
        ("The Baltic Code Society paid for a workshop in Leuven.", "Baltic Code Society", 9),
        ("The Open Tools Fund paid for a workshop in Tartu.", "Tartu", 9),
    ],
)
def test_somebody_else_of_the_source_in_his_place_is_found(said: str, words: str, line: int) -> None:
    assert ("CK212", words) in ids(MEETING, said, line)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("The collector is by Paul Weiss, the manual by Priya Raman.", 5),
        ("Ilse would remove old themes today, Samir would write to their authors.", 3),
    ],
)
def test_two_people_exchanged_are_found(said: str, line: int) -> None:
    found = of(MEETING, said, line)
    assert [one.check for one in found] == ["CK212"]
    assert "the other way round" in found[0].message


def test_the_message_says_who_did_it_and_where_that_stands() -> None:
    (found,) = of(MEETING, "Samir Haddad wrote the collector.", 5)
    assert found.message.startswith(f"{NOTE}#L5 tells this of Priya Raman, not of Samir Haddad: “Priya Raman wrote")
    assert found.remedy == "name Priya Raman, or cite who tells it of Samir Haddad"


def test_a_first_name_with_anothers_surname_is_an_error() -> None:
    (found,) = of(MEETING, "Thanks to Ilse Raman, who found the leak.", 7)
    assert (found.check, found.severity, found.words) == ("CK207", "error", "Ilse Raman")


def test_what_the_whole_source_is_about_needs_no_line_of_its_own() -> None:
    source = note("# Fennel", "", "Fennel is small.", "", "It starts in 60 ms.", "", "It needs Python.")
    assert of(source, "Fennel starts in 60 ms.", 5) == []


def test_other_people_in_the_cited_lines_say_of_whom_they_are() -> None:
    (found,) = of(MEETING, "All our thanks to Samir Haddad.", 7)
    assert (found.check, found.words) == ("CK212", "Samir Haddad")
    assert found.message == f"the cited lines are of Ilse Maas, not of Samir Haddad, whom {NOTE}#L1 names"


def test_a_nickname_is_the_same_person() -> None:
    source = spoken(("Oluwaseun Bello", "I will be a father by December."), ("Katrin Vogel", "We are glad."))
    assert of(source, "Seun will be a father by December.", 1) == []


def spoken(*turns: tuple[str, str]) -> Source:
    """A transcript with one turn a line."""
    passages = (
        Passage(kind="turn", text=said, first=number, last=number, speaker=who)
        for number, (who, said) in enumerate(turns, 1)
    )
    lines = tuple(f"{who}: {said}" for who, said in turns)
    return Source(path=NOTE, kind="transcript", lines=lines, passages=tuple(passages))


INTERVIEW = spoken(
    ("Imani Weir", "You founded Tick in 2019. What came next?"),
    ("Tobias Renner", "I wrote the first version in a summer, about 700 lines of Go."),
    ("Adaeze Nwosu", "I replaced the locks in Redis by leases in PostgreSQL. I joined from a bank in Lagos."),
)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("I wrote the first version in one summer: 700 lines of Go.", 2),
        ("I founded Tick in 2019.", 1),
        ("Adaeze replaced our Redis locks by PostgreSQL leases.", 3),
        ("My first version had 700 lines of Go.", 2),
    ],
)
def test_what_the_founder_said_or_was_told_may_be_in_the_first_person(said: str, line: int) -> None:
    assert of(INTERVIEW, said, line, founder="Tobias Renner") == []


@pytest.mark.parametrize("said", ["I replaced our Redis locks by PostgreSQL leases.", "I joined from a bank in Lagos."])
def test_what_another_did_is_no_deed_of_the_founder(said: str) -> None:
    (found,) = of(INTERVIEW, said, 3, founder="Tobias Renner")
    assert (found.check, found.words) == ("CK213", "I")
    assert found.remedy == "say that it is Adaeze Nwosu's, or take it out"


def test_who_only_speaks_is_written_as_the_source_does() -> None:
    (found,) = of(INTERVIEW, "I wrote the first version in one summer: 700 lines of Go.", 2, founder="Imani Weir")
    assert found.remedy == "say that it is Tobias Renner's, or take it out"


def test_a_spanish_verb_in_the_first_person_says_who_did_it() -> None:
    source = spoken(
        ("Lucía Barrenechea", "La idea viene de los bomberos."),
        ("Rodrigo Quispe", "Lo primero que hice fue cambiar el algoritmo."),
    )
    said = "Lo primero que hice fue cambiar el algoritmo."
    assert ids(source, said, 2, founder="Lucía Barrenechea", language="es") == [("CK213", "hice")]
    assert ids(source, said, 2, founder="Rodrigo Quispe", language="es") == []


def test_the_posts_of_nobody_are_not_held_against_an_i() -> None:
    assert of(INTERVIEW, "I joined from a bank in Lagos.", 3) == []


@pytest.mark.parametrize("bit", ["Ana Ruiz ", "Ana, ", "I ", "Ana and ", "“Ana” "])
def test_hostile_names_cost_no_more_than_their_length(bit: str) -> None:
    import time

    def seconds(size: int) -> float:
        text = bit * (size // len(bit))
        source = note(text)
        start = time.process_time()
        check_draft(
            Draft(slug="x", posts=(citing(source, text),), sources=(NOTE,), language="en", founder="Ana"),
            {NOTE: source},
        )
        return time.process_time() - start

    assert seconds(32_000) < 0.5 + 16 * seconds(4_000)


TURNS = note(
    "INES VANDER: When Tunde came, in 2021. Tunde Bello is a printer. "
    'He looked at my film and said, "You dry it from the wrong side."',
    "",
    "ABDOU FAYE: Every week somebody asks me to open it at ten.",
    "",
    "NEREA BLASCO: I wrote the program for the ovens.",
)


def test_a_turn_may_tell_what_another_said() -> None:
    said = '"You dry it from the wrong side", said Tunde when he looked at my film.'

    assert [each.check for each in checked(TURNS, said, 1, 1) if each.check.startswith("CK21")] == []


@pytest.mark.parametrize(("who", "expected"), [("Abdou", []), ("Nerea", ["CK212"])])
def test_another_person_than_whose_lines_are_cited_is_a_warning(who: str, expected: list[str]) -> None:
    said = f'"Every week somebody asks me to open it at ten", sighs {who}, who runs the ovens.'

    assert [each.check for each in checked(TURNS, said, 3, 3) if each.severity == "warning"] == expected


ROLES = note(
    "ORLA FENN: My co-founder, Piet Haas, joined in 2022.",
    "",
    "BEN CASTLE: And then?",
    "",
    "ORLA FENN: My co-founder soldered 120 devices.",
    "",
    "BEN CASTLE: And who sold them?",
    "",
    "UMA VOSS: I did.",
)


@pytest.mark.parametrize(("who", "expected"), [("Piet Haas", "CK208"), ("Uma Voss", "CK212")])
def test_somebody_whom_the_lines_call_theirs_is_named_by_another_line(who: str, expected: str) -> None:
    (found,) = checked(ROLES, f"120 devices, soldered by {who}.", 5, 5)

    assert (found.check, found.severity) == (expected, "warning")


def test_a_given_name_is_no_other_form_of_another() -> None:
    source = note("Mariana Costa wrote the importer.")

    assert [each.check for each in checked(source, "The importer is by Mariela.")] == ["CK207"]
