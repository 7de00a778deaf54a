"""What a worker does with a ticket: publishes what is due on the accounts that it names, each while it holds the lane."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING

from contentkit.cli.scale.hands import REST, Hands
from contentkit.errors import ContentkitError
from contentkit.places import make_private_folder
from contentkit.publishing.postgres.clock import DatabaseClock
from contentkit.publishing.postgres.connection import LaneLost, PostgresConnection, connect_for_long
from contentkit.publishing.postgres.identity import check_database
from contentkit.publishing.postgres.lanes import Lanes, Lease
from contentkit.publishing.postgres.opening import journal_on

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.cli.scale.admission import Admission
    from contentkit.cli.scale.events import Events
    from contentkit.cli.scale.teams import Teams
    from contentkit.clock import Clock
    from contentkit.publishing.outcomes import Outcome

_FORWARD = ("sent", "found", "held", "skipped", "edited", "deleted", "moved")


class Serving:
    """The work of one worker. ``signals`` gets those that ask it to end: what was begun is ended, and nothing else begun."""

    def __init__(
        self,
        address: str,
        name: str,
        teams: Teams,
        admission: Admission,
        events: Events,
        clock: Clock,
        machine: str,
        signals: list[int],
    ) -> None:
        self._address = address
        self._teams = teams
        self._admission = admission
        self._events = events
        self._clock = clock
        self._machine = machine
        self._signals = signals
        self._own = threading.local()
        self.hands = Hands(name, lambda: not signals)

    def work(self, ticket: str) -> None:
        """Serves the accounts of a ticket, one after the other. Raises nothing: what goes wrong is told."""
        try:
            self._serve_all(ticket)
        except ContentkitError as error:
            self._forget_connection()
            self._events.say("trouble", ticket=ticket, why=error.words)
        except Exception as fault:
            self._forget_connection()
            self._events.say("fault", why=f"{type(fault).__name__}: {fault}", trace=_last_lines(fault))

    def _serve_all(self, ticket: str) -> None:
        if self._signals:
            return
        lanes, here = Lanes(self._database()), self._teams.here(self._database(), self._clock.uptime())
        kind, _, place = ticket.partition(" ")
        if kind == "shard":
            self.hands.serve_shard(lanes, int(place), list(here), self._serve)
            return
        workspace, _, account = place.partition(" ")
        if int(workspace) in here:
            self.hands.serve_lane(lanes, int(workspace), account, self._serve)

    def _serve(self, lease: Lease) -> float:
        project = self._teams.here(self._database(), self._clock.uptime()).get(lease.workspace)
        if project is None:
            return REST
        try:
            return self._publish(project, lease)
        except LaneLost:
            self._events.say("lane lost", workspace=lease.workspace, account=lease.account)
            return REST

    def _publish(self, project: Project, lease: Lease) -> float:
        """Publishes what is due on one account; returns for how many seconds it rests after it."""
        from contentkit.cli.publisher import surroundings_of
        from contentkit.publishing.allowances import closed_until
        from contentkit.publishing.publisher import publish_account

        self._make_sure_of(project, lease.workspace)
        journal = journal_on(self._database().connection, lease.workspace, self._own.clock, self._machine, lease)
        project = project.as_it_is_now()
        if wait := self._admission.wait(self._database(), project, journal, lease.account):
            return wait
        surroundings = surroundings_of(project, journal, journal.clock, self._signals)
        outcomes = publish_account(journal, surroundings, journal.clock, lease.account)
        self._tell(project, outcomes)
        if until := closed_until(journal, lease.account, journal.clock.now()):
            Lanes(self._database()).hold(lease.workspace, lease.account, until)
        return 0.0 if any(outcome.kind in _FORWARD for outcome in outcomes) else REST

    def _make_sure_of(self, project: Project, workspace: int) -> None:
        """Raises StateError where the database is an older copy: whoever restored it has cut all connections before."""
        if workspace not in self._own.known:
            journal = journal_on(self._database().connection, workspace, self._own.clock, self._machine)
            check_database(make_private_folder(project.state), journal, self._database())
            self._own.known.add(workspace)

    def _tell(self, project: Project, outcomes: Iterable[Outcome]) -> None:
        for one in outcomes:
            if one.kind in ("sent", "found"):
                self._events.count_sent(self._clock.uptime())
            self._events.say(
                one.kind,
                workspace=project.config.project,
                account=one.account,
                entry=one.entry,
                part=one.part + 1,
                parts=one.parts,
                url=one.url,
            )

    def _database(self) -> PostgresConnection:
        """This thread's own, outside of all workspaces but while it publishes on an account of one."""
        database: PostgresConnection | None = getattr(self._own, "database", None)
        if database is None or database.connection.closed:
            database = self._own.database = PostgresConnection(connect_for_long(self._address))
            self._own.clock = DatabaseClock(database, self._clock)
            self._own.known = set()
        return database

    def _forget_connection(self) -> None:
        database: PostgresConnection | None = getattr(self._own, "database", None)
        if database is not None:
            database.close()
            self._own.database = None


def _last_lines(fault: BaseException) -> str:
    """Where it happened, without what was at hand there."""
    frames = traceback.extract_tb(fault.__traceback__)[-4:]
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
