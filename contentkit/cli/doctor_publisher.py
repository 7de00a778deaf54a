"""What doctor looks at of this machine as the publisher: its private folder, its journal, the database. Nothing is written."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contentkit.calendar.times import distance
from contentkit.cli.approvals import why_void
from contentkit.cli.doctor_machine import about_place, mounts_here
from contentkit.cli.elsewhere import part_named, publishes_elsewhere, second_publisher, why_two
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.config import CONFIG_NAME
from contentkit.errors import ContentkitError, StateError
from contentkit.places import machine_id
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import EPOCH_NAME, check_identity
from contentkit.publishing.journal import Journal
from contentkit.publishing.lock import LONGEST_SILENCE, last_held
from contentkit.publishing.opening import PRAGMAS, remedy
from contentkit.publishing.publications import State, Thread
from contentkit.publishing.receipts import all_receipts, newest
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.publishing.schema import STEPS as JOURNAL_STEPS
from contentkit.publishing.seal import KEY_NAME
from contentkit.store.database import DATABASE_NAME
from contentkit.store.database import STEPS as DATABASE_STEPS
from contentkit.views.doctor import Finding, error, fine, warning

_TIGHT, _ROOMY = 10 * 1024 * 1024, 200 * 1024 * 1024
# A clock may differ by this much before anything is concluded from it.
_SLACK = timedelta(minutes=5)


def look_at_state(project: Project) -> Iterator[Finding]:
    """The private folder, or where it would be made."""
    about, folder = "state folder", project.state
    wrong = [*about_place(about, folder, mounts_here()), *_about_room(about, folder)]
    if folder.resolve().is_relative_to(project.root.resolve()):
        wrong.append(error(about, f"{folder} lies in the project, which git copies", "move it with XDG_STATE_HOME"))
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        wrong.append(warning(about, f"{folder}: others can look into it", f"chmod 700 {folder}"))
    yield from wrong or [fine(about, f"{folder}{'' if folder.exists() else ', not there yet'}")]


def _about_room(about: str, folder: Path) -> Iterator[Finding]:
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    words = f"{free // (1024 * 1024)} MB are free on the disk of {folder}"
    if free < _TIGHT:
        yield error(about, words, "make room: nothing is sent that cannot be recorded first")
    elif free < _ROOMY:
        yield warning(about, words, "make room")


def look_at_journal(project: Project, clock: Clock) -> Iterator[Finding]:
    """The journal, and what it knows to stand in the way. Raises StateError when it cannot be read or is not this machine's."""
    path = project.state / JOURNAL_NAME
    if not path.exists():
        yield from _without_journal(project)
        return
    with _reading(path) as connection:
        journal = Journal(connection, clock, machine_id())
        yield from _about_file(connection, path)
        if journal.known(Fact.ID):
            check_identity(project.state, journal, machine_id())
        yield from _about_role(project, journal, clock.now())
        yield from _about_work(project, journal, clock.now())


def is_desk(project: Project, clock: Clock) -> bool:
    """Whether another machine publishes this project, as far as can be read."""
    path = project.state / JOURNAL_NAME
    try:
        if not path.exists():
            elsewhere = publishes_elsewhere(project, None)
        else:
            with _reading(path) as connection:
                elsewhere = publishes_elsewhere(project, Journal(connection, clock, machine_id()))
    except ContentkitError:
        return False
    return elsewhere is not None and not elsewhere.here


def database_spent(project: Project) -> int:
    """The reads that were charged this month (UTC); 0 where nothing was ever read."""
    from sqlite_utils import Database

    from contentkit.stats.budget import spent

    path = project.root / DATABASE_NAME
    if not path.exists():
        return 0
    with _reading(path) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reads'").fetchone():
            return 0
        return spent(Database(connection, execute_plugins=False), datetime.now(UTC).date())


def _without_journal(project: Project) -> Iterator[Finding]:
    if (project.state / EPOCH_NAME).exists():
        yield error(
            "journal",
            f"{project.state / JOURNAL_NAME}: the journal was lost",
            "make sure that no other machine publishes this project, then run 'contentkit takeover'",
        )
        return
    elsewhere = publishes_elsewhere(project, None)
    if elsewhere is None:
        yield fine("journal", "none yet: nothing was ever approved")
    elif elsewhere.here:
        what = f"{elsewhere.sign} from this folder, but the journal is not in {project.state}"
        yield error("journal", what, "use the XDG_STATE_HOME of then; if it is lost, run 'contentkit takeover'")
    else:
        yield fine("journal", f"another machine publishes this project: {elsewhere.sign} there")


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The database at this path for reading alone. Raises StateError for whatever cannot be done with it."""
    try:
        # A write-ahead log that nobody is writing to is read past: opening it would make files beside it.
        quiet = "&immutable=1" if _is_logged(path) and not path.with_name(f"{path.name}-wal").exists() else ""
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro{quiet}", uri=True, isolation_level=None, timeout=5
        )
        connection.row_factory = sqlite3.Row
        with closing(connection):
            yield connection
    except sqlite3.OperationalError as problem:
        if "readonly" in str(problem):
            hint = "nothing is lost: the next 'contentkit post' or 'contentkit queue' repairs it"
            raise StateError(f"{path}: a command was killed while it wrote", hint=hint) from None
        raise StateError(f"{path}: cannot be read: {problem}", hint=remedy(problem)) from None
    except sqlite3.DatabaseError as problem:
        raise StateError(f"{path}: cannot be read: {problem}", hint=remedy(problem)) from None


def _is_logged(path: Path) -> bool:
    """Whether the database keeps a write-ahead log, as bytes 18 and 19 of its file say."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"


def _about_file(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    version = _version(connection)
    if version > len(JOURNAL_STEPS):
        raise StateError(f"{path}: written by a newer contentkit (format {version})", hint="update contentkit")
    broken = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if broken != "ok":
        raise StateError(
            f"{path}: is damaged: {broken}", hint="restore it from a backup, then run 'contentkit takeover'"
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


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _about_role(project: Project, journal: Journal, now: datetime) -> Iterator[Finding]:
    elsewhere = publishes_elsewhere(project, journal)
    if elsewhere and elsewhere.here:
        what = f"{elsewhere.sign} from this folder, but the journal in {project.state} knows nothing of it"
        yield error("journal", what, "use the XDG_STATE_HOME of then; if it is lost, run 'contentkit takeover'")
    elif elsewhere:
        yield fine("journal", f"another machine publishes this project: {elsewhere.sign} there")
    else:
        last = journal.last_sent()
        sent = f"; its last post was {distance(last, now)}" if last else ""
        yield fine("journal", f"sound; this machine is the publisher{sent}")
    if other := second_publisher(project, journal):
        yield warning(
            "journal",
            f"{part_named(other)}: {why_two(other)}",
            "take 'contentkit post' out of the other machine's crontab",
        )


def _about_work(project: Project, journal: Journal, now: datetime) -> Iterator[Finding]:
    if stopped := journal.known(Fact.STOPPED):
        yield warning("publishing", f"stopped {stopped}", "contentkit start")
    threads = journal.open_threads()
    busy = {thread.account for thread in threads}
    for account in journal.accounts():
        if account.trouble and account.name in busy:
            yield warning(f"account {account.name}", account.trouble, "mend it; the next 'contentkit post' tries again")
    waiting = [thread for thread in threads if thread.head and thread.head.state in (State.HELD, State.UNKNOWN)]
    if waiting:
        yield warning("publishing", f"{_threads(len(waiting))} held or in doubt", "contentkit status")
    planned = [thread for thread in threads if thread.head and thread.head.state is State.PLANNED]
    yield from _about_approvals(project, journal, planned)
    yield from _about_runs(project, planned, now)


def _threads(count: int) -> str:
    return "1 thread is" if count == 1 else f"{count} threads are"


def _about_approvals(project: Project, journal: Journal, planned: list[Thread]) -> Iterator[Finding]:
    if planned and not (project.state / KEY_NAME).exists():
        yield error("approvals", f"{project.state / KEY_NAME} is gone: no approval holds", "approve everything again")
        return
    void = [(thread, why) for thread in planned if (why := why_void(project, journal, thread))]
    for thread, why in void:
        what = f"{thread.entry} on {thread.account} will not go out: {why}"
        yield warning("approvals", what, f"contentkit approve {thread.entry}")
    if planned and not void:
        yield fine("approvals", f"{_threads(len(planned))} approved as the files stand")


def _about_runs(project: Project, planned: list[Thread], now: datetime) -> Iterator[Finding]:
    """Whether cron comes. The lock tells when a run or a decision last began: only a long silence proves anything."""
    last = last_held(project.state)
    if last and planned and now - last > LONGEST_SILENCE:
        silence = distance(last, now).removesuffix(" ago")
        what = f"no 'contentkit post' has run for {silence}, and {_threads(len(planned))} planned"
        yield warning("cron", what, "contentkit doctor --cron")


def look_at_clock(project: Project, now: datetime) -> Iterator[Finding]:
    """Whether something is known to have happened later than now."""
    seen = {"the last run began": last_held(project.state)}
    settings = (project.root / CONFIG_NAME).stat().st_mtime
    seen[f"{CONFIG_NAME} was written"] = datetime.fromtimestamp(settings, tz=now.tzinfo)
    try:
        receipt = newest(all_receipts(project.root))
        seen["a receipt was written"] = receipt.moment if receipt else None
    except ContentkitError:
        pass  # whoever needs the receipts says so
    late = [f"{what} at {at:%Y-%m-%d %H:%M} UTC" for what, at in seen.items() if at and at - now > _SLACK]
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    yield warning("clock", f"it is {told}, but {late[0]}", "set the clock") if late else fine("clock", told)


def look_at_database(project: Project) -> Iterator[Finding]:
    """contentkit.db, of which nothing depends but figures. Raises StateError when it cannot be read."""
    path = project.root / DATABASE_NAME
    if not path.exists():
        yield fine("database", f"no {DATABASE_NAME} yet")
        return
    with _reading(path) as connection:
        version = _version(connection)
        broken = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if version > len(DATABASE_STEPS):
        yield error("database", f"{DATABASE_NAME}: written by a newer contentkit", "update contentkit")
    elif broken != "ok":
        yield error("database", f"{DATABASE_NAME}: is damaged: {broken}", "restore it from a backup")
    else:
        yield fine("database", f"{DATABASE_NAME} is sound")
