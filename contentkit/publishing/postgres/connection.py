"""A connection to PostgreSQL that keeps the promises of the journal's own on SQLite.

What a transaction wrote is durable when it is over, whatever the server's administrator prefers: ``synchronous_commit`` is set
and read back, and a server that does not wait for its disk is refused. Within a workspace a person's command writes alone, as
it does in SQLite; accounts whose lanes are leased are written side by side, each by the one that holds it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

import psycopg

from contentkit.errors import StateError
from contentkit.publishing.postgres.hands import LOCKS
from contentkit.publishing.postgres.lanes import LEASE, LONGEST_REQUEST, Lease, taking
from contentkit.publishing.postgres.statements import translated, values_of
from contentkit.publishing.statements import Answer

# What a server must say of itself: without these it forgets what it said was kept.
_DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
_OLDEST = 15
# Who stands still in the middle of a transaction must not keep the others waiting, nor wait without end for one who does.
_SETTINGS = b"""SET synchronous_commit = on; SET timezone = 'UTC'; SET standard_conforming_strings = on;
SET idle_in_transaction_session_timeout = '15s'; SET lock_timeout = '30s'"""
_ASK = """SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
  current_setting('synchronous_commit') AS synchronous_commit, current_setting('server_encoding') AS encoding,
  pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS is_read_only,
  (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS sees_all"""
# Answers of a server that is gone are not waited for longer than this, in seconds and milliseconds.
_REACHES = {
    "connect_timeout": "10", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}  # fmt: skip
_HINT = "see that PostgreSQL runs and can be reached, and run again"


class Row:
    """One row, by the names of its columns or their numbers; what belongs to the database alone is left out."""

    __slots__ = ("_numbers", "_values")

    def __init__(self, numbers: dict[str, int], values: Sequence[Any]) -> None:
        self._numbers = numbers
        self._values = values

    def __getitem__(self, key: str | int) -> Any:
        return self._values[self._numbers[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> list[str]:
        return list(self._numbers)


def _rows(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Row]:
    """What makes the rows of one answer."""
    answer = cursor.pgresult
    return _rows_of(tuple(map(answer.fname, range(answer.nfields))) if answer else ())


@lru_cache(maxsize=512)
def _rows_of(columns: tuple[bytes | None, ...]) -> Callable[[Sequence[Any]], Row]:
    """Answers of one form follow each other by thousands."""
    names = [(name or b"").decode() for name in columns]
    kept = [place for place, name in enumerate(names) if name != "workspace"]
    numbers = {names[place]: number for number, place in enumerate(kept)}
    if len(kept) == len(names):
        return partial(Row, numbers)
    return lambda values: Row(numbers, [values[place] for place in kept])


class Connection(psycopg.Connection[Row]):
    """The driver's own, whose rows are these. It knows which workspace it sees: nobody asks it to go where it is."""

    _sees: str | None = None
    _has_prepared = False

    def see(self, workspace: int | None) -> None:
        """From now on it sees the rows of this workspace, or of none."""
        words = str(workspace or "")
        if words != self._sees:
            self.execute("SELECT set_config('contentkit.workspace', %s, false)", (words,))
            self._sees = words

    def prepare_to_begin(self) -> None:
        """The call that begins a transaction on a lane is read and planned once, and again after the driver forgot it."""
        if not self._has_prepared:
            if self.execute(_IS_PREPARED, prepare=False).fetchone() is None:
                self.execute(_PREPARE, prepare=False)
            self._has_prepared = True

    def rollback(self) -> None:
        # With what it has prepared itself the driver then often drops everything else that was.
        self._has_prepared = False
        super().rollback()

    def words_to_begin_on(self, lease: Lease) -> bytes:
        """What begins a transaction on a lane, up to whether the counter is raised."""
        quoted = psycopg.pq.Escaping(self.pgconn).escape_literal
        account, holder = quoted(lease.account.encode()), quoted(lease.holder.encode())
        return b"BEGIN; EXECUTE begin_on_lane (%d, %b, %b, %d, " % (lease.workspace, account, holder, lease.fence)


def connect(address: str) -> Connection:
    """A durable connection to the database at this address (libpq's own words).

    Raises StateError where there is none, or the server or the role cannot keep what the journal promises.
    """
    # The driver does not tell Python's own hooks that it connects.
    sys.audit("socket.connect", None, address)
    try:
        given = psycopg.conninfo.conninfo_to_dict(address)
        words = psycopg.conninfo.make_conninfo(
            address, **{name: at for name, at in _REACHES.items() if name not in given}
        )
        connection = Connection.connect(words, autocommit=True, row_factory=_rows)
    except psycopg.Error as error:
        raise StateError(f"the database: {told(error)}", hint=_HINT) from None
    try:
        _make_durable(connection)
    except psycopg.Error as error:
        connection.close()
        raise StateError(f"the database: {told(error)}", hint=_HINT) from None
    except BaseException:
        connection.close()
        raise
    return connection


def connect_for_long(address: str) -> Connection:
    """As ``connect``, for who says the same few things again and again: each is read and planned once."""
    connection = connect(address)
    try:
        connection.execute("SET plan_cache_mode = force_generic_plan")
    except psycopg.Error as error:
        connection.close()
        raise StateError(f"the database: {told(error)}", hint=_HINT) from None
    connection.prepare_threshold = 0
    return connection


def told(error: psycopg.Error) -> str:
    """The first line of what the database or its driver said."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _make_durable(connection: Connection) -> None:
    """Raises StateError for a server that could forget, and for one that is not what the journal's words are written for."""
    connection.execute(_SETTINGS)
    said = connection.execute(_ASK).fetchone()
    assert said is not None
    if said["is_read_only"]:
        raise StateError("the database: only lets itself be read: it is a replica", hint="name the primary server")
    for name, wanted in _DURABLE.items():
        if said[name] != wanted:
            raise StateError(
                f"the database: its server has {name} = {said[name]}, and could forget what was sent",
                hint=f"set {name} = {wanted} in postgresql.conf",
            )
    if said["encoding"] != "UTF8":
        raise StateError(f"the database: is made for {said['encoding']}", hint="make one with ENCODING 'UTF8'")
    if connection.info.server_version < _OLDEST * 10000:
        raise StateError(f"the database: is older than PostgreSQL {_OLDEST}", hint="update the server")
    if said["sees_all"] is not False:
        raise StateError(
            "the database: this role sees the rows of all teams, whatever workspace it is in",
            hint="use a role of its own: CREATE ROLE contentkit LOGIN, and make it the owner of the database",
        )


class PostgresConnection:
    """A workspace of the database, for all threads of a run: one statement at a time, and nothing between those of a transaction.

    With a ``lease`` it writes for this one account alone, and only while nobody else has taken the lane. Without one it takes
    lanes as ``holder``, one by one, when something is to be sent; nobody without a name sends. Without a workspace it sees what
    belongs to none: lanes, workspaces, workers.
    """

    def __init__(
        self,
        connection: Connection,
        workspace: int | None = None,
        lease: Lease | None = None,
        holder: str = "",
    ) -> None:
        self.connection = connection
        self._workspace = workspace
        self.lease = lease
        self._holder = holder
        self._left = 0.0
        self._is_in_doubt = True
        self._words = b""
        self.raised = 0
        self._taken: set[str] = set()
        self._turn = threading.RLock()
        with _told():
            connection.see(workspace)

    def execute(self, statement: str, values: Any = ()) -> Answer:
        """Carries out a statement in SQLite's words, and reads all that it gives. Raises StateError where the server is gone."""
        text, named = translated(statement)
        with self._turn, _told():
            return self.connection.execute(text, values_of(values, named=named))

    def execute_noting(self, statement: str, values: Any, note: str, noted: Any) -> Answer:
        """Both as one statement, which goes to the server and comes back once."""
        both = f"WITH found AS ({statement} RETURNING 1), noted AS ({note} FROM found) SELECT 1 FROM found"  # noqa: S608 - the journal's own words
        return self.execute(both, (*values, *noted))

    def take_noting(self, statement: str, values: Any, note: str, noted: Any) -> Row | None:
        both = f"WITH found AS ({statement}), noted AS ({note} FROM found) SELECT * FROM found"  # noqa: S608 - as above
        row: Row | None = self.execute(both, (*values, *noted)).fetchone()
        return row

    def may_send(self, account: str) -> bool:
        """As part of a transaction: the lane is leased for longer than a request takes, or is taken here and now."""
        if self.lease:
            return account == self.lease.account and self._left >= LONGEST_REQUEST
        if not self._holder:
            return False
        from contentkit.publishing.postgres.schema import STEPS

        values = (self._holder, LEASE, len(STEPS), self._workspace, account)
        taken = self.execute(_TAKE, values).fetchone() is not None
        if taken:
            self._taken.add(account)
        return taken

    def may_begin(self, account: str) -> bool:
        """A worker that stood still in the middle of a request may yet send what it has: until that was found, or a person
        decides, nothing overtakes it. Asked in a transaction that raises the counter."""
        if self.lease:
            return not self._is_in_doubt
        return self.connection.execute(_IN_DOUBT, (account,)).fetchone() is None

    def may_recover(self, account: str) -> bool:
        if self.lease:
            return account == self.lease.account
        return self.connection.execute(_IN_OTHER_HANDS, (self._workspace, account, self._holder)).fetchone() is None

    def close(self) -> None:
        """Ends it, and gives back the lanes that it has taken itself."""
        with self._turn:
            try:
                if self._taken and not self.connection.closed:
                    self.connection.execute(_GIVE_BACK, (self._workspace, self._holder, list(self._taken)))
            except psycopg.Error:
                pass  # they end by themselves
            finally:
                self.connection.close()

    @contextmanager
    def transaction(self, *, raises: bool = False) -> Iterator[None]:
        """What is written within is durable after it; an error undoes it.

        With a lease it ``raises`` the journal's counter where it is told to: to ``raised``. Raises StateError when the server is
        gone, or the lane has been taken by another. None stands within another one. Where the server goes while it commits nobody
        knows whether it did, until somebody reads it.
        """
        with self._turn, _told():
            try:
                self._begin(raises)
                yield
            except BaseException:
                if not self.connection.closed and not self.connection.broken:
                    self.connection.rollback()
                raise
            self.connection.commit()

    def _begin(self, raises: bool) -> None:
        """Who writes without a lease waits for all others of the workspace, and they for it."""
        if self.lease:
            self._begin_on(self.lease, raises)
        elif self._workspace is None:
            self.connection.execute("BEGIN")
        else:
            words = f"BEGIN; SELECT pg_advisory_xact_lock({LOCKS}, {self._workspace:d})"
            self.connection.execute(words.encode(), prepare=False)

    def _begin_on(self, lease: Lease, raises: bool) -> None:
        """No other may take the lane until this transaction is over."""
        if not self._words:
            self._words = self.connection.words_to_begin_on(lease)
        self.connection.prepare_to_begin()
        # Both at once, in one message: the second does not wait for the first one's answer.
        answer = self.connection.execute(self._words + (b"true)" if raises else b"false)"), prepare=False)
        answer.nextset()
        row = answer.fetchone()
        assert row is not None
        if row["seconds"] is None:
            raise LaneLost(
                f"{lease.account}: another worker has taken it over", hint="nothing is to be done: it goes on there"
            )
        self._left, self._is_in_doubt = row["seconds"], row["in_doubt"] is not False
        self.raised = row["raised"] or 0


class LaneLost(StateError):
    """The lane was taken by another worker meanwhile: this one may not even write down what it did."""


_PREPARE = """PREPARE begin_on_lane (bigint, words, words, bigint, boolean) AS
SELECT * FROM begin_on_lane($1, $2, $3, $4, $5)"""
_IS_PREPARED = "SELECT 1 FROM pg_prepared_statements WHERE name = 'begin_on_lane'"
# What another holder left on its way is looked for before the lane is anybody's.
_TAKE = taking("""lanes.workspace = ?4 AND account = ?5 AND (holder = ?1 OR (
  (leased_until IS NULL OR leased_until <= statement_timestamp())
  AND NOT EXISTS (SELECT 1 FROM publications WHERE publications.account = lanes.account AND state = 'sending')))""")
_IN_DOUBT = "SELECT 1 FROM publications WHERE account = %s AND state IN ('sending', 'unknown') LIMIT 1"
_IN_OTHER_HANDS = """SELECT 1 FROM lanes
WHERE workspace = %s AND account = %s AND holder <> %s AND leased_until > clock_timestamp()"""
_GIVE_BACK = """UPDATE lanes SET holder = '', leased_until = NULL
WHERE workspace = %s AND holder = %s AND account = ANY (%s)"""


@contextmanager
def _told() -> Iterator[None]:
    """Errors of the server's or of the way to it as the journal's callers know them."""
    try:
        yield
    except (psycopg.OperationalError, psycopg.InternalError) as error:
        raise StateError(f"the database: {told(error)}", hint=_HINT) from error
