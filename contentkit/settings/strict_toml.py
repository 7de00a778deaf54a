"""TOML read strictly: typed values, unknown keys refused, each mistake with its line.

tomllib gives no positions, so the lines of tables and keys are found in the text itself, each by tomllib.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.strict_yaml import nearest
from contentkit.text import printable
from contentkit.values import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

_HEADER = regex(r"\s*\[+[^\[\]]+\]+\s*(?:#.*)?$")
_ASSIGNMENT = regex(r"\s*(?P<key>[^=#\[]+?)\s*=")
_DURATION = regex(r"([0-9]{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_AMOUNT = regex(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a TOML file; ``path`` are the keys that lead to it from the top, ``places`` the lines of all keys."""

    name: str
    path: tuple[str, ...]
    values: Mapping[str, Any]
    places: Mapping[tuple[str, ...], int] = field(repr=False)

    def error(self, key: str, message: str, hint: str = "") -> ContentError:
        """An error at the line of this key, or where it should stand."""
        return ContentError(f"{self.name}:{self.line(key)}: {printable(message)}", hint=printable(hint))

    def line(self, key: str) -> int:
        """The line of this key, or of the table in which it should stand."""
        path = (*self.path, key)
        known = (self.places.get(path[:length]) for length in range(len(path), 0, -1))
        return next((number for number in known if number), 1)

    def refuse_others(self, known: Sequence[str]) -> None:
        """Raises ContentError for a key that is not among these; it names the nearest one."""
        for key in self.values:
            if key not in known:
                where = f"[{'.'.join(self.path)}]" if self.path else "this file"
                raise self.error(key, f"{where} has no key '{key}'", nearest(key, known))

    def table(self, key: str) -> Table:
        """The table of this key, an empty one when it is left out."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            where = ".".join((*self.path, key))
            raise self.error(key, f"'{key}' must be a table", f"write [{where}] on a line of its own")
        return Table(name=self.name, path=(*self.path, key), values=value, places=self.places)

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.error(key, f"'{key}' must be text", f'put it in quotes: {key} = "…"')
        return value

    def choice(self, key: str, known: Sequence[str]) -> str:
        """One of the known words, or nothing."""
        word = self.text(key)
        if word and word not in known:
            raise self.error(key, f"no {key} '{word}'", nearest(word, known))
        return word

    def number(self, key: str, default: int, least: int = 0, most: int | None = None) -> int:
        """A whole number of at least ``least``, and no more than ``most``."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < least or (most and value > most):
            reach = f"{least} to {most}" if most else f"{least} or more"
            raise self.error(key, f"'{key}' must be a whole number", f"write it without quotes, {reach}")
        return value

    def amount(self, key: str) -> Decimal | None:
        """An amount of money, exactly as it is written; None when it is left out."""
        if key not in self.values:
            return None
        from decimal import Decimal

        value = self.values[key]
        if not isinstance(value, int | Decimal) or isinstance(value, bool) or not _AMOUNT.fullmatch(str(value)):
            message = f"'{key}' must be an amount: 0 or more, in figures, with at most 6 of them behind the point"
            raise self.error(key, message, f"write it as {key} = 10.00")
        return Decimal(value)

    def duration(self, key: str, default: timedelta) -> timedelta:
        """A length of time such as 90s, 5m, 6h or 2d."""
        words = self.text(key)
        if not words:
            return default
        match = _DURATION.fullmatch(words)
        if not match:
            raise self.error(key, f"'{words}' is not a length of time", "write it as 90s, 5m, 6h or 2d")
        return timedelta(**{_UNITS[match.group(2)]: int(match.group(1))})


def parse(text: str, name: str) -> Table:
    """The top table of this TOML text. Raises ContentError with ``name:line``."""
    try:
        values = tomllib.loads(text, parse_float=_exactly)
    except tomllib.TOMLDecodeError as error:
        # "Expected '=' after a key (at line 3, column 5)", "Unclosed array (at end of document)"
        message, _, position = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", position)
        place = line.group(1) if line else text.rstrip().count("\n") + 1
        raise ContentError(
            f"{name}:{place}: {printable(message)}", hint="TOML could not be read from here on"
        ) from None
    return Table(name=name, path=(), values=values, places=places_in(text))


def _exactly(words: str) -> Decimal:
    """A number with a point as it is written: $10.10 is no binary fraction."""
    from decimal import Decimal

    return Decimal(words)


def places_in(text: str) -> dict[tuple[str, ...], int]:
    """The line of each table and key, by its path from the top; of a key within braces, that of the table around it."""
    places: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        assignment = _ASSIGNMENT.match(line)
        if _HEADER.match(line):
            table = _keys(line) or table
            places.setdefault(table, number)
        elif assignment:
            places.setdefault((*table, *_keys(f"{assignment['key']} = 0")), number)
    return places


def _keys(line: str) -> tuple[str, ...]:
    """The keys that a header or an assignment names, outermost first; nothing when the line is within other text."""
    try:
        value: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    keys = []
    while isinstance(value, dict) and value:
        [(key, value)] = value.items()
        keys.append(key)
        value = value[0] if isinstance(value, list) else value
    return tuple(keys)
