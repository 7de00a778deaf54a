"""Edits of calendars in any layout: untouched bytes stay, the result means what was meant, and an edit comes undone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendar.fuzzing import EDITS, judge, tally


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_an_edit_changes_its_own_characters_only(seed: int) -> None:
    judge(seed)


def test_hardly_a_layout_is_refused() -> None:
    assert set(tally(range(300))) == set(EDITS)


@pytest.mark.parametrize("count", [1, 40, 200, 500])
@pytest.mark.parametrize("seed", range(5))
def test_a_calendar_of_many_entries_is_edited_as_well(seed: int, count: int) -> None:
    assert "refused" not in judge(seed, count)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(20))
def test_a_hundred_thousand_edits_change_their_own_characters_only(block: int) -> None:
    told = tally(range(block * 5_000, block * 5_000 + 5_000))
    refused = [kind for kind in told if "refused" in kind]
    assert set(told) - set(refused) == set(EDITS)
    assert len(refused) <= 5, "nine were in the first hundred thousand, most of them beside texts in '|+'"
