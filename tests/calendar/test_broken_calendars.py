"""Calendars that an editor, a merge or a script broke: read or refused with a place, edited or refused, and nothing else."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.calendar.edit import add_entry, remove_entry, remove_key, set_text
from contentkit.calendar.entries import parse_calendar
from contentkit.errors import ContentError
from contentkit.models import Entry
from tests.calendar.layouts import laid_out

ACCOUNTS = ("ana-mastodon", "ana-x")
NEW = {"id": "new", "draft": "drafts/new.md", "at": "2026-11-24 12:00", "accounts": ["ana-x"]}
_SIGNS = [
    *":-,[]{}#&*!|>'\"%@`?~ \t\n\r.0<=",
    "\r\n",
    "\n\n",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\U0001f680",
    "- ",
    ": ",
    "  ",
]
_PIECES = [
    "<<: *a\n",
    "&a ",
    "!!str ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "<<<<<<< HEAD\n",
    "=======\n",
    "? ",
    "entries:\n",
    "at: 9:30\n",
]


def broken(seed: int) -> str:
    """A calendar with a few pieces put in, taken out, doubled or exchanged."""
    random, text = Random(f"broken {seed}"), laid_out(seed).text[:20_000]
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        first = random.randrange(len(text) + 1)
        last = min(len(text), first + random.choice((0, 1, 1, 3, 20)))
        piece = random.choice(("", "", random.choice(_SIGNS), random.choice(_PIECES), text[first:last] * 2))
        text = text[:first] + piece + text[last:]
    return text


def judge(seed: int) -> bool:
    """Reads and edits what is broken. Returns whether it could be edited."""
    text = broken(seed)
    entries, message = _read(text)
    if message:
        assert re.match(r"calendar\.yaml:\d+:\d+: .", message)
        # A zero-width joiner holds emoji together.
        assert message.replace("\u200d", "").isprintable()
        assert len(message) < 500
    else:
        assert [(one.id, one.draft, one.slot) for one in entries] == [
            (one["id"], one["draft"], one.get("slot", "")) for one in _other_reading(text)["entries"]
        ]
    edits = [
        lambda: add_entry(text, "calendar.yaml", NEW),
        lambda: set_text(text, "calendar.yaml", "e0", "paused", "a, b"),
        lambda: remove_key(text, "calendar.yaml", "e0", "approved"),
        lambda: remove_entry(text, "calendar.yaml", "e0"),
    ]
    done = [_edited(one) for one in edits]
    if (added := done[0]) and (before := _other_reading(text)) is not None:
        assert [one for one in _other_reading(added)["entries"] if one != NEW] == (before.get("entries") or [])
    return any(done)


def _read(text: str) -> tuple[tuple[Entry, ...], str]:
    """The entries of a calendar, or why it cannot be read."""
    try:
        return parse_calendar(text, "calendar.yaml", ACCOUNTS).entries, ""
    except ContentError as error:
        return (), error.message


def _edited(edit: Any) -> str:
    try:
        return str(edit())
    except ContentError:
        return ""


def _other_reading(text: str) -> Any:
    data = yaml.load(text.removeprefix("\ufeff"), Loader=yaml.CBaseLoader)
    if isinstance(data, dict) and data.get("entries") in ("", "~", "null", "Null", "NULL", None):
        data["entries"] = []
    return data


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_broken_is_refused_with_its_place_or_means_what_it_says(seed: int) -> None:
    judge(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(10))
def test_fifty_thousand_broken_calendars_are_read_and_edited_or_refused(block: int) -> None:
    assert any(judge(seed) for seed in range(block * 5_000, block * 5_000 + 5_000))
