"""A disk without room, at every size at which a command may meet it: one message, nothing sent, nothing half-written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.shell import COMMAND, PARTS, Ran, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer

# In blocks of 512 bytes: no file at all, small ones, the journal but not its growth.
SIZES = [0, 1, 8, 24]


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def assert_told(ran: Ran) -> None:
    assert ran.code == 1, ran
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "Exception ignored" not in ran.err
    assert ran.err.startswith("contentkit: ")
    assert len(ran.err.splitlines()) == 2


def left_behind(shell: Shell) -> set[str]:
    """The files of the project but for the database, which can be made again from the sources."""
    return {name for name in shell.files() if not name.startswith("contentkit.db")}


@pytest.mark.parametrize("blocks", SIZES)
def test_a_draft_without_room_is_not_written(shell: Shell, blocks: int) -> None:
    before = left_behind(shell)
    assert_told(shell.run_without_room(blocks, "draft", "notes/call.md"))
    assert left_behind(shell) == before
    assert shell.run("draft", "notes/call.md").code == 0


def test_a_draft_without_room_is_not_written_where_its_source_is_known(shell: Shell) -> None:
    shell.run("ingest", "notes/call.md")
    before = shell.files()
    assert_told(shell.run_without_room(0, "draft", "notes/call.md"))
    # SQLite's own two files beside the database may stay, empty.
    beside = {"contentkit.db-shm": b"", "contentkit.db-wal": b""}
    assert beside | shell.files() == beside | before


def test_an_entry_without_room_is_not_written(shell: Shell) -> None:
    before = shell.files()
    assert_told(shell.run_without_room(0, "schedule", "launch", "--at", "tomorrow 09:30"))
    assert shell.files() == before


@pytest.mark.parametrize("blocks", SIZES)
def test_an_approval_without_room_is_none_and_can_be_given_afterwards(shell: Shell, blocks: int) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    before = shell.files()
    assert_told(shell.run_without_room(blocks, "approve", "launch", "--yes"))
    assert shell.files() == before
    assert shell.run("post", "--json").json == []
    assert shell.run("approve", "launch", "--yes").code == 0
    assert [one["text"] for one in shell.run("post", "--json").json] == PARTS


@pytest.mark.parametrize("blocks", SIZES)
def test_nothing_is_sent_when_the_intent_cannot_be_written(shell: Shell, server: CompatibleServer, blocks: int) -> None:
    shell.connect(server.url)
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
    token = {"CONTENTKIT_OURS_TOKEN": server.token}
    assert shell.run("approve", "launch", "--yes").code == 0
    assert_told(shell.run_without_room(blocks, "post", variables=token))
    assert server.statuses == []
    assert shell.run("post", variables=token).code == 0
    assert server.threads() == [PARTS]


def test_an_output_that_cannot_be_written_is_told(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    assert_told(shell.ran(["/bin/sh", "-c", 'exec "$@" > /dev/full', "sh", *COMMAND, "queue"]))
