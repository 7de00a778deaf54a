"""What files say of entries that were published, for figures by campaign, slot, founder, source and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry
    from contentkit.stats.entries import DraftFacts, EntryFacts


def note_facts(project: Project, database: Database, now: datetime) -> None:
    """Copies what the calendar and the drafts say into the database, where it is time to.

    What cannot be read, or stands there no more, keeps what was known: figures are no reason to complain of a draft.
    """
    from contentkit.errors import ContentkitError
    from contentkit.stats.entries import entries_to_note, note_entries

    wanted = set(entries_to_note(database, project.config.accounts, now))
    if not wanted:
        return
    try:
        entries = [entry for entry in project.calendar.entries if entry.id in wanted]
    except ContentkitError:
        return
    note_entries(database, wanted, [_facts(project, entry) for entry in entries], now)


def _facts(project: Project, entry: Entry) -> EntryFacts:
    from contentkit.errors import ContentkitError
    from contentkit.stats.entries import EntryFacts

    try:
        of_draft = _of_draft(project, project.draft(entry.draft))
    except ContentkitError:
        of_draft = None
    return EntryFacts(entry=entry.id, draft=entry.draft, campaign=entry.campaign, slot=entry.slot, of_draft=of_draft)


def _of_draft(project: Project, draft: Draft) -> DraftFacts:
    from contentkit.stats.entries import DraftFacts
    from contentkit.stats.hooks import hook_of

    language = draft.language or project.config.language
    return DraftFacts(
        title=draft.title,
        founder=draft.founder,
        language=language,
        drafter=draft.drafter,
        hook=hook_of(draft.posts[0].text, language),
        sources=tuple(sorted(draft.all_sources)),
    )
