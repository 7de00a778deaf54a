from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from contentkit.platforms import Figures
from contentkit.stats.publications import Owner, copy_publications, entries_published, has_published, tracked
from contentkit.stats.snapshots import store_figures
from tests.stats.counting import NOW, thread

LONG_AGO = NOW - timedelta(days=365)


def rows(database: Database, columns: str) -> list[tuple[object, ...]]:
    return database.conn.execute(f"SELECT {columns} FROM publications ORDER BY id").fetchall()


def test_what_was_published_is_copied_once_however_often_it_is_told(database: Database) -> None:
    for _ in range(2):
        copy_publications(database, thread(parts=2, text="Words"))
    assert rows(database, "entry, account, platform, part, parts, post, remote_id, text") == [
        ("launch", "ours", "counting", 0, 2, 0, "launch-0", "Words"),
        ("launch", "ours", "counting", 1, 2, 1, "launch-1", "Words"),
    ]


def test_times_are_kept_in_utc_so_that_they_compare_as_text(database: Database) -> None:
    copy_publications(database, thread(parts=1))
    assert rows(database, "published_at") == [("2026-11-21T12:00:00Z",)]


def test_nothing_is_written_when_nothing_is_new(database: Database) -> None:
    copy_publications(database, thread())
    before = database.conn.total_changes
    copy_publications(database, thread())
    assert database.conn.total_changes == before


def test_of_two_entries_that_name_one_status_the_later_one_has_it_however_often_it_is_told(database: Database) -> None:
    [one] = thread(parts=1)
    for _ in range(3):
        copy_publications(database, [one, replace(one, entry="renamed")])
        assert rows(database, "entry, remote_id") == [("renamed", "launch-0")]


def test_words_that_only_one_machine_knows_are_added_and_never_lost(database: Database) -> None:
    [known] = thread(parts=1, text="Words")
    unknown = replace(known, text=None, post=None)
    for told, expected in ((unknown, (None, None)), (known, ("Words", 0)), (unknown, ("Words", 0))):
        copy_publications(database, [told])
        assert rows(database, "text, post") == [expected]


def test_a_new_address_is_taken_over_and_the_words_stay(database: Database) -> None:
    [known] = thread(parts=1, text="Words")
    copy_publications(database, [known])
    copy_publications(database, [replace(known, url="https://moved.example/1", text=None)])
    assert rows(database, "url, text") == [("https://moved.example/1", "Words")]


def test_the_newest_come_first_and_what_is_too_old_or_elsewhere_does_not(database: Database) -> None:
    copy_publications(database, thread("old", 1, at=NOW - timedelta(days=31)))
    copy_publications(database, thread("new", 2))
    copy_publications(database, thread("hers", 1, account="hers"))
    found = tracked(database, "ours", "counting", NOW - timedelta(days=30))
    assert [(one.remote_id, one.asked_at) for one in found] == [("new-1", None), ("new-0", None)]
    assert tracked(database, "ours", "another network", LONG_AGO) == []


def test_when_a_post_was_asked_last_is_told(database: Database) -> None:
    copy_publications(database, thread(parts=1))
    for hours in (1, 2):
        posts = tracked(database, "ours", "counting", LONG_AGO)
        store_figures(database, posts, {"launch-0": Figures(likes=1)}, NOW + timedelta(hours=hours))
    assert [one.asked_at for one in tracked(database, "ours", "counting", LONG_AGO)] == [NOW + timedelta(hours=2)]


def test_accounts_and_entries_are_those_that_something_was_published_of(database: Database) -> None:
    copy_publications(database, [*thread("b"), *thread("a", account="hers")])
    known = [(name, network) for name in ("ours", "hers", "yours") for network in ("counting", "x")]
    assert [one for one in known if has_published(database, *one)] == [("ours", "counting"), ("hers", "counting")]
    assert entries_published(database) == ["a", "b"]


def test_an_account_that_moved_is_not_asked_for_what_it_published_before(database: Database) -> None:
    [before], [after] = thread("before", 1), thread("after", 1)
    old, new = Owner(server="https://old.example", remote_id="1"), Owner(server="https://new.example", remote_id="2")
    copy_publications(database, [replace(before, owner=old)])
    copy_publications(database, [replace(before, owner=new), replace(after, owner=new)])
    for owner, expected in ((old, "before-0"), (new, "after-0")):
        assert [one.remote_id for one in tracked(database, "ours", "counting", LONG_AGO, owner)] == [expected]


def test_what_nobody_knows_the_owner_of_is_asked_for(database: Database) -> None:
    copy_publications(database, thread(parts=1))
    assert len(tracked(database, "ours", "counting", LONG_AGO, Owner(server="https://new.example", remote_id="2"))) == 1
