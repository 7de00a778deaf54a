"""``contentkit scale`` and its commands, as a person at one of the hosts meets them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit.cli.scale.homes import this_host
from contentkit.clock import SystemClock
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.opening import bring_up_to_date, open_journal
from contentkit.publishing.postgres.workers import Worker, beat, missing, workers
from contentkit.publishing.postgres.workspaces import workspace_named
from contentkit.publishing.publications import PlannedPart
from contentkit.publishing.records import Approval
from contentkit.publishing.seal import KEY_NAME
from contentkit.publishing.stops import stop
from tests.cli.shell import CONFIG, Shell
from tests.scale.test_migrate import name_database


@pytest.fixture
def shell(tmp_path: Path, database: str) -> Shell:
    """A host with a team's folder, and a machine.toml that names the database."""
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG)
    name_database(shell, database)
    return shell


def approve(address: str, *, due: datetime) -> None:
    """Something of the team 'ours' that is due then."""
    now = datetime.now(UTC)
    with connect(address) as connection:
        place = workspace_named(PostgresConnection(connection), "ours").id
    approval = Approval(
        id=0, entry="launch", digest="sha256:1", manifest="{}", by="Ana", at=now, trust="local", seal="s"
    )
    parts = [
        PlannedPart(
            account="try",
            part=n,
            parts=2,
            post=n,
            text=f"{n}",
            warning="",
            visibility="public",
            language="en",
            sent=None,
        )
        for n in range(2)
    ]
    with closing(open_journal(address, place, SystemClock(), "a-host")) as journal:
        journal.approvals.plan("our-posts", approval, due, parts)


def test_a_machine_that_names_no_database_is_told_how_to(shell: Shell) -> None:
    (shell.home / "config/contentkit/machine.toml").unlink()

    for command in (("scale",), ("scale", "status"), ("migrate",), ("import-workspace", ".", "--name", "ours")):
        ran = shell.run(*command)
        assert (ran.code, ran.out) == (1, "")
        assert "machine.toml: names no database" in ran.err
        assert "[scale]" in ran.err


def test_a_database_that_cannot_be_reached_is_told(shell: Shell) -> None:
    name_database(shell, f"host={shell.home} dbname=ours")

    ran = shell.run("scale")

    assert (ran.code, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    assert "see that PostgreSQL runs" in ran.err


def test_a_workspace_is_imported_named_renamed_removed_and_opened_again(shell: Shell) -> None:
    first = shell.run("import-workspace", ".", "--name", "ours", "--host", this_host())
    assert (first.code, first.out) == (0, f"Workspace 'ours' is open. Only {this_host()} may publish it.\n")
    assert shell.run("scale").rows[1] == ["ours", "open", this_host(), str(shell.project)]

    assert shell.run("scale", "rename", "ours", "theirs").code == 0
    assert shell.run("import-workspace", ".", "--name", "ours").code == 2
    assert shell.run("scale", "remove", "ours", "--yes").code == 2
    assert shell.run("scale", "remove", "theirs").code == 2
    assert shell.run("scale", "remove", "theirs", "--yes").code == 0
    [closed] = shell.run("scale", "--json").json
    assert (closed["name"], closed["state"], closed["folder"]) == ("theirs", "closed", str(shell.project))

    assert shell.run("import-workspace", ".", "--name", "theirs").code == 0
    assert shell.run("scale").rows[1][:2] == ["theirs", "open"]


def test_a_host_with_another_key_may_not_publish_a_workspace(shell: Shell) -> None:
    assert shell.run("import-workspace", ".", "--name", "ours").code == 0
    (shell.state / KEY_NAME).unlink()

    ran = shell.run("import-workspace", ".", "--name", "ours")

    assert ran.code == 1
    assert f"copy {KEY_NAME} from a host that publishes 'ours'" in " ".join(ran.err.split())


@pytest.mark.parametrize("name", ["a b", "\x1b[31mred"])
def test_what_cannot_be_a_name_is_refused_and_shown_harmlessly(shell: Shell, name: str) -> None:
    ran = shell.run("import-workspace", ".", "--name", name)

    assert ran.code == 2
    assert "cannot be the name of a workspace" in ran.err
    assert "\x1b" not in ran.err


def test_a_folder_that_is_no_project_is_refused(shell: Shell) -> None:
    ran = shell.run("import-workspace", "..", "--name", "ours")

    assert ran.code == 2
    assert "holds no contentkit.toml" in ran.err


def test_as_long_as_nobody_is_needed_the_status_exits_with_zero(shell: Shell, database: str) -> None:
    assert shell.run("import-workspace", ".", "--name", "ours").code == 0
    approve(database, due=datetime.now(UTC) + timedelta(days=1))

    ran = shell.run("scale", "status")

    assert ran.code == 0
    assert ran.rows[1] == ["ours", "open", "1", "2", "0", "-", "0", "0"]


def test_due_work_that_nobody_takes_up_a_held_part_and_a_dead_worker_need_a_person(shell: Shell, database: str) -> None:
    assert shell.run("import-workspace", ".", "--name", "ours").code == 0
    approve(database, due=datetime.now(UTC) - timedelta(minutes=10))
    with connect(database) as connection:
        shared = PostgresConnection(connection)
        beat(shared, Worker(name="w1", host="pub1", version="1", at_once=16))
        shared.execute("UPDATE workers SET seen_at = seen_at - interval '1 hour'")
        place = workspace_named(shared, "ours").id
    with closing(open_journal(database, place, SystemClock(), "a-host")) as journal:
        [thread] = journal.threads.living()
        journal.publications.hold(thread.rows[1], "a picture is missing")

    ran = shell.run("scale", "status", "--json")

    assert ran.code == 4
    assert {(one["what"], one["why"]) for one in ran.json["needs"]} == {
        ("ours", "1 held"),
        ("ours", "due work has waited for 10 min"),
        ("w1 on pub1", "silent for 60 min"),
    }
    assert (ran.json["planned"], ran.json["held"], ran.json["due"], ran.json["unknown"]) == (1, 1, 1, 0)
    assert 600 <= ran.json["lag"] < 900
    assert ran.json["workers"][0]["alive"] is False


def test_a_stopped_workspace_is_told_and_is_late_with_nothing(shell: Shell, database: str) -> None:
    assert shell.run("import-workspace", ".", "--name", "ours").code == 0
    approve(database, due=datetime.now(UTC) - timedelta(minutes=10))
    with connect(database) as connection:
        place = workspace_named(PostgresConnection(connection), "ours").id
    with closing(open_journal(database, place, SystemClock(), "a-host")) as journal:
        stop(journal, datetime(2026, 3, 4, 9, tzinfo=UTC), "the keys leaked")

    ran = shell.run("scale", "status")

    assert ran.code == 4
    assert ran.rows[1] == ["ours", "stopped", "1", "2", "0", "-", "0", "0"]
    assert "ours: stopped since 2026-03-04 09:00 UTC: the keys leaked" in " ".join(ran.out.split() + ran.err.split())
    [told] = shell.run("scale", "status", "--json").json["needs"]
    assert told["next"] == "run 'contentkit start' in its folder"


def test_a_closed_workspace_is_late_with_nothing(shell: Shell, database: str) -> None:
    assert shell.run("import-workspace", ".", "--name", "ours").code == 0
    approve(database, due=datetime.now(UTC) - timedelta(minutes=10))
    assert shell.run("scale", "remove", "ours", "--yes").code == 0

    ran = shell.run("scale", "status", "--json")

    assert (ran.code, ran.json["lag"], ran.json["due"]) == (0, 0.0, 0)


def test_who_may_not_publish_a_workspace_says_so(shell: Shell, database: str) -> None:
    assert shell.run("import-workspace", ".", "--name", "ours", "--host", "pub1").code == 0
    approve(database, due=datetime.now(UTC) - timedelta(minutes=10))

    ran = shell.run("post")

    assert (ran.code, ran.out) == (1, "")
    words = " ".join(ran.err.split())
    assert "is published by pub1, not by this host" in words
    assert f"import-workspace . --name ours --host pub1 --host {this_host()}" in words
    assert shell.run("import-workspace", ".", "--name", "ours", "--host", "").code == 2

    assert shell.run("scale", "remove", "ours", "--yes").code == 0
    ran = shell.run("post")
    assert (ran.code, "was removed" in ran.err) == (1, True)
    # What was planned can still be looked at.
    shell.write("calendar.yaml", "version: 1\ntimezone: UTC\nentries: []\n")
    ran = shell.run("status")
    assert (ran.code, "was removed" in ran.out, "planned: 1" in ran.err) == (4, True, True)


def test_a_worker_that_was_started_again_is_not_missed(database: str) -> None:
    with connect(database) as connection:
        bring_up_to_date(connection)
        shared = PostgresConnection(connection)
        for name, host in (("w1", "pub1"), ("w2", "pub1"), ("w3", "pub2"), ("w4", "pub3")):
            beat(shared, Worker(name=name, host=host, version="1", at_once=16))
        shared.execute("UPDATE workers SET seen_at = seen_at - interval '1 hour'")
        shared.execute("UPDATE workers SET seen_at = seen_at - interval '1 day' WHERE name = 'w4'")
        beat(shared, Worker(name="w5", host="pub1", version="1", at_once=16))

        assert [one.name for one in missing(workers(shared))] == ["w2", "w3"]
