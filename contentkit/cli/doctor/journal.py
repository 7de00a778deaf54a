"""What doctor looks at of the journal: its file, whose it is, who publishes; then the work in it. Nothing is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from contentkit.calendar.times import distance
from contentkit.cli.doctor.work import look_at_work
from contentkit.cli.elsewhere import is_desk, other_journal, part_named, second_publisher, why_two
from contentkit.cli.journal import is_shared, journal_of
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.errors import ContentkitError, StateError
from contentkit.places import machine_id
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import EPOCH_NAME, check_identity
from contentkit.publishing.journal import Journal
from contentkit.publishing.opening import PRAGMAS, remedy
from contentkit.publishing.schema import JOURNAL_NAME, STEPS
from contentkit.publishing.transactions import SharedConnection
from contentkit.store.reading import damage_in, is_half_written, read_only, version_of
from contentkit.views.doctor import Finding, error, fine, warning


def look_at_journal(project: Project, clock: Clock) -> Iterator[Finding]:
    """The journal, and what it knows to stand in the way. Raises StateError when it cannot be read or is not this machine's."""
    path = project.state / JOURNAL_NAME
    if is_shared(project):
        yield from _look_at_shared(project, clock)
        return
    if not path.exists():
        yield from _without_journal(project)
        return
    with read_only(path, _remedy) as connection:
        yield from _about_file(connection, path)
        if version_of(connection) < len(STEPS):
            what = f"{path}: written by an older contentkit (format {version_of(connection)})"
            yield warning("journal", what, "'contentkit queue' brings it up to date; look again after it")
            return
        journal = Journal(SharedConnection(connection), clock, machine_id())
        # Without a sign of either, the next command begins its identity: doctor must not.
        if journal.known(Fact.ID) or (project.state / EPOCH_NAME).exists():
            check_identity(project.state, journal, machine_id())
        yield from _about_role(project, journal, clock.now())
        yield from look_at_work(project, journal, clock.now())


def works_at_desk(project: Project, clock: Clock) -> bool:
    """Whether another machine publishes this project, as far as can be read."""
    path = project.state / JOURNAL_NAME
    try:
        if is_shared(project):
            return False
        if not path.exists():
            return is_desk(other_journal(project, None))
        with read_only(path, _remedy) as connection:
            return is_desk(other_journal(project, Journal(SharedConnection(connection), clock, machine_id())))
    except ContentkitError:
        return False


def ids_seen(project: Project, clock: Clock) -> dict[str, str]:
    """The id under which each account was seen when something was first published there, as far as the journal tells."""
    path = project.state / JOURNAL_NAME
    try:
        if is_shared(project):
            with journal_of(project, clock) as journal:
                return {one.name: one.remote_id for one in journal.accounts.all()}
        if not path.exists():
            return {}
        with read_only(path, _remedy) as connection:
            accounts = Journal(SharedConnection(connection), clock, machine_id()).accounts.all()
    except ContentkitError:
        return {}  # the journal's own line says so
    return {one.name: one.remote_id for one in accounts}


def _look_at_shared(project: Project, clock: Clock) -> Iterator[Finding]:
    """One in the database of many teams. That it was seen is noted."""
    with journal_of(project, clock) as journal:
        last, now = journal.history.last_sent(), journal.clock.now()
        sent = f"; its last post was {distance(last, now)}" if last else ""
        yield fine("journal", f"sound; it lies in the database that machine.toml names{sent}")
        yield from look_at_work(project, journal, now)


def _without_journal(project: Project) -> Iterator[Finding]:
    if (project.state / EPOCH_NAME).exists():
        yield error(
            "journal",
            f"{project.state / JOURNAL_NAME}: the journal was lost",
            "make sure that no other machine publishes this project, then run 'contentkit takeover'",
        )
        return
    other = other_journal(project, None)
    if other is None:
        yield fine("journal", "none yet: nothing was ever approved")
    elif other.lost_here:
        what = f"{other.sign} from this folder, but the journal is not in {project.state}"
        yield error("journal", what, "use the XDG_STATE_HOME of then; if it is lost, run 'contentkit takeover'")
    else:
        yield fine("journal", f"another machine publishes this project: {other.sign} there")


def _about_file(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    version = version_of(connection)
    if version > len(STEPS):
        raise StateError(f"{path}: written by a newer contentkit (format {version})", hint="update contentkit")
    if damage := damage_in(connection):
        raise StateError(
            f"{path}: is damaged: {damage}", hint="restore it from a backup, then run 'contentkit takeover'"
        )
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != PRAGMAS["journal_mode"][1]:
        yield warning("journal", f"{path}: another program changed how it is kept", "the next command changes it back")
    for name, (wanted, expected) in PRAGMAS.items():
        if name == "journal_mode":
            continue
        connection.execute(f"PRAGMA {name} = {wanted}")
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != expected:
            yield error("journal", f"SQLite does not accept {name} = {wanted}", "use a current SQLite")


def _about_role(project: Project, journal: Journal, now: datetime) -> Iterator[Finding]:
    other = other_journal(project, journal)
    if other and other.lost_here:
        what = f"{other.sign} from this folder, but the journal in {project.state} knows nothing of it"
        yield error("journal", what, "use the XDG_STATE_HOME of then; if it is lost, run 'contentkit takeover'")
    elif other:
        yield fine("journal", f"another machine publishes this project: {other.sign} there")
    else:
        last = journal.history.last_sent()
        sent = f"; its last post was {distance(last, now)}" if last else ""
        yield fine("journal", f"sound; this machine is the publisher{sent}")
    if second := second_publisher(project, journal):
        yield warning(
            "journal",
            f"{part_named(second)}: {why_two(second)}",
            "take 'contentkit post' out of the other machine's crontab",
        )


def _remedy(problem: Exception) -> str:
    if is_half_written(problem):
        return "nothing is lost: the next 'contentkit post' or 'contentkit queue' repairs it"
    return remedy(problem)
