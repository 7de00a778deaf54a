"""Meeting an account: who the network says we are, whether that is who we were, and whether the clocks agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contentkit.errors import StateError
from contentkit.models import Account
from contentkit.platforms import Identity
from contentkit.platforms.meeting import check_who, clock_trouble, named

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ME = Identity(remote_id="7", handle="us")


def account(pinned: str = "") -> Account:
    return Account(name="ours", platform="mastodon", server="https://social.example", remote_id=pinned)


@pytest.mark.parametrize(("pinned", "seen"), [("", ""), ("7", ""), ("", "7"), ("7", "6")])
def test_the_pinned_account_is_ours_else_the_one_that_was_seen_first(pinned: str, seen: str) -> None:
    check_who(account(pinned), seen, ME)


@pytest.mark.parametrize(("pinned", "seen"), [("6", ""), ("", "6"), ("6", "7")])
def test_another_account_is_named_with_the_one_remedy(pinned: str, seen: str) -> None:
    with pytest.raises(StateError, match=r"@us on https://social\.example \(id 7\), not id 6") as raised:
        check_who(account(pinned), seen, ME)
    assert raised.value.hint == "contentkit accounts add ours"


def test_a_name_from_the_network_cannot_move_the_cursor() -> None:
    assert named(Identity(remote_id="7\x1b[2J", handle="@us\nroot"), account()).isprintable()


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(minutes=7), "this machine's clock is 7 minutes behind the server's"),
        (-timedelta(minutes=7), "this machine's clock is 7 minutes ahead of the server's"),
        (timedelta(minutes=5), ""),
    ],
)
def test_a_clock_far_from_the_servers_is_told(ahead: timedelta, words: str) -> None:
    assert clock_trouble(NOW + ahead, NOW) == words


def test_a_server_that_tells_no_time_says_nothing_of_the_clock() -> None:
    assert clock_trouble(None, NOW) == ""
