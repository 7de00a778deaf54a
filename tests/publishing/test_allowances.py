"""A network says with each post how many more it takes: no thread is begun that could not end, and no lie is believed twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit.errors import Unavailable
from contentkit.models import Lateness
from contentkit.platforms import Allowance
from contentkit.platforms.session import Exchange, allowance_in
from contentkit.publishing.allowances import closed_until
from contentkit.publishing.publications import State
from contentkit.testing.loopback import Answer, Request
from tests.publishing.on_x import stage_on_x
from tests.publishing.scripted import ScriptedNetwork
from tests.publishing.stage import THREAD, Stage
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer
from tests.servers.x_windows import XLimits

OTHER = ("Another thread begins.", "Another thread ends.")
PATIENT = Lateness(policy="post", within=timedelta(hours=6))


@contextmanager
def on_x(tmp_path: Path, posts: int) -> Iterator[tuple[XServer, Stage]]:
    """X, which takes so many posts in a quarter of an hour."""
    limits = XLimits(quarter={**XLimits().quarter, "POST /2/tweets": posts})
    with XServer(limits=limits) as server:
        stage = stage_on_x(tmp_path / "state", server.url, server.keys.as_secrets())
        yield server, stage
        stage.close()


def _texts(server: XServer | CompatibleServer) -> list[str]:
    return [status.text for status in server.statuses]


def test_a_thread_that_the_window_does_not_reach_for_waits_for_the_next(tmp_path: Path) -> None:
    with on_x(tmp_path, posts=4) as (server, stage):
        stage.approve("first")
        stage.approve("second", OTHER, late=PATIENT)
        stage.run()
        assert _texts(server) == list(THREAD)
        (head, _) = stage.rows("second")
        assert (head.state, head.attempts) == (State.PLANNED, 0)
        assert head.reason.startswith("the network takes 1 of these 2 posts before")
        stage.clock.wind(timedelta(minutes=14))
        stage.reopened()
        stage.run()
        assert _texts(server) == list(THREAD)
        for span in (timedelta(minutes=1), timedelta(minutes=1)):
            server.pass_time(timedelta(minutes=15))
            stage.clock.wind(span)
            stage.run()
        assert _texts(server) == [*THREAD, *OTHER]


def test_a_plain_refusal_for_a_while_closes_the_account_until_it_is_over(stage: Stage) -> None:
    network = ScriptedNetwork()
    stage.connect = lambda account: network
    network.creates = [None, Unavailable("net: asks us to slow down", wait=timedelta(minutes=9))]
    stage.approve()
    stage.run()
    refused = stage.rows()[1]
    assert refused.state is State.PLANNED
    assert closed_until(stage.journal, "mine", stage.clock.now()) == refused.not_before
    stage.clock.wind(timedelta(minutes=10))
    assert closed_until(stage.journal, "mine", stage.clock.now()) is None


def test_what_still_fits_goes_at_once(tmp_path: Path) -> None:
    with on_x(tmp_path, posts=5) as (server, stage):
        stage.approve("first")
        stage.approve("second", OTHER)
        stage.run()
        assert _texts(server) == [*THREAD, *OTHER]


def test_one_part_alone_is_just_tried(tmp_path: Path) -> None:
    with on_x(tmp_path, posts=3) as (server, stage):
        stage.approve("first")
        stage.approve("second", ["Alone."])
        stage.run()
        assert server.history[-1].path == "/2/tweets"
        assert stage.states("second") == [State.PLANNED]


def test_a_thread_that_has_begun_goes_on(tmp_path: Path) -> None:
    with on_x(tmp_path, posts=2) as (server, stage):
        stage.approve("first")
        said = [outcome.kind for outcome in stage.run()]
        assert _texts(server) == list(THREAD[:2])
        assert "held" not in said
        server.pass_time(timedelta(minutes=15))
        stage.clock.wind(timedelta(minutes=15))
        stage.run()
        assert _texts(server) == list(THREAD)


class Saying(CompatibleServer):
    """A server that says this of its limits, whatever they are."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._said = headers
        super().__init__()

    def _respond(self, request: Request) -> Answer:
        answer = super()._respond(request)
        kept = [pair for pair in answer.headers if not pair[0].lower().startswith("x-ratelimit")]
        return replace(answer, headers=(*kept, *self._said.items()))


def _in(span: timedelta) -> str:
    return (datetime.now(UTC) + span).isoformat()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999-12-31T23:59:59Z"},
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1970-01-01T00:00:00Z"},
        {"X-RateLimit-Remaining": "-7.5", "X-RateLimit-Reset": "soon"},
        {"X-RateLimit-Remaining": "0"},
        {},
    ],
    ids=str,
)
def test_headers_that_make_no_sense_keep_nothing_from_beginning(headers: dict[str, str], tmp_path: Path) -> None:
    with Saying(headers) as server:
        stage = Stage(tmp_path / "state", server=server.url, token=server.token)
        stage.approve("first")
        stage.approve("second", OTHER)
        stage.run()
        stage.close()
    assert _texts(server) == [*THREAD, *OTHER]


def test_a_network_that_takes_more_than_it_says_is_not_believed_again(tmp_path: Path) -> None:
    used_up = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": _in(timedelta(hours=20))}
    with Saying(used_up) as server:
        stage = Stage(tmp_path / "state", server=server.url, token=server.token)
        stage.approve("first")
        stage.run()
        stage.reopened()
        stage.approve("second", OTHER)
        stage.run()
        stage.close()
    assert _texts(server) == [*THREAD, *OTHER]


@pytest.mark.parametrize(
    ("headers", "left", "seconds"),
    [
        ({"x-ratelimit-remaining": "2", "x-ratelimit-reset": "2026-11-22T12:05:00.000Z"}, 2, 300),
        ({"x-rate-limit-remaining": "2", "x-rate-limit-reset": "1795349100"}, 2, 300),
        ({"ratelimit-remaining": "2", "ratelimit-reset": "300"}, 2, 300),
        (
            {
                "x-rate-limit-remaining": "90", "x-rate-limit-reset": "1795349100",
                "x-user-limit-24hour-remaining": "1", "x-user-limit-24hour-reset": "1795431600",
            },
            1,
            82800,
        ),
    ],
)  # fmt: skip
def test_the_scarcest_limit_counts(headers: dict[str, str], left: int, seconds: int) -> None:
    exchange = Exchange(method="POST", status=200, headers={"date": "Sun, 22 Nov 2026 12:00:00 GMT", **headers})
    assert allowance_in(exchange) == Allowance(left=left, wait=timedelta(seconds=seconds))
