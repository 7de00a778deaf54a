"""Nothing of what decides what is sent, where and when is left out of the approval: each field has a mutation, or a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from contentkit.calendar.slots import Slot
from contentkit.cli.project import Project
from contentkit.config import load_config
from contentkit.link_tags import LinkTags
from contentkit.manifests import SlotRule, Terms
from contentkit.models import Account, Condition, Draft, Entry, Lateness, Media, Part, Person, Post, Rendition, Waiver
from contentkit.renditions import Manner
from tests.approvals.mutations import CALENDAR, MUTATIONS, Edit
from tests.approvals.orchard import planted
from tests.cli.shell import Shell
from tests.servers.compatible_server import CompatibleServer

_LATE = Edit(CALENDAR, "late: post within 6h", "late: next slot")
_MORNING = 'time: "09:30", accounts: [ours]'
_NOON = '  noon: {{days: [tue], time: "12:00", accounts: [{}]}}\n  evening:'
_NO_SLOT = Edit(CALENDAR, "    slot: morning\n", "")
# Of an entry that is put on the next slot when it is late; what was done first, and what is otherwise then.
SLOT_RULES: dict[str, tuple[tuple[Edit, ...], Edit]] = {
    "days of the slot": ((), Edit(CALENDAR, "days: [mon, tue, wed, thu, fri]", "days: [mon, tue, wed, thu]")),
    "time of the slot": ((), Edit(CALENDAR, 'time: "09:30"', 'time: "09:31"')),
    "zone of the slot": ((), Edit(CALENDAR, 'time: "09:30"', 'time: "09:30", timezone: Europe/Paris')),
    "spread of the slot": ((), Edit(CALENDAR, 'time: "09:30"', 'time: "09:30", spread: 10m')),
    "another slot": ((), Edit(CALENDAR, "slot: morning", "slot: evening")),
    "any slot": ((), _NO_SLOT),
    "one of any slots": ((_NO_SLOT,), Edit(CALENDAR, 'time: "18:30"', 'time: "18:31"')),
    "name of one of any slots": ((_NO_SLOT,), Edit(CALENDAR, "  evening:", "  late:")),
    "a slot more": ((_NO_SLOT,), Edit(CALENDAR, "  evening:", _NOON.format("ours"))),
    "the slot is no longer for the account": ((), Edit(CALENDAR, _MORNING, _MORNING.replace("ours", "second"))),
}  # fmt: skip
HARMLESS_RULES: dict[str, tuple[tuple[Edit, ...], Edit]] = {
    "a slot of another account": ((_NO_SLOT,), Edit(CALENDAR, "  evening:", _NOON.format("second"))),
    "a slot that the entry is not on": ((), Edit(CALENDAR, 'time: "18:30"', 'time: "18:31"')),
    "more room on the slot": ((), Edit(CALENDAR, 'time: "09:30"', 'time: "09:30", capacity: 2')),
    "the slot is for others, too": ((), Edit(CALENDAR, _MORNING, _MORNING.replace("ours", "ours, second"))),
    "order of days": ((), Edit(CALENDAR, "days: [mon, tue, wed, thu, fri]", "days: [fri, mon, tue, wed, thu]")),
    "a blackout": ((), Edit(CALENDAR, "entries:", "blackout:\n  - {from: 2020-01-01, to: 2020-01-02}\nentries:")),
}  # fmt: skip


@dataclass(frozen=True)
class No:
    """No part of what is approved, because of this."""

    because: str


_FOR_CHECKS = No("only checks and drafters read it")
_PLACE = No("where it stands in a file")
_FOLLOWS = No("follows from the text and the settings")
_ROOM = No("says which opening of an approved slot is taken, not when one is")
FIELDS: dict[type, dict[str, str | No]] = {
    Entry: {
        "id": "id",
        "draft": "draft",
        "at": "at",
        "accounts": "accounts",
        "wall": "at",
        "zone": "timezone of the entry",
        "slot": "slot",
        "campaign": "campaign",
        "late": "lateness",
        "when": "when",
        "paused": No("keeps an entry back, and changes nothing of it"),
        "pause_reason": No("keeps an entry back, and changes nothing of it"),
        "after": "after",
        "visibility": "visibility of the entry",
        "warning": "warning of the entry",
        "approved": No("the copy of the approval itself"),
        "note": No("follows from the time and the zone"),
        "line": _PLACE,
    },
    Draft: {
        "slug": "name of the draft, where links tell it",
        "posts": "a post less",
        "title": _FOR_CHECKS,
        "sources": _FOR_CHECKS,
        "founder": "founder",
        "link": _FOR_CHECKS,
        "canonical": _FOR_CHECKS,
        "language": "language of the draft",
        "tags": _FOR_CHECKS,
        "visibility": "visibility of the draft",
        "warning": "warning of the draft",
        "drafter": No("who wrote a first version"),
        "path": No("the name of a file that nobody sees"),
    },
    Post: {
        "text": "a word",
        "media": "a picture less",
        "evidence": "an embargo",
        "only": "only",
        "instead": "instead",
        "waivers": "a waiver less",
        "alternatives": No("never published as long as they are that"),
        "line": _PLACE,
        "comments": No("notes to people"),
    },
    Media: {
        "path": "the same picture under another name",
        "alt": "alt text",
        "digest": "bytes of a picture",
        "line": _PLACE,
    },
    Waiver: {
        "check": "a waiver's check",
        "words": "a waiver's words",
        "by": "a waiver's person",
        "reason": "a waiver's reason",
    },
    Part: {
        "post": No("which post of the draft it came from, and no reader knows that"),
        "text": "a word",
        "length": _FOLLOWS,
        "media": "pictures on another post",
        "visibility": "visibility of replies",
        "torn": _FOLLOWS,
        "uncut": _FOLLOWS,
        "remedy": _FOLLOWS,
    },
    Rendition: {
        "account": "another account",
        "parts": "a post more",
        "visibility": No("that of its first part"),
        "warning": "no warning",
        "language": "language of the draft",
    },
    Account: {
        "name": "another account",
        "platform": "platform",
        "server": "server",
        "handle": "handle",
        "remote_id": "pinned id",
        "visibility": "visibility of the account",
        "replies": "visibility of replies",
        "language": "language of the account",
        "mentions": "mentions",
        "split": "split",
        "numbering": "numbering",
        "budget": No("may keep a thread back, and changes nothing of it"),
        "caps": No("may keep a thread back, and change nothing of it"),
        "proxy": No("is of this machine, and how its networks are reached"),
        "stated": "limits",
        "limits": "limits",
        "line": _PLACE,
    },
    Lateness: {"policy": "lateness", "within": "how late"},
    Condition: {"url": "another page", "contains": "other words of a page"},
    Person: {
        "name": No("the word by which drafts name them"),
        "display": "name of a person",
        "handles": "handle of a person",
        "consent": "consent",
        "languages": "languages of the founder",
        "founder": No("advice; whose word counts is decided on the publishing machine"),
        "line": _PLACE,
    },
    LinkTags: {
        "hosts": "hosts of links",
        "source": "source of links",
        "medium": "medium of links",
        "campaign": "campaign of links",
    },
    Manner: {
        "count": No("the network's own way of counting"),
        "links": No("the network's own idea of a link"),
        "mentions": "mentions",
        "split": "split",
        "numbering": "numbering",
        "replies": "visibility of replies",
        "tags": "hosts of links",
        "language": "language of the project",
    },
    Slot: {
        "name": "another slot",
        "days": "days of the slot",
        "time": "time of the slot",
        "accounts": "the slot is no longer for the account",
        "zone": "zone of the slot",
        "capacity": _ROOM,
        "spread": "spread of the slot",
    },
    SlotRule: {
        "name": "another slot",
        "days": "days of the slot",
        "time": "time of the slot",
        "zone": "zone of the slot",
        "spread": "spread of the slot",
    },
    Terms: {
        "project": No("another project has another journal: tested by itself"),
        "slots": "a slot more",
        "embargo": "an embargo",
    },
}


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_each_field_is_part_of_the_approval_or_has_a_reason_not_to_be(kind: type) -> None:
    assert set(FIELDS[kind]) == {field.name for field in fields(kind)}


def test_each_field_that_is_part_of_it_has_a_mutation() -> None:
    named = {name for table in FIELDS.values() for name in table.values() if isinstance(name, str)}
    assert named <= {*MUTATIONS, *SLOT_RULES}


def digests(tmp_path: Path, done: Mapping[str, tuple[Edit, ...]]) -> dict[str, str]:
    """The digest of the entry, by name, of a project each in which this was done."""
    found = {}
    with CompatibleServer() as server:
        for name, edits in done.items():
            home = tmp_path / name
            shell = Shell(home=home, here=home / "project")
            orchard = planted(shell, server)
            # Always at the same moment: nothing else may differ.
            text = orchard.read(CALENDAR).decode()
            orchard.shell.write(
                CALENDAR,
                "\n".join(
                    "    at: 2026-11-24 09:30" if "at: 20" in line and "2199" not in line else line
                    for line in text.split("\n")
                ),
            )
            for edit in edits:
                orchard.replace(edit.file, edit.old, edit.new)
            project = Project(shell.project, load_config(shell.project), shell.environment())
            found[name] = project.digest(project.calendar.entry("pears"))
    return found


@pytest.mark.parametrize("name", SLOT_RULES)
def test_the_rule_by_which_a_late_entry_is_put_off_is_approved_with_it(tmp_path: Path, name: str) -> None:
    first, edit = SLOT_RULES[name]
    then, now = digests(tmp_path, {"then": (_LATE, *first), "now": (_LATE, *first, edit)}).values()
    assert then != now


@pytest.mark.parametrize("name", HARMLESS_RULES)
def test_what_does_not_say_when_a_late_entry_goes_out_voids_nothing(tmp_path: Path, name: str) -> None:
    first, edit = HARMLESS_RULES[name]
    then, now = digests(tmp_path, {"then": (_LATE, *first), "now": (_LATE, *first, edit)}).values()
    assert then == now
