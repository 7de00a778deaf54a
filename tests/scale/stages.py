"""Stages whose journals lie on PostgreSQL: one database, and in it a workspace for each stage's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contentkit.publishing.journal import Journal
from contentkit.publishing.postgres.connection import PostgresConnection, connect
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
