"""What was approved is what is sent: any one field or byte that is another voids the approval, and nothing goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.approvals.mutations import CALENDAR, DRAFT, HARMLESS, MUTATIONS, SETTINGS, Edit, Mutation
from tests.approvals.orchard import Orchard, planted, wall_of
from tests.cli.shell import Shell
from tests.servers.compatible_server import CompatibleServer

SENT = ["open again", "70 trees", "water again"]


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with CompatibleServer() as server:
        yield planted(Shell(home=tmp_path, here=tmp_path / "project"), server)


def do(orchard: Orchard, edit: Edit) -> None:
    if edit.old or not isinstance(edit.new, bytes):
        orchard.replace(edit.file, edit.old, edit.new)
    else:
        orchard.shell.write(edit.file, edit.new)


def filled_in(name: str, mutation: Mutation, orchard: Orchard, other: CompatibleServer) -> Mutation:
    """The mutation with what is known only while it runs: the time of the entry, the address of a server."""
    if name == "at":
        wall = wall_of(orchard)
        earlier = datetime.fromisoformat(wall) - timedelta(seconds=30)
        return replace(mutation, edit=Edit(CALENDAR, f"at: {wall}", f"at: {earlier}"))
    if name == "server":
        return replace(mutation, edit=Edit(SETTINGS, orchard.server.url, other.url), why="renders differently: ")
    return mutation


def test_what_nobody_touched_goes_out(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    assert orchard.post()["kind"] == "sent"
    ((*texts,),) = orchard.server.threads()
    assert all(words in text for words, text in zip(SENT, texts, strict=True))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", MUTATIONS)
def test_whatever_is_another_than_it_was_approved_does_not_go_out(orchard: Orchard, name: str) -> None:
    with CompatibleServer() as other:
        mutation = filled_in(name, MUTATIONS[name], orchard, other)
        for edit in mutation.first:
            do(orchard, edit)
        given = orchard.approve()
        assert given.code == 0, given.err
        do(orchard, mutation.edit)

        told = orchard.post()

        assert (orchard.is_untouched, other.statuses) == (True, [])
        assert told.get("kind") in ("held", "skipped"), told
        assert told["reason"].startswith(mutation.why)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_nothing_that_is_sent_voids_nothing(orchard: Orchard, name: str) -> None:
    assert orchard.approve().code == 0
    do(orchard, HARMLESS[name])
    assert orchard.post().get("kind") == "sent"


def test_other_line_ends_of_the_draft_void_nothing(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    orchard.shell.write(DRAFT, orchard.read(DRAFT).replace(b"\n", b"\r\n"))
    assert orchard.post().get("kind") == "sent"


def test_another_name_of_the_project_is_another_project(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    do(orchard, Edit(SETTINGS, 'project = "our-posts"', 'project = "our-post"'))
    assert (orchard.post()["kind"], orchard.is_untouched) == ("unapproved", True)


def test_another_name_of_the_draft_voids_nothing(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    (orchard.shell.project / DRAFT).rename(orchard.shell.project / "drafts/fruit.md")
    orchard.replace(CALENDAR, DRAFT, "drafts/fruit.md")
    assert orchard.post().get("kind") == "sent"


def test_another_order_of_the_entries_voids_nothing(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    head, pears, plums = orchard.read(CALENDAR).decode().partition("entries:\n")[2].partition("\n  - id: plums")
    calendar = orchard.read(CALENDAR).decode().partition("entries:\n")[0]
    orchard.shell.write(CALENDAR, f"{calendar}entries:{pears}{plums}{head}")
    assert orchard.post().get("kind") == "sent"


def test_a_pause_keeps_it_back_and_voids_nothing(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    assert orchard.shell.run("pause", "pears", "--why", "Mara is away").code == 0
    assert (orchard.post(), orchard.is_untouched) == ({}, True)
    assert orchard.shell.run("unpause", "pears").code == 0
    assert orchard.post().get("kind") == "sent"


def test_what_is_put_back_as_it_was_goes_out(orchard: Orchard) -> None:
    assert orchard.approve().code == 0
    before = orchard.read(DRAFT)
    do(orchard, MUTATIONS["a word"].edit)
    orchard.shell.write(DRAFT, before)
    assert orchard.post().get("kind") == "sent"
