"""Sets values in TOML that a person wrote: every other value, and every other character, stays as it is.

A new key goes behind the table's first keys, a new table to the end of the text, an old value is replaced where it
stands. Each step is read back; where a file is written in a way that this does not understand, nothing comes of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.settings.strict_toml import places_in

Path = tuple[str, ...]
_BOM = "\ufeff"
_BARE = regex(r"[A-Za-z0-9_-]+")
_BARE_END = regex(r"(?<!\r)\n")


def with_values(text: str, name: str, path: Path, values: Mapping[str, Any]) -> str:
    """The text with these values (text, whole numbers, tables of them) in the table at ``path``, which is made when missing.

    Raises ContentError, which repeats nothing of the text, when that cannot be done for certain.
    """
    body = text.removeprefix(_BOM)
    for key, value in values.items():
        body = _with_value(body, name, path, key, value)
    return text[: len(text) - len(text.removeprefix(_BOM))] + body


def _with_value(text: str, name: str, path: Path, key: str, value: Any) -> str:
    try:
        wanted = _merged(tomllib.loads(text), (*path, key), value)
        if wanted == tomllib.loads(text):
            return text
        return next(made for made in _attempts(text, path, key, value) if _reads_as(made, wanted))
    except (StopIteration, tomllib.TOMLDecodeError):
        where = ".".join(_key(one) for one in path)
        hint = f"write it under [{where}] yourself, or as a table of its own"
        raise ContentError(f"{name}: '{key}' cannot be put where it belongs", hint=hint) from None


def _merged(values: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """The values with this one at ``path``. A new dictionary; the given ones stay as they are."""
    if len(path) > 1:
        inner = values.get(path[0], {})
        value = _merged(inner if isinstance(inner, dict) else {}, path[1:], value)
    return {**values, path[0]: value}


def _attempts(text: str, path: Path, key: str, value: Any) -> Iterator[str]:
    ways: tuple[Callable[[str, Path, str, Any], str], ...] = (_inserted, _appended, _replaced)
    for way in ways:
        try:
            yield way(text, path, key, value)
        except (LookupError, TypeError, ValueError):
            continue


def _reads_as(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _inserted(text: str, path: Path, key: str, value: Any) -> str:
    """A new line behind the lines of keys that follow the table's header. Raises LookupError when there is no header."""
    places = places_in(text.replace("\r\n", "\n"))
    line = places[path]
    keys = {number for known, number in places.items() if known[:-1] == path}
    while line + 1 in keys:
        line += 1
    end = _line_end(text)
    lines = (text if text.endswith("\n") else text + end).split("\n")
    lines.insert(line, f"{_key(key)} = {_value(value)}{end[:-1]}")
    return "\n".join(lines)


def _appended(text: str, path: Path, key: str, value: Any) -> str:
    """A new table at the end."""
    end = _line_end(text)
    ended = text if not text or text.endswith("\n") else text + end
    gap = end if ended.strip() else ""
    return f"{ended}{gap}[{'.'.join(_key(one) for one in path)}]{end}{_key(key)} = {_value(value)}{end}"


def _replaced(text: str, path: Path, key: str, value: Any) -> str:
    """The value put where the old one stands, or into a table that is written within braces."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        table: Any = document
        for one in path:
            if one not in table:
                table[one] = tomlkit.inline_table()
            table = table[one]
        table[key] = _in_braces(value) if isinstance(value, Mapping) else value
        made = tomlkit.dumps(document)
    except TOMLKitError as error:
        raise ValueError(type(error).__name__) from None
    # tomlkit ends its own lines with \n alone.
    return made if _BARE_END.search(text) else _BARE_END.sub(_line_end(text), made)


def _in_braces(values: Mapping[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(values)
    return table


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    """A value as TOML writes it: text, a whole number, or a table of them within braces."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in escaped) + '"'
