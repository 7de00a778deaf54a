"""What is asked for, and when: each post once at each of its ages, however the runs fall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from contentkit.ages import AGES, age_of, age_reached
from contentkit.platforms import Audience, Figures
from contentkit.stats.due import MOST_ATTEMPTS, Wanted, affordable, due, is_audience_due
from contentkit.stats.publications import Owner, Tracked, copy_publications, tracked
from contentkit.stats.retractions import note_retracted
from contentkit.stats.snapshots import store_audience, store_figures
from contentkit.stats.sync import ask
from contentkit.stats.terms import Free
from contentkit.store.database import open_database
from tests.stats.counting import NOW, CountingConnection, thread

LONG_AGO = NOW - timedelta(days=999)
TOLD = {"launch-0": Figures(likes=1)}


def one_post(database: Database) -> None:
    copy_publications(database, thread(parts=1, at=NOW))


def due_after(database: Database, **elapsed: float) -> list[str]:
    return [one.remote_id for one in due(database, "ours", "counting", NOW + timedelta(**elapsed))]


def read_after(database: Database, told: Mapping[str, Figures] = TOLD, **elapsed: float) -> None:
    posts = tracked(database, "ours", "counting", LONG_AGO)
    store_figures(database, posts, told, NOW + timedelta(**elapsed))


def test_nothing_is_due_in_the_first_hour_and_the_post_is_when_it_has_passed(database: Database) -> None:
    one_post(database)
    assert due_after(database, minutes=59, seconds=59) == []
    assert due_after(database, hours=1) == ["launch-0"]


@pytest.mark.parametrize(("age", "following"), list(zip(AGES, [*AGES[1:], None], strict=True)))
def test_what_was_read_at_an_age_is_due_again_when_the_next_one_is_reached(
    database: Database, age: int, following: int | None
) -> None:
    one_post(database)
    assert due_after(database, hours=age) == ["launch-0"]
    read_after(database, hours=age)
    for hours in (age + 0.01, age * 1.2, (following or 2 * age) - 0.01):
        assert due_after(database, hours=hours) == []
    assert due_after(database, hours=following or 1.9 * age) == (["launch-0"] if following else [])


def test_what_was_missed_is_asked_for_once_however_late(database: Database) -> None:
    one_post(database)
    assert due_after(database, hours=60) == ["launch-0"]
    read_after(database, hours=60)
    assert due_after(database, hours=61) == []
    assert database.conn.execute("SELECT age FROM snapshots").fetchall() == [(None,)]


def test_what_is_twice_as_old_as_the_last_age_is_given_up(database: Database) -> None:
    one_post(database)
    assert due_after(database, days=179) == ["launch-0"]
    assert due_after(database, days=181) == []


def test_what_is_deleted_is_never_due_again(database: Database) -> None:
    copy_publications(database, thread(parts=2, at=NOW))
    read_after(database, {"launch-0": Figures(deleted=True)}, hours=1)
    note_retracted(database, {("ours", "launch-1")}, NOW + timedelta(hours=2))
    assert due_after(database, hours=30) == []
    assert tracked(database, "ours", "counting", LONG_AGO) == []


def test_what_a_network_said_nothing_of_is_asked_for_again_a_few_times(database: Database) -> None:
    one_post(database)
    for attempt in range(MOST_ATTEMPTS):
        assert due_after(database, hours=24 + attempt) == ["launch-0"]
        read_after(database, {}, hours=24 + attempt)
    assert due_after(database, hours=30) == []
    assert due_after(database, hours=72) == ["launch-0"], "at the next age it is asked for as before"


def test_what_a_network_said_nothing_of_is_not_asked_for_when_it_would_count_no_more(database: Database) -> None:
    one_post(database)
    read_after(database, {}, hours=24)
    assert due_after(database, hours=35) == ["launch-0"]
    assert due_after(database, hours=36) == []


def test_what_was_told_once_at_an_age_is_not_due_because_it_was_not_told_again(database: Database) -> None:
    one_post(database)
    read_after(database, hours=24)
    read_after(database, {}, hours=25)
    assert due_after(database, hours=26) == []


@pytest.mark.parametrize("origin", ["archive", "network"])
def test_what_was_imported_is_asked_for_only_by_name(database: Database, origin: str) -> None:
    one_post(database)
    database.conn.execute("UPDATE published_parts SET origin = ?", (origin,))
    assert due_after(database, hours=1) == []
    assert [one.remote_id for one in tracked(database, "ours", "counting", LONG_AGO)] == ["launch-0"]


def test_the_newest_come_first_and_other_accounts_and_owners_do_not(database: Database) -> None:
    copy_publications(database, thread("old", 1, at=NOW - timedelta(days=10)))
    copy_publications(database, thread("new", 2, at=NOW - timedelta(days=1)))
    copy_publications(database, thread("hers", 1, account="hers", at=NOW - timedelta(days=1)))
    [moved] = thread("moved", 1, at=NOW - timedelta(days=1))
    copy_publications(database, [replace(moved, owner=Owner(server="https://old.example", remote_id="1"))])
    now = Owner(server="https://new.example", remote_id="2")
    found = due(database, "ours", "counting", NOW, now)
    assert [one.remote_id for one in found] == ["new-1", "new-0", "old-0"]


def test_an_account_is_due_once_a_day_by_utc_and_for_each_owner(database: Database) -> None:
    morning = datetime(2026, 11, 22, 0, 10, tzinfo=UTC)
    ours = Owner(server="https://s.example", remote_id="5")
    assert is_audience_due(database, "ours", morning, ours)
    store_audience(database, "ours", Audience(followers=1), morning, ours)
    assert not is_audience_due(database, "ours", morning + timedelta(hours=23), ours)
    assert is_audience_due(database, "ours", morning + timedelta(hours=24), ours)
    assert is_audience_due(database, "ours", morning, Owner(server="https://s.example", remote_id="6"))
    assert is_audience_due(database, "hers", morning)
    assert not is_audience_due(database, "ours", morning), "who we are is not known before somebody asked"


def posts_of(*hours: float) -> list[Tracked]:
    """Posts that went out so many hours before now and were never asked for."""
    return [
        Tracked(id=number, remote_id=str(number), published_at=NOW - timedelta(hours=one), asked_at=None)
        for number, one in enumerate(hours)
    ]


def test_what_is_late_is_paid_for_out_of_what_the_month_has_left_so_far() -> None:
    on_time, late = posts_of(1, 24.5, 170, 725), posts_of(60, 130, 500, 2300)
    posts = [*on_time[:2], *(replace(one, id=one.id + 10) for one in late), *on_time[2:]]
    assert [one.id for one in affordable(posts, NOW, 0)] == [0, 1, 2, 3]
    assert [one.id for one in affordable(posts, NOW, 6)] == [0, 1, 10, 11, 2, 3]
    assert affordable(posts, NOW, 8) == posts


# -- however the runs fall


@dataclass
class GrowingNetwork(CountingConnection):
    """Its figures grow with every hour; ``now`` is the time there, ``breaks`` how many questions it answers before Ctrl-C."""

    now: datetime = NOW
    breaks: int | None = None
    born: dict[str, datetime] = field(default_factory=dict)

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        if self.breaks is not None and len(self.history) >= self.breaks:
            raise KeyboardInterrupt
        super().figures(remote_ids)
        return {one: Figures(likes=int((self.now - self.born[one]).total_seconds() // 3600)) for one in remote_ids}


@dataclass
class Hour:
    """A clock that stands still: a run takes no time."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def uptime(self) -> float:
        return 0.0

    def boot(self) -> str:
        return ""

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing waits here")


def run(database: Database, moment: datetime, born: dict[str, datetime], breaks: int | None = None) -> None:
    """One run of ``sync`` at this moment, interrupted after so many questions."""
    network = GrowingNetwork(now=moment, breaks=breaks, born=born, batch=3)
    wanted = Wanted(posts=due(database, "ours", "counting", moment), audience=False)
    with suppress(KeyboardInterrupt):
        ask(database, "ours", wanted, network, Free(), Hour(moment))


def readings(database: Database) -> set[tuple[str, int, int]]:
    """What counts: of each post the first reading of each age."""
    return set(
        database.conn.execute(
            """SELECT remote_id, age, likes FROM snapshots JOIN publications ON publications.id = publication
               WHERE age IS NOT NULL AND lost IS NULL GROUP BY publication, age HAVING number = min(number)"""
        ).fetchall()
    )


def expected(born: Mapping[str, datetime], hours: Iterable[int]) -> set[tuple[str, int, int]]:
    """The same by the rule alone: the first run that finds a post at an age reads it, and it counts if it is not too late."""
    told = set()
    for name, birth in born.items():
        for age in AGES:
            first = next((h for h in hours if age_reached(NOW + timedelta(hours=h) - birth) == age), None)
            if first is not None and age_of(NOW + timedelta(hours=first) - birth) == age:
                told.add((name, age, int((NOW + timedelta(hours=first) - birth).total_seconds() // 3600)))
    return told


@settings(max_examples=15, deadline=None)
@given(
    births=st.lists(st.integers(0, 4000), min_size=1, max_size=8),
    hours=st.lists(st.integers(0, 2600), min_size=1, max_size=15, unique=True).map(sorted),
    stops=st.lists(st.integers(0, 3), max_size=15),
    order=st.randoms(use_true_random=False),
)
def test_runs_that_are_repeated_interrupted_and_out_of_order_give_the_same_readings(
    tmp_path_factory: pytest.TempPathFactory, births: list[int], hours: list[int], stops: list[int], order: Random
) -> None:
    posts = [one for number, at in enumerate(births) for one in thread(f"p{number}", 1, at=NOW + timedelta(minutes=at))]
    born = {one.remote_id: one.published_at for one in posts}
    order.shuffle(posts)
    with closing(open_database(tmp_path_factory.mktemp("runs"))) as database:
        copy_publications(database, posts)
        for place, hour in enumerate(hours):
            moment = NOW + timedelta(hours=hour)
            if place < len(stops):
                run(database, moment, born, breaks=stops[place])
            run(database, moment, born)
            before = database.conn.execute("SELECT count(*) FROM snapshots").fetchone()
            run(database, moment, born)
            assert database.conn.execute("SELECT count(*) FROM snapshots").fetchone() == before, "nothing was left"
        assert readings(database) == expected(born, hours)
