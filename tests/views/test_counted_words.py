"""Words beside a number, as the program's own sentences have them."""

from __future__ import annotations

import pytest

from contentkit.platforms.own import ADDRESSED, BOOST, EARLIER, PRIVATE, REPLY, UNREADABLE
from contentkit.stats.sync import Synced
from contentkit.text import counted
from contentkit.views.stats import last
from contentkit.views.sync import sync_lines
from contentkit.views.voices import left_out_line


@pytest.mark.parametrize(
    ("number", "noun", "many", "words"),
    [
        (0, "post", "", "0 posts"),
        (1, "post", "", "1 post"),
        (1_234, "post", "", "1,234 posts"),
        (1, "reply", "replies", "1 reply"),
        (2, "reply", "replies", "2 replies"),
    ],
)
def test_one_is_no_plural(number: int, noun: str, many: str, words: str) -> None:
    assert counted(number, noun, many) == words


@pytest.mark.parametrize(
    ("why", "one", "two"),
    [
        (REPLY, "1 reply", "2 replies"),
        (BOOST, "1 boost", "2 boosts"),
        (ADDRESSED, "1 begins with a mention", "2 begin with a mention"),
        (PRIVATE, "1 not public", "2 not public"),
        (UNREADABLE, "1 not readable", "2 not readable"),
        (EARLIER, "1 earlier version", "2 earlier versions"),
    ],
)
def test_each_reason_to_leave_something_out_can_be_said_of_one(why: str, one: str, two: str) -> None:
    assert left_out_line({why: 1}) == f"Left out: {one}."
    assert left_out_line({why: 2}) == f"Left out: {two}."


def test_one_follower_and_one_read_are_told_as_one() -> None:
    [line] = sync_lines([Synced(account="ours", told=1, followers=1, reads=1)])
    assert line == "ours: 1 post asked for, 1 follower, 1 read, at most $0.00"


def test_one_day_has_no_number() -> None:
    assert (last(1), last(30)) == ("the last day", "the last 30 days")
