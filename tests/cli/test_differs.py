"""What was approved and would be rendered otherwise today, although nobody edited it, is held, and how it differs is shown."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contentkit.publishing.seal import seal
from contentkit.renditions import RENDITION_VERSION
from tests.cli.shell import CONFIG, Shell, entry, time_in
from tests.cli.test_approve import texts_at

VERSION_2 = Path(__file__).parents[1] / "publishing" / "journals" / "rendition-2.sql"
PEOPLE = """version: 1
people:
  mara: {name: Mara Quist, consent: mention, handles: {mastodon: "@mara@grove.example", x: maraquist}}
"""
NOTE = """# A call about the scheduler

Every team we talked to had written the same scheduler, says Mara Quist.

We threw the queue away, and made each account a lane of its own.
"""
DRAFT = """---
version: 1
title: The scheduler
sources: [notes/call.md]
language: en
---
Every team we talked to had written the same scheduler, says @{mara}.
<!-- evidence: notes/call.md#L3 -->

---

We threw the queue away, and made each account a lane of its own.
<!-- evidence: notes/call.md#L5 -->
"""
ACCOUNTS = f"""{CONFIG}
[accounts.ours]
platform = "mastodon"
server = "http://127.0.0.1:9"

[accounts.ours-x]
platform = "x"
"""
THEN = {"on-a-file": "try", "on-mastodon": "ours", "on-x": "ours-x"}


@pytest.fixture
def project(shell: Shell) -> Shell:
    shell.write("contentkit.toml", ACCOUNTS)
    shell.write("people.yaml", PEOPLE)
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    return shell


def approved_then(shell: Shell) -> None:
    """The journal as it is where these entries were approved by contentkit when its way of rendering was version 2."""
    late = "late: post within 9999d"
    shell.enter(*(entry(name, at="2026-11-20 09:30", accounts=account, more=late) for name, account in THEN.items()))
    assert shell.run("approve", *THEN, "--yes", "--by", "Ana").code == 0
    with sqlite3.connect(shell.state / "journal.db") as journal:
        journal.executescript(VERSION_2.read_text())
        rows = journal.execute("SELECT id, entry, digest, manifest, approved_by, approved_at FROM approvals").fetchall()
        for number, name, digest, manifest, by, at in rows:
            moment = datetime.fromisoformat(at).astimezone(UTC)
            sealed = seal(shell.state, entry=name, digest=digest, manifest=manifest, by=by, at=moment)
            journal.execute("UPDATE approvals SET seal = ? WHERE id = ?", (sealed, number))
            _plan_as_approved(journal, name, manifest)
    journal.close()


def _plan_as_approved(journal: sqlite3.Connection, entry: str, manifest: str) -> None:
    """The rows as that contentkit had planned them: what the manifest says, and no more parts."""
    [thread] = json.loads(manifest)["renditions"]
    for guard in ("approved_words_stay", "approved_time_and_place_stay"):
        journal.execute(f"DROP TRIGGER IF EXISTS {guard}")
    journal.execute("DELETE FROM publications WHERE entry = ? AND part >= ?", (entry, len(thread["parts"])))
    for number, part in enumerate(thread["parts"]):
        visibility = part.get("visibility", thread["visibility"])
        values = (part["text"], visibility, thread["warning"], thread["language"], len(thread["parts"]), entry, number)
        changed = "text = ?, visibility = ?, warning = ?, language = ?, parts = ?"
        journal.execute(f"UPDATE publications SET {changed} WHERE entry = ? AND part = ?", values)


def reasons(shell: Shell) -> dict[str, str]:
    return {one["entry"]: one["reason"] for one in shell.run("post", "--json").json if one["kind"] == "held"}


def whys(shell: Shell) -> dict[str, str]:
    return {row[2]: row[5] for row in shell.run("queue").rows[1:]}


OLD = f"contentkit's way of rendering is {RENDITION_VERSION}, it was 2"


def test_what_an_older_contentkit_rendered_otherwise_is_held_as_that(project: Shell) -> None:
    approved_then(project)
    held = {
        "on-a-file": f"renders differently: its words are the same; {OLD}",
        "on-mastodon": f"renders differently: ours 2/2: visibility 'public' is now 'unlisted'; {OLD}",
        "on-x": f'renders differently: ours-x 1/2: "…same scheduler, says @maraquist." is now '
        f'"…same scheduler, says Mara Quist."; {OLD}',
    }
    assert whys(project) == held
    assert reasons(project) == held
    assert whys(project) == held
    assert texts_at(project) == []


def test_what_somebody_edited_since_is_held_as_that_whoever_rendered_it(project: Shell) -> None:
    approved_then(project)
    project.write("drafts/launch.md", DRAFT.replace("threw the queue away", "gave the queue up"))
    assert set(reasons(project).values()) == {"edited after the approval"}


def approved_now(shell: Shell, account: str = "try") -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts=account))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0


def numbered(shell: Shell) -> None:
    shell.write("contentkit.toml", ACCOUNTS.replace('"console"', '"console"\nnumbering = "1/5"'))


def test_other_settings_are_told_with_the_part_and_its_words_then_and_now(project: Shell) -> None:
    approved_now(project)
    numbered(project)
    why = 'renders differently: try 1/2: "…scheduler, says Mara Quist." is now "…scheduler, says Mara Quist. 1/2"; 1 more change'
    assert whys(project) == {"launch": why}
    assert reasons(project) == {"launch": why}


@pytest.mark.parametrize("held", [False, True], ids=["planned", "held"])
def test_status_shows_line_by_line_how_it_differs_and_what_to_do(project: Shell, held: bool) -> None:
    approved_now(project)
    numbered(project)
    if held:
        project.run("post")
    ran = project.run("status")
    assert ran.code == 4
    lines = [line.strip() for line in ran.out.splitlines()]
    first = "Every team we talked to had written the same scheduler, says Mara Quist."
    second = "We threw the queue away, and made each account a lane of its own."
    shown = ["try 1/2:", f"- {first}", f"+ {first} 1/2", "try 2/2:", f"- {second}", f"+ {second} 2/2"]
    assert lines[1:7] == shown
    assert lines[7].startswith("contentkit approve launch")
    assert [line.strip() for line in project.run("status", "--json").json[0]["diff"]] == shown


def test_what_may_be_out_is_not_to_be_approved_as_it_is_now_before_it_is_ruled_out(project: Shell) -> None:
    approved_now(project)
    (project.state / "epoch.json").unlink()
    assert project.run("takeover", "--yes").code == 0
    numbered(project)
    assert project.run("approve", "launch", "--yes").code == 4
    ways = ["", "--published URL", "--again", "--not-sent", "--skip"]
    assert steps(project) == [f"contentkit resolve launch --account try {way}".strip() for way in ways]
    assert project.run("resolve", "launch", "--not-sent").code == 0
    assert steps(project)[0] == "contentkit approve launch"
    assert "contentkit resolve launch --account try --not-sent" not in steps(project)


def test_what_was_edited_before_it_went_out_is_to_be_approved_anew(project: Shell) -> None:
    approved_now(project)
    project.write("drafts/launch.md", DRAFT.replace("threw the queue away", "gave the queue up"))
    assert project.run("post").code == 4
    ways = ["", "--published URL", "--again", "--skip"]
    resolve = [f"contentkit resolve launch --account try {way}".strip() for way in ways]
    assert steps(project) == ["contentkit approve launch", *resolve]
    assert project.run("resolve", "launch", "--again").code == 4
    calendar = (project.project / "calendar.yaml").read_text()
    project.enter()
    assert steps(project) == resolve
    project.write("calendar.yaml", calendar)
    assert project.run("approve", "launch", "--yes", "--by", "Ana").code == 0


def steps(shell: Shell) -> list[str]:
    """What status says to type, without what it does."""
    return [one.split("   ")[0] for one in shell.run("status", "--json").json[0]["next"]]


def test_status_tells_each_account_its_own_difference(project: Shell) -> None:
    approved_now(project, "try, ours-x")
    numbered(project)
    shown = {one["what"]: one["diff"] for one in project.run("status", "--json").json}
    assert [line for line in shown["launch on try"] if line.endswith(":")] == ["try 1/2:", "try 2/2:"]
    same = "its words are the same here, not on try; an approval is of all accounts"
    assert shown["launch on ours-x"] == [same]


def test_what_renders_differently_goes_out_once_it_is_approved_as_it_is_now(project: Shell) -> None:
    approved_now(project)
    numbered(project)
    project.run("post")
    assert project.run("resolve", "launch", "--again").code == 4
    assert project.run("approve", "launch", "--yes").code == 0
    assert project.run("post").code == 0
    assert [text[-3:] for text in texts_at(project)] == ["1/2", "2/2"]


def test_settings_that_are_put_back_need_no_approval(project: Shell) -> None:
    approved_now(project)
    numbered(project)
    project.write("contentkit.toml", ACCOUNTS)
    assert project.run("post").code == 0
    assert len(texts_at(project)) == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("people.yaml", "name: Mara Quist", "name: Mara Q."),
        ("contentkit.toml", 'platform = "console"', 'platform = "console"\nlimits = { characters = 60 }'),
        ("contentkit.toml", 'platform = "console"', 'platform = "console"\nvisibility = "unlisted"'),
        ("contentkit.toml", 'platform = "console"', 'platform = "console"\nhandle = "another"'),
    ],
)
def test_whatever_else_of_the_project_changes_it_is_no_edit(project: Shell, file: str, old: str, new: str) -> None:
    approved_now(project)
    path = project.project / file
    path.write_text(path.read_text().replace(old, new))
    assert reasons(project)["launch"].startswith("renders differently: try")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a lane of its own.", "a lane."),
        ("language: en", "language: en-GB"),
        ("language: en", "language: en\nvisibility: unlisted"),
        ("<!-- evidence: notes/call.md#L5 -->", "<!-- evidence: notes/call.md#L5 -->\n<!-- only: x -->"),
    ],
)
def test_what_people_change_in_the_draft_is_an_edit(project: Shell, old: str, new: str) -> None:
    approved_now(project)
    project.write("drafts/launch.md", DRAFT.replace(old, new))
    assert reasons(project) == {"launch": "edited after the approval"}


def test_an_edit_that_publishes_the_same_words_voids_nothing(project: Shell) -> None:
    approved_now(project)
    project.write("drafts/launch.md", DRAFT.replace("@{mara}", "Mara Quist"))
    assert project.run("post").code == 0
    assert len(texts_at(project)) == 2


def test_a_name_that_became_confidential_is_not_told_by_the_difference(project: Shell) -> None:
    approved_now(project)
    project.write("people.yaml", PEOPLE.replace("Mara Quist", "our friend"))
    project.write("notes/call.md", NOTE)
    project.write("confidential.txt", "Mara Quist\n")
    told = "\n".join(f"{ran.out}{ran.err}" for ran in map(project.run, ("queue", "post", "status")))
    assert "renders differently: in words that nobody may repeat" in told
    assert not re.search("mara|quist", told, re.I)
