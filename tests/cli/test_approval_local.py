"""Rules for approvals that are given on this machine, the command that explains them, and forgeries against a server."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from tests.cli.approving import allow
from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in
from tests.cli.test_approve import texts_at
from tests.servers.compatible_server import CompatibleServer

Online = tuple[Shell, CompatibleServer]
# What keeps a program of ours from it keeps nobody who opens the journal by hand.
WITHOUT_GUARDS = "DROP TRIGGER approved_words_stay; DROP TRIGGER approved_time_and_place_stay;"
TWO = '[[approval.rules]]\naccounts = ["try"]\nby = ["Ana", "Ben", "Cy"]\ncount = 2\n'


@pytest.fixture
def due(shell: Shell) -> Shell:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    return shell


def approve(shell: Shell, by: str, *names: str) -> str:
    ran = shell.run("approve", *(names or ("launch",)), "--yes", "--by", by)
    assert ran.code == 0, ran.err
    return ran.out


def test_nothing_is_planned_before_all_have_approved_whom_a_rule_asks_for(due: Shell) -> None:
    allow(due, TWO)
    said = approve(due, "Ana")
    assert said.startswith("launch: approved by Ana; still to approve: Ben or Cy. Nothing is planned yet.")
    assert due.run("post").out == ""
    assert texts_at(due) == []


def test_once_the_rule_is_met_it_goes_out(due: Shell) -> None:
    allow(due, TWO)
    approve(due, "Ana")
    assert approve(due, "cy").startswith("launch: approved by cy: 3 parts on try at ")
    due.run("post")
    assert len(texts_at(due)) == 3


@pytest.mark.parametrize("second", ["Ana", "ANA ", "Dan"])
def test_somebody_twice_or_a_stranger_does_not_meet_the_rule(due: Shell, second: str) -> None:
    allow(due, TWO)
    approve(due, "Ana")
    assert "Nothing is planned yet" in approve(due, second)


def test_approvals_of_other_words_do_not_add_up(due: Shell) -> None:
    allow(due, TWO)
    approve(due, "Ana")
    due.write("drafts/launch.md", DRAFT.replace("stranger's", "stranger\u2019s"))
    assert "Nothing is planned yet" in approve(due, "Ben")


def test_approvals_from_before_a_revocation_do_not_add_up(due: Shell) -> None:
    allow(due, TWO)
    approve(due, "Ana")
    assert due.run("approve", "launch", "--revoke").code == 0
    assert "Nothing is planned yet" in approve(due, "Ben")


def test_a_rule_that_came_after_the_approval_holds_the_post(due: Shell) -> None:
    approve(due, "Ana")
    allow(due, TWO)
    ran = due.run("post")
    assert (ran.code, "to approve by Ben or Cy" in ran.out, texts_at(due)) == (4, True, [])


def test_a_rule_for_other_accounts_asks_nobody(due: Shell) -> None:
    allow(due, TWO.replace('"try"', '"other"'))
    approve(due, "Dan")
    due.run("post")
    assert len(texts_at(due)) == 3


@pytest.mark.parametrize("more", ["founder: mara\n", ""])
def test_a_founders_rule_is_about_drafts_in_their_name(shell: Shell, more: str) -> None:
    shell.write("people.yaml", "version: 1\npeople:\n  mara: {name: Mara Quist, founder: {}}\n")
    shell.write("drafts/launch.md", DRAFT.replace("sources:", f"{more}sources:"))
    shell.enter(entry("launch", at=time_in(days=1)))
    allow(shell, '[[approval.rules]]\nfounder = "mara"\nby = ["Mara"]\n')
    assert ("still to approve: Mara" in approve(shell, "Ana")) is bool(more)


def test_a_rule_of_another_project_asks_nobody(due: Shell) -> None:
    allow(due, TWO.replace("accounts", 'project = "others"\naccounts'))
    assert "3 parts on try" in approve(due, "Dan")


def test_a_row_of_an_approval_that_somebody_added_does_not_add_up(due: Shell) -> None:
    allow(due, TWO)
    approve(due, "Ana")
    with closing(sqlite3.connect(due.state / "journal.db")) as journal, journal:
        journal.execute(
            "INSERT INTO approvals (entry, digest, manifest, approved_by, approved_at, trust, seal)"
            " SELECT entry, digest, manifest, 'Cy', approved_at, trust, seal FROM approvals"
        )
    assert due.run("approvals", "launch", "--json").json[0]["holds"] is False
    assert due.run("post").out == ""


# -- what 'approvals' tells


def test_approvals_tell_who_when_and_why(due: Shell) -> None:
    allow(due, TWO)
    approve(due, "Ana")
    ran = due.run("approvals")
    first, second = ran.out.splitlines()
    assert (ran.code, first) == (0, "launch: not approved: to approve by Ben or Cy")
    assert second.startswith("    Ana at 20")
    assert second.endswith("): counts")
    assert 'trust = "local"' in ran.err


def test_an_edit_is_told_as_the_reason(due: Shell) -> None:
    approve(due, "Ana")
    due.write("drafts/launch.md", DRAFT.replace("stranger's", "stranger\u2019s"))
    [told] = due.run("approvals", "launch", "--json").json
    assert (told["holds"], told["why"]) == (False, "changed since its approval: approve again")


def test_an_approval_that_holds_names_everybody(due: Shell) -> None:
    allow(due, TWO)
    approve(due, "Ana")
    approve(due, "Ben")
    [told] = due.run("approvals", "launch", "--json").json
    assert (told["holds"], told["people"], told["lacking"]) == (True, ["Ana", "Ben"], [])


def test_what_is_bound_gives_the_digest(due: Shell) -> None:
    digest = approve(due, "Ana").split()[-1]
    words = due.run("approvals", "launch", "--manifest").out
    assert "sha256:" + hashlib.sha256(words.encode()).hexdigest() == digest


@pytest.mark.parametrize("arguments", [["--manifest", "launch", "more"], ["nothing"]])
def test_wrong_arguments_of_approvals_are_told(shell: Shell, arguments: list[str]) -> None:
    shell.enter(*(entry(name, at=time_in(days=1)) for name in ("launch", "more")))
    ran = shell.run("approvals", *arguments)
    assert ran.code in (1, 2)
    assert ran.out == ""


def test_approvals_leave_nothing_behind(due: Shell) -> None:
    before = due.files()
    assert due.run("approvals").code == 0
    assert (due.files(), due.state.exists()) == (before, False)


# -- forgeries against a server


@pytest.fixture
def online(shell: Shell) -> Iterator[Online]:
    with CompatibleServer() as server:
        shell.connect(server.url)
        shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
        yield shell, server


def test_a_line_copied_from_another_entry_sends_nothing(online: Online) -> None:
    shell, server = online
    shell.enter(entry("launch", at=time_in(days=2), accounts="ours"))
    approve(shell, "Ana")
    text = (shell.project / "calendar.yaml").read_text()
    copied = text[text.index("approved:") : text.rindex("}}") + 1]
    shell.enter(entry("other", at=time_in(seconds=-60), accounts="ours", more=copied))
    shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
    assert server.statuses == []


def test_a_journal_of_another_project_sends_nothing(online: Online) -> None:
    """The same words, approved in a project of another name on the same machine."""
    shell, server = online
    token = {"CONTENTKIT_OURS_TOKEN": server.token}
    theirs = replace(shell, here=shell.home / "theirs")
    shutil.copytree(shell.project, shell.home / "theirs")
    settings = (shell.project / "contentkit.toml").read_text()
    (shell.home / "theirs/contentkit.toml").write_text(settings.replace("our-posts", "their-posts"))
    assert theirs.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    shutil.copy(shell.home / "theirs/calendar.yaml", shell.project / "calendar.yaml")
    shutil.copytree(shell.home / "state/contentkit/their-posts", shell.state)
    shell.run("post", variables=token)
    assert server.statuses == []


def test_an_approval_sealed_with_another_machines_key_sends_nothing(online: Online) -> None:
    shell, server = online
    approve(shell, "Ana")
    (shell.state / "seal.key").write_bytes(b"k" * 32)
    ran = shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
    assert (ran.code, server.statuses) == (4, [])
    assert "the approval was not made on this machine" in ran.out


def test_an_entry_renamed_after_publishing_sends_nothing(online: Online) -> None:
    shell, server = online
    token = {"CONTENTKIT_OURS_TOKEN": server.token}
    approve(shell, "Ana")
    shell.run("post", variables=token)
    text = (shell.project / "calendar.yaml").read_text()
    shell.write("calendar.yaml", text.replace("id: launch,", "id: launch-2,"))
    shell.run("post", variables=token)
    assert len(server.statuses) == 3


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE approvals SET approved_by = 'Mara'",
        "UPDATE approvals SET digest = 'sha256:0'",
        "UPDATE approvals SET manifest = replace(manifest, 'Every team', 'Each team')",
        "UPDATE approvals SET entry = 'other'",
        "UPDATE approvals SET approved_at = '2026-01-01T00:00:00.000Z'",
        "UPDATE approvals SET trust = 'signed'",
        "UPDATE publications SET text = 'Buy now'",
        "UPDATE publications SET visibility = 'private'",
        "UPDATE publications SET warning = 'odd'",
        "UPDATE publications SET language = 'es'",
        "UPDATE publications SET account = 'try'",
    ],
)
def test_rows_of_the_journal_edited_by_hand_send_nothing(online: Online, change: str) -> None:
    shell, server = online
    approve(shell, "Ana")
    with closing(sqlite3.connect(shell.state / "journal.db")) as journal, journal:
        journal.executescript(f"{WITHOUT_GUARDS} {change}")
    ran = shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
    assert (ran.code, server.statuses, texts_at(shell)) == (4, [], [])


def test_a_time_of_the_journal_edited_by_hand_sends_nothing_early(due: Shell) -> None:
    due.enter(entry("launch", at=time_in(days=2)))
    approve(due, "Ana")
    with closing(sqlite3.connect(due.state / "journal.db")) as journal, journal:
        past = "due = '2026-11-01T09:00:00.000Z', wall = '2026-11-01T09:00:00'"
        journal.executescript(f"{WITHOUT_GUARDS} UPDATE publications SET {past}")
    ran = due.run("post")
    assert (ran.code, "changed by hand" in ran.out, texts_at(due)) == (4, True, [])


def test_rules_in_the_projects_settings_are_an_error(due: Shell) -> None:
    approve(due, "Ana")
    due.write("contentkit.toml", CONFIG + "\n[approval]\nrules = []\n")
    ran = due.run("post")
    assert (ran.code, "contentkit.toml:7: " in ran.err, texts_at(due)) == (1, True, [])


def test_settings_of_the_machine_that_cannot_be_read_send_nothing(due: Shell) -> None:
    approve(due, "Ana")
    allow(due, '[approval]\ntrust = "lcoal"\n')
    ran = due.run("post")
    assert (ran.code, "machine.toml:3: " in ran.err, texts_at(due)) == (1, True, [])
