"""A source that speaks of "off the record" and marks it nowhere clearly: told by each command, and in the way of an approval."""

from __future__ import annotations

from tests.cli.shell import DRAFT, NOTE, Shell, entry, time_in

DOUBTFUL = f"{NOTE}\nWe were nearly broke, and he asked whether all of that was off-the-record stuff.\n"


def test_draft_tells_of_a_doubt_as_ingest_does(shell: Shell) -> None:
    shell.write("notes/call.md", DOUBTFUL)
    told = "notes/call.md:9: leaves open what is off the record: is all that is left on the record?"
    assert told in shell.run("ingest", "notes/call.md").err
    assert told in shell.run("draft", "notes/call.md", "--slug", "other").err


def test_an_approval_waits_until_somebody_has_read_the_doubtful_lines(shell: Shell) -> None:
    shell.write("notes/call.md", DOUBTFUL)
    shell.enter(entry("launch", at=time_in(hours=2)))
    ran = shell.run("check")
    assert (ran.code, "drafts/launch.md:6: warning CK308: notes/call.md leaves open" in ran.out) == (0, True)
    assert shell.run("approve", "launch", "--yes").code == 4
    waiver = '<!-- waive: CK308 "notes/call.md" by Ana: nothing of it was -->'
    shell.write("drafts/launch.md", DRAFT.replace("L3 -->", f"L3 -->\n{waiver}"))
    assert shell.run("check").out == ""
    assert shell.run("approve", "launch", "--yes").code == 0


def test_what_was_cut_and_may_not_have_been_enough_is_a_doubt_of_the_copy(shell: Shell) -> None:
    said = [
        "We made each account a lane of its own in 40 ms.",
        "Nice, and how did it go?",
        "We threw the queue away in March.",
    ]
    said += [
        "Nice.",
        "What I told you about the queue is off the record.",
        "Fine, and what is next?",
        "We ship lanes to everybody.",
    ]
    talk = "\n\n".join(f"**{'Bo' if at % 2 else 'Ana'}:** {words}" for at, words in enumerate(said))
    shell.write("notes/raw/talk.md", f"# Talk\n\n{talk}\n")
    told = "notes/talk.md:11: leaves open what is off the record: is all that is left on the record?"

    assert told in shell.run("ingest", "notes/raw/talk.md").err
    assert told in shell.run("draft", "notes/talk.md", "--slug", "other").err
    shell.write("drafts/other.md", DRAFT.replace("notes/call.md", "notes/talk.md"))
    assert "warning CK308: notes/talk.md leaves open what is off the record: line 11" in shell.run("check", "other").out
