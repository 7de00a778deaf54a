from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentkit.platforms import Figures
from contentkit.platforms.own import OwnStatus
from contentkit.stats.imports import Imported, Origin, import_statuses
from contentkit.stats.measured import measured
from contentkit.stats.publications import Owner, Published, Tracked, copy_publications
from contentkit.stats.retractions import note_retracted
from contentkit.stats.snapshots import store_figures
from contentkit.store.database import database_in

THEN = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
EXPORTED = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
OURS = Owner(server="", remote_id="77")


def post(number: int, parent: int | str = "", text: str = "", **figures: Any) -> OwnStatus:
    return OwnStatus(
        text=text or f"Post {number}.",
        remote_id=str(number),
        url=f"https://x.com/odile/status/{number}",
        published_at=THEN + timedelta(hours=number),
        language="en",
        parent=str(parent),
        figures=Figures(**(figures or {"likes": number, "shares": 0})),
    )


def brought(
    folder: Path, *posts: OwnStatus, origin: Origin = "archive", told_at: datetime = EXPORTED, account: str = "ours"
) -> Imported:
    with database_in(folder) as database:
        return import_statuses(
            database, posts, account=account, platform="x", owner=OURS, origin=origin, told_at=told_at
        )


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with database_in(folder) as database:
        return database.conn.execute(query).fetchall()


PLACES = "SELECT remote_id, thread, part, parts, parent FROM publications ORDER BY thread, part"
EVERYTHING = "SELECT * FROM publications ORDER BY remote_id"


def test_a_post_comes_in_with_its_words_time_owner_and_figures(tmp_path: Path) -> None:
    told = brought(tmp_path, post(1, likes=12, shares=3))
    assert told == Imported(new=1, readings=1)
    assert rows(
        tmp_path,
        "SELECT entry, account, platform, owner, origin, remote_id, url, published_at, text, language, opening FROM publications",
    ) == [
        (
            None,
            "ours",
            "x",
            "77",
            "archive",
            "1",
            "https://x.com/odile/status/1",
            "2025-03-01T10:00:00Z",
            "Post 1.",
            "en",
            None,
        )
    ]
    assert rows(tmp_path, "SELECT age, state, taken_at, likes, shares, replies, impressions FROM snapshots") == [
        (2160, "told", "2026-11-20T14:00:00Z", 12, 3, None, None)
    ]


def test_a_thread_has_its_parts_in_order_though_they_come_in_another(tmp_path: Path) -> None:
    told = brought(tmp_path, post(3, 2), post(9), post(2, 1), post(1), post(4, 1))
    assert (told.new, told.threads) == (5, 1)
    assert rows(tmp_path, PLACES) == [
        ("1", "post 1", 0, 4, None),
        ("2", "post 1", 1, 4, "1"),
        ("3", "post 1", 2, 4, "2"),
        ("4", "post 1", 3, 4, "1"),
        ("9", "post 9", 0, 1, None),
    ]


def test_the_order_of_a_thread_is_that_of_time_then_of_replies_and_never_of_ids(tmp_path: Path) -> None:
    opening, then, at_once = replace(post(1), remote_id="9"), replace(post(2, 9), remote_id="5"), post(2, 5)
    last = replace(post(3, 9), remote_id="1")
    brought(tmp_path, at_once, last, then, opening)
    assert [row[0] for row in rows(tmp_path, PLACES)] == ["9", "5", "2", "1"]


def test_our_own_continuation_is_no_reply(tmp_path: Path) -> None:
    brought(tmp_path, post(1, replies=5, likes=0), post(2, 1, replies=1, likes=0), post(3, 1, replies=0, likes=0))
    assert rows(tmp_path, "SELECT remote_id, replies FROM latest_figures ORDER BY remote_id") == [
        ("1", 3),
        ("2", 1),
        ("3", 0),
    ]


def test_the_same_import_twice_changes_nothing(tmp_path: Path) -> None:
    posts = [post(1), post(2, 1), post(3)]
    brought(tmp_path, *posts)
    before = rows(tmp_path, EVERYTHING), rows(tmp_path, "SELECT * FROM snapshots")
    assert brought(tmp_path, *posts) == Imported(known=3, threads=1)
    # The file may have been copied meanwhile, so that it looks newer.
    assert brought(tmp_path, *posts, told_at=EXPORTED + timedelta(days=3)) == Imported(known=3, threads=1)
    assert (rows(tmp_path, EVERYTHING), rows(tmp_path, "SELECT * FROM snapshots")) == before


def test_a_newer_export_adds_what_grew(tmp_path: Path) -> None:
    brought(tmp_path, post(1, likes=1), post(2, 1, likes=1))
    later = EXPORTED + timedelta(days=30)
    told = brought(tmp_path, post(1, likes=4), post(2, 1, likes=1), post(3, 2, likes=9), told_at=later)
    assert told == Imported(new=1, changed=2, threads=1, readings=2)
    assert rows(tmp_path, PLACES) == [
        ("1", "post 1", 0, 3, None), ("2", "post 1", 1, 3, "1"), ("3", "post 1", 2, 3, "2"),
    ]  # fmt: skip
    assert rows(tmp_path, "SELECT remote_id, likes FROM latest_figures ORDER BY remote_id") == [
        ("1", 4),
        ("2", 1),
        ("3", 9),
    ]


def test_an_older_export_adds_no_figures_after_newer_ones(tmp_path: Path) -> None:
    brought(tmp_path, post(1, likes=9))
    assert brought(tmp_path, post(1, likes=2), told_at=EXPORTED - timedelta(days=200)).readings == 0
    assert rows(tmp_path, "SELECT likes FROM latest_figures") == [(9,)]


def test_figures_of_a_young_post_count_for_the_age_that_it_had(tmp_path: Path) -> None:
    brought(tmp_path, post(1), post(2), told_at=THEN + timedelta(hours=26))
    assert rows(tmp_path, "SELECT age FROM snapshots ORDER BY publication") == [(24,), (24,)]
    brought(tmp_path, post(3), told_at=THEN + timedelta(hours=3 + 15))
    assert rows(tmp_path, "SELECT age FROM snapshots WHERE publication = 3") == [(None,)]


def test_what_contentkit_published_is_recognised_and_left_as_it_is(tmp_path: Path) -> None:
    here = Published(
        entry="launch",
        account="ours",
        platform="x",
        part=0,
        parts=1,
        remote_id="1",
        url="u",
        published_at=THEN,
        text="As it was.",
    )
    with database_in(tmp_path) as database:
        copy_publications(database, [here])
    told = brought(tmp_path, post(1), post(2, 1), post(3, 2))
    assert (told.ours, told.new) == (1, 2)
    assert rows(tmp_path, "SELECT entry, text, origin FROM publications WHERE remote_id = '1'") == [
        ("launch", "As it was.", "here")
    ]
    # What was added to it by hand is a thread of its own, that knows what it continues.
    assert rows(tmp_path, PLACES)[1:] == [("2", "post 1", 0, 2, "1"), ("3", "post 1", 1, 2, "2")]
    assert rows(tmp_path, "SELECT count(*) FROM snapshots WHERE publication = 1") == [(0,)]


def test_another_account_may_have_the_same_ids(tmp_path: Path) -> None:
    brought(tmp_path, post(1))
    assert brought(tmp_path, post(1), account="theirs").new == 1


def test_what_is_deleted_gets_neither_words_nor_figures_back(tmp_path: Path) -> None:
    brought(tmp_path, post(1), origin="network")
    with database_in(tmp_path) as database:
        note_retracted(database, [("ours", "1")], EXPORTED + timedelta(days=1))
        database.conn.execute("UPDATE published_parts SET text = NULL")
    for when in (EXPORTED - timedelta(days=5), EXPORTED + timedelta(days=5)):
        assert brought(tmp_path, post(1, likes=99), told_at=when).readings == 0
    assert rows(tmp_path, "SELECT text, state FROM latest_figures") == [(None, "deleted")]


def test_words_that_were_dropped_come_back_where_the_post_stands(tmp_path: Path) -> None:
    brought(tmp_path, post(1), origin="network")
    with database_in(tmp_path) as database:
        database.conn.execute("UPDATE published_parts SET text = NULL")
    brought(tmp_path, post(1), origin="network", told_at=EXPORTED + timedelta(days=2))
    assert rows(tmp_path, "SELECT text FROM publications") == [("Post 1.",)]


@pytest.mark.parametrize(("first", "second"), [("archive", "network"), ("network", "archive")])
def test_words_of_an_export_are_the_user_s_whoever_else_tells_them(
    first: Origin, second: Origin, tmp_path: Path
) -> None:
    brought(tmp_path, post(1), origin=first)
    brought(tmp_path, post(1), origin=second, told_at=EXPORTED + timedelta(days=1))
    assert rows(tmp_path, "SELECT origin FROM publications") == [("archive",)]


def test_each_look_at_the_network_is_a_reading(tmp_path: Path) -> None:
    for day in range(3):
        brought(tmp_path, post(1), origin="network", told_at=EXPORTED + timedelta(days=day))
    assert rows(tmp_path, "SELECT count(*) FROM snapshots") == [(3,)]


def test_posts_that_reply_to_each_other_in_a_circle_are_a_thread(tmp_path: Path) -> None:
    brought(tmp_path, post(1, 2), post(2, 1), post(3, 3))
    assert {(row[2], row[3]) for row in rows(tmp_path, PLACES)} == {(0, 2), (1, 2), (0, 1)}


def test_a_run_that_ended_before_its_figures_is_completed_by_the_next(tmp_path: Path) -> None:
    class Power(Exception):
        """Ends."""

    def fails(batches: Sequence[Any]) -> Any:
        raise Power

    with database_in(tmp_path) as database, pytest.raises(Power):
        import_statuses(
            database,
            [post(1)],
            account="ours",
            platform="x",
            owner=OURS,
            origin="archive",
            told_at=EXPORTED,
            watch=fails,
        )
    assert brought(tmp_path, post(1)) == Imported(known=1, readings=1)


def test_a_reading_of_sync_goes_before_an_older_export(tmp_path: Path) -> None:
    brought(tmp_path, post(1, likes=1))
    with database_in(tmp_path) as database:
        asked = [Tracked(id=1, remote_id="1", published_at=THEN, asked_at=None)]
        store_figures(database, asked, {"1": Figures(likes=50)}, EXPORTED + timedelta(days=9))
    assert brought(tmp_path, post(1, likes=7), told_at=EXPORTED + timedelta(days=8)).readings == 0


@st.composite
def histories(draw: st.DrawFn) -> list[OwnStatus]:
    """Some posts, each of which may continue an earlier one."""
    count = draw(st.integers(1, 7))
    parents = [draw(st.sampled_from(["", *range(1, number)])) for number in range(1, count + 1)]
    return [post(number, parent) for number, parent in enumerate(parents, 1)]


@given(told=histories(), data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_pieces_and_order_posts_come_the_threads_are_the_same(
    told: list[OwnStatus], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole, torn = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("torn")
    brought(whole, *told)
    shuffled = data.draw(st.permutations(told))
    cut = data.draw(st.integers(0, len(told)))
    for piece in (shuffled[:cut], shuffled[cut:], shuffled[:1]):
        brought(torn, *piece)
    assert rows(torn, PLACES) == rows(whole, PLACES)
    assert _figures(torn) == _figures(whole)


def _figures(folder: Path) -> list[tuple[Any, ...]]:
    return rows(folder, "SELECT remote_id, likes, asked_at FROM latest_figures ORDER BY remote_id")


# -- how it begins


def test_an_imported_thread_begins_as_a_draft_with_its_words_would(tmp_path: Path) -> None:
    told = [
        post(1, text="Why does a backup take all night?"),
        post(2, parent=1, text="412 nights taught us."),
        post(3, text="412 nights without a lost file."),
        post(4, parent="gone", text="Why not?"),
        replace(post(5), text=""),
    ]
    brought(tmp_path, *told)
    assert rows(tmp_path, "SELECT remote_id, hook FROM publications ORDER BY remote_id") == [
        ("1", "question"), ("2", "question"), ("3", "number"), ("4", None), ("5", None),
    ]  # fmt: skip
    with database_in(tmp_path) as database:
        found = measured(database, since=THEN, until=EXPORTED)
    assert [one.hook for one in found] == ["question", "number", None, None]


def test_how_a_thread_begins_is_known_after_its_words_are_gone(tmp_path: Path) -> None:
    brought(tmp_path, post(1, text="Why does a backup take all night?"), origin="network")
    with database_in(tmp_path) as database:
        database.conn.execute("UPDATE published_parts SET text = NULL")
    again = brought(tmp_path, post(2, parent=1), origin="network")
    assert (again.new, again.changed) == (1, 0)
    assert rows(tmp_path, "SELECT text, hook FROM publications ORDER BY remote_id") == [
        (None, "question"), ("Post 2.", "question"),
    ]  # fmt: skip


def test_the_next_import_says_how_older_ones_begin_and_calls_nothing_changed(tmp_path: Path) -> None:
    brought(tmp_path, post(1, text="Why does a backup take all night?"))
    with database_in(tmp_path) as database:
        database.conn.execute("UPDATE published_parts SET hook = NULL")
    assert brought(tmp_path, post(1, text="Why does a backup take all night?")) == Imported(known=1)
    assert rows(tmp_path, "SELECT hook FROM publications") == [("question",)]
