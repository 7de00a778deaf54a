"""The part of ``calendar.yaml`` that repeats, read strictly: slots, blackouts, quiet hours, gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from contentkit import strict_yaml
from contentkit.calendar.slots import Blackout, Quiet, Slot
from contentkit.calendar.times import read_clock, read_day, zone_of
from contentkit.calendar.values import (
    account_names,
    check_needed,
    items_of,
    length_of,
    read_length,
    read_value,
    weekdays,
    words_of,
)
from contentkit.errors import ContentError
from contentkit.strict_yaml import Node

SLOT_KEYS = ("days", "time", "accounts", "timezone", "capacity", "spread")
QUIET_KEYS = ("from", "to", "accounts", "days", "timezone", "why")
_NEEDED = SLOT_KEYS[:3]
_LONGEST_NAME = 60
# Further than this, it would be another time of the day.
_WIDEST = timedelta(hours=6)


def slots(node: Node | None, zone: ZoneInfo, accounts: Collection[str]) -> tuple[Slot, ...]:
    """The slots of a calendar in ``zone``."""
    if node is None:
        return ()
    if node.kind != "mapping":
        raise node.error("slots must be a mapping of names to slots")
    return tuple(_slot(node.keys[name], name, value, zone, accounts) for name, value in node.values.items())


def _slot(key: Node, name: str, node: Node, zone: ZoneInfo, accounts: Collection[str]) -> Slot:
    if not name.isprintable() or not name.strip() or name != name.strip() or len(name) > _LONGEST_NAME:
        raise key.error(
            "this cannot be the name of a slot", f"use up to {_LONGEST_NAME} letters, as in weekday-morning"
        )
    values = strict_yaml.mapping(node, SLOT_KEYS, "a slot")
    check_needed(node, values, _NEEDED, f"the slot '{name}'")
    return Slot(
        name=name,
        days=weekdays(values["days"]),
        time=read_value(values, "time", read_clock),
        accounts=account_names(values["accounts"], accounts),
        zone=read_value(values, "timezone", zone_of) if "timezone" in values else zone,
        capacity=_capacity(values["capacity"]) if "capacity" in values else 1,
        spread=read_value(values, "spread", _spread) if "spread" in values else timedelta(),
    )


def _capacity(node: Node) -> int:
    number = strict_yaml.number(node, "capacity")
    if not number:
        raise node.error("a slot with room for nothing", "write how many threads an account may have at one opening")
    return number


def _spread(told: str) -> timedelta:
    length = length_of(told)
    if length > _WIDEST:
        raise ContentError(f"'{told}' is too far to spread", hint="up to 6h; make two slots of it")
    return length


def blackouts(node: Node | None) -> tuple[Blackout, ...]:
    """The blackouts of a calendar."""
    return tuple(_blackout(item) for item in items_of(node, "blackout"))


def _blackout(node: Node) -> Blackout:
    values = strict_yaml.mapping(node, ("from", "to", "why"), "a blackout")
    check_needed(node, values, ("from", "to"), "the blackout")
    first = read_value(values, "from", read_day)
    last = read_value(values, "to", read_day)
    if last < first:
        raise values["to"].error("the blackout ends before it begins", "swap 'from' and 'to'")
    return Blackout(first=first, last=last, why=words_of(values, "why"))


def quiet_hours(node: Node | None, zone: ZoneInfo, accounts: Collection[str]) -> tuple[Quiet, ...]:
    """The quiet hours of a calendar in ``zone``."""
    return tuple(_quiet(item, zone, accounts) for item in items_of(node, "quiet"))


def _quiet(node: Node, zone: ZoneInfo, accounts: Collection[str]) -> Quiet:
    values = strict_yaml.mapping(node, QUIET_KEYS, "an item of quiet")
    check_needed(node, values, ("from", "to"), "the item of quiet")
    since, until = read_value(values, "from", read_clock), read_value(values, "to", _end_of_day_or_clock)
    if since == until and words_of(values, "to") != _MIDNIGHT:
        raise values["to"].error(
            "the quiet hours end as they begin", 'for a whole day write {from: "00:00", to: "24:00"}'
        )
    return Quiet(
        since=since,
        until=until,
        zone=read_value(values, "timezone", zone_of) if "timezone" in values else zone,
        days=weekdays(values["days"]) if "days" in values else tuple(range(7)),
        accounts=account_names(values["accounts"], accounts) if "accounts" in values else (),
        why=words_of(values, "why"),
    )


_MIDNIGHT = "24:00"


def _end_of_day_or_clock(told: str) -> time:
    return time() if told == _MIDNIGHT else read_clock(told)


def gaps(node: Node | None, accounts: Collection[str]) -> Mapping[str, timedelta]:
    """The least distance between two threads on each account; those without one are left out."""
    if node is None:
        return MappingProxyType({})
    if node.kind == "scalar":
        return MappingProxyType(dict.fromkeys(accounts, read_length(node, "gap")))
    if node.kind != "mapping":
        raise node.error("gap must be a length of time, or a mapping of accounts to such", "write it as gap: 2h")
    for name, key in node.keys.items():
        if name not in accounts:
            raise key.error(f"no account '{name}'", strict_yaml.nearest(name, accounts))
    return MappingProxyType({name: read_length(value, name) for name, value in node.values.items()})
