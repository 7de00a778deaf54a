"""What a new entry has to know of those that are there: their ids and when they are due, whatever else is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contentkit import strict_yaml
from contentkit.calendar.entries import MAX_CHARACTERS
from contentkit.calendar.times import moment_of, read_wall, zone_of
from contentkit.calendar.values import read_value, words_of
from contentkit.errors import ContentError
from contentkit.strict_yaml import Node, Values


class Listed(NamedTuple):
    """An entry's id, where it stands, what its clock shows, as ``read_wall`` has it, and its own zone where it has one."""

    id: str
    place: str
    line: int
    wall: str
    zone: ZoneInfo | None

    def due(self, usual: ZoneInfo) -> datetime:
        """When it is due, in UTC; ``usual`` is the calendar's zone."""
        return moment_of(self.wall, self.zone or usual)[0].astimezone(UTC)


def listed_in(text: str, name: str) -> tuple[Node, list[Listed]]:
    """A calendar without its entries, and the entries. Raises ContentError."""
    found: list[Listed] = []

    def take(nodes: Iterator[Node], _: Node) -> None:
        found.extend(map(listed, nodes))

    root = strict_yaml.parse(text, name, apart={"entries": take}, most=MAX_CHARACTERS)
    if root is None or root.kind != "mapping":
        raise not_a_calendar(name)
    return root, found


def not_a_calendar(name: str) -> ContentError:
    """The error for a file that holds something else."""
    return ContentError(f"{name}:1: not a calendar", hint="start it with 'version: 1' and 'timezone: Europe/Madrid'")


def listed(node: Node) -> Listed:
    """What an entry says of itself. Raises ContentError where it says no id or no time."""
    if node.kind != "mapping" or not {"id", "at"} <= node.texts().keys():
        raise node.error("an entry needs an id and a time", "mend it first")
    values = Values(node)
    wall = read_value(values, "at", read_wall)
    zone = read_value(values, "timezone", zone_of) if "timezone" in values else None
    return Listed(words_of(values, "id"), node.place, node.line, wall, zone)
