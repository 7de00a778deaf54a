"""Edits of calendars in any layout: untouched bytes stay, the result means what was meant, and an edit comes undone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendar.fuzzing import EDITS, judge, tally


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_an_edit_changes_its_own_characters_only(seed: int) -> None:
    assert "refused" not in judge(seed)


@pytest.mark.parametrize("count", [1, 40, 200, 500])
@pytest.mark.parametrize("seed", range(5))
def test_a_calendar_of_many_entries_is_edited_as_well(seed: int, count: int) -> None:
    assert "refused" not in judge(seed, count)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(20))
def test_a_hundred_thousand_edits_change_their_own_characters_only(block: int) -> None:
    told = tally(range(block * 5_000, block * 5_000 + 5_000))
    assert set(told) == set(EDITS)
