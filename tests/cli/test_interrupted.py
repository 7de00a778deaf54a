"""Ctrl-C and closed pipes: no traceback, nothing half-written, and never a second post."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import COMMAND, PARTS, Ran, Shell, entry, finished, interrupt, time_in, wait_until
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def writer_of(fifo: Path) -> int:
    """The writing end of a named pipe, once somebody waits at the other end."""
    opened: list[int] = []

    def somebody_reads() -> bool:
        try:
            opened.append(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            return False
        return True

    wait_until(somebody_reads)
    return opened[0]


def test_ctrl_c_while_drafting_leaves_nothing_and_says_nothing(shell: Shell) -> None:
    os.mkfifo(shell.project / "notes/slow.md")
    before = {path: path.stat().st_mtime_ns for path in shell.project.rglob("*")}
    process = shell.start("draft", "notes/slow.md")
    writer = writer_of(shell.project / "notes/slow.md")
    interrupt(process)
    os.close(writer)  # the signal may have come just before the process went to wait for the note
    assert finished(process) == Ran(130, "", "")
    assert {path: path.stat().st_mtime_ns for path in shell.project.rglob("*")} == before


def approved_on(shell: Shell, server: CompatibleServer, proxy: FaultyProxy) -> dict[str, str]:
    shell.connect(proxy.url)
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
    assert shell.run("approve", "launch", "--yes").code == 0
    return {"CONTENTKIT_OURS_TOKEN": server.token}


def test_ctrl_c_while_posting_settles_the_post_in_hand_and_the_next_run_goes_on(
    shell: Shell, server: CompatibleServer
) -> None:
    with FaultyProxy(server.url, ["pass", "hold"]) as proxy:
        token = approved_on(shell, server, proxy)
        process = shell.start("post", variables=token)
        proxy.wait_until_held(20)
        interrupt(process)
        assert process.stderr is not None
        assert process.stderr.readline() == "Ending after the post in hand.\n"
        proxy.release()
        ran = finished(process)
        assert (ran.code, ran.err) == (130, "")
        assert "launch 2/3 on ours: sent" in ran.out
        assert server.threads() == [PARTS[:2]]
        assert shell.run("post", variables=token).code == 0
    assert server.threads() == [PARTS]


def test_a_second_ctrl_c_ends_at_once_and_the_next_run_looks_before_it_sends(
    shell: Shell, server: CompatibleServer
) -> None:
    with FaultyProxy(server.url, ["pass", "hold"], strip_headers=["Idempotency-Key"]) as proxy:
        token = approved_on(shell, server, proxy)
        process = shell.start("post", variables=token)
        proxy.wait_until_held(20)
        interrupt(process)
        assert process.stderr is not None
        process.stderr.readline()
        interrupt(process)
        ran = finished(process)
        assert (ran.code, ran.err) == (130, "")
        assert shell.run("queue", "--json").json[0]["state"] == "unknown"
        assert shell.run("post", variables=token).code == 0
    assert server.threads() == [PARTS]


@pytest.mark.parametrize(
    "arguments",
    ["queue", "accounts", "accounts --json", "queue --json", "preview launch", "status --json", "--help", "post"],
)
def test_a_reader_who_leaves_is_no_error(shell: Shell, arguments: str) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *arguments.split()],
        cwd=shell.project,
        env=shell.environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode in ((0, 1) if arguments == "--help" else (0,))


def test_a_run_whose_reader_left_does_its_work_to_the_end(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    shell.ran(["/bin/sh", "-c", '"$@" | true', "sh", *COMMAND, "post"])
    assert shell.run("queue", "--json").json[0]["state"] == "sent"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_cron_may_start_it_without_any_of_the_three_streams(shell: Shell, closed: str) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    assert shell.ran(["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *COMMAND, "post"]).code == 0
    assert shell.run("queue", "--json").json[0]["state"] == "sent"


def test_an_encoding_without_the_letters_ends_no_command(shell: Shell) -> None:
    shell.write("notes/call.md", "# Café\n\nNous avons tout réécrit, et les équipes 🎉 sont contentes.\n")
    ran = shell.run("ingest", "notes/call.md", variables={"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"})
    assert ran.code == 0
    assert "Caf\\xe9" in ran.out
