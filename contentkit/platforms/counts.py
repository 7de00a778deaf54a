"""What a network counted, read with distrust."""

from __future__ import annotations

# Larger than anything that is counted; beyond it a number is an attack on whoever stores it.
_LARGEST = 2**53


def count_in(value: object) -> int | None:
    """A number that can be a count: not a text, not a truth value, not negative, not absurd. Else None: it was not told."""
    return value if type(value) is int and 0 <= value < _LARGEST else None
