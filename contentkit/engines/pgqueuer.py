"""PgQueuer as the engine: the second one, under the same tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

from contentkit.engines.tables import away_if_lost, connected_to, making, schema_of
from contentkit.engines.tickets import STALLED, EngineAway, Work, as_many_as_fit, until_set

if TYPE_CHECKING:
    from pgqueuer import Job, Queries, QueueManager
    from pgqueuer.domain.settings import DBSettings
    from psycopg import AsyncConnection, Connection
    from psycopg.rows import TupleRow

_ENTRYPOINT = "due"
_LOOKS = timedelta(seconds=2)
# How often what the engine notes of tickets that are done is thrown away, in seconds.
_SWEEPS = 60.0


class PgQueuer:
    """Tickets as jobs of PgQueuer, which itself gives a dead worker's tickets to another."""

    def __init__(self, database: str) -> None:
        # Threads that began to import it at the same time would find half of it.
        import pgqueuer  # noqa: F401

        self._database = database
        self._schema = schema_of("pgqueuer")
        self._handing: Connection[TupleRow] | None = None

    def set_up(self) -> None:
        from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

        with away_if_lost(), making(self._database, self._schema, "pgqueuer") as connection:
            if connection is None:
                return
            query = QueryBuilderEnvironment(settings=self._settings()).build_install_query(create_schema=False)
            with connection.transaction():
                connection.execute(query.encode())

    def hand_over(self, tickets: Sequence[str]) -> int:
        from pgqueuer.adapters.drivers.psycopg import SyncPsycopgDriver
        from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
        from pgqueuer.adapters.persistence.queries import SyncQueries

        with away_if_lost():
            connection = self._connected()
            rows = connection.execute("SELECT dedupe_key FROM pgqueuer WHERE status = 'queued'").fetchall()
            added = as_many_as_fit(tickets, {str(key) for (key,) in rows})
            if not added:
                return 0
            queries = SyncQueries(SyncPsycopgDriver(connection), qbq=QueryQueueBuilder(settings=self._settings()))
            made = queries.enqueue(
                [_ENTRYPOINT] * len(added),
                [ticket.encode() for ticket in added],
                [0] * len(added),
                dedupe_key=list(added),
                on_conflict="skip",
            )
            return sum(number is not None for number in made)

    def serve(self, work: Work, *, at_once: int, ends: threading.Event) -> None:
        with away_if_lost(), ThreadPoolExecutor(at_once, "ticket") as threads:
            asyncio.run(self._serve(work, threads, at_once, ends))

    async def _serve(self, work: Work, threads: ThreadPoolExecutor, at_once: int, ends: threading.Event) -> None:
        import psycopg

        async with await psycopg.AsyncConnection.connect(self._conninfo(), autocommit=True) as connection:
            queries = self._queries(connection)
            manager = self._manager(queries)

            async def due(job: Job) -> None:
                ticket = (job.payload or b"").decode()
                await asyncio.get_running_loop().run_in_executor(threads, work, ticket)

            manager.entrypoint(_ENTRYPOINT)(due)
            batch = max(1, at_once // 2)
            serving = asyncio.create_task(
                manager.run(
                    dequeue_timeout=_LOOKS,
                    batch_size=batch,
                    max_concurrent_tasks=2 * batch,
                    heartbeat_timeout=timedelta(seconds=STALLED),
                    log_aggregation_interval=timedelta(),
                    shutdown_on_listener_failure=True,
                )
            )
            others = [asyncio.create_task(one) for one in (until_set(ends), _sweep(queries))]
            await asyncio.wait((serving, *others), return_when=asyncio.FIRST_COMPLETED)
            manager.shutdown.set()
            for task in others:
                task.cancel()
            for result in await asyncio.gather(serving, *others, return_exceptions=True):
                if isinstance(result, Exception):
                    raise result
            if not ends.is_set():
                raise EngineAway("the engine's worker lost the database", hint="is PostgreSQL running?")

    def close(self) -> None:
        if self._handing is not None:
            self._handing.close()
            self._handing = None

    def _conninfo(self) -> str:
        return connected_to(self._database, self._schema)

    def _connected(self) -> Connection[TupleRow]:
        import psycopg

        if self._handing is None or self._handing.closed:
            self._handing = psycopg.connect(self._conninfo(), autocommit=True)
        return self._handing

    def _settings(self) -> DBSettings:
        from pgqueuer.domain.settings import DBSettings
        from pgqueuer.models import Channel

        # Announcements are heard in all of a database: they bear the schema's name.
        return DBSettings(db_schema=self._schema, channel=Channel(self._schema))

    def _queries(self, connection: AsyncConnection[TupleRow]) -> Queries:
        from pgqueuer import PsycopgDriver, Queries
        from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder

        settings = self._settings()
        return Queries(
            PsycopgDriver(connection),
            QueryBuilderEnvironment(settings),
            QueryQueueBuilder(settings),
            QuerySchedulerBuilder(settings),
        )

    def _manager(self, queries: Queries) -> QueueManager:
        from pgqueuer import QueueManager

        return QueueManager(queries, channel=self._settings().channel)


async def _sweep(queries: Queries) -> None:
    """What was done is in the journal: nobody needs the engine's own notes of it."""
    while True:
        await asyncio.sleep(_SWEEPS)
        await queries.clear_queue_log(_ENTRYPOINT)
