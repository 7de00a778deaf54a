"""Threads as values: what is told at an age, what is not, and which threads belong to a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from contentkit.platforms import Figures
from contentkit.stamps import stamped
from contentkit.stats.accounts import accounts_published
from contentkit.stats.measured import Counts, MeasuredThread, measured, measured_of, together
from contentkit.stats.publications import copy_publications, tracked
from contentkit.stats.snapshots import store_figures
from tests.stats.counting import NOW, thread
from tests.store.parts import add_part

LONG_AGO, LATER = NOW - timedelta(days=4000), NOW + timedelta(days=4000)
BEGUN = NOW - timedelta(days=200)


def read(database: Database, hours: float, told: dict[str, Figures], account: str = "ours") -> None:
    """One reading of these posts, so many hours after ``BEGUN``; what stands as None is not told of."""
    posts = [one for one in tracked(database, account, "counting", LONG_AGO) if one.remote_id in told]
    store_figures(database, posts, told, BEGUN + timedelta(hours=hours))


def only(database: Database) -> MeasuredThread:
    [one] = measured(database, since=LONG_AGO, until=LATER)
    return one


def test_a_thread_at_an_age_is_the_sum_of_its_parts_at_it(database: Database) -> None:
    copy_publications(database, thread(parts=2, at=BEGUN))
    read(database, 1.1, {"launch-0": Figures(replies=3, likes=1), "launch-1": Figures(replies=0, likes=2)})
    read(database, 24.2, {"launch-0": Figures(replies=3, likes=5), "launch-1": Figures(replies=1, likes=7)})
    one = only(database)
    assert (one.at(1), one.at(24)) == (Counts(replies=2, likes=3), Counts(replies=3, likes=12))
    assert (one.at(6), one.ages()) == (None, [1, 24])
    assert one.last == one.at(24), "our own continuation is no reply: 3 + 1 - 1"


def test_of_two_readings_for_one_age_the_first_counts_and_the_last_is_the_last(database: Database) -> None:
    copy_publications(database, thread(parts=1, at=BEGUN))
    for hours, likes in ((24.5, 10), (30, 11), (60, 12)):
        read(database, hours, {"launch-0": Figures(likes=likes)})
    one = only(database)
    assert (one.at(24), one.last) == (Counts(likes=10), Counts(likes=12))
    [part] = one.parts
    assert (part.told_at, part.asked_at) == (BEGUN + timedelta(hours=60), BEGUN + timedelta(hours=60))


def test_a_thread_of_which_a_part_was_not_told_is_not_told_at_that_age(database: Database) -> None:
    copy_publications(database, thread(parts=2, at=BEGUN))
    read(database, 24.5, {"launch-0": Figures(likes=10)})
    assert (only(database).at(24), only(database).last) == (None, Counts(likes=10))


def test_a_part_that_is_deleted_is_not_waited_for_but_what_it_had_counts(database: Database) -> None:
    copy_publications(database, thread(parts=2, at=BEGUN, text="Words"))
    read(database, 1.5, {"launch-0": Figures(likes=10), "launch-1": Figures(likes=1)})
    read(database, 24.5, {"launch-0": Figures(likes=20), "launch-1": Figures(deleted=True)})
    one = only(database)
    assert (one.at(1), one.at(24), one.state) == (Counts(likes=11), Counts(likes=20), "told")
    assert [(part.state, part.text) for part in one.parts] == [("told", "Words"), ("deleted", None)]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, "never asked"),
        ({"launch-0": Figures(likes=0)}, "told"),
        ({"launch-0": Figures(deleted=True)}, "never asked"),
        (dict.fromkeys(("launch-0", "launch-1"), Figures(deleted=True)), "deleted"),
    ],
)
def test_what_is_known_has_its_word(database: Database, told: dict[str, Figures], state: str) -> None:
    copy_publications(database, thread(parts=2, at=BEGUN))
    read(database, 2, told)
    assert only(database).state == state


def test_what_the_network_says_nothing_about_is_unavailable(database: Database) -> None:
    copy_publications(database, thread(parts=1, at=BEGUN))
    store_figures(database, tracked(database, "ours", "counting", LONG_AGO), {}, NOW)
    one = only(database)
    assert (one.state, one.last, one.parts[0].told_at, one.parts[0].asked_at) == ("unavailable", None, None, NOW)


def test_a_thread_belongs_to_the_time_in_which_it_was_begun(database: Database) -> None:
    copy_publications(database, thread("old", 3, at=BEGUN - timedelta(minutes=1)))
    copy_publications(database, thread("new", 3, at=BEGUN))
    copy_publications(database, thread("next", 1, at=BEGUN + timedelta(minutes=1)))
    found = measured(database, since=BEGUN, until=BEGUN + timedelta(minutes=1))
    assert [(one.thread, len(one.parts)) for one in found] == [("new", 3)]


def test_accounts_can_be_chosen_and_the_oldest_thread_comes_first(database: Database) -> None:
    for account, days in (("b", 1), ("a", 0), ("c", 2)):
        copy_publications(database, thread(account, 1, account=account, at=BEGUN + timedelta(days=days)))
    assert [one.account for one in measured(database, since=LONG_AGO, until=LATER)] == ["a", "b", "c"]
    chosen = measured(database, since=LONG_AGO, until=LATER, accounts=["c", "a", "nobody"])
    assert [one.account for one in chosen] == ["a", "c"]
    assert accounts_published(database) == ["a", "b", "c"]


def test_an_entry_has_one_thread_for_each_account(database: Database) -> None:
    for days, account in enumerate(("b", "a")):
        copy_publications(database, thread(parts=2, account=account, at=BEGUN + timedelta(days=days)))
    copy_publications(database, thread("other", at=BEGUN))
    assert [(one.account, len(one.parts)) for one in measured_of(database, "launch")] == [("b", 2), ("a", 2)]
    assert measured_of(database, "lunch") == []


def test_what_is_known_of_the_entry_comes_with_it(database: Database) -> None:
    copy_publications(database, thread(parts=2, at=BEGUN, text="Words"))
    database.conn.execute(
        """UPDATE entries SET title = 'Launch', campaign = 'c', slot = 's', founder = 'ada', language = 'en', drafter = 'd',
             hook = 'question' WHERE id = 'launch'"""
    )
    database.conn.execute("INSERT INTO entry_sources VALUES ('launch', 'z.md'), ('launch', 'a.md')")
    database.conn.execute("UPDATE published_parts SET language = 'es' WHERE part = 0")
    one = only(database)
    assert (one.title, one.campaign, one.slot, one.founder) == ("Launch", "c", "s", "ada")
    assert (one.language, one.drafter, one.hook, one.sources) == ("es", "d", "question", ("a.md", "z.md"))
    assert (one.url, one.origin, one.planned, one.begun_at) == ("https://social.example/launch-0", "here", 2, BEGUN)
    assert [part.text for part in one.parts] == ["Words", "Words"]


def test_an_imported_thread_is_known_by_its_opening(database: Database) -> None:
    for part, remote_id, opening in ((0, "1", None), (1, "2", "1"), (0, "3", None)):
        add_part(
            database.conn, account="ours", platform="x", part=part, parts=2, remote_id=remote_id, url=f"u{remote_id}",
            published_at=stamped(BEGUN), origin="archive", opening=opening,
        )  # fmt: skip
    found = measured(database, since=LONG_AGO, until=LATER)
    assert [(one.thread, one.entry, one.url, len(one.parts)) for one in found] == [
        ("post 1", None, "u1", 2),
        ("post 3", None, "u3", 1),
    ]


@pytest.mark.parametrize(
    ("counts", "engagement"),
    [
        (Counts(), None),
        (Counts(replies=4, quotes=3), None),
        (Counts(likes=0), 0),
        (Counts(shares=2, replies=1), 3),
        (Counts(likes=1, shares=2, quotes=3, replies=4, bookmarks=50, impressions=600), 10),
    ],
)
def test_engagement_is_what_people_did_where_the_network_tells_it(counts: Counts, engagement: int | None) -> None:
    assert counts.engagement == engagement


def test_what_is_not_known_of_one_part_is_not_known_of_all() -> None:
    assert together([Counts(likes=1, shares=2), Counts(likes=3)]) == Counts(likes=4)
    assert together([]) is None
