"""How many posts a second workers publish with tickets, and with one job of the engine for each post instead.

    .venv/bin/python -m benchmarks.scale.pace [ACCOUNTS POSTS [WAITING]]

So many accounts with so many posts each, all due now, and so many more that wait for next year; four workers of 16 threads, a
server that answers after 30 ms. Both ways use the same verbs of the same journal, and nothing else: no folders, no networks'
manners. Prints posts a second, and what a post costs of this machine: the workers' CPU and PostgreSQL's.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.rounds import REPOSITORY
from contentkit.cli.scale.events import Events
from contentkit.cli.scale.feeding import Feeder
from contentkit.clock import SystemClock
from contentkit.engines.procrastinate import Procrastinate
from contentkit.engines.tables import connected_to, schema_of
from contentkit.publishing.journal import Journal
from contentkit.publishing.postgres.clock import DatabaseClock
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes, Lease
from contentkit.publishing.postgres.opening import bring_up_to_date, journal_on
from contentkit.publishing.postgres.workspaces import Standing, enter
from contentkit.publishing.publications import Publication
from tests.scale.cluster import OWNER, Cluster, own_cluster

SECONDS = 0.03
WORKERS = 4
_AT_ONCE = 16
_QUEUE = "posts"
_LONGEST = 900.0
_APPROVAL = """INSERT INTO approvals (entry, digest, manifest, approved_by, approved_at, trust, seal)
VALUES ('all', 'd', 'm', 'Ana', '2026-01-01T00:00:00.000Z', 'local', 's') RETURNING id"""
_POSTS = """INSERT INTO publications (approval, entry, account, part, parts, post, due, text, warning, visibility, language,
  fingerprint, key, state, changed_at)
SELECT {approval}, '{kind}-' || number, 'account-' || lpad((number % {accounts})::text, 6, '0'), 0, 1, 0, '{due}',
  rpad('post ' || number, 200, '.'), '', 'public', 'en', 'f' || number, 'k' || number, 'planned', '2026-01-01T00:00:00.000Z'
FROM generate_series(1, {posts}) AS number"""
_FIRST = """INSERT INTO lanes (workspace, account, next_due)
SELECT workspace, account, min(due) FROM publications GROUP BY workspace, account"""


def fill(address: str, accounts: int, posts: int, waiting: int) -> int:
    """One workspace with that much to do; its number."""
    connection = connect(address)
    bring_up_to_date(connection)
    database = PostgresConnection(connection)
    workspace = enter(database, name="pace", project="pace", hosts=(), seal="", state=Standing.OPEN)
    inside = PostgresConnection(connection, workspace.id)
    approval = inside.execute(_APPROVAL).fetchone()["id"]
    connection.execute("ALTER TABLE publications DISABLE TRIGGER lanes_follow_new")
    for kind, due, number in (("due", "2026-01-01", accounts * posts), ("waiting", "2027-11-01", waiting)):
        words = _POSTS.format(approval=approval, kind=kind, accounts=accounts, due=f"{due}T00:00:00.000Z", posts=number)
        connection.execute(words.encode())
    connection.execute("ALTER TABLE publications ENABLE TRIGGER lanes_follow_new")
    connection.execute(_FIRST)
    for table in ("publications", "lanes"):
        connection.execute(f"ANALYZE {table}".encode())
    database.close()
    return workspace.id


class _Sender:
    """The verbs for one post, with a connection and a line to the server for each thread."""

    def __init__(self, address: str, workspace: int, port: int, name: str) -> None:
        self._address = address
        self._workspace = workspace
        self._port = port
        self._name = name
        self._own = threading.local()

    @property
    def database(self) -> PostgresConnection:
        if not hasattr(self._own, "database"):
            self._own.database = PostgresConnection(connect(self._address))
            self._own.clock = DatabaseClock(self._own.database, SystemClock())
            self._own.line = http.client.HTTPConnection("127.0.0.1", self._port)
        database: PostgresConnection = self._own.database
        return database

    def journal(self, lease: Lease) -> Journal:
        return journal_on(self.database.connection, self._workspace, self._own.clock, self._name, lease)

    def send(self, journal: Journal, row: Publication) -> None:
        attempt = journal.claim(row, parent="", watermark="")
        if attempt is None:
            return
        self._own.line.request("POST", "/", body=row.text)
        number = self._own.line.getresponse().read().decode()
        journal.confirm(attempt, number, f"https://social.example/{number}", "sent")

    def serve_lane(self, account: str) -> None:
        lanes = Lanes(self.database)
        lease = lanes.claim(self._workspace, account, self._name)
        if lease is None:
            return
        journal = self.journal(lease)
        for thread in journal.threads_in_hand(account):
            if (row := thread.planned_head) is not None:
                self.send(journal, row)
        lanes.release(lease)

    def serve_ticket(self, ticket: str) -> None:
        kind, _, place = ticket.partition(" ")
        if kind == "lane":
            self.serve_lane(place.partition(" ")[2])
            return
        for lane in Lanes(self.database).due(500, shard=int(place)):
            self.serve_lane(lane.account)

    def serve_job(self, number: int, account: str, fence: int) -> None:
        journal = self.journal(Lease(workspace=self._workspace, account=account, holder="all", fence=fence))
        [row] = journal._rows("id = ?", (number,))
        self.send(journal, row)


def work_by_tickets(sender: _Sender, address: str) -> None:
    """A worker as ``contentkit worker`` is one."""
    ends, engine = threading.Event(), Procrastinate(address)
    feeder = Feeder(address, f"pace-{os.getpid()}", engine, Events("pace"), ends)
    threading.Thread(target=feeder.run, daemon=True).start()
    engine.serve(sender.serve_ticket, at_once=_AT_ONCE, ends=ends)


def work_by_jobs(sender: _Sender, address: str) -> None:
    """A worker that gets one job for each post, in the order of its account."""
    asyncio.run(_jobs(sender, address))


async def _jobs(sender: _Sender, address: str) -> None:
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(conninfo=connected_to(address, schema_of("procrastinate")), max_size=4))
    with ThreadPoolExecutor(_AT_ONCE) as threads:

        async def post(number: int, account: str, fence: int) -> None:
            await asyncio.get_running_loop().run_in_executor(threads, sender.serve_job, number, account, fence)

        app.task(name="post", queue=_QUEUE)(post)
        async with app.open_async():
            await app.run_worker_async(
                queues=[_QUEUE], concurrency=_AT_ONCE, fetch_job_polling_interval=0.5, delete_jobs="always",
                update_heartbeat_interval=5, stalled_worker_timeout=15, install_signal_handlers=False,
            )  # fmt: skip


def hand_over_jobs(address: str, workspace: int) -> None:
    """One job for each post, before the clock runs: a lock for each account, the earlier ones with more weight."""
    Procrastinate(address).set_up()
    connection = connect(address)
    PostgresConnection(connection, workspace)
    connection.execute(
        "UPDATE lanes SET holder = 'all', fence = 1, leased_until = clock_timestamp() + interval '1 hour'"
    )
    connection.execute(f"SET search_path = {schema_of('procrastinate')}, public".encode())
    connection.execute(
        """INSERT INTO procrastinate_jobs
              (queue_name, task_name, priority, lock, args, scheduled_at)
            SELECT %s, 'post', -id, account, jsonb_build_object('number', id, 'account', account, 'fence', 1),
              CAST(due AS timestamptz) FROM publications ORDER BY id""",
        (_QUEUE,),
    )
    connection.execute("ANALYZE procrastinate_jobs")
    connection.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            await asyncio.sleep(SECONDS)
            _answered.append(time.monotonic())
            number = str(len(_answered)).encode()
            writer.write(b"HTTP/1.1 200 -\r\nContent-Length: %d\r\n\r\n%s" % (len(number), number))
    writer.close()


_answered: list[float] = []


def measured(mode: str, accounts: int, posts: int, waiting: int = 0) -> dict[str, float]:
    """Posts a second from the first to the last, and the CPU of workers and of PostgreSQL for each, in milliseconds."""
    with own_cluster(place=Path("/var/tmp")) as cluster:
        address = cluster.address(cluster.new_database(), OWNER)
        workspace = fill(address, accounts, posts, waiting)
        if mode == "jobs":
            hand_over_jobs(address, workspace)
        else:
            Procrastinate(address).set_up()
        return asyncio.run(_run(mode, cluster, address, workspace, accounts * posts))


async def _run(mode: str, cluster: Cluster, address: str, workspace: int, posts: int) -> dict[str, float]:
    _answered.clear()
    server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=1000)
    port = server.sockets[0].getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.scale.pace", mode, address, str(workspace), str(port)]
    before, began = _cpu_of_postgres(cluster), time.monotonic()
    workers = [subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL) for _ in range(WORKERS)]
    try:
        while len(_answered) < posts:
            await asyncio.sleep(0.05)
            if any(worker.poll() is not None for worker in workers):
                raise RuntimeError(f"{mode}: a worker died")
            if time.monotonic() - began > _LONGEST:
                break
        database = _cpu_of_postgres(cluster) - before
        used = sum(_cpu_of(worker.pid) for worker in workers)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        server.close()
    done = len(_answered)
    return {
        "posts": done,
        "posts a second": done / (_answered[-1] - _answered[0]),
        "ms of a worker": 1000 * used / done,
        "ms of PostgreSQL": 1000 * database / done,
    }


def _cpu_of(process: int) -> float:
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _cpu_of_postgres(cluster: Cluster) -> float:
    """Of the server and all that it has started, those that have ended included."""
    first = int((cluster.data / "postmaster.pid").read_text().split()[0])
    words = Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()
    ended = sum(int(words[place]) for place in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")
    return ended + sum(_cpu_of(one) for one in _children_of(first))


def _children_of(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def main() -> None:
    if sys.argv[1:2] and not sys.argv[1].isdecimal():
        mode, address, workspace, port = sys.argv[1:]
        sender = _Sender(address, int(workspace), int(port), f"pace-{os.getpid()}")
        (work_by_jobs if mode == "jobs" else work_by_tickets)(sender, address)
        return
    accounts, posts = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (500, 20)
    waiting = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    told: dict[str, Any] = {mode: measured(mode, accounts, posts, waiting) for mode in ("tickets", "jobs")}
    for mode, figures in told.items():
        print(f"{mode}: " + ", ".join(f"{value:.1f} {name}" for name, value in figures.items()))
    rate = told["tickets"]["posts a second"] / told["jobs"]["posts a second"]
    print(f"{accounts} accounts, {posts} posts each, {waiting} waiting: {rate:.2f} ×; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
