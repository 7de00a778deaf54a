"""Values of the calendar's keys that more than one part of it has, read strictly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import TypeVar

from contentkit import strict_yaml
from contentkit.calendar.times import DAYS
from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.strict_yaml import Node, Values
from contentkit.text import one_line

_LENGTH = regex(r"(?P<count>[1-9][0-9]{0,3}) ?(?P<unit>[mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_T = TypeVar("_T")


def read_value(values: Values, key: str, reader: Callable[[str], _T]) -> _T:
    """What ``reader`` makes of the words of a key, its errors with the value's place."""
    told = words_of(values, key)
    try:
        return reader(told)
    except ContentError as error:
        raise values[key].error(error.message, error.hint) from None


def read_length(node: Node, what: str) -> timedelta:
    """A length of time as ``length_of`` reads it, its errors with the place."""
    told = strict_yaml.text(node, what)
    try:
        return length_of(told)
    except ContentError as error:
        raise node.error(error.message, error.hint) from None


def words_of(values: Values, key: str) -> str:
    """The words of a key; empty where there is none."""
    told = values.texts.get(key, "")
    return strict_yaml.text(values[key], key) if told is None else told


def items_of(node: Node | None, what: str) -> tuple[Node, ...]:
    """The items of a list; none where there is no list."""
    if node is None:
        return ()
    if node.kind != "sequence":
        raise node.error(f"{what} must be a list", "begin each of its items with a dash and a space")
    return node.items


def check_needed(node: Node, values: Values, keys: Sequence[str], what: str) -> None:
    """Raises ContentError unless all of these keys are there."""
    for key in keys:
        if key not in values.texts:
            raise node.error(f"{what} has no '{key}'", f"{what} needs {', '.join(keys)}")


def account_names(node: Node, known: Collection[str]) -> tuple[str, ...]:
    """The names of accounts: at least one, each known, none twice."""
    names = strict_yaml.texts(node, "accounts")
    if not names:
        raise node.error("the list of accounts is empty", "name at least one account, or remove the entry")
    for name in names:
        if name not in known:
            raise _item(node, names.index(name)).error(f"no account '{name}'", strict_yaml.nearest(name, known))
        if names.count(name) > 1:
            second = names.index(name, names.index(name) + 1)
            raise _item(node, second).error(f"the account '{name}' stands here twice", "name it once")
    return names


def _item(node: Node, position: int) -> Node:
    """An item of a list, or the one text that stands for a list."""
    return node.items[position] if node.kind == "sequence" else node


def weekdays(node: Node) -> tuple[int, ...]:
    """Days of the week, in order; 0 is Monday."""
    names = strict_yaml.texts(node, "days")
    for position, name in enumerate(names):
        if name not in DAYS:
            raise _item(node, position).error(f"no day '{name}'", strict_yaml.nearest(name, DAYS))
        if name in names[:position]:
            raise _item(node, position).error(f"the day '{name}' stands here twice", "name it once")
    if not names:
        raise node.error("the list of days is empty", f"name some of {', '.join(DAYS)}")
    return tuple(sorted(DAYS.index(name) for name in names))


def length_of(told: str) -> timedelta:
    """A length of time: 90m, 6h or 2d. Raises ContentError (without a place)."""
    match = _LENGTH.fullmatch(told)
    if not match:
        raise ContentError(f"'{one_line(told, 60)}' is not a length of time", hint="write it as 90m, 6h or 2d")
    return int(match["count"]) * _UNITS[match["unit"]]
