"""``contentkit evidence``, as a person uses it."""

from __future__ import annotations

import pytest

from contentkit.models import quotation_hash
from tests.cli.shell import COMMAND, NOTE, PARTS, Shell, entry, finished, interrupt, time_in

DRAFT = """---
version: 1
title: The scheduler
sources: [notes/call.md]
---
Every team we talked to had written the same scheduler.
<!-- evidence: notes/call.md#L3 sha:2af9f8a1 -->\x20
<!--  a word to Odile  -->

---

We threw the queue away, and made each account a lane of its own.
<!-- evidence: notes/call.md#L5 sha:7b6a3d35;
     notes/call.md#L2-3 -->
"""


@pytest.fixture
def edited(shell: Shell) -> Shell:
    """A project whose draft carries hashes, and whose note got two new lines at its top."""
    lines = NOTE.splitlines()
    text = DRAFT.replace("2af9f8a1", quotation_hash(lines[2])).replace("7b6a3d35", quotation_hash(lines[4]))
    shell.write("drafts/launch.md", text)
    shell.write("notes/call.md", "New.\n\n" + NOTE)
    return shell


def test_each_post_stands_beside_its_words(shell: Shell) -> None:
    ran = shell.run("evidence", "launch")
    assert (ran.code, ran.out.splitlines()[:5]) == (
        0,
        [
            "drafts/launch.md",
            "Post 1 · line 6",
            "  Every team we talked to had written the same scheduler.",
            "  notes/call.md#L3 · there (no sha to tell changes by)",
            "    _Every team we talked to had written the same scheduler_.",
        ],
    )
    assert "_so_" in ran.err


def test_a_terminal_gets_fonts_and_one_without_colours_gets_signs(shell: Shell) -> None:
    assert "\x1b[1;4mEvery team we talked to" in shell.run_in_terminal("evidence", "launch").out
    plain = shell.ran(["script", "-qec", f"{' '.join(COMMAND)} evidence launch", "/dev/null"], {"NO_COLOR": "1"})
    assert "\x1b[" not in plain.out
    assert "_Every team we talked to" in plain.out


def test_programs_get_all_of_it(edited: Shell) -> None:
    [draft] = edited.run("evidence", "launch", "--json").json
    post = draft["posts"][0]
    assert (draft["draft"], post["post"], post["line"]) == ("drafts/launch.md", 1, 6)
    [evidence] = post["evidence"]
    assert (evidence["place"], evidence["state"], evidence["now"]) == (
        "notes/call.md#L3",
        "moved",
        "notes/call.md#L5",
    )
    [passage] = evidence["passages"]
    assert [passage["text"][start:end] for start, end in passage["shared"]] == [passage["text"][:-1]]
    assert [one["check"] for one in post["findings"]] == ["CK104"]


def test_lines_that_moved_are_pointed_at_again_and_nothing_else_changes(edited: Shell) -> None:
    before = edited.files()
    ran = edited.run("evidence", "launch", "--mend")
    after = edited.files()
    assert ran.code == 0
    assert "post 1: notes/call.md#L3 is L5 now" in ran.err
    changed = [name for name in after if after[name] != before.get(name)]
    assert changed == ["drafts/launch.md"]
    assert after["drafts/launch.md"].decode() == (
        before["drafts/launch.md"]
        .decode()
        .replace("#L3 sha", "#L5 sha")
        .replace("#L5 sha:" + _sha(before, 4), "#L7 sha:" + _sha(before, 4))
    )
    assert edited.run("evidence", "launch", "--mend").err.startswith("No lines moved")


def test_a_source_that_got_another_name_is_found_by_its_words(edited: Shell) -> None:
    edited.write("notes/call.md", NOTE)
    (edited.project / "notes/call.md").rename(edited.project / "notes/2026-call.md")
    edited.write("notes/other.md", "Something else.\n")
    draft = DRAFT.replace(" sha:2af9f8a1", "").replace(" sha:7b6a3d35", f" sha:{quotation_hash(PARTS[1])}")
    edited.write("drafts/launch.md", draft)
    assert "notes/call.md is called notes/2026-call.md now" in edited.run("evidence", "launch").err
    assert "post 2: notes/call.md#L5 is notes/2026-call.md#L5 now" in edited.run("evidence", "launch", "--mend").err
    after = edited.files()["drafts/launch.md"].decode()
    assert after == draft.replace("notes/call.md", "notes/2026-call.md").replace("#L2-3", "#L2-L3")


def test_a_source_that_may_be_two_files_is_neither(edited: Shell) -> None:
    edited.write("notes/call.md", NOTE)
    (edited.project / "notes/call.md").rename(edited.project / "notes/one.md")
    edited.write("notes/two.md", NOTE)
    before = edited.files()
    assert edited.run("evidence", "launch", "--mend").code == 0
    assert edited.files() == before


def test_no_raw_note_takes_the_place_of_a_source(edited: Shell) -> None:
    edited.write("notes/raw/call.md", NOTE)
    (edited.project / "notes/call.md").unlink()
    before = edited.files()
    assert "is called" not in edited.run("evidence", "launch", "--mend").err
    assert edited.files() == before


def test_where_nobody_can_know_the_comment_stays(edited: Shell) -> None:
    edited.write("notes/call.md", "New.\n\n" + NOTE + "\n" + NOTE)
    before = edited.files()
    ran = edited.run("evidence", "launch", "--mend")
    assert edited.files() == before
    assert "its words stand in several places now" in ran.out


def test_an_approval_stays_when_comments_are_mended(edited: Shell) -> None:
    edited.enter(entry("launch", at=time_in(days=1)))
    edited.write("notes/call.md", NOTE)
    assert edited.run("approve", "launch", "--by", "Ana", "--yes").code == 0
    edited.write("notes/call.md", "New.\n\n" + NOTE)
    ran = edited.run("evidence", "launch", "--mend")
    assert "is L5 now" in ran.err
    assert "void" not in ran.err
    assert edited.run("queue").rows[-1][5].find("changed") < 0


def test_a_post_in_another_draft_keeps_its_evidence(edited: Shell) -> None:
    edited.write("notes/call.md", NOTE)
    front, _, body = DRAFT.partition("sources: [notes/call.md]\n")
    edited.write("drafts/other.md", front + body.replace("#L3 sha:2af9f8a1", "#L3").replace(" sha:7b6a3d35", ""))
    assert "_Every team we talked to had written the same scheduler_" in edited.run("evidence", "other").out


def test_a_draft_that_is_not_there_is_named(shell: Shell) -> None:
    ran = shell.run("evidence", "lunch")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no draft 'lunch'" in ran.err
    assert "launch" in ran.err
    assert shell.run("evidence").code == 2


def test_a_source_that_is_gone_is_told_and_the_rest_shown(shell: Shell) -> None:
    (shell.project / "notes/call.md").unlink()
    ran = shell.run("evidence", "launch")
    assert ran.code == 0
    assert ran.out.count("gone: nothing is there") == 3


def test_a_source_of_20_000_lines_is_read_and_looked_through(shell: Shell) -> None:
    lines = [f"Queue {number} lost." for number in range(20_000)]
    shell.write("notes/call.md", "\n\n".join(lines) + "\n")
    shell.write(
        "drafts/launch.md",
        "---\nversion: 1\nsources: [notes/call.md]\n---\nThe queue lost.\n"
        "<!-- evidence: notes/call.md#L1-L39999 -->\n<!-- evidence: notes/call.md#L9C1-L9C10 sha:00000000 -->\n",
    )
    ran = shell.run("evidence", "launch")
    assert ran.code == 0
    assert "more passages" in ran.out
    assert len(ran.out) < 20_000


def test_nothing_in_a_source_steers_a_terminal(shell: Shell) -> None:
    shell.write("notes/call.md", NOTE.replace("Every team", "Every \x1b]0;owned\x07 te\u202eam"))
    for out in (shell.run("evidence", "launch").out, shell.run_in_terminal("evidence", "launch").out):
        assert "\x1b]" not in out
        assert "\u202e" not in out


def test_who_reads_no_further_ends_it_in_silence(shell: Shell) -> None:
    ran = shell.ran(["/bin/sh", "-c", f"{' '.join(COMMAND)} evidence launch | head -1"])
    assert (ran.out, "Traceback" in ran.err) == ("drafts/launch.md\n", False)


def test_an_interrupted_look_changes_nothing(edited: Shell) -> None:
    before = edited.files()
    process = edited.start("evidence", "launch", "--mend")
    interrupt(process)
    ran = finished(process)
    assert ran.code in (130, 0, -2)
    assert "Traceback" not in ran.err or ran.code == -2
    if ran.code:
        assert edited.files() == before


def test_a_hash_can_be_made_by_hand_as_the_documentation_says(edited: Shell) -> None:
    recipe = 'printf %s "$(sed -n 5p notes/call.md)" | sha256sum | cut -c1-8'
    made = edited.ran(["/bin/sh", "-c", recipe]).out.strip()
    [draft] = edited.run("evidence", "launch", "--json").json
    assert draft["posts"][0]["evidence"][0]["sha"] == made


def _sha(files: dict[str, bytes], line: int) -> str:
    return quotation_hash(NOTE.splitlines()[line])
