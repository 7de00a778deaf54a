"""Until when the clock alone brings a run nothing: whatever it brings, it brings no sooner than was said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from contentkit.publishing.ahead import AHEAD, account_to_ask
from contentkit.publishing.amendments import AmendmentKind, DecidedChange
from contentkit.publishing.calm import calm_until, has_work
from contentkit.publishing.facts import Fact
from contentkit.publishing.publications import State
from contentkit.publishing.records import AccountState
from contentkit.stamps import stamped
from tests.publishing.on_x import NOON
from tests.publishing.stage import Stage, WoundClock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ACCOUNTS = ("mine", "ours", "theirs")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "state", clock=WoundClock(NOON))
    yield stage
    stage.close()


def told(stage: Stage) -> datetime | None:
    return calm_until(stage.journal, stage.journal.threads.open(), stage.clock.now())


def found(stage: Stage) -> bool:
    """Whether a run would do anything now."""
    threads, now = stage.journal.threads.open(), stage.clock.now()
    return has_work(stage.journal, threads, now) or bool(account_to_ask(stage.journal, threads, now))


def test_with_nothing_planned_no_moment_brings_anything(stage: Stage) -> None:
    assert (told(stage), found(stage)) == (None, False)


def test_it_is_calm_until_the_first_is_due_and_somebody_is_asked_before(stage: Stage) -> None:
    stage.approve(at=NOON + 20 * HOUR)
    assert told(stage) == NOON + 20 * HOUR - AHEAD
    stage.journal.note({Fact.ASKED_AHEAD: json.dumps({"mine": stamped(NOON + 9 * HOUR)})})
    stage.clock.wind(9 * HOUR)
    assert (told(stage), found(stage)) == (NOON + 20 * HOUR, False)


def test_what_waits_is_calm_until_its_wait_is_over(stage: Stage) -> None:
    stage.approve(at=NOON)
    stage.journal.waits.grant(stage.rows()[0], "the network asks for it", NOON + 7 * MINUTE)
    assert (told(stage), found(stage)) == (NOON + 7 * MINUTE, False)


def test_a_change_of_what_is_out_that_waits_is_looked_at_when_its_wait_is_over(stage: Stage) -> None:
    stage.approve(texts=["one"], sent={0: ("1", "https://example.org/1")})
    [row] = stage.rows()
    stage.journal.claims.prove(row)
    change = DecidedChange(row=row, kind=AmendmentKind.DELETE)
    [amendment] = stage.journal.amendments.decide([change], by="Ana", why="wrong")
    assert found(stage)
    claimed = stage.journal.amendments.claim(amendment)
    assert claimed
    stage.journal.amendments.postpone(claimed, "asked to wait", NOON + 4 * MINUTE)
    assert (told(stage), found(stage)) == (NOON + 4 * MINUTE, False)


def a_life(stage: Stage, chance: Random) -> None:
    """Some entries at any time around now, some of which wait, some accounts that are paused, or were asked."""
    now = stage.clock.now()
    for number in range(chance.randint(1, 4)):
        accounts = chance.sample(ACCOUNTS, chance.randint(1, 2))
        stage.approve(f"entry-{number}", ["one", "two"], accounts=accounts, at=now + chance.randint(-90, 1500) * MINUTE)
    for thread in stage.journal.threads.open():
        if chance.random() < 0.4:
            stage.journal.waits.grant(thread.rows[0], "waits", now + chance.randint(1, 300) * MINUTE)
        if chance.random() < 0.2:
            stage.journal.publications.hold(thread.rows[0], "look at it")
            stage.journal.mark_told([(thread.rows[0].id, State.HELD)])
    asked = {name: stamped(now - chance.randint(0, 900) * MINUTE) for name in ACCOUNTS if chance.random() < 0.7}
    stage.journal.note({Fact.ASKED_AHEAD: json.dumps(asked), Fact.STOPPED: chance.choice(["", "", "Ana"])})
    for name in ACCOUNTS:
        stage.journal.accounts.note(AccountState(name=name, paused=chance.random() < 0.3))


def test_nothing_is_found_before_the_moment_that_was_told(tmp_path: Path) -> None:
    calm = 0
    for seed in range(30):
        chance = Random(seed)
        stage = Stage(tmp_path / str(seed), clock=WoundClock(NOON + chance.randint(0, 59) * timedelta(seconds=1)))
        a_life(stage, chance)
        if not found(stage):
            calm += 1
            until = told(stage) or stage.clock.now() + 30 * HOUR
            step = max((until - stage.clock.now()) / 12, timedelta(seconds=1))
            while stage.clock.now() < until:
                assert not found(stage), (seed, stage.clock.now(), until)
                stage.clock.wind(step)
            stage.clock.set_wall_clock(until - timedelta(milliseconds=1))
            assert not found(stage), (seed, until)
        stage.close()
    assert calm > 6, "most of these lives have something to do at once"
