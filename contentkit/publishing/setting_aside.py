"""The journal of one machine on its way to PostgreSQL: closed to everybody first, and set aside when all of it is there.

Whatever ends the program between two steps: here nothing can be sent any more, and there not yet.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.files import settle_folder
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import check_identity, raise_counter
from contentkit.publishing.journal import Journal
from contentkit.publishing.opening import open_journal
from contentkit.publishing.schema import JOURNAL_NAME, MOVED_NAME


def has_journal_to_move(folder: Path) -> bool:
    """Whether a journal lies in this folder that is not, or not for certain, on PostgreSQL."""
    return (folder / JOURNAL_NAME).exists()


def is_set_aside(folder: Path) -> bool:
    """Whether one was moved from this folder to PostgreSQL, all of it."""
    return (folder / MOVED_NAME).exists()


@contextmanager
def journal_to_move(folder: Path, clock: Clock, machine: str, workspace: str) -> Iterator[Journal]:
    """The journal of this machine, brought to the newest form and closed: only who moves it into this workspace may open it.

    What a killed run left in ``sending`` is unknown then, as the next run would have it. To be called by who has the
    publisher's lock. Raises StateError for one that is not this machine's own, or is on its way to another workspace.
    """
    journal = open_journal(folder, clock, machine)
    try:
        wanted = journal.known(Fact.MOVING)
        if wanted not in ("", workspace):
            raise StateError(
                f"{folder / JOURNAL_NAME}: is on its way into the workspace '{wanted}'",
                hint="give that name, or call the workspace so again",
            )
        if not wanted:
            check_identity(folder, journal, machine)
            journal.recover()
            # A copy of the journal from before this moment is an older one, whoever puts it back.
            raise_counter(folder, journal)
            journal.note({Fact.MOVING: workspace})
        yield journal
    finally:
        journal.close()


def set_aside(folder: Path) -> None:
    """Gives the journal, which is closed, a name under which nobody looks for one, durably. Raises StateError."""
    try:
        os.rename(folder / JOURNAL_NAME, folder / MOVED_NAME)  # noqa: PTH104 - in the place of whatever lies there
    except OSError as error:
        raise StateError(
            f"{folder / JOURNAL_NAME}: cannot be renamed: {error.strerror}",
            hint=f"rename it to {MOVED_NAME}, then run the command again",
        ) from None
    settle_folder(folder)
