"""``calendar.yaml``, read strictly: every mistake is one message with its line, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from contentkit import files, strict_yaml
from contentkit.calendar.slots import Blackout, Slot
from contentkit.calendar.times import DAYS, read_at, read_clock, read_day, wall_of, zone_of
from contentkit.errors import ContentError
from contentkit.models import VISIBILITIES, ApprovedCopy, Condition, Entry, Lateness
from contentkit.strict_yaml import Node

CALENDAR_KEYS = ("version", "timezone", "slots", "blackout", "entries")
ENTRY_KEYS = (
    "id", "draft", "at", "accounts", "campaign", "late", "when", "paused", "after", "visibility", "warning", "timezone",
    "slot", "approved",
)  # fmt: skip
_NEEDED = ENTRY_KEYS[:4]
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_LATE = re.compile(r"post within (?P<count>[1-9][0-9]{0,3}) ?(?P<unit>[mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
# What other YAML takes for a truth value is no reason to pause.
_NO_REASON = ("", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n")
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What a calendar file says. ``entries`` are in file order; ``text`` is the file as it stands, for edits."""

    timezone: str
    zone: ZoneInfo
    slots: tuple[Slot, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    entries: tuple[Entry, ...] = ()
    text: str = field(default="", repr=False)

    def entry(self, entry_id: str) -> Entry:
        """The entry of this id. Raises ContentError that names the nearest one."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        known = [entry.id for entry in self.entries]
        raise ContentError(f"the calendar has no entry '{entry_id}'", hint=strict_yaml.nearest(entry_id, known))


def load_calendar(path: Path, name: str, accounts: Collection[str]) -> Calendar:
    """The calendar in this file, called ``name`` in messages; ``accounts`` are the known ones. Raises ContentError."""
    data = files.read_bytes(path, name, missing="start one with 'contentkit init'")
    return parse_calendar(files.decoded(data, name), name, accounts)


def parse_calendar(text: str, name: str, accounts: Collection[str]) -> Calendar:
    """The calendar that this text holds. Raises ContentError with file:line:column."""
    root = strict_yaml.parse(text, name)
    if root is None or root.is_null:
        raise ContentError(
            f"{name}:1: the calendar is empty", hint="start it with 'version: 1' and 'timezone: Europe/Madrid'"
        )
    values = strict_yaml.mapping(root, CALENDAR_KEYS, "a calendar")
    strict_yaml.check_version(values, root)
    if "timezone" not in values and ("entries" in values or "slots" in values):
        raise root.error("the calendar does not say its time zone", "add a line such as 'timezone: Europe/Madrid'")
    zone = _read(values, "timezone", zone_of) if "timezone" in values else zone_of("UTC")
    return Calendar(
        timezone=zone.key,
        zone=zone,
        slots=_slots(values.get("slots"), accounts),
        blackouts=tuple(_blackout(item) for item in _items(values.get("blackout"), "blackout")),
        entries=_entries(_items(values.get("entries"), "entries"), zone, accounts),
        text=text,
    )


def _read(values: Mapping[str, Node], key: str, read: Callable[[str], _T]) -> _T:
    """What ``read`` makes of the words of a key, its errors with the value's place."""
    words = _words(values, key)
    try:
        return read(words)
    except ContentError as error:
        raise values[key].error(error.message, error.hint) from None


def _items(node: Node | None, what: str) -> tuple[Node, ...]:
    if node is None:
        return ()
    if node.kind != "sequence":
        raise node.error(f"{what} must be a list")
    return node.items


def _words(values: Mapping[str, Node], key: str) -> str:
    return strict_yaml.text(values[key], key) if key in values else ""


def _needed(node: Node, values: Mapping[str, Node], keys: Sequence[str], what: str) -> None:
    for key in keys:
        if key not in values:
            raise node.error(f"{what} has no '{key}'", f"{what} needs {', '.join(keys)}")


def _entries(nodes: Sequence[Node], zone: ZoneInfo, accounts: Collection[str]) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    after: dict[str, Node] = {}
    for node in nodes:
        values = strict_yaml.mapping(node, ENTRY_KEYS, "an entry")
        entry = _entry(node, values, zone, accounts)
        if entry.id in entries:
            raise values["id"].error(
                f"the id '{entry.id}' stands here twice",
                f"the first is on line {entries[entry.id].line}; change one of them",
            )
        entries[entry.id] = entry
        if entry.after:
            after[entry.id] = values["after"]
    _check_order(after, entries)
    return tuple(entries.values())


def _entry(node: Node, values: Mapping[str, Node], zone: ZoneInfo, accounts: Collection[str]) -> Entry:
    _needed(node, values, _NEEDED, "the entry")
    at, note = time_of(values, zone)
    paused, pause_reason = _paused(values["paused"]) if "paused" in values else (False, "")
    return Entry(
        id=_id(values["id"]),
        draft=_draft(values["draft"]),
        at=at,
        wall=wall_of(_words(values, "at")),
        zone=_words(values, "timezone") or zone.key,
        accounts=_accounts(values["accounts"], accounts),
        campaign=_words(values, "campaign"),
        late=_read(values, "late", read_lateness) if "late" in values else Lateness(),
        when=_condition(values["when"]) if "when" in values else None,
        slot=_words(values, "slot"),
        paused=paused,
        pause_reason=pause_reason,
        after=_words(values, "after"),
        visibility=_visibility(values["visibility"]) if "visibility" in values else "",
        warning=_words(values, "warning") if "warning" in values else None,
        approved=_approved(values["approved"]) if "approved" in values else None,
        note=note,
        line=node.line,
    )


def _paused(node: Node) -> tuple[bool, str]:
    """Whether an entry is paused, and why: ``true``, ``false``, or the reason itself."""
    if node.is_null or (node.kind == "scalar" and node.text.strip().lower() in _NO_REASON):
        return strict_yaml.truth(node, "paused"), ""
    return True, strict_yaml.text(node, "paused")


def time_of(values: Mapping[str, Node], zone: ZoneInfo) -> tuple[datetime, str]:
    """When an entry with these values is due, in its own zone or else in ``zone``, and a note when that is not plain."""
    if "timezone" in values:
        zone = _read(values, "timezone", zone_of)
    return _read(values, "at", lambda words: read_at(words, zone))


def _id(node: Node) -> str:
    words = strict_yaml.text(node, "id")
    if not _ID.fullmatch(words):
        raise node.error(
            f"'{words}' cannot be an id",
            "use up to 80 small letters, digits, dots, hyphens and underscores, a letter or digit first",
        )
    return words


def _draft(node: Node) -> str:
    words = strict_yaml.text(node, "draft")
    if "\\" in words or words.startswith("/") or re.match(r"[A-Za-z]:", words):
        raise node.error(
            f"the draft '{words}' is not a path within the project", "write it with slashes, as drafts/launch.md"
        )
    parts = words.split("/")
    if ".." in parts or "." in parts or "" in parts:
        raise node.error(f"the draft '{words}' is not a plain path within the project", "write it as drafts/launch.md")
    if not words.endswith(".md") or not words.isprintable():
        raise node.error(f"the draft '{words}' is not a Markdown file", "a draft's name ends in .md")
    return words


def _accounts(node: Node, known: Collection[str]) -> tuple[str, ...]:
    names = strict_yaml.texts(node, "accounts")
    if not names:
        raise node.error("the list of accounts is empty", "name at least one account, or remove the entry")
    for position, name in enumerate(names):
        place = node.items[position] if node.items else node
        if name not in known:
            raise place.error(f"no account '{name}'", strict_yaml.nearest(name, known))
        if name in names[:position]:
            raise place.error(f"the account '{name}' stands here twice", "name it once")
    return names


def _visibility(node: Node) -> str:
    words = strict_yaml.text(node, "visibility")
    if words not in VISIBILITIES:
        raise node.error(f"no visibility '{words}'", strict_yaml.nearest(words, VISIBILITIES))
    return words


def read_lateness(words: str) -> Lateness:
    """What ``late`` says: ``post within 6h`` (or 90m, 2d), ``next slot``, ``hold``. Raises ContentError, placeless."""
    if words == "next slot":
        return Lateness(policy="next slot")
    if words == "hold":
        return Lateness(policy="hold")
    match = _LATE.fullmatch(words)
    if not match:
        raise ContentError(f"cannot read the lateness '{words}'", hint="write 'post within 6h' (or 90m, 2d), or 'hold'")
    return Lateness(within=int(match["count"]) * _UNITS[match["unit"]])


def _condition(node: Node) -> Condition:
    values = strict_yaml.mapping(node, ("url", "contains"), "a condition")
    _needed(node, values, ("url",), "the condition")
    url = _words(values, "url")
    if not re.fullmatch(r"https?://[^\s/]\S*", url):
        raise values["url"].error(f"'{url}' is not an http(s) address", "write it in full: https://…")
    return Condition(url=url, contains=_words(values, "contains"))


def _approved(node: Node) -> ApprovedCopy:
    values = strict_yaml.mapping(node, ("by", "at", "digest", "clone"), "an approval")
    _needed(node, values, ("by", "at", "digest"), "the approval")
    at = _read(values, "at", _instant)
    return ApprovedCopy(by=_words(values, "by"), at=at, digest=_words(values, "digest"), clone=_words(values, "clone"))


def _instant(words: str) -> datetime:
    if not re.search(r"([Zz]|[+-][0-9]{2}:?[0-9]{2})$", words.strip()):
        raise ContentError(f"the time '{words}' says no offset", hint="write it as 2026-11-22T18:04:00Z")
    return read_at(words, UTC)[0]


def _check_order(after: Mapping[str, Node], entries: Mapping[str, Entry]) -> None:
    """Each ``after`` names another entry, and following them comes to an end."""
    for node in after.values():
        if node.text not in entries:
            raise node.error(f"after: there is no entry '{node.text}'", strict_yaml.nearest(node.text, entries))
    settled: set[str] = set()
    for first in after:
        path: dict[str, None] = {}
        here = first
        while here in after and here not in settled:
            if here in path:
                chain = " after ".join([*list(path)[list(path).index(here) :], here])
                raise after[here].error(f"these wait for each other: {chain}", "remove one 'after'")
            path[here] = None
            here = after[here].text
        settled.update(path)


def _slots(node: Node | None, accounts: Collection[str]) -> tuple[Slot, ...]:
    if node is None:
        return ()
    if node.kind != "mapping":
        raise node.error("slots must be a mapping of names to slots")
    return tuple(_slot(name, value, accounts) for name, value in node.values.items())


def _slot(name: str, node: Node, accounts: Collection[str]) -> Slot:
    values = strict_yaml.mapping(node, ("days", "time", "accounts"), "a slot")
    _needed(node, values, ("days", "time", "accounts"), f"the slot '{name}'")
    return Slot(
        name=name,
        days=_days(values["days"]),
        time=_read(values, "time", read_clock),
        accounts=_accounts(values["accounts"], accounts),
    )


def _days(node: Node) -> tuple[int, ...]:
    names = strict_yaml.texts(node, "days")
    for position, name in enumerate(names):
        place = node.items[position] if node.items else node
        if name not in DAYS:
            raise place.error(f"no day '{name}'", strict_yaml.nearest(name, DAYS))
        if name in names[:position]:
            raise place.error(f"the day '{name}' stands here twice", "name it once")
    if not names:
        raise node.error("the list of days is empty", f"name some of {', '.join(DAYS)}")
    return tuple(sorted(DAYS.index(name) for name in names))


def _blackout(node: Node) -> Blackout:
    values = strict_yaml.mapping(node, ("from", "to", "why"), "a blackout")
    _needed(node, values, ("from", "to"), "the blackout")
    first = _read(values, "from", read_day)
    last = _read(values, "to", read_day)
    if last < first:
        raise values["to"].error("the blackout ends before it begins", "swap 'from' and 'to'")
    return Blackout(first=first, last=last, why=_words(values, "why"))
