"""What sources say is read once, however many drafts rest on them."""

from __future__ import annotations

from contentkit.checks.records.cast import cast_of
from contentkit.checks.records.kept import Records
from tests.checks.notes import NOTE, note


def test_a_record_is_made_once_for_the_same_sources() -> None:
    records = Records()
    first = records.of({NOTE: note("It took 60 ms.")}, "en")
    assert records.of({NOTE: note("It took 60 ms.")}, "en") is first


def test_a_source_that_changed_has_another_record() -> None:
    records = Records()
    first = records.of({NOTE: note("It took 60 ms.")}, "en")
    second = records.of({NOTE: note("It took 70 ms.")}, "en")
    assert [one.text for one in second.stretches] != [one.text for one in first.stretches]


def test_another_language_or_another_set_of_sources_has_another_record() -> None:
    records, source = Records(), note("60 ms")
    first = records.of({NOTE: source}, "en")
    assert records.of({NOTE: source}, "es") is not first
    assert records.of({NOTE: source, "notes/b.md": source}, "en") is not first


def test_the_words_of_sources_are_read_once_and_again_when_these_changed() -> None:
    records = Records()
    first = records.searched({NOTE: note("It took 60 ms.")})
    assert records.searched({NOTE: note("It took 60 ms.")}) is first
    [(_, passage, _)] = records.searched({NOTE: note("It took 70 ms.")}).runs
    assert passage.text == "It took 70 ms."


def test_of_names_of_one_length_the_same_one_is_written_in_every_run() -> None:
    source = note("Ask the Harrow Core Team about it.", "Look into the Harrow Programming Language.")
    cast = cast_of(Records().of({NOTE: source}, "en"), ())
    assert cast.written(frozenset(["harrow"])) == "Harrow Core Team"
