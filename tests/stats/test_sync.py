from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlite_utils import Database

from contentkit.errors import PlatformError, Refused, StateError, Unavailable
from contentkit.money.prices import Prices
from contentkit.platforms import Audience, Figures
from contentkit.stats.budget import Allowance, spent
from contentkit.stats.due import Wanted
from contentkit.stats.publications import Tracked, copy_publications, tracked
from contentkit.stats.sync import Trouble, ask
from contentkit.stats.terms import Free
from tests.stats.counting import NOW, CountingConnection, StandingClock, thread

DOWN = Unavailable("social.example: the server cannot be reached")


def published(database: Database, parts: int) -> list[Tracked]:
    copy_publications(database, thread(parts=parts))
    return tracked(database, "ours", "counting", NOW - timedelta(days=30))


def network(posts: list[Tracked], **settings: object) -> CountingConnection:
    """One that knows all of these."""
    connection = CountingConnection(told={one.remote_id: Figures(likes=1) for one in posts})
    for name, value in settings.items():
        setattr(connection, name, value)
    return connection


def kept(database: Database) -> tuple[int, int]:
    """How many snapshots there are, of posts and of the account."""
    counts = [
        database.conn.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in ("snapshots", "account_snapshots")
    ]
    return counts[0], counts[1]


def test_the_account_is_asked_once_and_its_posts_in_as_few_requests_as_the_network_allows(database: Database) -> None:
    posts = published(database, 5)
    connection = network(posts, batch=2)
    asked = ask(database, "ours", Wanted(posts=posts), connection, Free(), StandingClock())
    assert connection.history == [["audience"], ["launch-4", "launch-3"], ["launch-2", "launch-1"], ["launch-0"]]
    assert (asked.told, asked.followers, asked.troubles) == (5, 100, ())
    assert kept(database) == (5, 1)


def test_what_was_told_before_the_trouble_is_kept(database: Database) -> None:
    posts = published(database, 5)
    connection = network(posts, batch=2, failures=[None, None, DOWN])
    asked = ask(database, "ours", Wanted(posts=posts), connection, Free(), StandingClock())
    assert (asked.told, asked.troubles) == (
        2,
        (Trouble(message=DOWN.message, hint="the next run asks again", wait_seconds=None),),
    )
    assert kept(database) == (2, 1)


def test_a_clock_that_is_wrong_by_the_first_answer_ends_it_before_anything_is_kept(database: Database) -> None:
    posts = published(database, 1)
    ahead = Audience(followers=100, server_time=NOW - timedelta(minutes=30))
    connection = network(posts, followers=ahead)
    with pytest.raises(StateError, match="minutes ahead of the server's"):
        ask(database, "ours", Wanted(posts=posts), connection, Free(), StandingClock())
    assert (connection.history, kept(database)) == ([["audience"]], (0, 0))


@pytest.mark.parametrize(("minutes", "told"), [(0, 1), (30, 0)])
def test_a_clock_that_is_wrong_by_the_answer_about_posts_keeps_nothing_of_it(
    database: Database, minutes: int, told: int
) -> None:
    class Timely(CountingConnection):
        server_time = NOW - timedelta(minutes=minutes)

    connection = Timely(told={"launch-0": Figures(likes=1)})
    wanted = Wanted(posts=published(database, 1), audience=False)
    with nullcontext() if told else pytest.raises(StateError, match="minutes ahead of the server's"):
        ask(database, "ours", wanted, connection, Free(), StandingClock())
    assert (len(connection.history), kept(database)) == (1, (told, 0))


def test_a_connection_that_knows_its_batches_is_asked_by_them(database: Database) -> None:
    class Sorting(CountingConnection):
        def batches(self, remote_ids: Sequence[str]) -> Iterator[Sequence[str]]:
            yield from (sorted(remote_ids)[:1], sorted(remote_ids)[1:])

    posts = published(database, 3)
    connection = Sorting(told=network(posts).told)
    watched: list[int] = []

    def follow(batches: Sequence[Sequence[Tracked]]) -> Iterator[Sequence[Tracked]]:
        watched.append(len(batches))
        yield from batches

    wanted = Wanted(posts=posts, audience=False, spared=7)
    asked = ask(database, "ours", wanted, connection, Free(), StandingClock(), follow=follow)
    assert connection.history == [["launch-0"], ["launch-1", "launch-2"]]
    assert (asked.told, asked.left_out, asked.followers, watched) == (3, 7, None, [2])


def test_a_run_that_is_interrupted_keeps_what_it_has(database: Database) -> None:
    class Interrupted(CountingConnection):
        def figures(self, remote_ids: object) -> dict[str, Figures]:
            if len(self.history) == 2:
                raise KeyboardInterrupt
            return super().figures(remote_ids)  # type: ignore[arg-type]

    posts = published(database, 4)
    connection = Interrupted(told=network(posts).told, batch=2)
    with pytest.raises(KeyboardInterrupt):
        ask(database, "ours", Wanted(posts=posts), connection, Free(), StandingClock())
    assert kept(database) == (2, 1)


def test_trouble_with_the_account_does_not_keep_from_its_posts(database: Database) -> None:
    posts = published(database, 1)
    refused = Refused("social.example: outside the authorized scopes")
    asked = ask(database, "ours", Wanted(posts=posts), network(posts, failures=[refused]), Free(), StandingClock())
    assert (asked.told, asked.followers, [one.message for one in asked.troubles]) == (1, None, [refused.message])


@pytest.mark.parametrize(
    "failure",
    [Unavailable("slow down", wait=timedelta(minutes=15)), Unavailable("no credit left", pauses_account=True)],
)
def test_who_wants_no_more_requests_gets_no_more(database: Database, failure: PlatformError) -> None:
    posts = published(database, 1)
    connection = network(posts, failures=[failure])
    asked = ask(database, "ours", Wanted(posts=posts), connection, Free(), StandingClock())
    assert (connection.history, [one.message for one in asked.troubles]) == ([["audience"]], [failure.message])


def test_one_trouble_is_told_once(database: Database) -> None:
    posts = published(database, 1)
    asked = ask(database, "ours", Wanted(posts=posts), network(posts, failures=[DOWN, DOWN]), Free(), StandingClock())
    assert [one.message for one in asked.troubles] == [DOWN.message]


def test_what_the_budget_does_not_reach_is_not_asked_for_and_counted(database: Database) -> None:
    posts = published(database, 5)
    connection = network(posts, batch=2)
    prices = Prices(read_post=Decimal("0.005"), read_user=Decimal("0.010"))
    allowance = Allowance(database=database, platform="counting", account="ours", monthly=5, prices=prices)

    asked = ask(database, "ours", Wanted(posts=posts), connection, allowance, StandingClock())
    assert connection.history == [["audience"], ["launch-4", "launch-3"], ["launch-2"]]
    assert (asked.told, asked.left_out) == (3, 2)
    assert spent(database, NOW.date()) == 5


def test_a_request_that_failed_stays_charged(database: Database) -> None:
    posts = published(database, 2)
    allowance = Allowance(
        database=database,
        platform="counting",
        account="ours",
        monthly=9,
        prices=Prices(read_post=Decimal("0.005"), read_user=Decimal("0.005")),
    )
    asked = ask(
        database, "ours", Wanted(posts=posts), network(posts, failures=[None, DOWN]), allowance, StandingClock()
    )
    assert asked.troubles[0].hint.startswith("the next run asks again; what was asked for stays charged")
    assert spent(database, NOW.date()) == 3


def test_a_request_that_no_network_ever_heard_of_is_not_charged_and_told_once(database: Database) -> None:
    posts = published(database, 2)
    allowance = Allowance(
        database=database,
        platform="counting",
        account="ours",
        monthly=9,
        prices=Prices(read_post=Decimal("0.005"), read_user=Decimal("0.005")),
    )
    offline = Unavailable("api.example: no connection", unheard=True)
    connection = network(posts, failures=[offline, offline])
    asked = ask(database, "ours", Wanted(posts=posts), connection, allowance, StandingClock())
    expected = Trouble(message=offline.message, hint="the next run asks again", wait_seconds=None)
    assert (asked.troubles, connection.history) == ((expected,), [["audience"]])
    assert spent(database, NOW.date()) == 0
    ask(database, "ours", Wanted(posts=posts), network(posts), allowance, StandingClock())
    assert spent(database, NOW.date()) == 3


def test_what_was_read_before_stays_charged_when_the_network_goes_away(database: Database) -> None:
    posts = published(database, 2)
    allowance = Allowance(
        database=database,
        platform="counting",
        account="ours",
        monthly=9,
        prices=Prices(read_post=Decimal("0.005"), read_user=Decimal("0.005")),
    )
    ask(database, "ours", Wanted(posts=posts), network(posts), allowance, StandingClock())
    offline = Unavailable("api.example: no connection", unheard=True)
    ask(database, "ours", Wanted(posts=posts), network(posts, failures=[None, offline]), allowance, StandingClock())
    assert spent(database, NOW.date()) == 3
