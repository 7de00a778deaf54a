"""The verbs of the review, from the functions that the commands call. Each reads the files as they are when it is called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock

from contentkit.calendar.times import distance, parse_when, show_time
from contentkit.cli import calendar_changes
from contentkit.cli.after_changes import parts_out, refuse_begun, standing_of, told_of
from contentkit.cli.approving.giving import give
from contentkit.cli.journal import has_journal, journal_for_decision, journal_if_any
from contentkit.cli.project import Project
from contentkit.cli.reviewing.dossiers import Read, read_entry
from contentkit.cli.reviewing.editors import editor_at, pager_at
from contentkit.cli.reviewing.waiving import waive
from contentkit.clock import Clock
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.errors import ContentError, UsageError
from contentkit.models import Entry, Evidence, Problem, in_the_way
from contentkit.publishing.journal import Journal
from contentkit.text import one_line
from contentkit.views.queue import QueueRow
from contentkit.views.review.actions import Changed
from contentkit.views.review.values import Dossier, Item, NextSlot

_ROOT_FILES = (CALENDAR_NAME, CONFIG_NAME, "people.yaml", "receipts.jsonl")
# Of an entry with several accounts, what one of them waits for says most.
_LOUDEST = ("unknown", "held", "sending")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries are reviewed: those of these names, of this account and founder; all where nothing is said."""

    names: Collection[str] = ()
    account: str = ""
    founder: str = ""


class Desk:
    """The actions of the review. One thing at a time: the screen calls from several threads."""

    def __init__(self, project: Project, wanted: Wanted, person: str, clock: Clock) -> None:
        self._project, self._wanted, self._person, self._clock = project, wanted, person, clock
        self._lock = RLock()
        self._also: set[Path] = set()
        self._seen = self._fingerprint()

    # -- reading

    def items(self) -> list[Item]:
        from contentkit.cli.standings import standings

        with self._lock:
            project = self._fresh()
            self._seen = self._fingerprint()
            now = self._clock.now()
            with journal_if_any(project, self._clock) as journal:
                rows: dict[str, list[QueueRow]] = {}
                for row in standings(project, journal, now):
                    rows.setdefault(row.entry, []).append(row)
                entries = [one for one in project.calendar.entries if self._is_wanted(one, rows.get(one.id, []))]
                items = [(one.at, _item(project, journal, one, rows.get(one.id, []))) for one in entries]
        return [item for _, item in sorted(items, key=lambda pair: (not pair[1].waits, pair[0], pair[1].entry))]

    def dossier(self, entry: str) -> Dossier:
        with self._lock:
            return self._read(entry).dossier

    def to_mend(self, entry: str) -> int:
        return len(in_the_way(self.dossier(entry).problems))

    def is_stale(self) -> bool:
        with self._lock:
            return self._fingerprint() != self._seen

    # -- deciding

    def approve(self, shown: Dossier) -> str:
        with self._lock:
            read = self._as_shown(shown)
            if read.candidate is None or read.dossier.obstacles:
                raise ContentError(f"{shown.entry}: {'; '.join(read.dossier.obstacles)}", hint="mend that first")
            with journal_for_decision(self._project, self._clock) as journal:
                given = give(self._project, journal, read.candidate, self._person, self._clock.now())
        parts = f"{given.parts} part{'' if given.parts == 1 else 's'}"
        where = f"{parts} on {', '.join(given.accounts)} at {show_time(given.entry.at)}"
        uncopied = f". It holds, but its copy was not written: {given.uncopied}" if given.uncopied else ""
        return f"{given.entry.id}: approved by {given.by}: {where}{uncopied}"

    def pause(self, entry: str, reason: str) -> str:
        return self._changed(entry, lambda project, _: calendar_changes.pause(project, entry, reason), _told_pause)

    def unpause(self, entry: str) -> str:
        return self._changed(
            entry, lambda project, _: calendar_changes.unpause(project, entry), lambda _: "no longer paused"
        )

    def next_slot(self, entry: str) -> NextSlot:
        from contentkit.calendar.openings import next_opening, why_none

        with self._lock:
            project = self._fresh()
            one, now = project.calendar.entry(entry), self._clock.now()
            after = max(one.at, now)
            found = next_opening(project.calendar, one.accounts, after, slot=one.slot, entry_id=entry)
            if found is None:
                raise why_none(project.calendar, one.accounts, after, slot=one.slot, entry_id=entry)
            at = found.at.astimezone(one.at.tzinfo)
            return NextSlot(at=at, slot=found.slot, told=f"{show_time(at)} ({distance(at, now)}), slot {found.slot}")

    def move_to_slot(self, entry: str, there: NextSlot) -> str:
        return self._moved(entry, there.at, there.slot)

    def move(self, entry: str, when: str) -> str:
        with self._lock:
            zone = self._fresh().calendar.entry(entry).at.tzinfo
            assert zone is not None
            moment, now = parse_when(when, zone, self._clock.now()), self._clock.now()
            if moment < now and when.strip().lower() != "now":
                told = f"{show_time(moment)} is past ({distance(moment, now)})"
                raise UsageError(told, hint="name a time to come, or 'now'")
            return self._moved(entry, moment, "")

    def waive(self, shown: Dossier, problem: Problem, reason: str) -> str:
        with self._lock:
            self._as_shown(shown)
            return waive(self._project, shown.draft, problem, self._person, reason)

    def can_be_waived(self, problem: Problem) -> bool:
        from contentkit.checks.waivers import can_be_waived

        return problem.post is not None and problem.severity != "information" and can_be_waived(problem.check)

    # -- other programs

    def editor(self, path: str, line: int) -> list[str]:
        return editor_at(self._file(path), line, self._project.environment)

    def reader(self, evidence: Evidence) -> list[str]:
        return pager_at(self._file(evidence.source), evidence.first, self._project.environment)

    def _file(self, name: str) -> Path:
        """A file of the project. Raises ContentError for another one: names and links come with git."""
        from contentkit.files import lies_below

        path = self._project.root / name
        if not lies_below(path, self._project.root):
            raise ContentError(f"{name}: lies outside of the project", hint="open it yourself, if you mean it")
        if not path.is_file():
            raise ContentError(f"{name}: there is no such file", hint="check the name")
        return path

    # -- within

    def _fresh(self) -> Project:
        self._project = self._project.as_it_is_now()
        return self._project

    def _read(self, name: str) -> Read:
        project = self._fresh()
        entry = project.calendar.entry(name)
        read = read_entry(project, entry, self._person, self._clock)
        media = (one.path for post in read.dossier.posts for one in post.media)
        cited = (one.evidence.source for ground in read.dossier.grounds for one in ground)
        also = {project.root / one for one in (*media, *cited)} - self._also
        if also:
            self._also |= also
            self._seen |= self._states(also)
        return read

    def _as_shown(self, shown: Dossier) -> Read:
        """The entry as it is now, if that is what was shown. Raises Changed."""
        read = self._read(shown.entry)
        if read.dossier.mark != shown.mark:
            raise Changed(
                f"{shown.entry}: what is on the disk is no longer what was shown: nothing was done",
                hint="This is how it is now. Look again",
            )
        return read

    def _moved(self, entry: str, at: datetime, slot: str) -> str:
        def change(project: Project, journal: Journal | None) -> Entry:
            one = project.calendar.entry(entry)
            calendar_changes.refuse_same(one, at)
            refuse_begun(project, journal, one)
            return calendar_changes.move(project, entry, at, slot=slot)

        return self._changed(
            entry, change, lambda one: f"moved to {show_time(one.at)}" + (f", slot {slot}" if slot else "")
        )

    def _changed(
        self, name: str, change: Callable[[Project, Journal | None], Entry], told: Callable[[Entry], str]
    ) -> str:
        """Makes a change of the calendar, while no publisher may begin with the entry, and says what became of its approval."""
        with self._lock:
            project = self._fresh()
            opened = journal_for_decision if has_journal(project) else journal_if_any
            with opened(project, self._clock) as journal:
                before = standing_of(project, journal, project.calendar.entry(name))
                entry = change(project, journal)
                after = standing_of(self._fresh(), journal, entry)
                out = parts_out(self._project, journal, entry)
            said = [told(entry), f"out already: {out}" if out else "", told_of(before, after)]
            return f"{name}: {'; '.join(words for words in said if words)}"

    def _is_wanted(self, entry: Entry, rows: Sequence[QueueRow]) -> bool:
        from contentkit.cli.standings import ENDED

        wanted = self._wanted
        if wanted.names:
            return entry.id in wanted.names
        if rows and all(row.state in ENDED for row in rows):
            return False
        if wanted.account and wanted.account not in entry.accounts:
            return False
        return not wanted.founder or any(row.founder == wanted.founder for row in rows)

    def _fingerprint(self) -> frozenset[tuple[str, int, int]]:
        root = self._project.root
        files = {*(root / name for name in _ROOT_FILES), *(root / "drafts").glob("*.md"), *self._also}
        return self._states(files)

    @staticmethod
    def _states(files: Collection[Path]) -> frozenset[tuple[str, int, int]]:
        return frozenset(_states(files))


def _states(files: Collection[Path]) -> Iterator[tuple[str, int, int]]:
    for path in files:
        try:
            known = path.stat()
        except OSError:
            continue
        yield str(path), known.st_mtime_ns, known.st_size


def _item(project: Project, journal: Journal | None, entry: Entry, rows: Sequence[QueueRow]) -> Item:
    standing, waits = _standing(project, journal, entry, rows)
    return Item(
        entry=entry.id,
        draft=entry.draft,
        when=f"{entry.at.day} {entry.at:%b %H:%M}",
        standing=standing,
        waits=waits,
        words=" ".join((*entry.accounts, entry.campaign, *(row.founder for row in rows))),
    )


def _standing(project: Project, journal: Journal | None, entry: Entry, rows: Sequence[QueueRow]) -> tuple[str, bool]:
    """How an entry stands, in two or three words, and whether it waits for an approval."""
    states = {row.state for row in rows}
    if loud := next((state for state in _LOUDEST if state in states), ""):
        return loud, False
    if rows and states <= {"sent", "skipped"}:
        return " and ".join(sorted(states)), False
    approval = standing_of(project, journal, entry)
    if entry.paused:
        return "paused", False
    if approval.holds:
        return "approved", False
    return "void, approve again" if approval.by else "to approve", True


def _told_pause(entry: Entry) -> str:
    return "paused" + (f" ({one_line(entry.pause_reason, 200)})" if entry.pause_reason else "")
