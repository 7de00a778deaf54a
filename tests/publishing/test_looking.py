from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contentkit.models import Account
from contentkit.platforms import Message, Status
from contentkit.platforms.console import ConsoleConnection
from contentkit.publishing.looking import compare
from contentkit.publishing.publications import Publication
from tests.publishing.stage import Stage


class Garbling(ConsoleConnection):
    """A network that shows other words than it was sent, and knows the exact ones; it counts how often it is asked."""

    def __init__(self, path: Path, words: dict[str, str]) -> None:
        super().__init__(Account(name="mine", platform="console"), path)
        self.exact = words
        self.asked: list[str] = []

    def words(self, remote_id: str) -> str | None:
        self.asked.append(remote_id)
        return self.exact.get(remote_id)


@pytest.fixture
def row(stage: Stage) -> Publication:
    stage.approve(texts=["Some *starred* words."])
    return stage.rows()[0]


def _status(number: int, text: str, parent: str = "") -> Status:
    return Status(remote_id=str(number), url=f"https://x/{number}", text=text, parent=parent)


def test_the_exact_words_are_asked_for_where_the_shown_ones_differ(row: Publication, tmp_path: Path) -> None:
    network = Garbling(tmp_path / "x", {"1": row.text})
    found = compare(row, [_status(1, "Some starred words.")], network, ())
    assert found.found is not None
    assert network.asked == ["1"]


def test_words_that_a_server_set_in_type_are_ours_without_asking(stage: Stage, tmp_path: Path) -> None:
    stage.approve(texts=['It\'s "done" -- for #OpenSource...'])
    network = Garbling(tmp_path / "x", {})
    shown = _status(1, "It\u2019s \u201cdone\u201d \u2013 for #opensource\u2026")
    assert compare(stage.rows()[0], [shown], network, ()).found == shown
    assert network.asked == []


def test_what_a_list_does_not_say_of_a_parent_is_asked_of_a_few_alone(row: Publication, tmp_path: Path) -> None:
    network = ConsoleConnection(Account(name="mine", platform="console"), tmp_path / "x")
    first = network.publish(Message(text="The part before.", key="1"))
    ours = network.publish(Message(text=row.text, key="2", parent=first.remote_id))
    reply = replace(row, parent=first.remote_id)
    listed = [replace(status, parent="") for status in network.recent("")]
    assert compare(reply, listed, network, {first.remote_id}).found == ours
    assert compare(reply, listed, network, {first.remote_id, ours.remote_id}).found is None
    assert compare(row, listed, network, ()).found == listed[0]


def test_only_a_few_are_asked_for_and_the_rest_are_strangers(row: Publication, tmp_path: Path) -> None:
    network = Garbling(tmp_path / "x", {})
    found = compare(row, [_status(number, f"other {number}") for number in range(9)], network, ())
    assert found.found is None
    assert len(found.strangers) == 9
    assert len(network.asked) == 5


def test_other_parents_and_statuses_of_other_parts_are_left_out(row: Publication, tmp_path: Path) -> None:
    network = Garbling(tmp_path / "x", {})
    statuses = [_status(3, row.text), _status(2, row.text, parent="9"), _status(1, row.text)]
    found = compare(row, statuses, network, {"3"})
    assert (found.found, found.doubles) == (statuses[2], ())


def test_of_several_the_oldest_is_ours_and_the_others_are_doubles(row: Publication, tmp_path: Path) -> None:
    statuses = [_status(3, row.text), _status(2, row.text), _status(1, row.text)]
    found = compare(row, statuses, Garbling(tmp_path / "x", {}), ())
    assert (found.found, found.doubles) == (statuses[2], (statuses[0], statuses[1]))


def test_our_words_as_a_reply_to_something_else_are_shown_but_not_taken_for_ours(
    row: Publication, tmp_path: Path
) -> None:
    network = Garbling(tmp_path / "x", {})
    found = compare(row, [_status(2, row.text, parent="1"), _status(1, "other")], network, ())
    assert found.found is None
    assert found.elsewhere == _status(2, row.text, parent="1")
    assert compare(row, [_status(2, row.text, parent="1")], network, {"2"}).elsewhere is None
