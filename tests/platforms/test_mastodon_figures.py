"""Figures of own statuses: three ways to read them, and what a server may say instead of a number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.errors import Unavailable
from contentkit.models import Account
from contentkit.platforms import Audience, Figures, Measures, Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.mastodon_answers import audience_in, figures_in
from contentkit.platforms.session import WatchedSession
from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.servers.compatible_server import GOTOSOCIAL, MASTODON, CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon

NOTHING = Figures(replies=0, likes=0, shares=0)


def connection(url: str, token: str = "compatible-token") -> MastodonConnection:
    return MastodonConnection(Account(name="mine", platform="mastodon", server=url), token, WatchedSession(url))


def published(mine: MastodonConnection, how_many: int) -> list[str]:
    """The ids of so many statuses, newest first, as they are asked for."""
    return [mine.publish(Message(text=f"{number}", key=f"k{number}")).remote_id for number in range(how_many)][::-1]


def requests_for(server: CompatibleServer) -> list[str]:
    """How the figures were asked for: the last part of each path."""
    return [request.path.rpartition("/")[2] for request in server.history if request.method == "GET"]


@pytest.fixture(params=["at once", "by pages or one by one"])
def server(request: pytest.FixtureRequest) -> Iterator[CompatibleServer]:
    speaks = MASTODON if request.param == "at once" else GOTOSOCIAL
    with CompatibleServer(speaks=speaks) as server:
        yield server


def test_a_connection_measures_twenty_at_a_time(server: CompatibleServer) -> None:
    mine: object = connection(server.url)
    assert isinstance(mine, Measures)
    assert mine.batch == 20


def test_figures_are_what_the_server_counts(server: CompatibleServer) -> None:
    mine = connection(server.url)
    ids = published(mine, 3)
    server.engage(ids[0], replies=2, favourites=5, reblogs=3, quotes=1)
    mine.publish(Message(text="a continuation", key="k", parent=ids[0]))

    assert mine.figures(ids) == {
        ids[0]: Figures(replies=3, likes=5, shares=3, quotes=1),
        ids[1]: NOTHING,
        ids[2]: NOTHING,
    }


def test_a_deleted_status_is_told_as_such_and_the_others_keep_their_figures(server: CompatibleServer) -> None:
    mine = connection(server.url)
    ids = published(mine, 3)
    server.delete(ids[1])
    assert mine.figures(ids) == {ids[0]: NOTHING, ids[1]: Figures(deleted=True), ids[2]: NOTHING}


def test_nothing_asked_is_nothing_told(server: CompatibleServer) -> None:
    assert connection(server.url).figures([]) == {}


def test_figures_come_from_another_implementation_too() -> None:
    with MockMastodon() as server:
        mine = connection(server.url, server.token)
        ids = published(mine, 2)
        told = mine.figures([*ids, "999999"])
        assert mine.audience().statuses == 2
    assert [(told[one].replies, told[one].likes, told[one].shares) for one in ids] == [(0, 0, 0)] * 2
    assert told["999999"].deleted


def test_twenty_statuses_are_one_request_where_the_server_can() -> None:
    with CompatibleServer(speaks=MASTODON) as server:
        mine = connection(server.url)
        ids = published(mine, 20)
        assert len(mine.figures(ids)) == 20
        assert requests_for(server) == ["statuses"]


def asked_in_batches(mine: MastodonConnection, ids: list[str]) -> dict[str, Figures]:
    """What is told of them when they are asked for as ``sync`` asks."""
    told: dict[str, Figures] = {}
    for batch in mine.batches(ids):
        assert len(batch) <= mine.batch
        told |= mine.figures(batch)
    return told


def test_pages_are_turned_where_they_bring_more_than_batches_would() -> None:
    with CompatibleServer(speaks=MASTODON) as server:
        mine = connection(server.url)
        ids = published(mine, 100)
        mine.identity()
        assert asked_in_batches(mine, ids) == dict.fromkeys(ids, NOTHING)
        # Two pages of forty, and what is left is one batch.
        assert requests_for(server) == ["verify_credentials", "statuses", "statuses", "statuses"]
        assert [request.path for request in server.history[-3:]].count("/api/v1/statuses") == 1


def test_one_page_of_what_nobody_asked_for_is_enough() -> None:
    with CompatibleServer(speaks=MASTODON) as server:
        mine = connection(server.url)
        ids = published(mine, 120)[60:]
        mine.identity()
        assert asked_in_batches(mine, ids) == dict.fromkeys(ids, NOTHING)
        paths = [request.path for request in server.history if request.method == "GET"][1:]
        assert (len(paths), paths.count("/api/v1/statuses")) == (4, 3)


def test_a_status_that_pages_passed_by_is_asked_for_alone() -> None:
    with CompatibleServer(speaks=MASTODON) as server:
        mine = connection(server.url)
        ids = published(mine, 80)
        server.delete(ids[5])
        mine.identity()
        told = asked_in_batches(mine, ids)
        assert [one for one in ids if told[one].deleted] == [ids[5]]
        assert requests_for(server) == ["verify_credentials", "statuses", "statuses", ids[5]]


@pytest.mark.parametrize("speaks", [MASTODON, GOTOSOCIAL], ids=["at once", "by pages or one by one"])
@pytest.mark.parametrize("seed", range(4))
def test_in_whatever_way_and_order_they_are_read_the_figures_are_the_same(speaks: frozenset[str], seed: int) -> None:
    chance = Random(seed)
    with CompatibleServer(speaks=speaks) as server:
        mine = connection(server.url)
        ids = published(mine, chance.randrange(90))[:: chance.choice([1, 1, 2, 4])]
        deleted = set(chance.sample(ids, min(len(ids), chance.randrange(4))))
        for one in deleted:
            server.delete(one)
        chance.shuffle(ids)
        told = asked_in_batches(mine, ids)
        assert told == {one: Figures(deleted=True) if one in deleted else NOTHING for one in ids}
        if speaks is MASTODON:
            # Who we are, a page in vain, twenty at a time, and what is gone together with others and alone.
            assert len(requests_for(server)) <= 2 + -(-len(ids) // mine.batch) + 2 * len(deleted)


def test_a_status_that_a_batch_leaves_out_is_asked_for_once_before_it_counts_as_deleted() -> None:
    asked: list[str] = []

    def respond(request: Request) -> Answer:
        asked.append(request.path)
        return Answer(
            status=200, body=b"[]" if request.path == "/api/v1/statuses" else b'{"id": "7", "reblogs_count": 1}'
        )

    with LoopbackServer(respond) as forgetful:
        assert connection(forgetful.url).figures(["7"]) == {"7": Figures(shares=1)}
    assert asked == ["/api/v1/statuses", "/api/v1/statuses/7"]


def test_elsewhere_the_newest_come_by_one_page_and_batches_are_not_tried_again() -> None:
    with CompatibleServer(speaks=GOTOSOCIAL) as server:
        mine = connection(server.url)
        ids = published(mine, 35)
        assert len(mine.figures(ids[:20])) == 20
        assert len(mine.figures(ids[20:])) == 15
        assert requests_for(server) == ["statuses", "verify_credentials", "statuses"]


def test_pages_go_on_as_long_as_they_help() -> None:
    with CompatibleServer(speaks=GOTOSOCIAL) as server:
        mine = connection(server.url)
        ids = published(mine, 45)
        assert len(mine.figures(ids[30:45])) == 15
        assert requests_for(server) == ["statuses", "verify_credentials", "statuses", "statuses"]


def test_a_page_that_did_not_help_is_not_read_again() -> None:
    with CompatibleServer(speaks=GOTOSOCIAL) as server:
        mine = connection(server.url)
        ids = published(mine, 60)
        mine.figures(ids[50:52])
        before = len(requests_for(server))
        assert len(mine.figures(ids[52:60])) == 8
        assert requests_for(server)[before:] == ["statuses"]


def test_one_status_alone_is_not_worth_a_page() -> None:
    with CompatibleServer(speaks=GOTOSOCIAL) as server:
        mine = connection(server.url)
        ids = published(mine, 3)
        assert mine.figures(ids[2:]) == {ids[2]: NOTHING}
        assert requests_for(server) == ["statuses", ids[2]]


def test_old_ones_far_from_the_newest_are_read_one_by_one() -> None:
    with CompatibleServer(speaks=GOTOSOCIAL) as server:
        mine = connection(server.url)
        ids = published(mine, 60)
        assert len(mine.figures(ids[55:58])) == 3
        assert requests_for(server)[-3:] == ids[55:58]


@pytest.mark.parametrize("status", [400, 404, 405, 501, 200])
def test_a_server_that_does_not_know_batches_says_so_in_many_ways(status: int) -> None:
    single = json.dumps({"id": "7", "favourites_count": 3}).encode()

    def respond(request: Request) -> Answer:
        if request.path == "/api/v1/statuses":
            return Answer(status=status, body=b"<html>who knows</html>")
        return Answer(status=200, body=single)

    with LoopbackServer(respond) as odd:
        assert connection(odd.url).figures(["7"]) == {"7": Figures(likes=3)}


@pytest.mark.parametrize("fault", ["server_error", "drop", "too_many", "unauthorized", "bad_gateway", "truncate"])
def test_a_server_in_trouble_says_nothing_of_deleted_statuses(server: CompatibleServer, fault: str) -> None:
    ids = published(connection(server.url), 3)
    with FaultyProxy(server.url, [fault] * 30, matches=lambda _: True) as proxy:
        mine = connection(proxy.url)
        with pytest.raises(Unavailable):
            mine.figures(ids)
        with pytest.raises(Unavailable):
            mine.audience()


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"<html>nginx</html>"), (500, b'{"error": "oops"}'), (403, b'{"error": "no"}'),
                         (200, b'{"id": "another", "favourites_count": 5}'), (200, b"[]")],
)  # fmt: skip
def test_a_single_answer_of_no_use_leaves_the_status_out(status: int, body: bytes) -> None:
    def respond(request: Request) -> Answer:
        return Answer(status=405) if request.path == "/api/v1/statuses" else Answer(status=status, body=body)

    with LoopbackServer(respond) as odd:
        assert connection(odd.url).figures(["7"]) == {}


def test_a_batch_with_strangers_in_it_tells_of_those_asked_for_only() -> None:
    listed = [{"id": "7", "favourites_count": 1}, {"id": "8", "favourites_count": 2}, {"id": 9}, None, "x", {}]
    with LoopbackServer(lambda _: Answer(status=200, body=json.dumps(listed).encode())) as odd:
        assert connection(odd.url).figures(["7"]) == {"7": Figures(likes=1)}


def test_the_audience_is_what_the_server_counts_of_the_account(server: CompatibleServer) -> None:
    mine = connection(server.url)
    published(mine, 2)
    server.set_audience(followers=7, following=8)
    assert mine.audience() == Audience(followers=7, following=8, statuses=2)


@pytest.mark.parametrize("value", ["5", -1, 2**53, 1e3, True, None, [], {}, "९", 10**400])
def test_a_number_that_is_none_is_not_told(value: Any) -> None:
    names = ("replies_count", "favourites_count", "reblogs_count", "quotes_count")
    assert figures_in(dict.fromkeys(names, value)) == Figures()
    assert audience_in(dict.fromkeys(("followers_count", "following_count", "statuses_count"), value)) == Audience()


def test_who_we_are_and_our_audience_are_one_request(server: CompatibleServer) -> None:
    mine = connection(server.url)
    mine.identity()
    assert mine.audience() == Audience(followers=0, following=0, statuses=0)
    assert requests_for(server) == ["verify_credentials"]
    server.set_audience(followers=7, following=8)
    assert mine.audience().followers == 7, "who asks again hears what is now"


def test_zero_is_told_as_zero() -> None:
    assert figures_in({"replies_count": 0}).replies == 0
    assert audience_in({"followers_count": 0}).followers == 0


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.just("id"), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["replies_count", "favourites_count", "followers_count", "x"]), _JSON))
def test_hostile_answers_never_raise(answer: dict[str, Any]) -> None:
    told = figures_in(answer)
    assert told.likes is None or 0 <= told.likes < 2**53
    audience_in(answer)
