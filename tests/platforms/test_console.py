from __future__ import annotations

import json
from pathlib import Path

import pytest

from contentkit.errors import Unavailable, Uncertain
from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.console import ConsoleConnection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.console.jsonl"


def connection(path: Path) -> ConsoleConnection:
    return ConsoleConnection(Account(name="mine", platform="console"), path)


def test_a_line_holds_everything_that_was_asked_for(path: Path) -> None:
    message = Message(
        text="Words", key="k", visibility="unlisted", warning="Spoiler", language="es", media=("a", "b"), parent="7"
    )
    connection(path).publish(message)
    assert json.loads(path.read_text()) == {
        "remote_id": "1",
        "url": "console://mine/1",
        "text": "Words",
        "key": "k",
        "parent": "7",
        "author": "",
        "visibility": "unlisted",
        "warning": "Spoiler",
        "language": "es",
        "media": ["a", "b"],
        "pictures": 2,
        "alts": [None, None],
    }


def test_no_character_of_a_text_ends_its_line(path: Path) -> None:
    text = "one\x85two\u2028three\u2029four\x0bfive\x1csix\rseven\neight"
    connection(path).publish(Message(text=text, key="k"))
    assert [status.text for status in connection(path).recent("")] == [text]


def test_a_line_that_a_crash_cut_short_swallows_no_later_one(path: Path) -> None:
    first = connection(path).publish(Message(text="one", key="k1"))
    path.write_bytes(path.read_bytes() + b'{"remote_id": "2", "text": "tw\xc3')
    third = connection(path).publish(Message(text="three", key="k3", parent=first.remote_id))
    assert connection(path).find(third.remote_id) == third
    assert connection(path).recent(first.remote_id) == [third]


def test_a_line_taken_out_by_hand_leaves_every_id_its_own(path: Path) -> None:
    for word in ("one", "two", "three"):
        connection(path).publish(Message(text=word, key=word))
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    connection(path).publish(Message(text="four", key="four"))
    ids = [status.remote_id for status in connection(path).recent("")]
    assert len(ids) == len(set(ids)) == 3


@pytest.mark.parametrize("line", ["[1]", "5", "null", '"words"', '{"text": "no id"}', "{", "\x00"])
def test_a_line_that_is_no_status_is_passed_over(path: Path, line: str) -> None:
    path.write_text(f"{line}\n")
    assert connection(path).recent("") == []


def test_a_file_that_cannot_be_read_is_no_empty_one(path: Path) -> None:
    path.mkdir()
    with pytest.raises(Unavailable, match="directory"):
        connection(path).recent("")


def test_nobody_knows_what_a_failed_write_left(tmp_path: Path) -> None:
    with pytest.raises(Uncertain, match="No such file"):
        connection(tmp_path / "gone" / "x.jsonl").publish(Message(text="one", key="k"))
