"""What somebody should know before they approve: about the time, repeats, receipts, money. None of it stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contentkit.text import one_line

if TYPE_CHECKING:
    from contentkit.cli.approving.giving import Candidate
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Entry, Rendition
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Thread


def told_before(project: Project, candidate: Candidate, clock: Clock) -> Iterator[str]:
    """One line for each thing that whoever approves should know."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.wanted_times import notes_on

    yield from (f"{candidate.entry.id}: {note}" for note in notes_on(project.calendar, candidate.entry))
    with journal_if_any(project, clock) as journal:
        for rendition in candidate.renditions if journal else ():
            assert journal is not None
            yield from _repeats(project, journal, candidate.entry, rendition, clock)
        yield from _receipts(project, journal, candidate)
        yield from _money(project, journal, candidate)


def _repeats(project: Project, journal: Journal, entry: Entry, rendition: Rendition, clock: Clock) -> Iterator[str]:
    """A post may be repeated on purpose, but nobody should do it unawares."""
    from contentkit.calendar.times import distance, show_time

    account = rendition.account.name
    for part in rendition.parts:
        before = journal.history.sent_before(account, part.text, apart_from=entry.id)
        if before:
            when = distance(before.changed_at, clock.now())
            yield f"{entry.id} on {account}: published already as {before.entry}, {when}: {before.url}"
            if project.platform(rendition.account).refuses_repeats:
                yield f"{entry.id} on {account}: this network may refuse the same words again"
            break
    for twin in _planned_twins(journal, entry, rendition):
        at = show_time(twin.due.astimezone(entry.at.tzinfo))
        yield f"{entry.id} on {twin.account}: the same words are planned as {twin.entry}, at {at}"


def _planned_twins(journal: Journal, entry: Entry, rendition: Rendition) -> Iterator[Thread]:
    """Threads of other entries on this account that are to publish some of these words, too."""
    from contentkit.publishing.publications import State, fingerprint

    words = {fingerprint(part.text) for part in rendition.parts if part.text.strip()}
    for thread in journal.threads.open():
        planned = {row.fingerprint for row in thread.rows if row.state is not State.SENT}
        if thread.account == rendition.account.name and thread.entry != entry.id and planned & words:
            yield thread


def _receipts(project: Project, journal: Journal | None, candidate: Candidate) -> Iterator[str]:
    """What is not sent because receipts say that it is out: they come with a pull request as any file does."""
    from contentkit.publishing.receipts import RECEIPTS_NAME, read_receipts

    receipts = read_receipts(project.root)
    for rendition in candidate.renditions:
        account, count = rendition.account.name, len(rendition.parts)
        known = journal.history.remote_ids(account) if journal else set()
        told = [receipts.get((candidate.entry.id, account, part)) for part in range(count)]
        strange = [one for one in told if one and one.remote_id not in known]
        if strange:
            first = one_line(strange[0].url or strange[0].remote_id, 200)
            where = f"{candidate.entry.id} on {account}"
            yield f"{where}: {len(strange)} of {count} parts are out already, says {RECEIPTS_NAME}: {first}"


def _money(project: Project, journal: Journal | None, candidate: Candidate) -> Iterator[str]:
    """What cannot be paid is not sent: nobody should learn it at the minute it is due."""
    from contentkit.cli.costs import why_beyond

    for rendition in candidate.renditions:
        if why := why_beyond(project, journal, candidate.entry, rendition):
            yield f"{candidate.entry.id} on {rendition.account.name}: {why}"
