"""Workers that publish over the verbs of the journal and nothing else, and the server to which they send.

    .venv/bin/python -m benchmarks.scale.crew tickets|jobs ADDRESS WORKSPACE PORT      one worker

No folders and no networks' manners: what is compared is how work finds its worker, and what the journal costs. A worker says when
it is ready, with its connections open, and begins when it is told to.
"""

from __future__ import annotations

import asyncio
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.rounds import REPOSITORY
from contentkit.cli.scale.events import Events
from contentkit.cli.scale.feeding import Feeder
from contentkit.cli.scale.hands import Hands
from contentkit.clock import SystemClock
from contentkit.engines.procrastinate import Procrastinate
from contentkit.engines.tables import connected_to, schema_of
from contentkit.publishing.journal import Journal
from contentkit.publishing.journal.rows import rows_where
from contentkit.publishing.postgres.clock import DatabaseClock
from contentkit.publishing.postgres.connection import PostgresConnection, connect, connect_for_long
from contentkit.publishing.postgres.lanes import Lanes, Lease
from contentkit.publishing.postgres.opening import journal_on
from contentkit.publishing.publications import Publication
from contentkit.values import dataclass
from tests.scale.cluster import Cluster

SECONDS = 0.03
WORKERS = 4
AT_ONCE = 16
QUEUE = "posts"


class _Line:
    """A line to the network that stays open: what is compared has nothing to do with how a request is written."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))

    def post(self, words: str) -> str:
        """The number that the network gives it. Its answer is short, and comes in one piece."""
        body = words.encode()
        self._socket.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        head, _, number = self._socket.recv(4096).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert number
        return number.decode()


class _Tools:
    """What one thread works with: a connection to the database, its clock, and a line to the network."""

    def __init__(self, address: str, port: int) -> None:
        self.database = PostgresConnection(connect_for_long(address))
        self.clock = DatabaseClock(self.database, SystemClock())
        self.line = _Line(port)


class Sender:
    """Serves tickets and jobs with as many tools as it serves at once."""

    def __init__(self, address: str, workspace: int, port: int, name: str) -> None:
        self._workspace = workspace
        self._name = name
        self._hands = Hands(name)
        self._tools: queue.SimpleQueue[_Tools] = queue.SimpleQueue()
        for _ in range(AT_ONCE):
            self._tools.put(_Tools(address, port))

    @contextmanager
    def _at_hand(self) -> Iterator[_Tools]:
        tools = self._tools.get()
        try:
            yield tools
        finally:
            self._tools.put(tools)

    def serve_ticket(self, ticket: str) -> None:
        kind, _, place = ticket.partition(" ")
        with self._at_hand() as tools:
            lanes, serve = Lanes(tools.database), partial(self._serve_lane, tools)
            if kind == "lane":
                self._hands.serve_lane(lanes, self._workspace, place.partition(" ")[2], serve)
            else:
                self._hands.serve_shard(lanes, int(place), [self._workspace], serve)

    def _serve_lane(self, tools: _Tools, lease: Lease) -> float:
        journal = self._journal(tools, lease)
        for thread in journal.threads.in_hand(lease.account):
            if (row := thread.planned_head) is not None:
                _send(tools, journal, row)
        return 0.0

    def serve_job(self, number: int, account: str, fence: int) -> None:
        with self._at_hand() as tools:
            journal = self._journal(tools, Lease(workspace=self._workspace, account=account, holder="all", fence=fence))
            [row] = rows_where(tools.database, "id = ?", (number,))
            _send(tools, journal, row)

    def _journal(self, tools: _Tools, lease: Lease) -> Journal:
        return journal_on(tools.database.connection, self._workspace, tools.clock, self._name, lease)


def _send(tools: _Tools, journal: Journal, row: Publication) -> None:
    attempt = journal.publications.claim(row, parent="", watermark="")
    if attempt is None:
        return
    number = tools.line.post(row.text)
    journal.publications.confirm(attempt, number, f"https://social.example/{number}", "sent")


def work_by_tickets(sender: Sender, address: str) -> None:
    """A worker as ``contentkit worker`` is one."""
    ends, engine = threading.Event(), Procrastinate(address)
    feeder = Feeder(address, f"crew-{os.getpid()}", engine, Events("crew"), ends)
    threading.Thread(target=feeder.run, daemon=True).start()
    engine.serve(sender.serve_ticket, at_once=AT_ONCE, ends=ends)


def work_by_jobs(sender: Sender, address: str) -> None:
    """A worker that gets one job for each post, in the order of its account."""
    asyncio.run(_jobs(sender, address))


async def _jobs(sender: Sender, address: str) -> None:
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(conninfo=connected_to(address, schema_of("procrastinate")), max_size=4))
    with ThreadPoolExecutor(AT_ONCE) as threads:

        async def post(number: int, account: str, fence: int) -> None:
            await asyncio.get_running_loop().run_in_executor(threads, sender.serve_job, number, account, fence)

        app.task(name="post", queue=QUEUE)(post)
        async with app.open_async():
            await app.run_worker_async(
                queues=[QUEUE], concurrency=AT_ONCE, fetch_job_polling_interval=0.5, delete_jobs="always",
                update_heartbeat_interval=5, stalled_worker_timeout=15, install_signal_handlers=False,
            )  # fmt: skip


def hand_over_jobs(address: str, workspace: int) -> None:
    """One job for each post, before the clock runs: a lock for each account, the earlier ones with more weight."""
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
        (QUEUE,),
    )
    connection.execute("ANALYZE procrastinate_jobs")
    connection.close()


class Network:
    """A server that answers each post after a while, and remembers when it came and how it began."""

    def __init__(self) -> None:
        self.came: list[tuple[float, str]] = []
        self.answered: list[float] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                body = await reader.readexactly(int(length.split(b":")[1]))
                self.came.append((time.time(), body[:40].decode()))
                await asyncio.sleep(SECONDS)
                self.answered.append(time.monotonic())
                number = str(len(self.answered)).encode()
                writer.write(b"HTTP/1.1 200 -\r\nContent-Length: %d\r\n\r\n%s" % (len(number), number))
        writer.close()


@dataclass(frozen=True, kw_only=True)
class Crew:
    """Four workers that are ready."""

    workers: list[subprocess.Popen[bytes]]

    def begin(self) -> None:
        for worker in self.workers:
            assert worker.stdin
            worker.stdin.write(b"\n")
            worker.stdin.flush()

    @property
    def has_lost_one(self) -> bool:
        return any(worker.poll() is not None for worker in self.workers)

    def cpu(self) -> float:
        """Seconds of all of them since they were started."""
        return sum(_cpu_of(worker.pid) for worker in self.workers)


@asynccontextmanager
async def crew(mode: str, address: str, workspace: int, network: Network) -> AsyncIterator[Crew]:
    """Workers of this mode beside the network; they are killed at the end."""
    Procrastinate(address).set_up()
    server = await asyncio.start_server(network.serve, "127.0.0.1", 0, backlog=1000)
    port = server.sockets[0].getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.scale.crew", mode, address, str(workspace), str(port)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    workers = [subprocess.Popen(command, cwd=REPOSITORY, **pipes) for _ in range(WORKERS)]
    try:
        for worker in workers:
            assert worker.stdout
            await asyncio.to_thread(worker.stdout.readline)
        yield Crew(workers=workers)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        server.close()


def cpu_of_postgres(cluster: Cluster) -> float:
    """Seconds of the server and all that it has started, those that have ended included."""
    first = int((cluster.data / "postmaster.pid").read_text().split()[0])
    words = Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()
    ended = sum(int(words[place]) for place in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")
    return ended + sum(_cpu_of(one) for one in _children_of(first))


def _cpu_of(process: int) -> float:
    """0 for one that ends just now: it is counted with those that have ended."""
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _children_of(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def main() -> None:
    mode, address, workspace, port = sys.argv[1:]
    sender = Sender(address, int(workspace), int(port), f"crew-{os.getpid()}")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    # What is said from now on is nobody's news.
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    (work_by_jobs if mode == "jobs" else work_by_tickets)(sender, address)


if __name__ == "__main__":
    main()
