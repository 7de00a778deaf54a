"""Figures that say how much or how many."""

from __future__ import annotations

import pytest

from contentkit.drafting.reading.quantities import quantities_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The median query went from 18 ms to 7 ms.", 2),
        ("De las bibliotecas, 96 400 euros y el 63 % en 2025.", 2),
        ("It costs tens of thousands, $340.000 in all.", 1),
        ("In 2020 2,000 people came.", 1),
        ("It was down on Tuesday, Oct 15, from 20:00 to 21:30 UTC.", 0),
        ("El 12 de enero, entre las 4:10 y las 13:35, no avisó.", 0),
        ("From 2 to 4 February 2026 nobody came.", 0),
        ("Version 3.0 comes after 2.4.1, see #1188 and step 4.", 0),
        ("Nobody came twice.", 0),
    ],
)
def test_dates_times_versions_and_issues_are_no_quantities(text: str, number: int) -> None:
    assert quantities_in(text) == number


@pytest.mark.parametrize("piece", ["1", "1.", "1 ", "v1.", "#", "may 1 "])
def test_a_long_text_is_read_at_once(piece: str) -> None:
    assert quantities_in(piece * 40_000) >= 0
