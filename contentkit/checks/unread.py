"""CK100: a draft that cannot be read. Where programs read the findings, it must not look as if it were fine."""

from __future__ import annotations

import re

from contentkit.errors import ContentError
from contentkit.models import Problem
from contentkit.patterns import regex

_PLACED = regex(r"(?P<place>[^\s:]+(?::[1-9]\d{0,8})?)(?::\d{1,9})?: (?P<message>.+)", re.DOTALL)


def unreadable(name: str, error: ContentError) -> Problem:
    """The finding that this error is about a draft, which goes by this name where the error tells no place."""
    match = _PLACED.fullmatch(error.message)
    return Problem(
        check="CK100",
        severity="error",
        message=match["message"] if match else error.message,
        place=match["place"] if match else name,
        remedy=error.hint,
    )
