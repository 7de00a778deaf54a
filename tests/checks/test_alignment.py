from __future__ import annotations

from contentkit.checks.reading.alignment import aligned, said_sentences
from contentkit.checks.records.record import record_of
from tests.checks.notes import NOTE, note

SAID = (
    "We moved the queue off Redis in March.",
    "Ana wrote the parser. It took her nine weeks.",
    "Nobody asked for it.",
)
RECORD = record_of({NOTE: note(*SAID)}, "en")
EVERYTHING = said_sentences(RECORD, range(1, len(RECORD.stretches)))


def test_the_sentence_of_the_source_that_shares_the_rarest_words_comes_first() -> None:
    [best, *_] = aligned("The parser took Ana nine weeks", EVERYTHING, RECORD)
    assert best.said.text in ("Ana wrote the parser.", "It took her nine weeks.")
    assert [match.said.text for match in aligned("Redis is gone from the queue", EVERYTHING, RECORD)] == [SAID[0]]


def test_a_sentence_that_shares_no_word_with_the_source_has_no_match() -> None:
    assert aligned("Entirely different matters", EVERYTHING, RECORD) == []


def test_what_is_copied_is_covered_and_used_wholly() -> None:
    [match] = aligned(SAID[0], EVERYTHING, RECORD)
    assert (match.covered, match.used) == (1.0, 1.0)
