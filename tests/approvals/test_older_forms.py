"""What was approved by an older contentkit goes out as it was approved, and nothing else does."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contentkit.cli.project import Project
from contentkit.config import load_config
from contentkit.manifests import FORM, digest
from contentkit.publishing.seal import seal
from tests.approvals.mutations import MUTATIONS, Edit
from tests.approvals.orchard import Orchard, planted
from tests.cli.shell import Shell
from tests.servers.compatible_server import CompatibleServer


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with CompatibleServer() as server:
        orchard = planted(Shell(home=tmp_path, here=tmp_path / "project"), server)
        assert orchard.approve().code == 0
        yield orchard


def rewrite(orchard: Orchard, write: Callable[[Project], str]) -> None:
    """Has journal and calendar keep this manifest in place of the one that was approved, sealed as this machine seals."""
    shell = orchard.shell
    project = Project(shell.project, load_config(shell.project), shell.environment())
    words = write(project)
    with sqlite3.connect(shell.state / "journal.db") as journal:
        ((number, by, at),) = journal.execute("SELECT id, approved_by, approved_at FROM approvals").fetchall()
        moment = datetime.fromisoformat(at).astimezone(UTC)
        sealed = seal(shell.state, entry="pears", digest=digest(words), manifest=words, by=by, at=moment)
        journal.execute(
            "UPDATE approvals SET manifest = ?, digest = ?, seal = ? WHERE id = ?",
            (words, digest(words), sealed, number),
        )
    journal.close()
    calendar = orchard.read("calendar.yaml").decode()
    orchard.shell.write("calendar.yaml", re.sub(r"sha256:[0-9a-f]{64}", digest(words), calendar))


def in_first_form(project: Project) -> str:
    return project.manifest(project.calendar.entry("pears"), 1)


def why(orchard: Orchard) -> str:
    return next(row[5] for row in orchard.shell.run("queue").rows if row[2] == "pears")


def test_what_was_approved_in_the_first_form_goes_out_as_long_as_nothing_of_it_changed(orchard: Orchard) -> None:
    rewrite(orchard, in_first_form)
    assert why(orchard) == "approved by Ana"
    assert orchard.post()["kind"] == "sent"
    assert len(orchard.server.statuses) == 3


@pytest.mark.parametrize(
    "name",
    [
        "NFD for NFC",
        "bytes of a picture",
        "alt text",
        "order of posts",
        "a waiver's reason",
        "how late",
        "after",
        "when",
        "pinned id",
    ],
)
def test_what_was_approved_in_the_first_form_and_is_another_now_does_not_go_out(orchard: Orchard, name: str) -> None:
    rewrite(orchard, in_first_form)
    edit = MUTATIONS[name].edit
    orchard.replace(edit.file, edit.old, edit.new)
    told = orchard.post()
    assert (told["kind"], orchard.is_untouched) == ("held", True)
    assert told["reason"].startswith(MUTATIONS[name].why)


def test_a_zone_that_the_first_form_did_not_have_is_no_edit_while_the_moment_stays(orchard: Orchard) -> None:
    rewrite(orchard, in_first_form)
    orchard.replace("calendar.yaml", "timezone: Europe/Madrid", "timezone: Europe/Paris")
    assert orchard.post()["kind"] == "sent"


def test_another_moment_than_in_the_first_form_is_a_move(orchard: Orchard) -> None:
    rewrite(orchard, in_first_form)
    orchard.replace("calendar.yaml", "timezone: Europe/Madrid", "timezone: Europe/Athens")
    told = orchard.post()
    assert (told["kind"], told["reason"]) == ("skipped", "moved to another time: approve it again")


def test_an_approval_again_tells_what_changed_since_the_first_form(orchard: Orchard) -> None:
    rewrite(orchard, in_first_form)
    edit: Edit = MUTATIONS["alt text"].edit
    orchard.replace(edit.file, edit.old, edit.new)
    ran = orchard.shell.run_in_terminal("approve", "pears", typed=b"y\n")
    shown = [line.strip() for line in ran.out.splitlines()]
    assert any("alt text of drafts/pears.png: Two ripe pears" in line for line in shown)
    assert orchard.post()["kind"] == "sent"


def test_what_a_newer_contentkit_approved_waits_for_one_that_can_read_it(orchard: Orchard) -> None:
    def newer(project: Project) -> str:
        content: dict[str, Any] = json.loads(project.manifest(project.calendar.entry("pears")))
        return json.dumps({**content, "form": FORM + 1})

    rewrite(orchard, newer)
    reason = f"approved by a newer version of contentkit, in form {FORM + 1}"
    assert why(orchard).startswith(reason)
    told = orchard.post()
    assert (told["reason"], orchard.is_untouched) == (reason, True)
