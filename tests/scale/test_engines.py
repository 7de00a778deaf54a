"""What both engines promise: tickets are bounded, reach a worker, and one that is lost, doubled or late harms nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Queue

import psycopg
import pytest

from contentkit.engines.pgqueuer import PgQueuer
from contentkit.engines.procrastinate import Procrastinate
from contentkit.engines.tables import connected_to, schema_of
from contentkit.engines.tickets import MOST_WAITING, Engine, EngineAway, as_many_as_fit
from tests.scale.cluster import own_cluster

ENGINES: dict[str, type[Procrastinate | PgQueuer]] = {"procrastinate": Procrastinate, "pgqueuer": PgQueuer}
_TABLES = {"procrastinate": "procrastinate_jobs", "pgqueuer": "pgqueuer"}
# Longer than anything here takes, so that a test ends that would wait for ever.
_LONGEST = 60
_FROZEN = """
import sys, threading
from tests.scale.test_engines import ENGINES
name, database = sys.argv[1:]
never = threading.Event()
ENGINES[name](database).serve(lambda ticket: (print(ticket, flush=True), never.wait()), at_once=2, ends=never)
"""


@pytest.fixture(params=sorted(ENGINES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(name: str, database: str) -> Iterator[Engine]:
    engine = ENGINES[name](database)
    engine.set_up()
    yield engine
    engine.close()


@contextmanager
def _served(engine: Engine, at_once: int = 4) -> Iterator[Queue[str]]:
    """The tickets that a worker gets, in their order."""
    brought: Queue[str] = Queue()
    with _working(engine, brought.put, at_once):
        yield brought


@contextmanager
def _working(engine: Engine, work: object, at_once: int = 4) -> Iterator[threading.Event]:
    assert callable(work)
    ends = threading.Event()
    thread = threading.Thread(target=engine.serve, args=(work,), kwargs={"at_once": at_once, "ends": ends})
    thread.start()
    try:
        yield ends
    finally:
        ends.set()
        thread.join(_LONGEST)
        assert not thread.is_alive()


def _rows(name: str, database: str) -> int:
    with psycopg.connect(connected_to(database, schema_of(name))) as connection:
        row = connection.execute(f"SELECT count(*) FROM {_TABLES[name]}".encode()).fetchone()
        assert row is not None
        return int(row[0])


def test_each_ticket_reaches_a_worker_and_leaves_nothing_behind(name: str, engine: Engine, database: str) -> None:
    assert engine.hand_over(["shard 1", "shard 2"]) == 2
    with _served(engine) as brought:
        first = {brought.get(timeout=_LONGEST) for _ in range(2)}
        assert engine.hand_over(["shard 3"]) == 1
        assert first | {brought.get(timeout=_LONGEST)} == {"shard 1", "shard 2", "shard 3"}
    assert _rows(name, database) == 0


def test_no_ticket_waits_twice(name: str, engine: Engine, database: str) -> None:
    assert engine.hand_over(["shard 1", "shard 1"]) == 1
    assert engine.hand_over(["shard 1", "shard 2"]) == 1
    assert _rows(name, database) == 2


def test_only_so_many_tickets_wait(name: str, engine: Engine, database: str) -> None:
    tickets = [f"lane {number}" for number in range(MOST_WAITING + 100)]
    assert engine.hand_over(tickets) == MOST_WAITING
    assert engine.hand_over(tickets) == 0
    assert _rows(name, database) == MOST_WAITING


def test_what_is_added_comes_first_and_once() -> None:
    assert as_many_as_fit(["b", "a", "b", "c"], {"c"}) == ["b", "a"]
    assert as_many_as_fit(["x"], {str(number) for number in range(MOST_WAITING)}) == []


def test_tables_are_made_once_whoever_makes_them(name: str, database: str) -> None:
    engines = [ENGINES[name](database) for _ in range(4)]
    failures: list[BaseException] = []

    def set_up(engine: Engine) -> None:
        try:
            engine.set_up()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=set_up, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_LONGEST)
    assert not failures
    assert _rows(name, database) == 0


def test_a_lost_ticket_is_handed_over_anew(name: str, engine: Engine, database: str) -> None:
    engine.hand_over(["shard 1"])
    with psycopg.connect(connected_to(database, schema_of(name))) as connection:
        connection.execute(f"TRUNCATE {_TABLES[name]} CASCADE".encode())
    assert engine.hand_over(["shard 1"]) == 1
    with _served(engine) as brought:
        assert brought.get(timeout=_LONGEST) == "shard 1"


def test_a_worker_ends_after_the_work_at_hand(engine: Engine) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), []

    def work(ticket: str) -> None:
        begun.set()
        go_on.wait(_LONGEST)
        done.append(ticket)

    engine.hand_over(["shard 1"])
    with _working(engine, work, at_once=2) as ends:
        assert begun.wait(_LONGEST)
        ends.set()
        assert not done
        go_on.set()
    assert done == ["shard 1"]


# PgQueuer waits until a worker has been silent for long, and brings the same ticket to another; Procrastinate brings a new one.
@pytest.mark.parametrize("name", ["procrastinate", pytest.param("pgqueuer", marks=pytest.mark.nightly)])
def test_a_place_is_served_again_while_a_frozen_worker_has_its_ticket(name: str, engine: Engine, database: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _FROZEN, name, database], stdout=subprocess.PIPE, text=True) as frozen:
        try:
            assert frozen.stdout is not None
            engine.hand_over(["shard 1"])
            assert frozen.stdout.readline() == "shard 1\n"
            os.kill(frozen.pid, signal.SIGSTOP)
            engine.hand_over(["shard 1"])
            with _served(engine) as brought:
                assert brought.get(timeout=_LONGEST) == "shard 1"
        finally:
            frozen.kill()


@pytest.mark.nightly
def test_the_ticket_of_a_dead_worker_is_given_up(name: str, engine: Engine, database: str) -> None:
    with subprocess.Popen([sys.executable, "-c", _FROZEN, name, database], stdout=subprocess.PIPE, text=True) as dead:
        assert dead.stdout is not None
        engine.hand_over(["shard 1"])
        dead.stdout.readline()
        dead.kill()
    nothing_left = threading.Event()
    with _served(engine):
        while _rows(name, database):
            nothing_left.wait(0.2)


@pytest.mark.parametrize("name", ["procrastinate", pytest.param("pgqueuer", marks=pytest.mark.nightly)])
def test_a_worker_that_tries_again_outlives_a_crash_of_the_database(name: str) -> None:
    with own_cluster() as cluster:
        database = cluster.address(cluster.new_database())
        engine = ENGINES[name](database)
        engine.set_up()
        ends, brought = threading.Event(), Queue[str]()

        def serve() -> None:
            while not ends.is_set():
                with suppress(EngineAway):
                    engine.serve(brought.put, at_once=2, ends=ends)

        thread = threading.Thread(target=serve)
        thread.start()
        engine.hand_over(["shard 1"])
        assert brought.get(timeout=_LONGEST) == "shard 1"
        cluster.restart("immediate")
        # A connection that is lost is told once; with the next look it is there again.
        with suppress(EngineAway):
            engine.hand_over(["shard 2"])
        engine.hand_over(["shard 2"])
        while brought.get(timeout=_LONGEST) != "shard 2":
            pass
        ends.set()
        thread.join(_LONGEST)
        assert not thread.is_alive()
        engine.close()


def test_nobody_there_is_said_in_words(name: str) -> None:
    with pytest.raises(EngineAway) as failure:
        ENGINES[name]("host=/nonexistent dbname=none").set_up()
    assert "cannot be reached" in failure.value.message
    assert failure.value.hint


def test_what_the_connection_string_says_goes_before_what_we_would() -> None:
    told = connected_to("host=db options='-c geqo=off' connect_timeout=9", "tickets")
    assert "-c geqo=off -c search_path=tickets" in told
    assert "connect_timeout=9" in told
