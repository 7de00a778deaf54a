"""Is this the journal that this machine has been writing? Sends nothing from one that was lost, copied or restored.

Beside the journal lies a small file with the journal's id, the machine and a counter. Each publishing run, and each intent in it,
raises the counter in the journal first and in the file after, so the journal is never behind the file unless it is an old copy.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from contentkit.errors import StateError
from contentkit.files import replace_file
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import State
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.stamps import stamped_finely

EPOCH_NAME = "epoch.json"
_HINT = "make sure that no other machine publishes this project, then run 'contentkit takeover'"


def check_identity(folder: Path, journal: Journal, machine: str) -> None:
    """Raises StateError when the journal is not the one that was last written here, on this machine."""
    epoch, facts = _epoch(folder), journal.facts()
    _refuse_moving(folder, facts)
    if not facts.get(Fact.ID):
        if epoch:
            raise StateError(
                f"{folder / JOURNAL_NAME}: the journal was lost: a new, empty one stands in its place", hint=_HINT
            )
        start_epoch(folder, journal, machine)
        return
    if facts.get(Fact.MACHINE) != machine:
        raise StateError(f"{folder / JOURNAL_NAME}: this journal belongs to another machine", hint=_HINT)
    counter = str(epoch.get("counter", "0"))
    is_newer = not counter.isdecimal() or int(counter) > int(facts.get(Fact.COUNTER, "0"))
    if epoch.get("journal") != facts[Fact.ID] or is_newer:
        raise StateError(f"{folder / JOURNAL_NAME}: this journal was restored from an older copy", hint=_HINT)


def is_ours(folder: Path, journal: Journal, machine: str) -> bool:
    """Whether this is the journal that was last written here; makes nothing new."""
    if journal.known(Fact.ID) == "" and not _epoch(folder):
        return False
    try:
        check_identity(folder, journal, machine)
    except StateError:
        return False
    return True


def start_epoch(folder: Path, journal: Journal, machine: str) -> None:
    """Makes this journal this machine's own from now on."""
    journal.note({Fact.ID: journal.known(Fact.ID) or os.urandom(8).hex(), Fact.MACHINE: machine, Fact.COUNTER: "0"})
    raise_counter(folder, journal)


def take_over(folder: Path, journal: Journal, machine: str, now: datetime) -> int:
    """Makes this journal this machine's own, and holds every planned thread: it may be out already. Returns how many.

    Raises StateError for one that is being moved to PostgreSQL.
    """
    _refuse_moving(folder, journal.facts())
    held = hold_what_may_be_out(journal)
    journal.note({Fact.ID: os.urandom(8).hex(), Fact.MACHINE: machine, Fact.TAKEN_OVER: stamped_finely(now)})
    raise_counter(folder, journal)
    return held


def hold_what_may_be_out(journal: Journal) -> int:
    """Holds every planned thread: what this journal has not settled, a later one that is lost may have sent.

    Nothing of it is approved anew before a person has decided about it. Returns how many threads were held.
    """
    threads, why = journal.threads.open(), "the journal was lost, copied or restored: it may be published already"
    journal.doubts.suspect(
        (row for one in threads for row in one.rows if row.state in (State.PLANNED, State.HELD)), why
    )
    heads = [head for one in threads if (head := one.head) and head.state is State.PLANNED]
    for head in heads:
        journal.publications.hold(head, why)
    journal.mark_told((head.id, State.HELD) for head in heads)  # the person who takes over is told at once
    return len(heads)


def _refuse_moving(folder: Path, facts: Mapping[str, str]) -> None:
    if facts.get(Fact.MOVING):
        raise StateError(
            f"{folder / JOURNAL_NAME}: this journal is being moved to PostgreSQL",
            hint="run 'contentkit migrate' to its end",
        )


def raise_counter(folder: Path, journal: Journal) -> None:
    """Marks this moment, in the journal first: a copy of the journal from before it will be recognised as old."""
    journal.count_up()
    note_counter(folder, journal)


def note_counter(folder: Path, journal: Journal) -> int:
    """Marks the moment in which the counter was last raised, and returns the counter."""
    counter, facts = journal.counted(), journal.facts()
    epoch = {"journal": facts.get(Fact.ID, ""), "machine": facts.get(Fact.MACHINE, ""), "counter": str(counter)}
    replace_file(folder / EPOCH_NAME, json.dumps(epoch).encode(), None)
    return counter


class Marks:
    """``note_counter`` for several accounts at once: one that waits for another's mark mostly finds its own moment marked."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self._folder = folder
        self._journal = journal
        self._marking = threading.Lock()
        self._marked = 0

    def mark(self) -> None:
        """A copy of the journal from before the last intent of this thread will be recognised as old."""
        intended = self._journal.counted()
        with self._marking:
            if self._marked < intended:
                self._marked = note_counter(self._folder, self._journal)


def marked_in(folder: Path, journal: str) -> int:
    """How far the journal with this id had counted when it was last marked here; 0 where another one was, or none."""
    epoch = _epoch(folder)
    counter = str(epoch.get("counter", ""))
    return int(counter) if epoch.get("journal") == journal and counter.isdecimal() else 0


def _epoch(folder: Path) -> dict[str, str]:
    try:
        values = json.loads((folder / EPOCH_NAME).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        return {"damaged": "yes"}
    return values if isinstance(values, dict) else {"damaged": "yes"}
