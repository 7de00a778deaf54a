"""Each host knows the database that it has written; what one is told by a person, the others need not ask again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.publishing.facts import Fact
from contentkit.publishing.postgres.connection import connect_for_long
from contentkit.publishing.postgres.identity import SEEN_NAME, check_database, is_ours, take_over_database
from contentkit.publishing.postgres.opening import journal_on
from contentkit.publishing.publications import State
from tests.publishing.stage import Stage
from tests.scale.stages import Workspaces


@pytest.fixture
def hosts(stage: Stage, tmp_path: Path) -> tuple[Path, Path]:
    """Two that have seen the stage's journal, in which something is planned."""
    stage.approve(texts=["one"])
    folders = (tmp_path / "first", tmp_path / "second")
    for folder in folders:
        folder.mkdir()
        _look(stage, folder)
    return folders


def _look(stage: Stage, folder: Path) -> None:
    check_database(folder, stage.journal, stage.journal._db)


def _has_seen(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    note = json.loads((folder / SEEN_NAME).read_text())
    change(note)
    (folder / SEEN_NAME).write_text(json.dumps(note))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda note: note.update(counter=note["counter"] + 1), "restored from an older copy"),
        (lambda note: note.update(journal="another"), "restored from an older copy"),
        (lambda note: note.update(timeline="00000000"), "a replica has taken over"),
        (lambda note: note.update(system="1"), "it is a copy"),
        (lambda note: note.clear(), "it is a copy"),
    ],
)
def test_a_database_that_knows_less_than_a_host_has_seen_is_stopped_for_all(
    stage: Stage, hosts: tuple[Path, Path], change: Callable[[dict[str, object]], object], why: str
) -> None:
    _has_seen(hosts[0], change)
    assert not is_ours(hosts[0], stage.journal, stage.journal._db)
    with pytest.raises(StateError, match=why):
        _look(stage, hosts[0])
    assert why in stage.journal.known(Fact.STOPPED)
    assert stage.journal.publications.claim(stage.rows()[0], parent="", watermark="") is None


def test_a_worker_that_finds_an_older_copy_stops_it(
    stage: Stage, hosts: tuple[Path, Path], workspaces: Workspaces
) -> None:
    """On the connection over which it publishes: that prepares whatever it says."""
    _has_seen(hosts[0], lambda note: note.update(timeline="00000000"))
    connection, number = connect_for_long(workspaces.address), workspaces.number(stage.folder)
    with (
        closing(journal_on(connection, number, stage.clock, "a-worker")) as journal,
        pytest.raises(StateError, match="a replica has taken over"),
    ):
        check_database(hosts[0], journal, journal._db)
    assert "a replica has taken over" in stage.journal.known(Fact.STOPPED)


def test_one_takeover_is_enough_and_what_was_planned_is_held_once(stage: Stage, hosts: tuple[Path, Path]) -> None:
    for folder in hosts:
        _has_seen(folder, lambda note: note.update(counter=1000))
    with pytest.raises(StateError):
        _look(stage, hosts[0])
    assert take_over_database(hosts[0], stage.journal, stage.journal._db, stage.clock.now()) == 1
    assert stage.states() == [State.HELD]
    assert "may be published already" in stage.journal.doubts.why_suspected("launch", "mine")
    stage.journal.doubts.rule_out(stage.rows()[0], "Ana", "looked: it is not there")
    assert stage.journal.doubts.why_suspected("launch", "mine") == ""
    stage.approve("second", texts=["two"])
    for folder in hosts:
        _look(stage, folder)
        _look(stage, folder)
    assert stage.states("second") == [State.PLANNED]
    # From here on each knows it as it is now.
    _has_seen(hosts[1], lambda note: note.update(counter=1000))
    with pytest.raises(StateError):
        _look(stage, hosts[1])
