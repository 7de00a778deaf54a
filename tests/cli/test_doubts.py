"""A source that speaks of "off the record" and marks nothing: told by each command, and in the way of an approval."""

from __future__ import annotations

from tests.cli.shell import DRAFT, NOTE, Shell, entry, time_in

DOUBTFUL = f"{NOTE}\nWe were nearly broke, and he asked whether all of that was off-the-record stuff.\n"


def test_draft_tells_of_a_doubt_as_ingest_does(shell: Shell) -> None:
    shell.write("notes/call.md", DOUBTFUL)
    told = "notes/call.md:9: speaks of what is off the record, and marks nothing: is all of it on the record?"
    assert told in shell.run("ingest", "notes/call.md").err
    assert told in shell.run("draft", "notes/call.md", "--slug", "other").err


def test_an_approval_waits_until_somebody_has_read_the_doubtful_lines(shell: Shell) -> None:
    shell.write("notes/call.md", DOUBTFUL)
    shell.enter(entry("launch", at=time_in(hours=2)))
    ran = shell.run("check")
    assert (ran.code, "drafts/launch.md:6: warning CK308: notes/call.md speaks of" in ran.out) == (0, True)
    assert shell.run("approve", "launch", "--yes").code == 4
    waiver = '<!-- waive: CK308 "notes/call.md" by Ana: nothing of it was -->'
    shell.write("drafts/launch.md", DRAFT.replace("L3 -->", f"L3 -->\n{waiver}"))
    assert shell.run("check").out == ""
    assert shell.run("approve", "launch", "--yes").code == 0
