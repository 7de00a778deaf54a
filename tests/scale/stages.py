"""Stages whose journals lie on PostgreSQL: one database, and in it a workspace for each stage's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contentkit.publishing.journal import Journal
from contentkit.publishing.postgres.connection import PostgresConnection, Row, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.opening import bring_up_to_date, open_journal
from contentkit.publishing.postgres.workspaces import Standing, enter, workspace_of
from tests.publishing.stage import Stage, WoundClock


class Workspaces:
    """The workspaces of a database by the folders of stages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection = connect(address)
        bring_up_to_date(self._connection)
        self._database = PostgresConnection(self._connection)
        self._opened: list[Journal] = []

    def close(self) -> None:
        self.close_journals()
        self._connection.close()

    def close_journals(self) -> None:
        """Those that a test left open, as its end on SQLite would."""
        while self._opened:
            self._opened.pop().close()

    def number(self, folder: Path) -> int:
        """The workspace of this folder, made when it is asked for first."""
        name = str(folder.resolve())
        found = workspace_of(self._database, name)
        if found is None:
            count = self._database.execute("SELECT count(*) AS number FROM workspaces").fetchone()["number"]
            found = enter(
                self._database, name=f"w{count}", project=name, hosts=(), seal="key", state=Standing.OPEN
            )  # fmt: skip
        return found.id

    def open(self, folder: Path, clock: WoundClock) -> Journal:
        self._opened.append(open_journal(self.address, self.number(folder), clock, "this-machine"))
        return self._opened[-1]

    def leased(self, stage: Stage, holder: str, account: str = "mine") -> Journal | None:
        """The journal of a worker that has taken the stage's lane; None where it cannot have it."""
        lease = Lanes(self._database).claim(self.number(stage.folder), account, holder)
        if lease is None:
            return None
        self._opened.append(open_journal(self.address, lease.workspace, stage.clock, holder, lease))
        return self._opened[-1]

    def let_time_pass(self, stage: Stage) -> None:
        """Until every lease has run out."""
        self._database.execute(
            "UPDATE lanes SET leased_until = clock_timestamp() WHERE workspace = ?", (self.number(stage.folder),)
        )

    def lane(self, stage: Stage, account: str = "mine") -> Row:
        number = self.number(stage.folder)
        row = self._database.execute(
            "SELECT * FROM lanes WHERE workspace = ? AND account = ?", (number, account)
        ).fetchone()
        assert isinstance(row, Row)
        return row


@contextmanager
def stages_on(workspaces: Workspaces) -> Iterator[None]:
    """Meanwhile every stage has its journal there."""
    before = Stage.opener
    Stage.opener = workspaces.open
    try:
        yield
    finally:
        Stage.opener = before
        workspaces.close_journals()
