"""A long calendar as it was read last: of 10,000 entries, to read the file anew takes most of a second.

For listings only: what goes out is read from the calendar itself. Nothing that is kept is believed unless it was made by this
version from these very bytes and settings, and is whole; whatever else stands there is nothing, and the calendar is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from contentkit import __version__, files
from contentkit.calendar.entries import Calendar, calendar_bytes, parse_calendar
from contentkit.calendar.slots import Blackout, Quiet, Slot
from contentkit.calendar.times import at_wall, zone_of
from contentkit.errors import ContentkitError
from contentkit.models import ApprovedCopy, Condition, Entry, Lateness

# Raised with each change of what is kept, or of what a calendar means.
_FORM = 1
# A shorter calendar is read as fast as what would be kept of it.
_WORTH_KEEPING = 64 * 1024
_LARGEST = 64 * 1024 * 1024
# When an entry is due follows from its wall and its zone, by the rules that the zone has today.
_WORKED_OUT: dict[type, tuple[str, ...]] = {Entry: ("at", "note"), Calendar: ("text", "zone")}


def load_kept_calendar(
    kept: Path, path: Path, name: str, accounts: Collection[str], late: Lateness, *, worth: int = _WORTH_KEEPING
) -> Calendar:
    """As ``load_calendar``: the calendar in the file at ``path``, from what is kept at ``kept`` where that is of the same bytes.

    Keeps one of at least ``worth`` bytes otherwise, for its owner only; where that cannot be done, it is read again the next
    time. Raises ContentError.
    """
    data = calendar_bytes(path, name)
    text = files.decoded(data, name)
    if len(data) < worth:
        return parse_calendar(text, name, accounts, late)
    mark = _mark(data, accounts, late)
    calendar = _read(kept, mark, text)
    if calendar is None:
        calendar = parse_calendar(text, name, accounts, late)
        _keep(kept, mark, calendar)
    return calendar


def _mark(data: bytes, accounts: Collection[str], late: Lateness) -> bytes:
    """What a calendar follows from, as a digest: its bytes, what is known beside them, and who reads them."""
    shapes = [list(usual) for usual in _USUAL.values()]
    beside = json.dumps([_FORM, __version__, shapes, list(accounts), _said(late)])
    return hashlib.sha256(beside.encode() + b"\0" + data).hexdigest().encode()


def _read(kept: Path, mark: bytes, text: str) -> Calendar | None:
    """What is kept, if it is of this mark and whole; otherwise None, whatever it is."""
    try:
        of, whole, words = files.plain_bytes(kept, _LARGEST).split(b"\n", 2)
        if of != mark or whole != hashlib.sha256(words).hexdigest().encode():
            return None
        return _calendar(json.loads(words), text)
    except (ContentkitError, OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _keep(kept: Path, mark: bytes, calendar: Calendar) -> None:
    from contentkit.places import make_private_folder

    words = json.dumps(_said(calendar), separators=(",", ":")).encode()
    try:
        make_private_folder(kept.parent)
        files.make_private_file(kept)
        files.replace_file(kept, b"\n".join((mark, hashlib.sha256(words).hexdigest().encode(), words)), None)
    except (ContentkitError, OSError):
        return


# -- what is written


def _usual(kind: type) -> dict[str, Any]:
    """What each field of a kind of value is where nobody says it; of those that somebody must say, nothing that any value is."""
    return {one.name: one.default_factory() if callable(one.default_factory) else one.default for one in fields(kind)}


_KINDS = (Calendar, Entry, Slot, Blackout, Quiet, Lateness, Condition, ApprovedCopy)
_USUAL: dict[type, dict[str, Any]] = {kind: _usual(kind) for kind in _KINDS}


def _said(value: Any) -> Any:
    """A value of a calendar as JSON has it; of one with fields, those that are not as usual and not worked out."""
    match value:
        case None | bool() | int() | str():
            return value
        case tuple():
            return [_said(one) for one in value]
        case timedelta():
            return value // timedelta(microseconds=1)
        case ZoneInfo():
            return value.key
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {key: _said(one) for key, one in value.items()}
    left_out = _WORKED_OUT.get(type(value), ())
    usual = {name: one for name, one in _USUAL[type(value)].items() if name not in left_out}
    return {name: _said(own) for name, one in usual.items() if (own := getattr(value, name)) != one}


# -- what is read


def _calendar(said: dict[str, Any], text: str) -> Calendar:
    return _made(Calendar, {"gaps": {}, **said, "zone": zone_of(said["timezone"]), "text": text})  # type: ignore[no-any-return]


# Ten thousand entries have a few zones.
_zone = lru_cache(maxsize=64)(zone_of)


def _entry(said: dict[str, Any]) -> Entry:
    wall, zone = datetime.fromisoformat(said["wall"]), _zone(said["zone"])
    at, note = (wall.astimezone(zone), "") if wall.tzinfo else at_wall(wall, zone)
    return _made(Entry, {**said, "at": at, "note": note})  # type: ignore[no-any-return]


def _made(kind: type, said: dict[str, Any]) -> Any:
    read = _READ[kind]
    return kind(**{name: read[name](value) if name in read else value for name, value in said.items()})


def _each(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda many: tuple(read(one) for one in many)


def _a(kind: type) -> Callable[[Any], Any]:
    return lambda said: _made(kind, said)


def _span(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)


# How what JSON has no form for is read.
_READ: dict[type, dict[str, Callable[[Any], Any]]] = {
    Calendar: {
        "slots": _each(_a(Slot)),
        "blackouts": _each(_a(Blackout)),
        "quiet": _each(_a(Quiet)),
        "gaps": lambda said: MappingProxyType({name: _span(one) for name, one in said.items()}),
        "entries": _each(_entry),
    },
    Entry: {"accounts": tuple, "late": _a(Lateness), "when": _a(Condition), "approved": _a(ApprovedCopy)},
    Slot: {"days": tuple, "time": time.fromisoformat, "accounts": tuple, "zone": zone_of, "spread": _span},
    Blackout: {"first": date.fromisoformat, "last": date.fromisoformat},
    Quiet: {
        "since": time.fromisoformat,
        "until": time.fromisoformat,
        "zone": zone_of,
        "days": tuple,
        "accounts": tuple,
    },
    Lateness: {"within": _span},
    Condition: {},
    ApprovedCopy: {"at": datetime.fromisoformat},
}
