"""``[checks]`` of ``contentkit.toml``: what the checks of this project are told, and how bad each finding is here.

The ids of checks are taken as they stand: which there are is known to the checks alone (see ``checks.levels``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePosixPath
from typing import Literal, cast, get_args

from contentkit.models import Severity
from contentkit.patterns import regex
from contentkit.settings.strict_toml import Table
from contentkit.values import dataclass

Level = Severity | Literal["off"]
LEVELS: tuple[str, ...] = ("off", *reversed(get_args(Severity)))
KEYS = ("examples", "severity", "hype", "topics")
_ID = regex(r"CK\d{3}")


@dataclass(frozen=True, kw_only=True)
class Leveling:
    """How bad the findings of one check are in this project; ``line`` is where contentkit.toml says so."""

    level: Level
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class CheckSettings:
    """What ``[checks]`` says. ``examples`` are folders and files that show what marks of off-the-record words look like.

    ``levels`` say how bad the findings of a check are, by its id; ``levels_on`` the same for single accounts, by their names.
    ``hype`` are phrases that the project does not say, ``topics`` the words of topics that want a content warning, by their
    names.
    """

    examples: tuple[str, ...] = ()
    levels: Mapping[str, Leveling] = field(default_factory=dict)
    levels_on: Mapping[str, Mapping[str, Leveling]] = field(default_factory=dict)
    hype: tuple[str, ...] = ()
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def check_settings(table: Table, accounts: Table) -> CheckSettings:
    """The settings of ``[checks]``, and of ``checks`` in the tables of accounts. Raises ContentError with the place."""
    table.refuse_others(KEYS)
    return CheckSettings(
        examples=_examples(table),
        levels=_levels(table.table("severity")),
        levels_on={name: _levels(accounts.table(name).table("checks")) for name in accounts.values},
        hype=_phrases(table, "hype"),
        topics={name: _phrases(table.table("topics"), name) for name in table.table("topics").values},
    )


def _levels(table: Table) -> dict[str, Leveling]:
    """How bad the findings of the named checks are, as in ``CK321 = "off"``."""
    levels = {}
    for check in table.values:
        if not _ID.fullmatch(check):
            raise table.error(check, f"'{check}' is not the id of a check", 'as in CK321 = "off"')
        level = table.choice(check, LEVELS)
        if not level:
            raise table.error(check, f"'{check}' has no severity", f"there are {', '.join(LEVELS)}")
        levels[check] = Leveling(level=cast(Level, level), line=table.line(check))
    return levels


def _phrases(table: Table, key: str) -> tuple[str, ...]:
    """A list of words and phrases, each with a letter or digit in it."""
    given = table.values.get(key, [])
    if not isinstance(given, list) or not all(isinstance(one, str) and any(map(str.isalnum, one)) for one in given):
        raise table.error(
            key, f"'{key}' must be a list of words and phrases", f'as in {key} = ["two words", "prefix*"]'
        )
    return tuple(given)


def _examples(table: Table) -> tuple[str, ...]:
    given = table.values.get("examples", [])
    if not isinstance(given, list) or not all(isinstance(place, str) and place.strip("./ ") for place in given):
        raise table.error("examples", "'examples' must be a list of folders and files", 'as in examples = ["docs/"]')
    places = tuple(place.strip().removeprefix("./").rstrip("/") for place in given)
    if any(PurePosixPath(place).parts[0] in ("notes", "drafts", "..", "/") for place in places):
        raise table.error("examples", "what is in notes/ and drafts/ is no example", "name other folders and files")
    return places
