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
    """The values as the translated statement asks for them. A NUL, which PostgreSQL's texts cannot hold, is replaced."""
    if isinstance(values, Mapping):
        return {name: _held(value) for name, value in values.items()}
    held = [_held(value) for value in values]
    return {f"v{number}": value for number, value in enumerate(held, 1)} if named else held


def _held(value: Any) -> Any:
    return value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value


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
