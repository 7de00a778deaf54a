"""What a run of ``contentkit post`` does beside publishing, for all workspaces of a host: once a minute, by one worker for each.

Approvals that come with git are admitted, people are told what they must know, receipts that are missing are written.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

from contentkit.cli.alerting.run import watched
from contentkit.cli.approving.policies import machine_of
from contentkit.cli.posting import seen_around
from contentkit.cli.publisher import write_missing_receipts
from contentkit.cli.runs import exit_code, mark_told
from contentkit.cli.scale.journal import shared_journal_of
from contentkit.cli.scale.persisting import persist
from contentkit.errors import ContentkitError
from contentkit.publishing.facts import Fact
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.leading import takes_on
from contentkit.publishing.publisher import untold_in

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.cli.scale.events import Events
    from contentkit.cli.scale.teams import Teams
    from contentkit.clock import Clock
    from contentkit.publishing.outcomes import Outcome

# As often as cron would, in seconds.
_EVERY = 60.0
_HOLDS = 150.0
_SYNC_EVERY = 3600.0


class Tending:
    """Looks after the workspaces that no other worker looks after, until it is to end."""

    def __init__(
        self, address: str, name: str, teams: Teams, events: Events, clock: Clock, ends: threading.Event
    ) -> None:
        self._address = address
        self._name = name
        self._teams = teams
        self._events = events
        self._clock = clock
        self._ends = ends
        self._synced: dict[int, float] = {}
        self._syncing: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Comes back when it is to end. What goes wrong is told, and tried again."""
        try:
            persist("tending", self._events, self._tend, while_=lambda: not self._ends.is_set())
        finally:
            self._end_asking()

    def _tend(self) -> None:
        with closing(PostgresConnection(connect(self._address))) as database:
            while not self._ends.is_set():
                self._look_after_all(database)
                self._ends.wait(_EVERY)

    def _look_after_all(self, database: PostgresConnection) -> None:
        self._look_whether_asked()
        for workspace, project in self._teams.here(database, self._clock.uptime()).items():
            if self._ends.is_set() or not takes_on(database, f"workspace {workspace}", self._name, _HOLDS):
                continue
            try:
                for one in tend(project.as_it_is_now(), self._clock):
                    self._events.say(
                        "told", kind=one.kind, workspace=project.config.project, account=one.account, entry=one.entry
                    )
            except ContentkitError as error:
                self._events.say("trouble", workspace=project.config.project, why=error.words)
            except Exception as fault:
                self._events.say("fault", workspace=project.config.project, why=f"{type(fault).__name__}: {fault}")
            self._ask_for_figures(workspace, project)

    def _ask_for_figures(self, workspace: int, project: Project) -> None:
        """Each hour, in a process of its own, one at a time: it may take minutes, and nothing of it may hold up a post."""
        now = self._clock.uptime()
        if self._syncing is not None or now - self._synced.get(workspace, float("-inf")) < _SYNC_EVERY:
            return
        self._synced[workspace] = now
        self._syncing = subprocess.Popen(
            [sys.executable, "-m", "contentkit", "sync"],
            cwd=project.root,
            env=dict(project.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _look_whether_asked(self) -> None:
        if self._syncing is not None and (code := self._syncing.poll()) is not None:
            self._events.say("synced", code=code)
            self._syncing = None

    def _end_asking(self) -> None:
        if self._syncing is not None and self._syncing.poll() is None:
            self._syncing.terminate()
            self._syncing.wait()


def tend(project: Project, clock: Clock) -> list[Outcome]:
    """What people must know of a workspace, which was told to those whom machine.toml names."""
    with watched(project, clock) as watch:
        watch.machine = machine_of(project)
        with shared_journal_of(project, clock) as journal:
            outcomes = seen_around(project, journal, watch.machine.approval, journal.clock) + untold_in(journal)
            watch.keep(outcomes, journal)
            if outcomes:
                mark_told(journal, outcomes)
            if journal.known(Fact.RECEIPTS_WRITTEN) != journal.history.last_confirmed():
                write_missing_receipts(project, journal)
        watch.code = exit_code(outcomes, ())
        return outcomes
    return []
