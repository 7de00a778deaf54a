"""``contentkit migrate``: nothing is lost, nothing can be sent from two places, and killed at any moment it is run again."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from contentkit.cli.project import Project
from contentkit.cli.scale.events import Events
from contentkit.cli.scale.migrating import migrate
from contentkit.cli.scale.teams import Teams
from contentkit.clock import SystemClock
from contentkit.config import load_config
from contentkit.places import HOME_NAME, machine_id
from contentkit.publishing.moving import columns_of, contents_of
from contentkit.publishing.opening import open_journal
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.workspaces import Standing, workspace_named
from contentkit.publishing.schema import JOURNAL_NAME, MOVED_NAME
from tests.cli.shell import Ran, Shell, entry, time_in

# Where a kill is tried: whatever one of these is just doing.
STAGES = (
    "publishing/setting_aside.py",
    "publishing/postgres/arrival.py",
    "cli/scale/migrating.py",
    "publishing/identity.py",
)


@pytest.fixture
def shell(tmp_path: Path, database: str) -> Shell:
    """A project that was published from this machine: one part is out, a kill left one in ``sending``, one is planned."""
    from tests.cli.shell import CONFIG, DRAFT, NOTE

    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("people.yaml", "version: 1\npeople: {}\n")
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    shell.enter(entry("launch", at=time_in(days=1)))
    assert shell.run("approve", "launch", "--yes").code == 0
    with closing(open_journal(shell.state, SystemClock(), machine_id())) as journal:
        [thread] = journal.threads.living()
        first, second, _ = thread.rows
        claimed = journal.publications.claim(first, parent="", watermark="")
        assert claimed
        journal.publications.confirm(claimed, "1", "https://example.org/1", "test")
        assert journal.publications.claim(second, parent="1", watermark="")
    name_database(shell, database)
    return shell


def name_database(shell: Shell, address: str) -> None:
    settings = shell.home / "config/contentkit"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "machine.toml").write_text(f'version = 1\n[scale]\ndatabase = "{address}"\n')


def imported(shell: Shell) -> Ran:
    ran = shell.run("import-workspace", ".", "--name", "ours")
    assert ran.code == 0, ran.err
    return ran


def standing(address: str) -> Standing:
    with connect(address) as connection:
        return workspace_named(PostgresConnection(connection), "ours").state


def states(address: str) -> list[str]:
    """The states of the parts that are on PostgreSQL, in their order."""
    with connect(address) as connection:
        place = workspace_named(PostgresConnection(connection), "ours").id
        rows = PostgresConnection(connection, place).execute("SELECT state FROM publications ORDER BY part").fetchall()
        return [row["state"] for row in rows]


def test_a_journal_moves_with_everything_in_it(shell: Shell, database: str) -> None:
    assert "waits for its journal" in imported(shell).out

    dry = shell.run("migrate", "--dry-run", "--json")
    assert (dry.code, dry.json["step"]) == (0, "would move")
    assert (shell.state / JOURNAL_NAME).exists()
    assert states(database) == []

    moved = shell.run("migrate", "--json")

    assert (moved.code, moved.json["step"], moved.err) == (0, "moved", "")
    assert states(database) == ["sent", "unknown", "planned"]
    assert not (shell.state / JOURNAL_NAME).exists()
    assert_same_rows(shell, database)
    again = shell.run("migrate", "--json")
    assert (again.code, again.json["step"], again.json["digest"]) == (0, "nothing to do", moved.json["digest"])


def test_the_journal_goes_on_where_it_came_to(shell: Shell) -> None:
    with closing(open_journal(shell.state, SystemClock(), machine_id())) as journal:
        for _ in range(50):
            journal.count_up()
    imported(shell)
    assert shell.run("migrate").code == 0

    for _ in range(3):
        ran = shell.run("post")
        assert ran.code in (0, 4), ran.err
    assert [row[4] for row in shell.run("queue").rows[1:]] == ["unknown"]


def test_only_a_workspace_that_was_imported_takes_a_journal(shell: Shell) -> None:
    ran = shell.run("migrate")

    assert ran.code == 1
    assert "contentkit import-workspace . --name NAME" in ran.err
    assert (shell.state / JOURNAL_NAME).exists()


def test_while_a_publisher_is_at_work_nothing_moves(shell: Shell) -> None:
    import fcntl

    imported(shell)
    with (shell.state / "publisher.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        project = project_of(shell)
        from contentkit.cli.scale import migrating
        from contentkit.errors import UsageError

        with pytest.raises(UsageError, match="is at work"):
            migrating.migrate(project, SystemClock(), patience=0)


def test_a_machine_that_has_no_journal_of_the_project_is_told_where_to_run_it(shell: Shell) -> None:
    imported(shell)
    (shell.state / JOURNAL_NAME).rename(shell.state / "elsewhere")

    ran = shell.run("migrate")

    assert ran.code == 1
    assert "run it on the machine that has published it so far" in ran.err


def test_after_the_move_this_machine_alone_sends_nothing_until_somebody_takes_over(shell: Shell) -> None:
    imported(shell)
    assert shell.run("migrate").code == 0
    (shell.home / "config/contentkit/machine.toml").unlink()
    for command in (("post",), ("takeover", "--yes"), ("stop", "--reason", "x")):
        ran = shell.run(*command)
        assert ran.code == 1, command
        assert "lies in a database of many teams" in ran.err

    # A copy of the folder on another machine, or who moved away only half.
    (shell.state / HOME_NAME).unlink()
    for command in (("post",), ("takeover", "--yes")):
        ran = shell.run(*command)
        assert ran.code == 1, command
        assert "was moved to PostgreSQL" in ran.err

    (shell.state / MOVED_NAME).unlink()
    assert "was lost" in shell.run("post").err
    assert shell.run("takeover", "--yes").code == 0
    assert shell.run("post").out == ""


# -- killed


def project_of(shell: Shell) -> Project:
    return Project(shell.project, load_config(shell.project), shell.environment())


def killed_after(shell: Shell, steps: int) -> bool:
    """Moves the journal in a process of its own, which is killed at its so-manieth step. False: it came to its end before."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.environ.update(shell.environment())
            sys.setprofile(dying(steps))
            migrate(project_of(shell), SystemClock())
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def dying(steps: int) -> Any:
    """What counts each call and return of the stages, and kills the process at the last of these steps."""
    left = steps

    def count(frame: FrameType, event: str, _: Any) -> None:
        nonlocal left
        if event in ("call", "return", "c_call") and frame.f_code.co_filename.endswith(STAGES):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return count


# There are about sixty; one that is not reached proves that the last was.
@pytest.mark.parametrize("steps", [41, 56, *(pytest.param(n, marks=pytest.mark.nightly) for n in range(1, 66))])
def test_killed_at_any_step_it_is_run_again_and_loses_nothing(shell: Shell, database: str, steps: int) -> None:
    imported(shell)
    was_killed = killed_after(shell, steps)

    assert not (can_send_here(shell) and standing(database) is Standing.OPEN)

    ran = shell.run("migrate", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["step"] in (("moved", "nothing to do") if was_killed else ("nothing to do",))
    assert standing(database) is Standing.OPEN
    assert states(database) == ["sent", "unknown", "planned"]
    assert_same_rows(shell, database)


def can_send_here(shell: Shell) -> bool:
    """Whether the journal on this machine still lets anybody send."""
    if not (shell.state / JOURNAL_NAME).exists():
        return False
    with closing(sqlite3.connect(shell.state / JOURNAL_NAME)) as journal:
        return journal.execute("SELECT 1 FROM meta WHERE key = 'moving'").fetchone() is None


def assert_same_rows(shell: Shell, database: str) -> None:
    """What is on PostgreSQL is what the journal that was set aside holds."""
    with journal_set_aside(shell) as journal, connect(database) as connection:
        columns = columns_of(journal.execute)
        place = workspace_named(PostgresConnection(connection), "ours").id
        there = contents_of(PostgresConnection(connection, place).execute, columns)
        assert there == contents_of(journal.execute, columns)


@contextmanager
def journal_set_aside(shell: Shell) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(shell.state / MOVED_NAME)) as journal:
        journal.row_factory = sqlite3.Row
        yield journal


def test_a_workspace_is_not_opened_beside_a_journal_of_this_machine(shell: Shell, database: str) -> None:
    imported(shell)
    assert shell.run("migrate").code == 0
    assert shell.run("scale", "remove", "ours", "--yes").code == 0
    (shell.state / MOVED_NAME).unlink()
    (shell.state / HOME_NAME).unlink()
    assert shell.run("takeover", "--yes").code == 0

    ran = shell.run("import-workspace", ".", "--name", "ours")

    assert (ran.code, "two cannot become one" in " ".join(ran.err.split())) == (1, True)
    assert standing(database) is Standing.CLOSED
    assert not (shell.state / HOME_NAME).exists()


def test_a_worker_leaves_out_a_workspace_beside_which_this_machine_has_a_journal(shell: Shell, database: str) -> None:
    imported(shell)
    assert shell.run("migrate").code == 0
    environment = {"HOME": str(shell.home), "XDG_STATE_HOME": str(shell.state.parents[1])}
    with connect(database) as connection:
        teams = Teams(environment, Events("a-worker"))
        assert len(teams.here(PostgresConnection(connection), 0.0)) == 1
        (shell.state / JOURNAL_NAME).touch()
        assert teams.here(PostgresConnection(connection), 100.0) == {}
