"""How the files stood on which a run of ``contentkit post`` rests before it read them, and the lull that it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import contentkit
from contentkit.cli.alerting import ALERTS_NAME
from contentkit.cli.expiries import EXPIRIES_NAME
from contentkit.cli.lull import state_of, write_lull
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.marks import are_settled, mark_of
from contentkit.places import HOME_NAME, SYSTEM_IDS, settings_folder
from contentkit.publishing.identity import EPOCH_NAME
from contentkit.publishing.lock import LOCK_NAME, LONGEST_SILENCE
from contentkit.publishing.receipts import RECEIPTS_NAME
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.secrets.credentials import SECRETS_NAME
from contentkit.settings.machine import MACHINE_NAME
from contentkit.values import dataclass
from contentkit.walls import rules_of
from contentkit.whereabouts import root_above

if TYPE_CHECKING:
    from contentkit.cli.project import Project

# What no mark shows - a file system that tells no changes, a fault of ours - is found after this time all the same.
LONGEST = LONGEST_SILENCE


@dataclass(frozen=True, kw_only=True)
class Calm:
    """What a run found that had nothing to do: ``until`` when the clock alone brings nothing (None: for ever), by the rules of
    which ``zones`` that is so, and the mark of the publisher's ``lock`` while it held it."""

    until: datetime | None
    zones: Iterable[str]
    lock: str


@dataclass(frozen=True, kw_only=True)
class Outset:
    """The marks of all files that a run with nothing to do may read, by their paths, at ``at`` (seconds since 1970)."""

    root: str
    state: str
    environment: Mapping[str, str]
    at: float
    marks: Mapping[str, str]

    def keep(self, project: Project, calm: Calm) -> None:
        """Leaves a lull where nothing has changed since the outset, nor just before it; none where it cannot be written."""
        rules = {path: mark_of(path) for zone in calm.zones for path in rules_of(zone)}
        unchanged = all(mark_of(path) == mark for path, mark in self.marks.items())
        if not unchanged or not are_settled([*self.marks.values(), *rules.values()], self.at):
            return
        if (project.root, project.state) != (Path(self.root), Path(self.state)):
            return  # the line with the name was another's
        longest = self.at + LONGEST.total_seconds()
        until = min(calm.until.timestamp(), longest) if calm.until else longest
        marks = {**self.marks, **rules, f"{self.state}/{LOCK_NAME}": calm.lock}
        with suppress(OSError, ValueError):
            write_lull(self.root, self.state, self.environment, (self.at, until), marks)


def outset(folder: str, environment: Mapping[str, str], at: float) -> Outset | None:
    """How things stand for a run that begins in this folder at this time; None where its project is not known yet."""
    try:
        root = root_above(folder)
        state = state_of(root, environment)
    except (OSError, ValueError):
        return None
    if not state:
        return None
    settings = settings_folder(environment)
    paths = [
        *(f"{root}/{name}" for name in (CONFIG_NAME, CALENDAR_NAME, RECEIPTS_NAME)),
        *(f"{state}/{name}" for name in (JOURNAL_NAME, f"{JOURNAL_NAME}-journal", f"{JOURNAL_NAME}-wal")),
        *(f"{state}/{name}" for name in (EPOCH_NAME, EXPIRIES_NAME, ALERTS_NAME, HOME_NAME)),
        str(settings / MACHINE_NAME),
        # Whether what is known of the end of a sign-in is of the secrets that are in use.
        str(settings / SECRETS_NAME),
        *SYSTEM_IDS,
        # Another contentkit of the same version may see more.
        str(contentkit.__file__),
    ]
    marks = {path: mark_of(path) for path in paths}
    return Outset(root=root, state=state, environment=environment, at=at, marks=marks)
