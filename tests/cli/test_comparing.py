"""Drafts are compared with what raw files say off the record: edited, moved or gone, and those of other sources, too."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.ingesting import MARKED, SECRET
from tests.cli.shell import DRAFT, Shell, entry, time_in

COPY = "notes/money.md"


@pytest.fixture
def leaky(shell: Shell) -> Shell:
    """A draft that rests on the copy of a raw file, and repeats a name that was off the record in it."""
    shell.write("notes/raw/money.md", MARKED)
    assert shell.run("ingest", "notes/raw").code == 0
    leaked = "We doubled the number of teams this year, says Quennell Capital."
    shell.write(
        "drafts/launch.md", f"---\nversion: 1\nsources: [{COPY}]\n---\n{leaked}\n<!-- evidence: {COPY}#L3 -->\n"
    )
    assert "CK304" in shell.run("check").out
    return shell


@pytest.mark.parametrize(
    "now",
    [
        MARKED.replace(f"[off the record] {SECRET}. [/off the record]\n\n", ""),
        f"Nothing else to see.\n\nOTR: {SECRET}.\n",
        MARKED.replace("[/off the record]", "").replace("[off the record]", "[embargo until soon]"),
    ],
)
def test_a_raw_file_that_was_edited_since_cannot_be_compared(leaky: Shell, now: str) -> None:
    leaky.write("notes/raw/money.md", now)
    assert "warning CK305: what was off the record in the original of notes/money.md" in leaky.run("check").out


def test_a_raw_file_of_which_other_words_are_cut_out_by_now_cannot_be_compared(leaky: Shell) -> None:
    raw = leaky.project / "notes/raw/money.md"
    before = raw.stat()
    raw.write_text(MARKED.replace("Quennell Capital", "Pennybacker Ltd."))
    os.utime(raw, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert (raw.stat().st_size, raw.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert "warning CK305: what was off the record in the original of notes/money.md" in leaky.run("check").out
    assert leaky.run("ingest", "notes/raw").code == 0
    assert "CK305" not in leaky.run("check").out


def test_the_list_of_raw_files_holds_nothing_of_what_they_say(leaky: Shell) -> None:
    listed = json.loads((leaky.state / "raw.json").read_text())
    raw = leaky.project / "notes/raw/money.md"
    known = raw.stat()

    assert listed == {
        "version": 1,
        "raw": {COPY: str(raw)},
        "changed": {COPY: f"{known.st_mtime_ns}/{known.st_ctime_ns}"},
    }


def test_a_list_that_does_not_say_when_raw_files_were_changed_still_leads_to_them(leaky: Shell) -> None:
    listed = json.loads((leaky.state / "raw.json").read_text())
    del listed["changed"]
    (leaky.state / "raw.json").write_text(json.dumps(listed))

    out = leaky.run("check").out
    assert ("CK304" in out, "CK305" in out) == (True, False)


def test_what_an_edited_raw_file_still_says_is_compared(leaky: Shell) -> None:
    leaky.write("notes/raw/money.md", MARKED.replace("doubled", "tripled"))
    out = leaky.run("check").out
    assert ("CK304" in out, "CK305" in out) == (True, True)


def test_a_raw_file_that_is_wholly_off_the_record_by_now_is_compared(leaky: Shell) -> None:
    leaky.write("notes/raw/money.md", f"---\noff_record: true\n---\n{MARKED}")
    assert "CK304" in leaky.run("check").out


def test_a_copy_without_its_last_line_is_compared_by_its_name(leaky: Shell) -> None:
    copy = leaky.project / COPY
    copy.write_text("\n".join(copy.read_text().splitlines()[:-1]) + "\n")
    out = leaky.run("check").out
    assert ("CK304" in out, "CK305" in out) == (True, False), "the words still are the copy's"
    copy.write_text(copy.read_text().replace("doubled the", "doubled our"))
    out = leaky.run("check").out
    assert ("CK304" in out, "CK305" in out) == (True, True)
    (leaky.project / "notes/raw/money.md").unlink()
    assert "CK305" in leaky.run("check").out


def test_words_of_another_sources_raw_file_are_found(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    leaked = "Every team we talked to said that Quennell Capital wants to lead the round."
    shell.write("drafts/launch.md", DRAFT.replace("Every team we talked to had written the same scheduler.", leaked))
    assert "error CK303" in shell.run("check").out
    shell.write("notes/call.md", (shell.project / "notes/call.md").read_text() + f"\n{SECRET}.\n")
    assert "CK303" not in shell.run("check").out, "this source says it on the record"


def test_other_sources_raw_files_that_are_too_large_are_told_of_and_hold_nothing(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    shell.write("notes/raw/money.md", "We grew. " * 300_000)
    shell.enter(entry("launch", at=time_in(hours=2)))
    assert "notes/: warning CK305: no draft was compared with 1 raw file of other sources" in shell.run("check").out
    assert shell.run("approve", "launch", "--yes").code == 0


def test_a_raw_file_of_another_source_that_is_gone_is_passed_over(shell: Shell) -> None:
    shell.write("notes/raw/money.md", MARKED)
    shell.run("ingest", "notes/raw")
    (shell.project / "notes/raw/money.md").unlink()
    assert shell.run("check").out == ""
