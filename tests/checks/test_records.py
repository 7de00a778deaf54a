"""What sources say is read once, however many drafts rest on them."""

from __future__ import annotations

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
