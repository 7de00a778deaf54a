"""Taking an approval back, with real commands: nothing that is put back afterwards posts anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.shell import DRAFT, Shell, entry, time_in
from tests.cli.test_approve import texts_at
from tests.servers.compatible_server import CompatibleServer


@pytest.fixture
def approved(shell: Shell) -> Shell:
    """An entry that is due, and approved by Ana."""
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana Torres").code == 0
    return shell


def test_a_revoked_approval_is_told_and_leaves_the_calendar(approved: Shell) -> None:
    ran = approved.run("approve", "launch", "--revoke", "--by", "Ben Cruz", "--reason", "not final")
    assert (ran.code, ran.out, ran.err) == (0, "launch: approval revoked by Ben Cruz: 3 parts will not be sent\n", "")
    assert "approved" not in (approved.project / "calendar.yaml").read_text()


def test_what_was_revoked_is_not_published(approved: Shell) -> None:
    approved.run("approve", "launch", "--revoke")
    assert approved.run("post").out == ""
    assert texts_at(approved) == []


def test_the_line_put_back_after_a_revocation_posts_nothing(approved: Shell) -> None:
    before = (approved.project / "calendar.yaml").read_bytes()
    approved.run("approve", "launch", "--revoke")
    approved.write("calendar.yaml", before)
    approved.run("post")
    assert texts_at(approved) == []


def test_what_was_revoked_can_be_approved_anew(approved: Shell) -> None:
    approved.run("approve", "launch", "--revoke")
    assert approved.run("approve", "launch", "--yes").code == 0
    assert approved.run("post").code == 0
    assert len(texts_at(approved)) == 3


def test_parts_planned_again_by_hand_after_a_revocation_are_held(approved: Shell) -> None:
    """Rows of the journal that somebody wrote with sqlite3, although the approval behind them was genuine once."""
    approved.run("approve", "launch", "--revoke", "--by", "Ben Cruz")
    with closing(sqlite3.connect(approved.state / "journal.db")) as journal, journal:
        journal.executescript("DROP TRIGGER only_legal_moves; UPDATE publications SET state = 'planned', told = 1")
    ran = approved.run("post")
    assert (ran.code, texts_at(approved)) == (4, [])
    assert "revoked by Ben Cruz" in ran.out


def test_a_revocation_taken_out_of_the_journal_by_hand_stops_everything(approved: Shell) -> None:
    approved.run("approve", "launch", "--revoke")
    with closing(sqlite3.connect(approved.state / "journal.db")) as journal, journal:
        journal.executescript(
            "DROP TRIGGER only_legal_moves; DROP TRIGGER revocations_stay; DELETE FROM revocations;"
            "UPDATE publications SET state = 'planned', told = 1"
        )
    ran = approved.run("post")
    assert (ran.code, texts_at(approved)) == (1, [])
    assert "revoked approvals was changed by hand" in ran.err


def test_a_revocation_edited_by_hand_stops_everything(approved: Shell) -> None:
    approved.run("approve", "launch", "--revoke")
    with closing(sqlite3.connect(approved.state / "journal.db")) as journal, journal:
        journal.executescript(
            "DROP TRIGGER only_legal_moves; DROP TRIGGER revocations_are_history; UPDATE revocations SET upto = 0;"
            "UPDATE publications SET state = 'planned', told = 1"
        )
    ran = approved.run("post")
    assert (ran.code, texts_at(approved)) == (1, [])


@pytest.mark.parametrize("statement", ["UPDATE revocations SET upto = 0", "DELETE FROM revocations"])
def test_the_journal_itself_keeps_revocations_for_ever(approved: Shell, statement: str) -> None:
    approved.run("approve", "launch", "--revoke")
    refused = pytest.raises(sqlite3.IntegrityError, match="revocations are history")
    with closing(sqlite3.connect(approved.state / "journal.db")) as journal, refused:
        journal.execute(statement)


def test_words_that_somebody_wrote_into_the_journal_are_held(approved: Shell) -> None:
    with closing(sqlite3.connect(approved.state / "journal.db")) as journal, journal:
        journal.executescript(
            "DROP TRIGGER approved_words_stay; UPDATE publications SET text = 'Buy now' WHERE part = 1"
        )
    ran = approved.run("post")
    assert (ran.code, texts_at(approved)) == (4, [])
    assert "changed by hand" in ran.out


def test_what_was_never_approved_cannot_be_revoked(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    ran = shell.run("approve", "launch", "--revoke")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == "contentkit: launch: nothing of it was approved here"


def test_what_is_out_is_named_and_nothing_is_changed(approved: Shell) -> None:
    approved.run("post")
    before = approved.files()
    ran = approved.run("approve", "launch", "--revoke")
    assert ran.code == 4
    assert "3 of 3 out on try" in ran.err
    assert approved.files() == before


def test_what_has_begun_is_paused_and_not_revoked(shell: Shell) -> None:
    from tests.servers.faulty_proxy import FaultyProxy

    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        shell.connect(proxy.url)
        shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
        assert shell.run("approve", "launch", "--yes").code == 0
        shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
        ran = shell.run("approve", "launch", "--revoke")
    assert ran.code == 4
    assert "1 of 3 out on ours: " in ran.err
    assert "contentkit pause launch" in ran.err


def test_a_reason_without_a_revocation_is_refused(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    assert shell.run("approve", "launch", "--yes", "--reason", "why not").code == 2


def test_other_entries_stay_approved(shell: Shell) -> None:
    shell.enter(*(entry(name, at=time_in(seconds=-60)) for name in ("launch", "other")))
    shell.write("drafts/launch.md", DRAFT)
    assert shell.run("approve", "launch", "other", "--yes").code == 0
    shell.run("approve", "launch", "--revoke")
    shell.run("post")
    assert len(texts_at(shell)) == 3
