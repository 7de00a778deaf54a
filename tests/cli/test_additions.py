"""What is added to the draft of a thread that is out, and approved: it goes out below it, as a correction that says so does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contentkit.errors import ContentError
from contentkit.publishing.timing import LONGEST_PAUSE_IN_THREAD
from tests.cli.shell import CONFIG, DRAFT, PARTS, Shell, entry, time_in
from tests.cli.wound import MINUTE, Desk
from tests.publishing.stage import WoundClock
from tests.servers.compatible_server import CompatibleServer

DUE = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ADDED = "To be exact: one lane for each account, on each network."
NOTED = f"\n{ADDED}\n"


@pytest.fixture
def desk(shell: Shell) -> Desk:
    """A thread that went out in time, on one of two accounts."""
    shell.write("contentkit.toml", CONFIG + '[accounts.more]\nplatform = "console"\n')
    desk = Desk(shell, WoundClock(DUE))
    _enter(desk, "try")
    desk.approve("launch")
    assert [one.kind for one in desk.post()] == ["sent"] * 3
    return desk


def _enter(desk: Desk, accounts: str) -> None:
    desk.enter(f"id: launch, draft: drafts/launch.md, at: 2026-11-24 09:30, accounts: [{accounts}]")


def _append(shell: Shell, *lines: str) -> None:
    """Adds a post to the draft, and to the note what it rests on."""
    note = (shell.project / "notes/call.md").read_text()
    shell.write("notes/call.md", note + NOTED)
    shell.write(
        "drafts/launch.md", "\n".join([DRAFT, "---\n", ADDED, "<!-- evidence: notes/call.md#L9 -->", *lines, ""])
    )


def test_a_post_added_days_later_goes_out_below_the_thread(desk: Desk) -> None:
    desk.clock.wind(3 * DAY)
    _append(desk.shell)
    desk.approve("launch")
    [sent] = desk.post()
    assert (sent.kind, sent.part, sent.parts, sent.text) == ("sent", 3, 4, ADDED)


def test_an_addition_that_no_run_came_for_is_held_after_a_while(desk: Desk) -> None:
    desk.clock.wind(3 * DAY)
    _append(desk.shell)
    desk.approve("launch")
    desk.clock.wind(LONGEST_PAUSE_IN_THREAD + MINUTE)
    [held] = desk.post()
    assert (held.kind, held.reason) == ("held", "the thread stopped 2 h ago")


def test_an_entry_that_is_not_out_on_each_account_is_still_too_late(desk: Desk) -> None:
    desk.clock.wind(3 * DAY)
    _append(desk.shell)
    _enter(desk, "try, more")
    with pytest.raises(ContentError, match="was due Tue 24 Nov 09:30 CET, 3 days ago"):
        desk.approve("launch")


def test_an_addition_is_a_reply_to_the_last_part_on_the_network(shell: Shell) -> None:
    with CompatibleServer() as server:
        shell.connect(server.url)
        shell.enter(entry("launch", at=time_in(minutes=-1), accounts="ours"))
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        assert shell.run("approve", "launch", "--yes").code == 0
        assert shell.run("post", variables=token).code == 0
        _append(shell)
        assert shell.run("approve", "launch", "--yes").code == 0
        assert shell.run("post", variables=token).code == 0
        assert server.threads() == [[*PARTS, ADDED]]
