"""A backup put back, a copy, an earlier moment: a database that does not know what was sent since sends nothing by itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.shell import CONFIG, DRAFT, NOTE, PARTS, Shell, entry, time_in, wait_until
from tests.scale.cluster import OWNER, Cluster, own_cluster
from tests.scale.test_migrate import name_database


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("people.yaml", "version: 1\npeople: {}\n")
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    return shell


def begin(shell: Shell, address: str) -> None:
    """A team on this database, with a thread that is approved and due."""
    name_database(shell, address)
    assert shell.run("import-workspace", ".", "--name", "ours").code == 0
    shell.enter(entry("launch", at=time_in(minutes=-1)))
    approved = shell.run("approve", "launch", "--yes")
    assert approved.code == 0, approved.err


def on_the_network(shell: Shell) -> list[str]:
    """The texts that are out, in the order in which they went."""
    path = shell.state / "try.console.jsonl"
    found = path.read_text().splitlines() if path.exists() else []
    return [json.loads(line)["text"] for line in found]


def dumped(cluster: Cluster, name: str) -> Path:
    """A dump of this database, as its administrator would make it."""
    file = cluster.folder / f"{name}.dump"
    cluster.run("pg_dump", "--format", "custom", "--file", str(file), cluster.address(name))
    return file


def restored(cluster: Cluster, file: Path) -> str:
    """Where a new database is found that holds what this dump does."""
    other = cluster.new_database()
    cluster.run("pg_restore", "--dbname", cluster.address(other), str(file))
    return cluster.address(other, OWNER)


def test_a_dump_from_before_sends_nothing_until_somebody_has_looked(shell: Shell, cluster: Cluster) -> None:
    name = cluster.new_database()
    begin(shell, cluster.address(name, OWNER))
    before = dumped(cluster, name)
    assert shell.run("post").code == 0
    assert on_the_network(shell) == PARTS

    name_database(shell, restored(cluster, before))

    refused = shell.run("post")
    assert (refused.code, shell.run("post").code, on_the_network(shell)) == (1, 1, PARTS)
    assert "restored from an older copy" in refused.err
    assert "contentkit takeover" in refused.err

    taken = shell.run("takeover", "--yes")
    assert taken.code == 0, taken.err
    shell.run("start")
    shell.run("post")
    assert on_the_network(shell) == PARTS
    waits = shell.run("status", "--json")
    assert (waits.code, [one["state"] for one in waits.json]) == (4, ["held"])


@pytest.mark.nightly
def test_a_copy_in_another_cluster_sends_nothing(shell: Shell, cluster: Cluster) -> None:
    with own_cluster() as other:
        name = cluster.new_database()
        begin(shell, cluster.address(name, OWNER))
        copied = dumped(cluster, name)

        name_database(shell, restored(other, copied))

        refused = shell.run("post")
        assert (refused.code, on_the_network(shell)) == (1, [])
        assert "another cluster" in refused.err


@pytest.mark.nightly
def test_an_earlier_moment_of_the_same_cluster_sends_nothing(shell: Shell) -> None:
    """A base backup and the log up to a moment before the run: what a recovery to a point in time gives."""
    with own_cluster() as cluster:
        archive = cluster.folder / "archive"
        cluster.query(f"ALTER SYSTEM SET archive_command = 'mkdir -p {archive} && cp %p {archive}/%f'")
        cluster.query("ALTER SYSTEM SET archive_mode = on")
        cluster.restart("fast")
        name = cluster.new_database()
        begin(shell, cluster.address(name, OWNER))
        cluster.run("pg_basebackup", "-D", str(cluster.folder / "base"), "-X", "none", "-d", cluster.address())
        [(moment,)] = cluster.query("SELECT clock_timestamp()::text")
        cluster.query("CREATE TABLE later ()")
        assert shell.run("post").code == 0
        assert on_the_network(shell) == PARTS
        cluster.query("SELECT pg_switch_wal()")
        cluster.stop("fast")
        recover(cluster, archive, moment)

        refused = shell.run("post")

        assert (refused.code, on_the_network(shell)) == (1, PARTS)
        assert "was restored" in refused.err


def recover(cluster: Cluster, archive: Path, moment: str) -> None:
    """Puts the base backup in the place of the data, and lets it come to this moment."""
    shutil.rmtree(cluster.data)
    (cluster.folder / "base").rename(cluster.data)
    with (cluster.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment}'\n")
        settings.write("recovery_target_action = 'promote'\n")
    (cluster.data / "recovery.signal").touch()
    cluster.start()
    wait_until(lambda: cluster.query("SELECT pg_is_in_recovery()") == [(False,)], seconds=60)
