"""What the journal says to a database in SQLite's words, as psycopg wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from contentkit.patterns import regex

# A value by number, by turn, by name; a sign of psycopg's own; a target that is unique within a workspace.
_PLACES = regex(r"\?(?P<number>\d+)|(?P<turn>\?)|(?<!:):(?P<name>[a-z]\w*)|(?P<sign>%)|(?P<target>ON CONFLICT \()")


@lru_cache(maxsize=512)
def translated(statement: str) -> tuple[bytes, bool]:
    """The statement in psycopg's words, and whether it names its values.

    ``?`` takes the next value, ``?1`` the first one each time, ``:day`` the one of this name; none mixes these. What a conflict
    is about is unique within a workspace, which no statement of the journal names.
    """
    places = [place.lastgroup for place in _PLACES.finditer(statement)]
    return _PLACES.sub(_place, statement).encode(), "number" in places or "name" in places


def values_of(values: Sequence[Any] | Mapping[str, Any], *, named: bool) -> Sequence[Any] | Mapping[str, Any]:
    """The values as the translated statement asks for them."""
    if not named or isinstance(values, Mapping):
        return values
    return {f"v{number}": value for number, value in enumerate(values, 1)}


def _place(found: Any) -> str:
    match found.lastgroup:
        case "turn":
            return "%s"
        case "number":
            return f"%(v{found['number']})s"
        case "name":
            return f"%({found['name']})s"
        case "target":
            return "ON CONFLICT (workspace, "
        case _:
            return "%%"
