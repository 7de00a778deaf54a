"""One worker process from its first to its last moment: it says that it lives, feeds when it leads, and serves tickets."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import count
from types import FrameType
from typing import TYPE_CHECKING, Any

from contentkit import __version__
from contentkit.cli.scale.admission import Admission
from contentkit.cli.scale.events import Events, pass_on_logs
from contentkit.cli.scale.feeding import Feeder
from contentkit.cli.scale.health import Health
from contentkit.cli.scale.homes import this_host
from contentkit.cli.scale.persisting import persist
from contentkit.cli.scale.serving import Serving
from contentkit.cli.scale.teams import Teams
from contentkit.cli.scale.tending import Tending
from contentkit.clock import SystemClock
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.figures import figures_of
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.leading import lays_down_all
from contentkit.publishing.postgres.limits import Stock
from contentkit.publishing.postgres.opening import TooOld, refuse_newer
from contentkit.publishing.postgres.workers import BEAT, Worker, beat, leave
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.engines.tickets import Engine

# How often it looks, while it ends, whether what was begun is settled, in seconds.
_ENDING = 1.0
# With every so many beats the lanes at work are leased anew.
_RENEWS = 6


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a worker is started with: the database's address, how many accounts at once, the port of its health or None, and the
    name of this machine in the journal."""

    address: str
    at_once: int
    health: int | None
    machine: str


class Running:
    """A worker at work. ``run`` comes back after a signal, when what was begun is settled."""

    def __init__(self, terms: Terms, engine: Engine, environment: Mapping[str, str]) -> None:
        self._terms = terms
        self._engine = engine
        self._clock = SystemClock()
        self._name = f"{this_host()}-{os.getpid()}-{os.urandom(3).hex()}"
        self._events = Events(self._name)
        self._ends = threading.Event()
        self._signals: list[int] = []
        self._too_old: TooOld | None = None
        self._feeder = Feeder(terms.address, self._name, engine, self._events, self._ends)
        self._environment = environment

    def run(self) -> None:
        """Serves until a signal comes. Raises StateError where the database cannot be reached at the beginning, and when its
        tables have become too new for this program."""
        with closing(PostgresConnection(connect(self._terms.address))) as database:
            self._beat(database)
        self._engine.set_up()
        teams = Teams(self._environment, self._events)
        serving = Serving(
            self._terms.address, self._name, teams, Admission(Stock()), self._events, self._clock,
            self._terms.machine, self._signals,
        )  # fmt: skip
        health = Health(self._terms.health, self._figures) if self._terms.health is not None else None
        feeder = threading.Thread(target=self._feeder.run, name="feeder", daemon=True)
        living = threading.Thread(target=self._live, args=(serving,), name="living", daemon=True)
        tending = Tending(self._terms.address, self._name, teams, self._events, self._clock, self._ends)
        tender = threading.Thread(target=tending.run, name="tender", daemon=True)
        with self._ending_by_signal():
            pass_on_logs(self._events)
            self._events.say("started", at_once=self._terms.at_once, health=health.port if health else 0)
            for thread in (feeder, living, tender):
                thread.start()
            if health:
                health.start()
            self._serve(serving)
            for thread in (feeder, living, tender):
                thread.join()
        if health:
            health.close()
        self._events.say("ended", sent=self._events.sent)
        if self._too_old:
            raise self._too_old

    def _serve(self, serving: Serving) -> None:
        def serve() -> None:
            self._engine.serve(serving.work, at_once=self._terms.at_once, ends=self._ends)

        persist("engine", self._events, serve, while_=lambda: not self._ends.is_set())

    def _live(self, serving: Serving) -> None:
        """Says that it lives, and leases anew what takes long, until nothing is at work any more."""
        persist("beat", self._events, lambda: self._beat_on(serving), while_=lambda: self._is_needed(serving))

    def _is_needed(self, serving: Serving) -> bool:
        return not self._ends.is_set() or bool(serving.hands.held())

    def _beat_on(self, serving: Serving) -> None:
        with closing(PostgresConnection(connect(self._terms.address))) as database:
            for beats in count():
                if self._ends.wait(BEAT):
                    if not serving.hands.held():
                        break
                    time.sleep(_ENDING)
                try:
                    refuse_newer(database)
                except TooOld as error:
                    self._too_old = error
                    self._ends.set()
                    continue
                self._beat(database)
                serving.hands.look_after(Lanes(database))
                for lease in serving.hands.held() if beats % _RENEWS == 0 else ():
                    Lanes(database).renew(lease)
            leave(database, self._name)
            lays_down_all(database, self._name)

    def _beat(self, database: PostgresConnection) -> None:
        beat(
            database,
            Worker(
                name=self._name,
                host=this_host(),
                version=__version__,
                at_once=self._terms.at_once,
                sent=self._events.sent,
            ),
        )

    def _figures(self) -> dict[str, Any]:
        """For the health endpoint."""
        with closing(PostgresConnection(connect(self._terms.address))) as database:
            figures = figures_of(database)
        return {
            "worker": self._name,
            "leads": self._feeder.leads,
            "sent": self._events.sent,
            "sent_per_second": self._events.sent_per_second(self._clock.uptime()),
            "lag": round(figures.lag, 3),
            "lanes_held": figures.of_all("leased"),
            "due": figures.of_all("due"),
            "unknown": figures.of_all("unknown"),
            "held": figures.of_all("held"),
            "workers": sum(one.is_alive for one in figures.workers),
            "silent_workers": sum(not one.is_alive for one in figures.workers),
        }

    @contextmanager
    def _ending_by_signal(self) -> Iterator[None]:
        """The first signal ends it after the posts at work; the second at once, and what is under way is in doubt."""

        def note(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
            if self._signals:
                from contentkit.cli.main import INTERRUPTED

                os._exit(INTERRUPTED)
            self._signals.append(number)
            self._ends.set()

        before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
