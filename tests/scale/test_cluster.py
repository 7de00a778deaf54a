"""The servers that tests stand on: each of the machine's PostgreSQLs writes to the disk, and ends with those who use it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scale.cluster import OWNER, all_programs, own_cluster

_USER = """
import sys
from pathlib import Path
from tests.scale.cluster import shared_cluster

with shared_cluster(Path(sys.argv[1])) as cluster:
    print(cluster.folder, cluster.query("SELECT 1")[0][0], flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    "number", [0, *(pytest.param(n, marks=pytest.mark.nightly) for n in range(1, len(all_programs())))]
)
def test_a_server_writes_durably_and_keeps_it_through_a_crash(number: int) -> None:
    with own_cluster(all_programs()[number]) as cluster:
        name = cluster.new_database()
        cluster.query("CREATE TABLE kept (word text)", name)
        cluster.query("INSERT INTO kept VALUES (%s)", name, ("said",))
        cluster.restart("immediate")
        assert cluster.query("SELECT word FROM kept", name) == [("said",)]
        assert cluster.query("SHOW fsync") == cluster.query("SHOW synchronous_commit") == [("on",)]
        assert cluster.query("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", values=(OWNER,)) == [
            (False, False)
        ]
    assert not cluster.folder.exists()


def test_processes_share_a_server_that_ends_after_the_last(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _USER, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    first, second = (subprocess.Popen(command, text=True, **pipes) for _ in range(2))  # type: ignore[call-overload]
    said = [process.stdout.readline().split() for process in (first, second)]
    assert said[0] == said[1]
    folder = Path(said[0][0])
    first.kill()
    first.communicate()
    assert (folder / "data" / "postmaster.pid").exists()
    second.communicate()
    while folder.exists():
        time.sleep(0.05)


def test_each_test_has_a_database_of_its_own(database: str) -> None:
    import psycopg

    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
        assert connection.execute("SELECT current_user").fetchone() == (OWNER,)
