"""Is this the database that this host has been writing? Sends nothing from one that was copied or restored.

Each host keeps, beside what it knows of a workspace, which cluster the database lies in, on which timeline of it, and the highest
counter that it has seen there. A copy lies in another cluster; one that went back to an earlier moment, or whose replica took
over, is on another timeline, or has not counted so far.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from contentkit.errors import StateError
from contentkit.files import replace_file
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import hold_what_may_be_out, marked_in
from contentkit.publishing.journal import Journal
from contentkit.publishing.postgres.counter import counted_in
from contentkit.publishing.statements import Database
from contentkit.publishing.stops import stop
from contentkit.stamps import stamped_finely
from contentkit.values import dataclass

SEEN_NAME = "database.json"
_HINT = "find out what is out already, then run 'contentkit takeover', on one host for each workspace"
_CLUSTER = """SELECT (SELECT system_identifier FROM pg_control_system())::text AS system,
  left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline"""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A workspace's journal as a host sees it: its id, the cluster and its timeline, and how far it has counted.

    ``before`` are the ids that it had until somebody took it over.
    """

    journal: str
    system: str
    timeline: str
    counter: int
    before: tuple[str, ...] = ()


def check_database(folder: Path, journal: Journal, database: Database) -> None:
    """Looks whether the journal is the one that this host, whose private folder this is, saw before; and notes how far it is now.

    Raises StateError where it is not, and stops publishing in the workspace, for all hosts: others may not have seen it.
    """
    before, now = _noted(folder), _seen(journal, database)
    why = _why_another(before, now) if before else ""
    if why:
        stop(journal, journal.clock.now(), why)
        raise StateError(f"the database: {why}", hint=_HINT)
    if not now.journal:
        journal.change(Fact.ID, lambda known: known or os.urandom(8).hex())  # others may look at the same time
        now = _seen(journal, database)
    _note(folder, now)


def is_ours(folder: Path, journal: Journal, database: Database) -> bool:
    """Whether this is the database that was last seen here; notes nothing."""
    before = _noted(folder)
    return before is None or not _why_another(before, _seen(journal, database))


def take_over_database(folder: Path, journal: Journal, database: Database, now: datetime) -> int:
    """Makes this database the workspace's own for this host, and holds every planned thread: it may be out already.

    Hosts that knew it before go on with it: whatever they had sent and it has forgotten is held. Publishing stays stopped until
    'contentkit start'. Returns how many threads are held.
    """
    ids = f"{journal.known(Fact.TAKEN_FROM)} {journal.known(Fact.ID)}".strip()
    held = hold_what_may_be_out(journal)
    journal.note({Fact.ID: os.urandom(8).hex(), Fact.TAKEN_OVER: stamped_finely(now), Fact.TAKEN_FROM: ids})
    journal.count_up()
    _note(folder, _seen(journal, database))
    return held


def _why_another(before: Seen, now: Seen) -> str:
    if before.journal in now.before:
        return ""  # a person has looked since
    if before.system != now.system:
        return "it is a copy: it lies in another cluster than the one that this host has seen"
    if before.timeline != now.timeline:
        return "it was restored, or a replica has taken over: its last posts may be missing"
    if before.journal != now.journal or before.counter > now.counter:
        return "it was restored from an older copy"
    return ""


def _seen(journal: Journal, database: Database) -> Seen:
    row = database.execute(_CLUSTER).fetchone()
    return Seen(
        journal=journal.known(Fact.ID), system=row["system"], timeline=row["timeline"], counter=counted_in(database),
        before=tuple(journal.known(Fact.TAKEN_FROM).split()),
    )  # fmt: skip


def _noted(folder: Path) -> Seen | None:
    """What this host noted last; None where it has seen nothing yet. A note that cannot be read is of another database.

    The counter is that of the last look, or of the last intent since: what was sent from here is marked before it leaves.
    """
    try:
        values = json.loads((folder / SEEN_NAME).read_bytes())
        journal = str(values["journal"])
        return Seen(
            journal=journal, system=str(values["system"]), timeline=str(values["timeline"]),
            counter=max(int(values["counter"]), marked_in(folder, journal)),
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return Seen(journal="", system="", timeline="", counter=0)


def _note(folder: Path, seen: Seen) -> None:
    words = {"journal": seen.journal, "system": seen.system, "timeline": seen.timeline, "counter": seen.counter}
    replace_file(folder / SEEN_NAME, json.dumps(words).encode(), None)
