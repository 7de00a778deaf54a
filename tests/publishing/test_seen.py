from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.publishing.seen import MOMENT, Seen
from contentkit.publishing.transactions import SharedConnection
from tests.publishing.stage import Stage, WoundClock
from tests.servers.api_input import ServerLimits
from tests.servers.compatible_server import CompatibleServer


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def connection(server: CompatibleServer) -> MastodonConnection:
    return MastodonConnection(Account(name="mine", platform="mastodon"), server.token, WatchedSession(server.url))


def publish(connection: MastodonConnection, *texts: str) -> list[str]:
    return [connection.publish(Message(text=text, key=text)).remote_id for text in texts]


def seen_now(seen: Seen, connection: MastodonConnection) -> list[str]:
    return [status.remote_id for status in seen.newest(connection)]


def test_a_look_back_to_what_was_seen_stands_on_top_of_it(
    connection: MastodonConnection, server: CompatibleServer
) -> None:
    first, second = publish(connection, "first", "second")
    seen = Seen(WoundClock())
    assert seen_now(seen, connection) == [second, first]
    seen.forget()
    third, fourth = publish(connection, "third", "fourth")
    seen.add(connection.recent(second), second)
    asked = len(server.history)
    assert seen_now(seen, connection) == [fourth, third, second, first]
    assert len(server.history) == asked


def test_after_an_attempt_that_nobody_looked_at_the_network_is_asked(connection: MastodonConnection) -> None:
    seen = Seen(WoundClock())
    assert seen_now(seen, connection) == []
    seen.forget()
    [out] = publish(connection, "out")
    assert seen_now(seen, connection) == [out]


def test_a_look_back_to_what_was_never_seen_is_no_look_at_the_newest(connection: MastodonConnection) -> None:
    first, second, third = publish(connection, "first", "second", "third")
    seen = Seen(WoundClock())
    seen.add(connection.recent(second), second)
    assert seen_now(seen, connection) == [third, second, first]


def test_what_was_seen_and_what_the_server_takes_hold_for_a_moment(
    connection: MastodonConnection, server: CompatibleServer
) -> None:
    clock = WoundClock()
    seen = Seen(clock)
    assert (seen_now(seen, connection), seen.limits(connection).characters) == ([], 5000)
    [out] = publish(connection, "out")
    server.set_limits(ServerLimits(max_characters=7))
    clock.wind(timedelta(seconds=MOMENT))
    assert (seen_now(seen, connection), seen.limits(connection).characters) == ([], 5000)
    clock.wind(timedelta(seconds=1))
    assert (seen_now(seen, connection), seen.limits(connection).characters) == ([out], 7)


def test_so_many_requests_does_a_post_take_and_so_many_the_first_one_besides(
    stage: Stage, server: CompatibleServer
) -> None:
    """Once an account: who we are, the limits, the newest statuses. Each post: its creation, a look at it, one for doubles."""
    stage.server, stage.token = server.url, server.token
    stage.approve("before", ["Before."])
    stage.run()
    for number in range(5):
        stage.approve(f"entry-{number}", [f"Words of the entry number {number}."])
    asked = len(server.history)
    stage.run()
    assert len(server.statuses) == 6
    assert len(server.history) - asked == 3 + 3 * 5


@pytest.mark.sqlite
def test_the_journal_is_asked_once_a_run_for_all_that_is_out(stage: Stage) -> None:
    for number in range(5):
        stage.approve(f"entry-{number}", [f"Words of the entry number {number}."])
    shared, asked = stage.journal._db, Counter[str]()
    assert isinstance(shared, SharedConnection)
    shared.connection.set_trace_callback(lambda words: asked.update([words.split(" WHERE ")[0]]))
    stage.run()
    shared.connection.set_trace_callback(None)
    assert len(stage.console()) == 5
    assert asked["SELECT remote_id FROM publications"] == 1
