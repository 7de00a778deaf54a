"""``calendar.yaml``, read strictly: every mistake is one message with its line, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from contentkit import files, strict_yaml
from contentkit.calendar import repeating
from contentkit.calendar.chunks import around, spans_of
from contentkit.calendar.slots import Blackout, Quiet, Slot
from contentkit.calendar.times import moment_of, read_wall, zone_of
from contentkit.calendar.values import account_names, check_needed, items_of, read_value, words_of
from contentkit.errors import ContentError
from contentkit.lateness import read_lateness
from contentkit.models import VISIBILITIES, ApprovedCopy, Condition, Entry, Lateness
from contentkit.patterns import regex
from contentkit.strict_yaml import Node, Values
from contentkit.text import one_line
from contentkit.values import dataclass

_USUAL = Lateness()
# A hundred thousand entries with all that they may say; they are read one at a time.
MAX_CHARACTERS = 48 * 1024 * 1024
CALENDAR_KEYS = ("version", "timezone", "slots", "blackout", "quiet", "gap", "entries")
ENTRY_KEYS = (
    "id", "draft", "at", "accounts", "campaign", "late", "when", "paused", "after", "visibility", "warning", "timezone",
    "slot", "approved",
)  # fmt: skip
_KNOWN = frozenset(ENTRY_KEYS)
_NEEDED = ENTRY_KEYS[:4]
_ID = regex(r"[a-z0-9][a-z0-9._-]{0,79}")
_WITH_OFFSET = regex(r"([Zz]|[+-][0-9]{2}:?[0-9]{2})$")
_ADDRESS = regex(r"https?://[^\s/]\S*")
_ABSOLUTE = regex(r"/|[A-Za-z]:")
# Parts of a path that lead elsewhere than into a folder.
_NO_NAMES = frozenset(("", ".", ".."))
# What other YAML takes for a truth value is no reason to pause.
NO_REASON = ("", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n")


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What a calendar file says. ``entries`` are in file order; ``text`` is the file as it stands, for edits.

    ``gaps`` is the least distance between two threads on an account, where there is one.
    """

    timezone: str
    zone: ZoneInfo
    slots: tuple[Slot, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    gaps: Mapping[str, timedelta] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    text: str = field(default="", repr=False)

    def entry(self, entry_id: str) -> Entry:
        """The entry of this id. Raises ContentError that names the nearest one."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        known = [entry.id for entry in self.entries]
        hint = (
            strict_yaml.nearest(entry_id, known) if known else "it has none yet: 'contentkit schedule' puts one there"
        )
        raise ContentError(f"the calendar has no entry '{one_line(entry_id, 80)}'", hint=hint)

    def slot(self, name: str) -> Slot:
        """The slot of this name. Raises ContentError that names the nearest one."""
        for slot in self.slots:
            if slot.name == name:
                return slot
        known = [slot.name for slot in self.slots]
        raise ContentError(f"the calendar has no slot '{name}'", hint=strict_yaml.nearest(name, known))


def load_calendar(path: Path, name: str, accounts: Collection[str], late: Lateness = _USUAL) -> Calendar:
    """The calendar in this file, called ``name`` in messages. Raises ContentError, and as ``parse_calendar``."""
    return parse_calendar(files.decoded(calendar_bytes(path, name), name), name, accounts, late)


def calendar_bytes(path: Path, name: str) -> bytes:
    """The bytes of the calendar in this file. Raises ContentError when it is missing, a folder or unreadable."""
    return files.read_bytes(path, name, missing="start one with 'contentkit init'")


def parse_calendar(text: str, name: str, accounts: Collection[str], late: Lateness = _USUAL) -> Calendar:
    """The calendar that this text holds. ``accounts`` are the known ones, ``late`` is the lateness of entries that say none.

    Raises ContentError with file:line:column.
    """
    entries = _Entries(accounts, late)
    root = strict_yaml.parse(text, name, apart={"entries": entries.take}, most=MAX_CHARACTERS)
    if root is None or root.is_null:
        raise ContentError(
            f"{name}:1:1: the calendar is empty", hint="start it with 'version: 1' and 'timezone: Europe/Madrid'"
        )
    values = _values(root)
    if "timezone" not in values and ("entries" in values or "slots" in values):
        raise root.error("the calendar does not say its time zone", "add a line such as 'timezone: Europe/Madrid'")
    zone = read_value(values, "timezone", zone_of) if "timezone" in values else zone_of("UTC")
    slots = repeating.slots(values.get("slots"), zone, accounts)
    items_of(values.get("entries"), "entries")
    return Calendar(
        timezone=zone.key,
        zone=zone,
        slots=slots,
        blackouts=repeating.blackouts(values.get("blackout")),
        quiet=repeating.quiet_hours(values.get("quiet"), zone, accounts),
        gaps=repeating.gaps(values.get("gap"), accounts),
        entries=entries.checked(zone, slots),
        text=text,
    )


def _values(root: Node) -> Values:
    values = strict_yaml.mapping(root, CALENDAR_KEYS, "a calendar")
    strict_yaml.check_version(values, root)
    return values


def read_entry(
    chunk: str, line: int, name: str, calendar: Calendar, accounts: Collection[str], late: Lateness = _USUAL
) -> Entry:
    """The entry that a chunk of a calendar's text holds, which begins at this line; ``calendar`` is what the rest says.

    Whether its id is free and ``after`` names an entry, only all entries tell. Raises ContentError with file:line:column.
    """
    items = items_of(strict_yaml.parse(chunk, name, line=line), "entries")
    if len(items) != 1:
        raise ContentError(
            f"{name}:{line}: these lines are not one entry", hint="begin each entry with a dash and a space"
        )
    entry, values = _entry(items[0], calendar.zone, accounts, late)
    if entry.slot:
        _check_slot(values["slot"], calendar.slots)
    return entry


def still_right(calendar: Calendar, text: str) -> bool:
    """Whether what a calendar says above and below its entries is what this text says there, too."""
    settings = around(text)
    return settings is not None and settings == around(calendar.text)


def entry_in(
    text: str, entry_id: str, name: str, calendar: Calendar, accounts: Collection[str], late: Lateness = _USUAL
) -> Entry:
    """The entry of this id in a calendar's text: read alone where ``calendar`` is still right about the rest.

    Raises ContentError as ``parse_calendar``, but not for what is wrong with other entries.
    """
    for start, end in spans_of(text, entry_id) if still_right(calendar, text) else ():
        with suppress(ContentError):
            line = text.count("\n", 0, start) + 1
            entry = read_entry(text[start:end], line, name, calendar, accounts, late)
            if entry.id == entry_id:
                return entry
    return parse_calendar(text, name, accounts, late).entry(entry_id)


class _Entries:
    """The entries of a calendar, each read when it comes, so that of a long one nothing is kept but what it says.

    Where the time zone stands below them, they wait for it as they are.
    """

    def __init__(self, accounts: Collection[str], late: Lateness) -> None:
        self._accounts = accounts
        self._late = late
        self._waiting: Iterable[Node] = ()
        self._entries: dict[str, Entry] = {}
        self._after: dict[str, Node] = {}
        self._slots: dict[str, Node] = {}

    def take(self, nodes: Iterator[Node], before: Node) -> None:
        """Reads these entries; ``before`` is what stands above them. Raises ContentError."""
        if {"version", "timezone"} <= before.texts().keys():
            self._read(nodes, read_value(_values(before), "timezone", zone_of))
        else:
            self._waiting = tuple(nodes)

    def checked(self, zone: ZoneInfo, slots: Sequence[Slot]) -> tuple[Entry, ...]:
        """All of them, once the whole file is read. Raises ContentError where one names what is not there."""
        self._read(iter(self._waiting), zone)
        for node in self._slots.values():
            _check_slot(node, slots)
        _check_order(self._after, self._entries)
        return tuple(self._entries.values())

    def _read(self, nodes: Iterator[Node], zone: ZoneInfo) -> None:
        for node in nodes:
            entry, values = _entry(node, zone, self._accounts, self._late)
            if entry.id in self._entries:
                taken = {*self._entries, *(other.texts().get("id") for other in nodes)}
                raise _twice(values["id"], self._entries[entry.id], entry, taken)
            self._entries[entry.id] = entry
            if entry.after:
                self._after[entry.id] = values["after"]
            if entry.slot:
                self._slots.setdefault(entry.slot, values["slot"])


def _check_slot(node: Node, slots: Sequence[Slot]) -> None:
    names = [slot.name for slot in slots]
    if node.text not in names:
        raise node.error(f"there is no slot '{one_line(node.text, 60)}'", strict_yaml.nearest(node.text, names))


def _twice(place: Node, first: Entry, second: Entry, taken: Collection[str | None]) -> ContentError:
    """The error for two entries of one id, as a merge of two branches makes them: what each is, and what to do."""
    there = f"the first is on line {first.line}"
    if all(getattr(first, name) == getattr(second, name) for name in ("draft", "at", "accounts")):
        return place.error(
            f"the entry '{second.id}' stands here twice", f"{there} and says the same: remove one of them"
        )
    free = next(name for number in count(2) if (name := f"{second.id[:70]}-{number}") not in taken)
    # An approval is for the id, too.
    which = "that" if second.approved and not first.approved else "this"
    return place.error(
        f"the id '{second.id}' stands here twice, for two entries", f"{there}; give {which} one another id, as '{free}'"
    )


def _entry(node: Node, zone: ZoneInfo, accounts: Collection[str], late: Lateness) -> tuple[Entry, Values]:
    """An entry, and the values that say it."""
    values = strict_yaml.mapping(node, _KNOWN, "an entry")
    check_needed(node, values, _NEEDED, "the entry")
    said = values.texts
    wall = read_value(values, "at", read_wall)
    own_zone = read_value(values, "timezone", zone_of) if "timezone" in said else zone
    at, note = moment_of(wall, own_zone)
    paused, pause_reason = _paused(values["paused"]) if "paused" in said else (False, "")
    entry = Entry(
        id=_id(values),
        draft=_draft(values),
        at=at,
        wall=wall,
        zone=own_zone.key,
        accounts=account_names(values["accounts"], accounts),
        campaign=words_of(values, "campaign"),
        late=read_value(values, "late", read_lateness) if "late" in said else late,
        when=_condition(values["when"]) if "when" in said else None,
        slot=words_of(values, "slot") if "slot" in said else "",
        paused=paused,
        pause_reason=pause_reason,
        after=words_of(values, "after") if "after" in said else "",
        visibility=_visibility(values["visibility"]) if "visibility" in said else "",
        warning=words_of(values, "warning") if "warning" in said else None,
        approved=_approved(values["approved"]) if "approved" in said else None,
        note=note,
        line=node.line,
    )
    return entry, values


def _paused(node: Node) -> tuple[bool, str]:
    """Whether an entry is paused, and why: ``true``, ``false``, or the reason itself."""
    if node.kind == "scalar" and node.text.strip().lower() not in NO_REASON:
        return True, strict_yaml.text(node, "paused")
    try:
        return strict_yaml.truth(node, "paused"), ""
    except ContentError as error:
        raise ContentError(error.message, hint="write 'paused: true', or why: 'paused: legal reads it'") from None


def _id(values: Values) -> str:
    words = words_of(values, "id")
    if not _ID.fullmatch(words):
        raise values["id"].error(
            f"'{one_line(words, 100)}' cannot be an id",
            "use up to 80 small letters, digits, dots, hyphens and underscores, a letter or digit first",
        )
    return words


def _draft(values: Values) -> str:
    words = words_of(values, "draft")
    if "\\" in words or _ABSOLUTE.match(words):
        raise values["draft"].error(
            f"the draft '{words}' is not a path within the project", "write it with slashes, as drafts/launch.md"
        )
    if not _NO_NAMES.isdisjoint(words.split("/")):
        raise values["draft"].error(
            f"the draft '{words}' is not a plain path within the project", "write it as drafts/launch.md"
        )
    if not words.endswith(".md") or not words.isprintable():
        raise values["draft"].error(f"the draft '{words}' is not a Markdown file", "a draft's name ends in .md")
    return words


def _visibility(node: Node) -> str:
    words = strict_yaml.text(node, "visibility")
    if words not in VISIBILITIES:
        raise node.error(f"no visibility '{words}'", strict_yaml.nearest(words, VISIBILITIES))
    return words


def _condition(node: Node) -> Condition:
    values = strict_yaml.mapping(node, ("url", "contains"), "a condition")
    check_needed(node, values, ("url",), "the condition")
    url = words_of(values, "url")
    if not _ADDRESS.fullmatch(url):
        raise values["url"].error(f"'{url}' is not an http(s) address", "write it in full: https://…")
    return Condition(url=url, contains=words_of(values, "contains"))


def _approved(node: Node) -> ApprovedCopy:
    values = strict_yaml.mapping(node, ("by", "at", "digest", "clone"), "an approval")
    check_needed(node, values, ("by", "at", "digest"), "the approval")
    at = read_value(values, "at", _instant)
    return ApprovedCopy(
        by=words_of(values, "by"), at=at, digest=words_of(values, "digest"), clone=words_of(values, "clone")
    )


def _instant(words: str) -> datetime:
    if not _WITH_OFFSET.search(words.strip()):
        raise ContentError(f"the time '{words}' says no offset", hint="write it as 2026-11-22T18:04:00Z")
    return moment_of(read_wall(words), UTC)[0]


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
