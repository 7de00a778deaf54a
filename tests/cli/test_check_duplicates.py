"""Words that this project has published, queued or drafted already: from its files, its receipts and its figures."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from contentkit.platforms import Figures
from contentkit.stats.publications import Published, Tracked, copy_publications, tracked
from contentkit.stats.snapshots import store_figures
from contentkit.store.database import database_in, open_database
from tests.cli.shell import DRAFT, PARTS, Shell, entry, time_in

URL = "https://social.example/@us/117"
THEN = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def published(text: str, **told: Any) -> Published:
    usual: dict[str, Any] = {"entry": "old", "account": "try", "platform": "console", "part": 0, "parts": 1}
    usual |= {"remote_id": "117", "url": URL, "published_at": THEN, "text": text}
    return Published(**{**usual, **told})


def publish(shell: Shell, *ones: Published) -> None:
    with database_in(shell.project) as database:
        copy_publications(database, ones)


def messages(shell: Shell, *arguments: str) -> list[str]:
    told = shell.run("check", *arguments, "--json").json
    return [one["message"] for one in told if one["check"] in ("CK360", "CK361", "CK362", "CK363")]


def test_two_drafts_with_the_same_words_are_each_told_of_the_other(shell: Shell) -> None:
    shell.write("drafts/again.md", DRAFT)
    told = messages(shell)
    assert len(told) == 2 * len(PARTS)
    assert "the same words as drafts/again.md:6, another draft" in told
    assert "the same words as drafts/launch.md:6, another draft" in told


def test_a_draft_that_goes_out_twice_and_offers_other_words_is_no_duplicate(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT + f"<!-- alternative:\n{PARTS[0]}\n-->\n")
    shell.enter(entry("launch", at=time_in(days=1)), entry("again", at=time_in(days=40)))
    assert messages(shell) == []


def test_the_figures_of_one_part_are_not_those_of_a_post_of_several(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert shell.run("post").code == 0
    shell.write("drafts/again.md", DRAFT)
    publish(
        shell,
        published("One half", entry="launch", post=0, parts=4),
        published("of it", entry="launch", post=0, part=1, parts=4, remote_id="118"),
        published("Whole", entry="launch", post=1, part=2, parts=4, remote_id="119"),
    )
    with database_in(shell.project) as database:
        asked = tracked(database, "try", "console", THEN)
        store_figures(database, asked, {one.remote_id: Figures(likes=9) for one in asked}, THEN)
    assert ["9 likes" in one for one in messages(shell, "again")] == [False, True, False]


def test_what_is_on_the_calendar_is_told_with_its_time(shell: Shell) -> None:
    shell.write("drafts/again.md", DRAFT)
    shell.enter(entry("launch", at="2031-05-06 07:08"))
    told = messages(shell, "again")
    assert told[0] == "the same words as drafts/launch.md:6, on the calendar of try for 2031-05-06 07:08"


def test_what_was_published_is_told_from_the_receipts_without_a_database(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert shell.run("post").code == 0
    shell.write("drafts/again.md", DRAFT)
    assert f"published on {datetime.now(UTC):%Y-%m-%d} on try" in messages(shell, "again")[0]
    assert not (shell.project / "contentkit.db").exists()


def test_what_contentkit_did_not_draft_is_found_in_the_database(shell: Shell) -> None:
    publish(shell, published(PARTS[1].replace("lane", "queue"), entry=None))
    [told] = messages(shell)
    assert told == f"nearly the same words (85% alike) as {URL}, published on 2026-11-03 on try"


def test_figures_stand_beside_what_was_published(shell: Shell) -> None:
    publish(shell, published(PARTS[1]))
    with database_in(shell.project) as database:
        asked = [Tracked(id=1, remote_id="117", published_at=THEN, asked_at=None)]
        store_figures(database, asked, {"117": Figures(likes=12, shares=1)}, THEN)
    assert messages(shell)[0].endswith(f"{URL}, published on 2026-11-03 on try (12 likes, 1 share)")


def test_what_was_published_of_a_draft_that_has_other_words_now_is_not_held_against_it(shell: Shell) -> None:
    shell.enter(entry("old", at=time_in(days=1)))
    publish(shell, published(PARTS[1]))
    assert messages(shell) == []


def test_a_database_that_somebody_writes_to_or_has_damaged_stops_no_check(shell: Shell) -> None:
    publish(shell, published(PARTS[1]))
    database = open_database(shell.project)
    database.conn.execute("BEGIN IMMEDIATE")
    assert len(messages(shell)) == 1
    database.close()
    for file in shell.project.glob("contentkit.db*"):
        file.write_bytes(b"no database")
    assert messages(shell) == []
    told = shell.run("check").err
    assert "Nothing was compared with what is out. " in told
    assert "contentkit.db: cannot be read: file is not a database" in told


def test_nothing_is_written_by_looking(shell: Shell) -> None:
    publish(shell, published(PARTS[1]))
    before = shell.files()
    messages(shell)
    assert shell.files() == before


def test_a_database_of_an_older_contentkit_is_passed_over(shell: Shell) -> None:
    sqlite3.connect(shell.project / "contentkit.db").execute("CREATE TABLE sources (id INTEGER)").connection.close()
    ran = shell.run("check", "--json")
    assert json.loads(ran.out) == []
    assert "contentkit.db: is of an older contentkit ('contentkit stats' brings it up to date)" in ran.err
