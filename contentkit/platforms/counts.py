"""Numbers and names in a network's answers, read with distrust."""

from __future__ import annotations

# Larger than anything that is counted; beyond it a number is an attack on whoever stores it.
_LARGEST = 2**53


def count_in(value: object) -> int | None:
    """A number that can be a count: not a text, not a truth value, not negative, not absurd. Else None: it was not told."""
    return value if type(value) is int and 0 <= value < _LARGEST else None


def id_in(value: object) -> str:
    """The id of a JSON object as text, empty where it has none: some servers give a number."""
    told = value.get("id") if isinstance(value, dict) else None
    return str(told) if isinstance(told, str) or (type(told) is int and told >= 0) else ""
