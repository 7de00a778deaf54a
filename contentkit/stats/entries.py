"""What is known of entries beyond their words: what the calendar and the draft said when they were last looked at."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.ages import AGES
from contentkit.stamps import stamped
from contentkit.store.database import transaction
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# Files are looked at again once a day while figures of what came of them are still read.
_AGAIN = timedelta(days=1)
_WATCHED = timedelta(hours=AGES[-1])


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """What a draft says of itself; empty where it says nothing. ``hook`` is how its first post begins."""

    title: str
    founder: str
    language: str
    drafter: str
    hook: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EntryFacts:
    """What the calendar says of an entry, and its draft; None where that cannot be read."""

    entry: str
    draft: str
    campaign: str
    slot: str
    of_draft: DraftFacts | None


def entries_to_note(database: Database, accounts: Collection[str], now: datetime) -> list[str]:
    """The entries that nobody looked at yet, and those that these accounts published lately, if that was not today."""
    rows = database.conn.execute(
        """SELECT id FROM entries WHERE noted_at IS NULL
           UNION SELECT entries.id FROM published_parts JOIN entries ON entries.id = entry
             WHERE account IN (SELECT id FROM accounts WHERE name IN (SELECT value FROM json_each(?)))
               AND published >= ? AND noted_at < ?""",
        (json.dumps(sorted(accounts)), int((now - _WATCHED).timestamp()), stamped(now - _AGAIN)),
    )
    return [entry for (entry,) in rows]


def note_entries(database: Database, looked_for: Collection[str], found: Iterable[EntryFacts], now: datetime) -> None:
    """Writes down what was ``found`` of the entries that were ``looked_for``; of the others stays what was known."""
    found = list(found)
    of_drafts = [(one.entry, one.of_draft) for one in found if one.of_draft]
    with transaction(database):
        run = database.conn.executemany
        run("UPDATE entries SET noted_at = ? WHERE id = ?", [(stamped(now), entry) for entry in looked_for])
        run(
            "UPDATE entries SET draft = ?, campaign = nullif(?, ''), slot = nullif(?, '') WHERE id = ?",
            [(one.draft, one.campaign, one.slot, one.entry) for one in found],
        )
        run(
            """UPDATE entries SET title = nullif(?, ''), founder = nullif(?, ''), language = nullif(?, ''),
                 drafter = nullif(?, ''), hook = nullif(?, '') WHERE id = ?""",
            [(one.title, one.founder, one.language, one.drafter, one.hook, entry) for entry, one in of_drafts],
        )
        run("DELETE FROM entry_sources WHERE entry = ?", [(entry,) for entry, _ in of_drafts])
        run(
            "INSERT INTO entry_sources (entry, source) VALUES (?, ?)",
            [(entry, source) for entry, one in of_drafts for source in one.sources],
        )
