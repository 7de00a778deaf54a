"""What became of evidence when its source was edited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.checks.anchors import anchor_of, moved_to
from contentkit.models import Evidence
from tests.checks.notes import note

SOURCE = note("We began in May.", "", "The queue lost 112 jobs. Nobody slept.", "We moved on.")
LINES = SOURCE.evidence(3, 4)
PART = SOURCE.evidence(3, 3, 1, 25)


@pytest.mark.parametrize("evidence", [LINES, PART, Evidence(source=SOURCE.path, first=3, last=3)])
def test_what_is_as_it_was_holds(evidence: Evidence) -> None:
    assert anchor_of(evidence, SOURCE).state == "holds"


def test_a_part_of_a_line_holds_whatever_becomes_of_the_rest() -> None:
    changed = note(*SOURCE.lines[:2], "The queue lost 112 jobs. Everybody slept.")
    assert anchor_of(PART, changed).state == "holds"
    assert anchor_of(SOURCE.evidence(3, 3), changed).state == "changed"


@pytest.mark.parametrize("evidence", [LINES, PART])
def test_lines_that_moved_are_found_where_they_are(evidence: Evidence) -> None:
    moved = note("A new line.", "Another one.", *SOURCE.lines)
    anchor = anchor_of(evidence, moved)
    assert anchor.state == "moved"
    assert anchor.now == replace(evidence, first=evidence.first + 2, last=evidence.last + 2)


def test_a_part_of_a_line_is_found_behind_new_words() -> None:
    moved = note("", "Yes. The queue lost 112 jobs. Nobody slept.")
    assert moved_to(PART, moved) == moved.evidence(2, 2, 6, 30)


def test_a_part_that_ends_on_another_line_is_found_behind_new_words() -> None:
    source = note("Then the queue", "lost jobs. And so on.")
    part = source.evidence(1, 2, 6, 11)
    assert part.said_in(source.lines) == "the queue\nlost jobs."
    moved = note("", "And then the queue", "lost jobs. And so on.")
    assert moved_to(part, moved) == moved.evidence(2, 3, 10, 11)


@pytest.mark.parametrize("evidence", [SOURCE.evidence(4, 4), SOURCE.evidence(4, 4, 1, 9)])
def test_words_that_stand_twice_are_pointed_at_by_nobody(evidence: Evidence) -> None:
    anchor = anchor_of(evidence, note("We moved on.", "", "We moved on.", "The end."))
    assert (anchor.state, anchor.now, anchor.several) == ("changed", None, True)


@pytest.mark.parametrize("other", ["The queue lost 113 jobs. Nobody slept.", "the queue lost 112 jobs. Nobody slept."])
def test_nearly_the_same_words_are_not_the_same(other: str) -> None:
    assert anchor_of(SOURCE.evidence(3, 3), note("", "", "Other.", other)).state == "changed"


def test_what_has_no_hash_moved_nowhere() -> None:
    bare = Evidence(source=SOURCE.path, first=9, last=9)
    assert (anchor_of(bare, SOURCE).state, anchor_of(bare, SOURCE).now) == ("gone", None)


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(source=SOURCE.path, first=2, last=2),
        Evidence(source=SOURCE.path, first=3, last=99),
        Evidence(source=SOURCE.path, first=3, last=3, from_column=99),
        Evidence(source=SOURCE.path, first=3, last=3, from_column=1, to_column=40),
        Evidence(source=SOURCE.path, first=999_999_999, last=999_999_999),
    ],
)
def test_what_points_at_nothing_is_gone(evidence: Evidence) -> None:
    assert anchor_of(evidence, SOURCE).state == "gone"
    assert not evidence.is_said_in(SOURCE.lines)


def test_without_its_source_it_is_gone() -> None:
    assert anchor_of(LINES, None).state == "gone"


_LINES = st.lists(
    st.sampled_from(["", "One.", "Two words here.", "Two words here. One.", "  Ñu  ñu. ", "x"]), max_size=12
)


@settings(max_examples=300, deadline=None)
@given(_LINES, _LINES, st.data())
def test_where_it_moved_to_says_just_the_same_and_no_other_place_does(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    check_anchor(before, after, data)


@pytest.mark.nightly
@pytest.mark.timeout(900)
@settings(max_examples=50_000, deadline=None)
@given(_LINES, _LINES, st.data())
def test_where_it_moved_to_says_just_the_same_at_length(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    check_anchor(before, after, data)


def check_anchor(before: list[str], after: list[str], data: st.DataObject) -> None:
    source, changed = note("Start here.", *before), note(*after)
    first = data.draw(st.integers(1, len(source.lines)))
    last = data.draw(st.integers(first, len(source.lines)))
    columns = data.draw(st.booleans()) and len(source.lines[last - 1]) > 0
    evidence = (
        source.evidence(first, last, 1, len(source.lines[last - 1]) + 1) if columns else source.evidence(first, last)
    )
    anchor = anchor_of(evidence, changed)
    assert (anchor.now is not None) == (anchor.state == "moved")
    if anchor.now:
        assert anchor.now.said_in(changed.lines) == evidence.said_in(source.lines)
        assert anchor.now.is_said_in(changed.lines)
        assert not evidence.is_said_in(changed.lines)
