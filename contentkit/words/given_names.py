"""Common first names of several languages, by which a text is seen to speak of a person."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def given_names() -> frozenset[str]:
    """The names as people write them, with their capital and their accents."""
    text = Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
