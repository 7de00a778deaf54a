from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from contentkit.stats.figures import AccountFigures, PostFigures
from contentkit.stats.sync import Synced, Trouble
from contentkit.views.stats import account_table, post_table
from contentkit.views.sync import sync_lines, trouble_lines
from tests.views.terminal import shown

NOW = datetime(2026, 11, 22, 2, 34, tzinfo=UTC)
ZONE = ZoneInfo("America/Mexico_City")
POST = PostFigures(
    entry="launch", account="ours", platform="mastodon", state="told", part=None, parts=3, published=3, told=3, asked=3,
    deleted=0, published_at=NOW - timedelta(days=1), asked_at=NOW, url="https://social.example/1", text="Words",
    replies=1, likes=2, shares=3, quotes=4, bookmarks=5, impressions=6, link_clicks=7, profile_clicks=8,
)  # fmt: skip
ACCOUNT = AccountFigures(account="ours", asked_at=NOW, followers=1234, following=1, statuses=2, week=-5, month=1200)
PRINTABLE = st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Cc", "Cf"]), max_size=120)


def test_times_are_those_of_the_calendars_clock() -> None:
    assert shown(post_table([POST], ZONE, NOW))[2].rstrip() == "Fri 20 Nov 20:34"


def test_a_change_has_its_sign_and_none_is_0() -> None:
    assert shown(account_table([ACCOUNT], NOW))[1].split() == ["ours", "1,234", "-5", "+1,200", "now"]
    steady = replace(ACCOUNT, week=0, month=None)
    assert shown(account_table([steady], NOW))[1].split() == ["ours", "1,234", "0", "-", "now"]


def test_a_thread_that_is_not_whole_says_how_much_is_out() -> None:
    assert "2 of 3 parts out" in shown(post_table([replace(POST, published=2, told=2, asked=2)], ZONE, NOW))[2]


def test_what_contentkit_did_not_publish_is_called_so() -> None:
    assert shown(post_table([replace(POST, entry=None)], ZONE, NOW))[1].startswith("not from contentkit on ours")


@given(words=PRINTABLE, count=st.none() | st.integers(0, 2**53), width=st.integers(60, 130))
def test_no_row_is_wider_than_the_terminal_and_nothing_steers_it(words: str, count: int | None, width: int) -> None:
    post = replace(POST, part=1, entry=words, account=words, url=words, text=words, likes=count)
    account = replace(ACCOUNT, account=words, followers=count)
    lines = shown(post_table([post], ZONE, NOW), width) + shown(account_table([account], NOW), width)
    assert max(wcswidth(line) for line in lines) <= width
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for line in lines for character in line)


def test_a_run_is_told_account_by_account() -> None:
    synced = [
        Synced(account="a", told=1),
        Synced(account="b", told=3, deleted=1, unavailable=2, left_out=4, followers=1234),
        Synced(account="c", passed_over="console tells no figures"),
    ]
    assert list(sync_lines(synced)) == [
        "a: 1 post asked for",
        "b: 6 posts asked for, 1 deleted, nothing said about 2, 1,234 followers",
        "b: 4 left out: the reads of this month are spent ([budget] in contentkit.toml)",
        "c: passed over: console tells no figures",
    ]


@pytest.mark.parametrize(
    ("seconds", "wait"), [(None, ""), (1, "; wait 1 min"), (901, "; wait 16 min"), (7300, "; wait 3 h")]
)
def test_trouble_is_told_with_the_time_to_wait_rounded_up(seconds: int | None, wait: str) -> None:
    trouble = Trouble(message="asks us to slow down", hint="come back later", wait_seconds=seconds)
    assert list(trouble_lines([Synced(account="a", troubles=(trouble,))])) == [
        f"a: asks us to slow down{wait}",
        "  come back later",
    ]
