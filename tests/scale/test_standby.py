"""A standby takes over: what its primary had sent is not sent again, be it in the standby or not."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.scale.storm import network, told_by
from benchmarks.scale.teams import Teams
from tests.cli.shell import PARTS, Shell, entry, time_in, wait_until
from tests.scale.cluster import OWNER, Cluster, own_cluster
from tests.scale.test_migrate import name_database
from tests.scale.test_restore import begin, on_the_network, shell

pytestmark = pytest.mark.nightly
__all__ = ["shell"]


@contextmanager
def standby_of(primary: Cluster) -> Iterator[Cluster]:
    """A standby that streams what this primary writes, ready to take over."""
    standby = replace(primary, folder=primary.folder / "standby")
    primary.run("pg_basebackup", "-R", "-c", "fast", "-D", str(standby.data), "-d", primary.address())
    with (standby.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"unix_socket_directories = '{standby.folder}'\n")
    standby.start()
    try:
        yield standby
    finally:
        if (standby.data / "postmaster.pid").exists():
            standby.stop()


def has_all_of(standby: Cluster, primary: Cluster) -> bool:
    [(written,)] = primary.query("SELECT pg_current_wal_lsn()::text")
    return standby.query(f"SELECT pg_last_wal_replay_lsn() >= '{written}'") == [(True,)]


def take_over(standby: Cluster) -> None:
    standby.run("pg_ctl", "promote", "-w", "-D", str(standby.data))


def test_a_standby_that_knows_everything_sends_nothing_until_somebody_has_looked(shell: Shell) -> None:
    with own_cluster() as primary:
        name = primary.new_database()
        with standby_of(primary) as standby:
            begin(shell, primary.address(name, OWNER))
            assert shell.run("post").code == 0
            wait_until(lambda: has_all_of(standby, primary), seconds=60)
            primary.stop()
            take_over(standby)
            name_database(shell, standby.address(name, OWNER))

            refused = shell.run("post")
            assert (refused.code, on_the_network(shell)) == (1, PARTS)
            assert "a replica has taken over" in refused.err

            assert shell.run("takeover", "--yes").code == 0
            assert shell.run("start").code == 0
            shell.enter(entry("launch", at=time_in(minutes=-1)))
            assert (shell.run("post").code, on_the_network(shell)) == (0, PARTS)
            assert (shell.run("status").code, shell.run("queue", "--json").json[0]["state"]) == (0, "sent")


def test_what_a_standby_never_heard_of_is_held(shell: Shell) -> None:
    with own_cluster() as primary:
        name = primary.new_database()
        with standby_of(primary) as standby:
            begin(shell, primary.address(name, OWNER))
            wait_until(lambda: has_all_of(standby, primary), seconds=60)
            standby.stop()
            assert shell.run("post").code == 0
            primary.stop()
            standby.start()
            take_over(standby)
            name_database(shell, standby.address(name, OWNER))

            assert (shell.run("post").code, on_the_network(shell)) == (1, PARTS)

            assert shell.run("takeover", "--yes").code == 0
            assert shell.run("start").code == 0
            shell.run("post")
            waits = shell.run("status", "--json")
            assert (waits.code, [one["state"] for one in waits.json]) == (4, ["held"])
            assert on_the_network(shell) == PARTS


def test_a_worker_that_finds_the_standby_by_itself_sends_nothing_there(tmp_path: Path) -> None:
    """libpq finds whoever may write: nobody has to name another database, and no worker is started anew."""
    with own_cluster() as primary, network(0.01, lost=0) as server:
        name = primary.new_database()
        with standby_of(primary) as standby:
            hosts = f"host={primary.folder},{standby.folder} dbname={name} user={OWNER} target_session_attrs=read-write"
            teams = Teams(tmp_path, hosts, server)
            teams.write(teams=2, accounts=2, posts=30)
            worker = teams.worker(0, "--at-once", "2")
            try:
                wait_until(lambda: len(sent(server)) > 10, seconds=60)
                primary.stop()
                before = sent(server)
                take_over(standby)
                wait_until(lambda: "replica has taken over" in (teams.scratch / "worker-0.log").read_text(), seconds=60)
                out = sent(server)
                time.sleep(1)
                assert sent(server) == out
                worker.send_signal(signal.SIGTERM)
                worker.wait()
            finally:
                worker.kill()
                worker.wait()
            assert len(out) == len(set(out)) < 120
            # What was on its way when the primary died arrived; nothing left after that.
            assert len(out) - len(before) <= 2
            assert told_by(server)["faults"] == []


def sent(server: str) -> list[str]:
    """The texts that are out on all accounts."""
    return [text for texts in told_by(server)["texts"].values() for text in texts]
