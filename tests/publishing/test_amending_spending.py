"""What deleting and posting anew costs on X: on the ledger exactly as on the bill, and never more than the budget allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from contentkit.platforms.x_bill import PRICES
from contentkit.publishing.publications import State
from contentkit.testing.faulty_proxy import FaultyProxy, changes_something
from tests.publishing.changes import open_changes, replaced, retracted
from tests.publishing.on_x import set_budget, spent, stage_on_x
from tests.publishing.stage import THREAD, Stage
from tests.servers.x_faults import X_INSTEAD
from tests.servers.x_server import XServer

NEW = {1: "The second part says it better: https://example.org/a?b=c", 2: THREAD[2]}
# Two deletions, then two posts of which one has a link, each looked at once.
ANEW = 2 * PRICES.delete + PRICES.create_with_link + PRICES.create + 2 * PRICES.read_post


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server


@pytest.fixture
def stage(tmp_path: Path, server: XServer) -> Iterator[Stage]:
    """A thread that is out on X, an hour ago."""
    stage = stage_on_x(tmp_path / "state", server.url, server.keys.as_secrets())
    stage.approve()
    stage.run_until_settled(14)
    stage.clock.wind(timedelta(hours=1))
    yield stage
    stage.close()


def _billed(server: XServer) -> Decimal:
    return Decimal(server.spent) / 1000


def _standing(server: XServer) -> list[str]:
    return [one.text for one in server.statuses if not one.deleted]


def test_the_ledger_of_a_retraction_is_the_bill(stage: Stage, server: XServer) -> None:
    before = spent(stage)
    retracted(stage)
    stage.run()
    # What is there was read today; of what is gone X bills nothing, and who we are was paid for.
    assert spent(stage) - before == 3 * PRICES.delete
    assert (spent(stage), _standing(server)) == (_billed(server), [])


def test_the_ledger_of_posts_made_anew_is_the_bill(stage: Stage, server: XServer) -> None:
    before = spent(stage)
    replaced(stage, NEW)
    stage.run()
    assert stage.states() == [State.SENT] * 3
    assert spent(stage) - before == ANEW
    assert (spent(stage), _standing(server)) == (_billed(server), [THREAD[0], NEW[1], NEW[2]])


def test_without_the_money_for_all_of_it_nothing_is_deleted(stage: Stage, server: XServer) -> None:
    set_budget(stage, str(spent(stage) + ANEW - PRICES.create))
    replaced(stage, NEW)
    assert [outcome.kind for outcome in stage.run()] == ["paused"]
    assert _standing(server) == list(THREAD)
    assert open_changes(stage) == [(2, State.PLANNED), (1, State.PLANNED)]
    set_budget(stage, None)
    stage.clock.wind(timedelta(minutes=11))
    assert [outcome.kind for outcome in stage.run()] == ["deleted", "deleted", "sent", "sent"]


def test_a_retraction_goes_as_far_as_the_money_and_on_in_another_month(stage: Stage, server: XServer) -> None:
    left = PRICES.delete * 2 + PRICES.read_post + PRICES.read_user + 10 * PRICES.read_post
    set_budget(stage, str(spent(stage) + left))
    retracted(stage)
    assert [outcome.kind for outcome in stage.run()] == ["deleted", "deleted", "paused"]
    assert _standing(server) == [THREAD[0]]
    stage.clock.wind(timedelta(days=20))
    stage.run()
    assert _standing(server) == []
    assert spent(stage) <= Decimal("0.1")


def test_what_certainly_was_not_deleted_costs_nothing(stage: Stage, server: XServer) -> None:
    before = spent(stage)
    with FaultyProxy(server.url, ["too_many"], matches=changes_something, instead=X_INSTEAD) as proxy:
        through = stage_on_x(stage.folder, proxy.url, server.keys.as_secrets(), now=stage.clock.now())
        retracted(stage, 2)
        assert [outcome.kind for outcome in through.run()] == ["trouble"]
        through.close()
    assert (spent(stage), _billed(server)) == (before, before)
