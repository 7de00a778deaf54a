"""What commands ask of the machine does not grow with what they do not look at: counts, which no load changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from contentkit.patterns import regex
from contentkit.store.database import database_in
from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell, entry, time_in
from tests.counted import Counted, counted
from tests.reports.made import Made, fill

FEW, MANY = 1, 5


def approved(home: Path, number: int) -> Shell:
    """A project with so many entries that are approved, each with a draft of its own, none of them due."""
    shell = Shell(home=home, here=home / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("notes/call.md", NOTE)
    names = [f"launch-{one}" for one in range(number)]
    for name in names:
        shell.write(f"drafts/{name}.md", DRAFT)
    shell.enter(*(entry(name, at=time_in(days=1 + day), draft=f"drafts/{name}.md") for day, name in enumerate(names)))
    assert shell.run("approve", *names, "--yes").code == 0
    return shell


def quiet_run(shell: Shell) -> Counted:
    """A run of ``post`` that reads everything and finds nothing to do: the first one writes what is known already."""
    assert shell.run("post").code == 0
    return counted(shell, "post", "--json")


def test_a_run_with_nothing_due_asks_the_same_of_any_calendar(tmp_path: Path) -> None:
    few, many = (quiet_run(approved(tmp_path / str(number), number)) for number in (FEW, MANY))

    assert len(many.statements) == len(few.statements)
    assert many.opened == few.opened
    assert many.opened["project/calendar.yaml"] <= 2
    assert not any(path.startswith("project/drafts") for path in many.opened)


def test_what_stands_for_all_approvals_is_read_once(tmp_path: Path) -> None:
    opened = counted(approved(tmp_path, MANY), "queue").opened

    assert opened["state/contentkit/our-posts/seal.key"] == 1
    assert opened["config/contentkit/machine.toml"] == 1, "that it is not there is asked as well"


def test_a_queue_in_which_nothing_is_due_does_not_ask_when_cron_ran(tmp_path: Path) -> None:
    shell = approved(tmp_path, FEW)
    assert shell.run("post").code == 0

    opened = counted(shell, "queue").opened

    heartbeat = "state/contentkit/our-posts/heartbeat.json"
    assert (tmp_path / heartbeat).exists()
    assert heartbeat not in opened, "it changes each minute, and what is kept of a queue would hold no longer"


def with_figures(home: Path, threads: int, accounts: int) -> Shell:
    """A project with figures of so many threads on each of so many accounts."""
    shell = Shell(home=home, here=home / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("calendar.yaml", "version: 1\ntimezone: UTC\nentries: []\n")
    with database_in(shell.project) as database:
        names = tuple(f"team{number}-mastodon" for number in range(accounts))
        fill(database.conn, Made(seed=4, threads=threads, accounts=names))
    return shell


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats", "--days", "999", "--json"),
        ("stats", "--days", "999", "--by", "hook", "--json"),
        ("stats", "entry-0009", "--json"),
        ("report", "--month", "2026-11", "--no-charts", "--out", "-"),
    ],
)
def test_figures_are_asked_for_in_as_many_statements_however_many_there_are(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    few, many = (
        counted(with_figures(tmp_path / str(threads), threads, accounts), *arguments)
        for threads, accounts in ((12, 2), (40, 5))
    )

    assert len(many.out) > len(few.out)
    assert Counter(map(_kind, many.statements)) == Counter(map(_kind, few.statements))


def _kind(statement: str) -> str:
    """A statement without its values."""
    return regex(r"'(?:[^']|'')*'|-?[0-9]+").sub("?", statement)
