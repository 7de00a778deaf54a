"""What files say of entries is kept with their figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlite_utils import Database

from contentkit.stats.entries import DraftFacts, EntryFacts, entries_to_note, note_entries
from contentkit.stats.publications import copy_publications
from tests.stats.counting import NOW, thread

SAID = DraftFacts(
    title="Launch",
    founder="ana",
    language="en",
    drafter="extractive",
    hook="number",
    sources=("notes/a.md", "notes/b.md"),
)
LAUNCH = EntryFacts(entry="launch", draft="drafts/launch.md", campaign="spring", slot="morning", of_draft=SAID)


def known(database: Database) -> list[tuple[object, ...]]:
    return database.conn.execute(
        "SELECT id, draft, title, campaign, slot, founder, language, drafter, hook FROM entries ORDER BY id"
    ).fetchall()


def sources(database: Database) -> list[tuple[object, ...]]:
    return database.conn.execute("SELECT entry, source FROM entry_sources ORDER BY entry, source").fetchall()


def test_what_the_calendar_and_the_draft_say_is_kept_and_what_they_do_not_say_is_unknown(database: Database) -> None:
    copy_publications(database, [*thread("launch", 1), *thread("another", 1)])
    unsaid = DraftFacts(title="", founder="", language="", drafter="", hook="", sources=())
    another = EntryFacts(entry="another", draft="drafts/b.md", campaign="", slot="", of_draft=unsaid)
    note_entries(database, ["launch", "another"], [LAUNCH, another], NOW)
    assert known(database) == [
        ("another", "drafts/b.md", None, None, None, None, None, None, None),
        ("launch", "drafts/launch.md", "Launch", "spring", "morning", "ana", "en", "extractive", "number"),
    ]
    assert sources(database) == [("launch", "notes/a.md"), ("launch", "notes/b.md")]


def test_what_is_no_longer_in_the_calendar_keeps_what_was_known(database: Database) -> None:
    copy_publications(database, thread("launch", 1))
    note_entries(database, ["launch"], [LAUNCH], NOW)
    before = known(database), sources(database)
    note_entries(database, ["launch"], [], NOW + timedelta(days=2))
    assert (known(database), sources(database)) == before


def test_a_draft_that_cannot_be_read_keeps_what_was_known_of_it(database: Database) -> None:
    copy_publications(database, thread("launch", 1))
    note_entries(database, ["launch"], [LAUNCH], NOW)
    note_entries(database, ["launch"], [replace(LAUNCH, campaign="autumn", of_draft=None)], NOW)
    assert known(database) == [
        ("launch", "drafts/launch.md", "Launch", "autumn", "morning", "ana", "en", "extractive", "number")
    ]
    assert len(sources(database)) == 2


def test_a_draft_that_changed_is_what_it_is_now(database: Database) -> None:
    copy_publications(database, thread("launch", 1))
    note_entries(database, ["launch"], [LAUNCH], NOW)
    note_entries(database, ["launch"], [replace(LAUNCH, of_draft=replace(SAID, title="", sources=("c.md",)))], NOW)
    assert (known(database)[0][2], sources(database)) == (None, [("launch", "c.md")])


def test_files_are_looked_at_once_a_day_while_figures_are_still_read(database: Database) -> None:
    copy_publications(database, thread("launch", 2, at=NOW))
    copy_publications(database, thread("old", 1, at=NOW - timedelta(days=100)))
    assert entries_to_note(database, ["ours"], NOW) == ["launch", "old"]
    note_entries(database, ["launch", "old"], [LAUNCH], NOW)
    assert entries_to_note(database, ["ours"], NOW + timedelta(hours=24)) == []
    assert entries_to_note(database, ["ours"], NOW + timedelta(hours=25)) == ["launch"]
    assert entries_to_note(database, ["ours"], NOW + timedelta(days=91)) == []
    assert entries_to_note(database, [], NOW + timedelta(hours=25)) == []
