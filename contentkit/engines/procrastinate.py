"""Procrastinate as the engine: a ticket is one job, which is deleted when it is done."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from contentkit.engines.tables import away_if_lost, connected_to, making, schema_of
from contentkit.engines.tickets import HEARTBEAT, PATIENCE, STALLED, EngineAway, Work, as_many_as_fit, until_set

if TYPE_CHECKING:
    from procrastinate import App, SyncPsycopgConnector
    from procrastinate.jobs import Job

_QUEUE = "contentkit"
_TASK = "due"
# Tickets are announced: the engine itself looks for them only in case that an announcement was lost. In seconds.
_LOOKS = 2.0
# A table of short-lived rows: it is swept after so many of them, however large it once was.
_SWEEPING = """
ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000)
"""
# The engine itself would make an object of each job that waits.
_WAITING = "SELECT queueing_lock AS ticket FROM procrastinate_jobs WHERE queue_name = %(queue)s AND status = 'todo'"


class Procrastinate:
    """Tickets as jobs of Procrastinate.

    No ticket has a lock that others would wait for: when a worker dies, its ticket is in nobody's way, and the next one for the
    same place is brought at once.
    """

    def __init__(self, database: str) -> None:
        # Threads that began to import it at the same time would find half of it.
        import procrastinate  # noqa: F401

        self._database = database
        self._schema = schema_of("procrastinate")
        self._handing: SyncPsycopgConnector | None = None

    def set_up(self) -> None:
        from procrastinate.schema import SchemaManager
        from psycopg import sql

        with away_if_lost(), making(self._database, self._schema, "procrastinate_jobs") as connection:
            if connection is None:
                return
            with connection.transaction():
                connection.execute(SchemaManager.get_schema())
                for table in ("procrastinate_jobs", "procrastinate_events"):
                    connection.execute(sql.SQL(_SWEEPING).format(table=sql.Identifier(table)))

    def hand_over(self, tickets: Sequence[str]) -> int:
        from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
        from procrastinate.manager import JobManager

        with away_if_lost(ConnectorException):
            connector = self._connector()
            manager = JobManager(connector)
            waiting = {str(row["ticket"]) for row in connector.execute_query_all(_WAITING, queue=_QUEUE)}
            jobs = [_job(ticket) for ticket in as_many_as_fit(tickets, waiting)]
            try:
                return len(manager.batch_defer_jobs(jobs)) if jobs else 0
            except AlreadyEnqueued:
                return 0  # another feeder was quicker: what it left out comes with the next round

    def serve(self, work: Work, *, at_once: int, ends: threading.Event) -> None:
        from procrastinate.exceptions import ConnectorException

        with away_if_lost(ConnectorException), ThreadPoolExecutor(at_once, "ticket") as threads:
            asyncio.run(self._serve(work, threads, at_once, ends))

    async def _serve(self, work: Work, threads: ThreadPoolExecutor, at_once: int, ends: threading.Event) -> None:
        app = self._app()

        async def due(ticket: str) -> None:
            await asyncio.get_running_loop().run_in_executor(threads, work, ticket)

        app.task(name=_TASK, queue=_QUEUE)(due)
        async with app.open_async():
            serving = asyncio.create_task(
                app.run_worker_async(
                    queues=[_QUEUE],
                    concurrency=at_once,
                    fetch_job_polling_interval=_LOOKS,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=STALLED,
                )
            )
            others = [asyncio.create_task(one) for one in (until_set(ends), _give_up_stalled(app))]
            await asyncio.wait((serving, *others), return_when=asyncio.FIRST_COMPLETED)
            stopped_itself = serving.done()
            for task in (serving, *others):
                task.cancel()
            for result in await asyncio.gather(serving, *others, return_exceptions=True):
                if isinstance(result, Exception):
                    raise result
            if stopped_itself and not ends.is_set():
                raise EngineAway("the engine's worker lost the database", hint="is PostgreSQL running?")

    def close(self) -> None:
        if self._handing is not None:
            self._handing.close()
            self._handing = None

    def _app(self) -> App:
        from procrastinate import App, PsycopgConnector

        conninfo = connected_to(self._database, self._schema)
        return App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=4, timeout=PATIENCE))

    def _connector(self) -> SyncPsycopgConnector:
        if self._handing is None:
            from procrastinate import SyncPsycopgConnector

            conninfo = connected_to(self._database, self._schema)
            handing = SyncPsycopgConnector(conninfo=conninfo, min_size=1, max_size=1, timeout=PATIENCE)
            handing.open()
            self._handing = handing
        return self._handing


def _job(ticket: str) -> Job:
    from procrastinate.jobs import Job

    return Job(id=None, queue=_QUEUE, task_name=_TASK, task_kwargs={"ticket": ticket}, lock=None, queueing_lock=ticket)


async def _give_up_stalled(app: App) -> None:
    """Deletes the tickets of workers that are silent. Each worker does it, and two may do it at one time."""
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    while True:
        await asyncio.sleep(HEARTBEAT)
        for job in await app.job_manager.get_stalled_jobs(queue=_QUEUE, seconds_since_heartbeat=STALLED):
            with suppress(ConnectorException):
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        await app.job_manager.prune_stalled_workers(STALLED)
