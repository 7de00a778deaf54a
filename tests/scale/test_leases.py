"""A lane is one worker's at a time, and whoever lost it neither sends nor writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from contentkit.clock import SystemClock
from contentkit.errors import StateError
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.postgres.clock import DatabaseClock
from contentkit.publishing.postgres.connection import LaneLost, PostgresConnection, connect, connect_for_long
from contentkit.publishing.postgres.lanes import LONGEST_REQUEST, Lanes
from contentkit.publishing.postgres.opening import journal_on, open_journal
from contentkit.publishing.publications import State
from contentkit.publishing.publisher import publish_account
from tests.publishing.stage import Stage, WoundClock
from tests.scale.cluster import OWNER, Cluster, own_cluster
from tests.scale.stages import Workspaces


def test_a_lane_is_held_by_one_alone(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one"])
    first, second = workspaces.leased(stage, "a"), workspaces.leased(stage, "b")
    assert first is not None
    assert second is None
    claimed = first.publications.claim(stage.rows()[0], parent="", watermark="")
    assert claimed is not None
    # Who comes without a lease finds it in other hands, too.
    stage.journal.recover()
    assert stage.states() == [State.SENDING]
    first.publications.confirm(claimed, "1", "", "sent")


def test_who_lost_the_lane_gets_no_right_and_writes_nothing(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one", "two"])
    paused = workspaces.leased(stage, "paused")
    assert paused is not None
    sent = paused.publications.claim(stage.rows()[0], parent="", watermark="")
    assert sent is not None
    workspaces.let_time_pass(stage)
    # Nobody has taken it yet, but it could be taken while a request is under way.
    assert paused.publications.claim(stage.rows()[1], parent="1", watermark="") is None
    other = workspaces.leased(stage, "other")
    assert other is not None
    with pytest.raises(LaneLost):
        paused.publications.claim(stage.rows()[1], parent="1", watermark="")
    with pytest.raises(LaneLost):
        paused.publications.confirm(sent, "1", "", "sent")
    with pytest.raises(LaneLost):
        paused.note({Fact.STOPPED: "x"})
    other.recover()
    assert stage.states() == [State.UNKNOWN, State.PLANNED]


def test_nothing_overtakes_what_a_worker_that_stands_still_may_yet_send(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve("older", texts=["one"])
    stage.approve("newer", texts=["two"])
    paused = workspaces.leased(stage, "paused")
    assert paused is not None
    assert paused.publications.claim(stage.rows("older")[0], parent="", watermark="") is not None
    workspaces.let_time_pass(stage)
    other = workspaces.leased(stage, "other")
    assert other is not None
    other.recover()
    (doubted,) = stage.rows("older")
    assert doubted.state is State.UNKNOWN
    assert other.publications.claim(stage.rows("newer")[0], parent="", watermark="") is None
    # Once a person has to decide about it, others need not wait for that.
    other.publications.hold(doubted, "may have been sent, but is not there")
    assert other.publications.claim(stage.rows("newer")[0], parent="", watermark="") is not None


def test_what_another_left_on_its_way_is_looked_for_and_not_sent_again(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one", "two"])
    dead = workspaces.leased(stage, "dead")
    assert dead is not None
    assert dead.publications.claim(stage.rows()[0], parent="", watermark="") is not None
    workspaces.let_time_pass(stage)
    heir = workspaces.leased(stage, "heir")
    assert heir is not None
    stage.journal = heir
    said = []
    for _ in range(4):
        said += [outcome.kind for outcome in publish_account(heir, stage.surroundings(), stage.clock, "mine")]
        stage.clock.wind(timedelta(minutes=3))
    assert said[-1] == "held"
    assert stage.states() == [State.HELD, State.PLANNED]
    assert stage.console() == []


@pytest.mark.parametrize("says_it_again", [False, True])
def test_after_a_transaction_that_failed_the_lane_is_still_in_hand(
    stage: Stage, workspaces: Workspaces, says_it_again: bool
) -> None:
    stage.approve(texts=["one"])
    with closing((connect_for_long if says_it_again else connect)(workspaces.address)) as connection:
        lease = Lanes(PostgresConnection(connection)).claim(workspaces.number(stage.folder), "mine", "worker")
        assert lease is not None
        worker = journal_on(connection, lease.workspace, stage.clock, "worker", lease)
        [row] = stage.rows()
        for _ in range(2):
            with pytest.raises(MovedMeanwhile):
                worker.publications.confirm(replace(row, state=State.SENDING), "1", "", "sent")
        claimed = worker.publications.claim(row, parent="", watermark="")
        assert claimed is not None
        worker.publications.confirm(claimed, "1", "", "sent")
    assert stage.states() == [State.SENT]


def test_a_command_takes_the_lanes_that_it_sends_on_and_gives_them_back(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one"])
    stage.run()
    assert workspaces.lane(stage)["holder"] == "this-machine"
    assert workspaces.leased(stage, "worker") is None
    stage.journal.close()
    assert workspaces.lane(stage)["holder"] == ""
    assert stage.console() == ["one"]
    stage.reopened()
    stage.approve("second", texts=["two"])
    assert workspaces.leased(stage, "worker") is not None
    stage.run()
    assert stage.console() == ["one"]


def test_a_lane_is_due_when_something_can_be_done_on_it(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one", "two"], at=stage.clock.now() + timedelta(hours=1))
    due = stage.rows()[0].due
    assert workspaces.lane(stage)["next_due"] == due.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    first, _ = stage.rows()
    stage.journal.waits.grant(first, "later", due + timedelta(minutes=5))
    later = (due + timedelta(minutes=5)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert workspaces.lane(stage)["next_due"] == later
    # The second part waits for the first, which waits for a person.
    stage.journal.publications.hold(first, "look at it")
    assert workspaces.lane(stage)["next_due"] is None
    stage.journal.publications.release(stage.rows()[0], "Ana", "fine")
    assert workspaces.lane(stage)["next_due"] is not None
    claimed = stage.journal.publications.claim(stage.rows()[0], parent="", watermark="")
    assert claimed is not None
    assert workspaces.lane(stage)["next_due"] == ""


def test_from_when_on_a_lane_is_due_next_is_known_once_it_is_given_back(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve("now", texts=["one"])
    stage.approve("later", texts=["two"], at=stage.clock.now() + timedelta(days=9999))
    first, later = stage.rows("now")[0], stage.rows("later")[0].due.isoformat(timespec="milliseconds")
    worker = workspaces.leased(stage, "died")
    assert worker is not None
    claimed = worker.publications.claim(first, parent="", watermark="")
    assert claimed is not None
    worker.publications.confirm(claimed, "1", "https://social.example/1", "sent")
    # Who died in between leaves it due, and the next one finds that nothing is to be done.
    workspaces.let_time_pass(stage)
    with connect(workspaces.address) as connection:
        lanes = Lanes(PostgresConnection(connection))
        place = workspaces.number(stage.folder)
        assert place in {one.workspace for one in lanes.due(99)}
        heir = lanes.claim(place, "mine", "heir")
        assert heir is not None
        # It is given back over a connection that sees no team's rows, and one that was planned meanwhile counts.
        stage.approve("sooner", texts=["three"], at=stage.clock.now() + timedelta(days=9998))
        assert lanes.release(heir)
        assert place not in {one.workspace for one in lanes.due(99)}
    sooner = stage.rows("sooner")[0].due.isoformat(timespec="milliseconds")
    assert sooner < later
    assert workspaces.lane(stage)["next_due"] == sooner.replace("+00:00", "Z")


def test_of_many_who_want_a_lane_at_once_one_gets_it(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one"])
    number = workspaces.number(stage.folder)
    won: list[str] = []
    barrier = threading.Barrier(6)

    def want(name: str) -> None:
        with closing(PostgresConnection(connect(workspaces.address))) as database:
            barrier.wait()
            if Lanes(database).claim(number, "mine", name):
                won.append(name)

    threads = [threading.Thread(target=want, args=(str(one),)) for one in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1


def test_who_stands_still_in_a_transaction_is_cut_off_and_the_others_go_on(
    stage: Stage, workspaces: Workspaces
) -> None:
    stage.approve(texts=["one"])
    still = workspaces.leased(stage, "still")
    assert still is not None
    patience = "SELECT name FROM pg_settings WHERE name LIKE '%timeout' AND setting <> '0' AND source = 'session'"
    assert {row["name"] for row in still._db.execute(patience)} == {
        "idle_in_transaction_session_timeout",
        "lock_timeout",
    }
    still._db.execute("SET idle_in_transaction_session_timeout = '100ms'")

    def meanwhile(words: str) -> str:
        # Waits until the other has been cut off.
        stage.journal.note({Fact.STOPPED: "now"})
        return words

    with pytest.raises(StateError, match="the database: "):
        still.change(Fact.ALLOWANCES, meanwhile)
    assert stage.journal.known(Fact.STOPPED) == "now"


def test_stop_waits_for_intents_and_none_comes_after_it(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one"])
    worker = workspaces.leased(stage, "worker")
    assert worker is not None
    stopped = threading.Event()

    def stop() -> None:
        stage.journal.note({Fact.STOPPED: "now"})
        stopped.set()

    thread = threading.Thread(target=stop)
    with worker._db.transaction():
        thread.start()
        assert not stopped.wait(0.3)
    thread.join()
    assert worker.publications.claim(stage.rows()[0], parent="", watermark="") is None


def test_what_two_lanes_note_of_one_fact_at_once_is_both_kept(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one"], accounts=("a", "b"))
    first, second = workspaces.leased(stage, "x", "a"), workspaces.leased(stage, "y", "b")
    assert first is not None
    assert second is not None
    ended = threading.Event()

    def note() -> None:
        second.change(Fact.ALLOWANCES, lambda words: f"{words}b")
        ended.set()

    thread = threading.Thread(target=note)

    def meanwhile(words: str) -> str:
        thread.start()
        ended.wait(0.3)
        return f"{words}a"

    first.change(Fact.ALLOWANCES, meanwhile)
    thread.join()
    assert stage.journal.known(Fact.ALLOWANCES) == "ab"


def test_the_time_is_the_databases_whatever_a_host_believes(workspaces: Workspaces) -> None:
    wrong = WoundClock(datetime(2001, 1, 1, tzinfo=UTC))
    with connect(workspaces.address) as connection:
        clock = DatabaseClock(PostgresConnection(connection), wrong)
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
        before, then = clock.now(), clock.uptime()
        wrong.sleep(5)
        assert clock.now() - before == timedelta(seconds=5)
        assert clock.uptime() == then + 5
        # A host that was asleep asks again.
        wrong.sleep(7200)
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
        assert clock.boot() == DatabaseClock(PostgresConnection(connection), SystemClock()).boot()


def test_a_workspace_neither_reads_nor_writes_anothers_rows(
    stage: Stage, tmp_path: Path, workspaces: Workspaces
) -> None:
    stage.approve(texts=["one"])
    other = Stage(tmp_path / "other")
    assert other.journal.threads.living() == []
    assert other.journal.facts() == {}
    row = stage.rows()[0]
    with pytest.raises(MovedMeanwhile):
        other.journal.publications.hold(row, "not ours")
    for statement in ("UPDATE publications SET told = 0", "DELETE FROM meta", "UPDATE accounts SET paused = 1"):
        assert other.journal._db.execute(statement).rowcount == 0
    other.approve(texts=["two"])
    assert [one.text for one in other.rows()] == ["two"]
    with pytest.raises(psycopg.Error, match="row-level security"), other.journal._db.transaction():
        other.journal._db.execute(
            "INSERT INTO meta (key, value, workspace) VALUES ('x', 'y', ?)", (workspaces.number(stage.folder),)
        )


@pytest.fixture
def careless(cluster: Cluster) -> Iterator[str]:
    """A database of which something is not as it must be."""
    name = cluster.new_database()
    yield name
    cluster.query(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_role_that_sees_everything_is_refused(cluster: Cluster, careless: str) -> None:
    with pytest.raises(StateError, match="sees the rows of all teams"):
        connect(cluster.address(careless))


def test_a_database_that_is_not_there_is_told_in_one_line(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(StateError, match="the database: ") as caught:
        connect(cluster.address("not_there", OWNER))
    assert "\n" not in caught.value.message
    with pytest.raises(StateError, match="the database: "):
        connect(f"host={tmp_path} dbname=x")
    with pytest.raises(StateError, match="the database: "):
        connect("this is no address")


def test_commits_wait_for_the_disk_though_the_administrator_says_otherwise(cluster: Cluster, careless: str) -> None:
    cluster.query(f"ALTER DATABASE {careless} SET synchronous_commit = off")
    with connect(cluster.address(careless, OWNER)) as connection:
        row = connection.execute("SHOW synchronous_commit").fetchone()
        assert row is not None
        assert row["synchronous_commit"] == "on"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("ALTER DATABASE {} SET default_transaction_read_only = on", "only lets itself be read"),
        ("CREATE DATABASE {}_latin TEMPLATE template0 ENCODING LATIN1", "is made for LATIN1"),
    ],
)
def test_a_database_that_cannot_hold_a_journal_is_refused(
    cluster: Cluster, careless: str, statement: str, why: str
) -> None:
    cluster.query(statement.format(careless))
    name = f"{careless}_latin" if "_latin" in statement else careless
    with pytest.raises(StateError, match=why):
        connect(cluster.address(name, OWNER))
    if name != careless:
        cluster.query(f"DROP DATABASE {name}")


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_server_that_does_not_wait_for_its_disk_is_refused(name: str) -> None:
    with own_cluster() as cluster:
        cluster.query(f"ALTER SYSTEM SET {name} = off")
        cluster.restart("fast")
        with pytest.raises(StateError, match=f"has {name} = off, and could forget"):
            connect(cluster.address(cluster.new_database(), OWNER))


def test_tables_of_a_newer_program_that_this_one_would_harm_are_left_alone(
    workspaces: Workspaces, database: str
) -> None:
    clock = WoundClock()
    with (
        closing(open_journal(database, 1, clock, "here")) as journal,
        pytest.raises(psycopg.errors.ForeignKeyViolation),  # there is no such workspace yet
    ):
        journal.note({Fact.STOPPED: "x"})
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE format SET version = version + 2, least = version + 1")
    with pytest.raises(StateError, match="newer contentkit"):
        open_journal(database, 1, clock, "here")


def test_a_request_is_only_begun_while_the_lease_outlasts_it(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one"])
    number = workspaces.number(stage.folder)
    with connect(workspaces.address) as connection:
        lanes = Lanes(PostgresConnection(connection))
        lease = lanes.claim(number, "mine", "a", LONGEST_REQUEST - 1)
        assert lease is not None
        with closing(open_journal(workspaces.address, number, stage.clock, "a", lease)) as journal:
            assert journal.publications.claim(stage.rows()[0], parent="", watermark="") is None
            assert lanes.renew(lease)
            assert journal.publications.claim(stage.rows()[0], parent="", watermark="") is not None
