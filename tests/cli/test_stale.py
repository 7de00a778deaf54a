"""What a changed source makes of the drafts that rest on it: told by ingest, check, queue and status."""

from __future__ import annotations

import pytest

from tests.cli.shell import NOTE, Shell, entry, time_in

TOLD = "stale: the sources changed under post 2"


@pytest.fixture
def drafted(shell: Shell) -> Shell:
    """A project whose draft was made of its note, with hashes of the lines; it is on the calendar."""
    (shell.project / "drafts/launch.md").unlink()
    assert shell.run("draft", "notes/call.md", "--slug", "launch").code == 0
    shell.enter(entry("launch", at=time_in(hours=2)))
    return shell


def change(shell: Shell, before: str, after: str) -> None:
    shell.write("notes/call.md", NOTE.replace(before, after))


def test_ingest_names_the_posts_whose_lines_changed_and_the_drafts_whose_lines_did_not(drafted: Shell) -> None:
    change(drafted, "threw the queue away", "kept the queue")
    ran = drafted.run("ingest", "notes/call.md")
    assert ran.rows[1][1] == "note (changed)"
    assert "drafts/launch.md: stale: notes/call.md no longer says what post 2 rests on\n" in ran.err
    assert "  Next: contentkit draft drafts/launch.md --again, which keeps what you edited\n" in ran.err
    [source] = drafted.run("ingest", "notes/call.md", "--json").json
    assert source["drafts"] == [{"draft": "drafts/launch.md", "stale": [2]}]
    change(drafted, "any more.\n", "any more.\n\nWe meet again in May.\n")
    ran = drafted.run("ingest", "notes/call.md")
    assert "drafts/launch.md: rests on notes/call.md, which changed; the lines it cites did not\n" in ran.err


def test_queue_and_status_show_the_entry_of_a_stale_draft(drafted: Shell) -> None:
    assert TOLD not in drafted.run("queue").out + drafted.run("status").out
    change(drafted, "threw the queue away", "kept the queue")
    assert TOLD in drafted.run("queue").rows[1][5]
    ran = drafted.run("status")
    assert (ran.code, "launch: stale: the sources changed under post 2\n" in ran.out) == (4, True)
    assert "    contentkit check drafts/launch.md\n" in ran.out
    assert "error CK104" in drafted.run("check").out


def test_what_is_out_or_paused_or_over_is_not_called_stale_by_status(drafted: Shell) -> None:
    drafted.enter(entry("launch", at=time_in(seconds=-60)))
    assert drafted.run("approve", "launch", "--yes").code == 0
    assert drafted.run("post").code == 0
    change(drafted, "threw the queue away", "kept the queue")
    assert "stale" not in drafted.run("status").out + drafted.run("queue").out
    drafted.enter(entry("b", at=time_in(hours=2), more="paused: true"), entry("c", at="2020-01-01 09:30"))
    assert "stale" not in drafted.run("status").out
