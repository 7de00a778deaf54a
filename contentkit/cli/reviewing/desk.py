"""The verbs of the review, from the functions that the commands call. Each reads the files as they are when it is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from contentkit.cli.journal import journal_if_any
from contentkit.cli.project import Project
from contentkit.cli.reviewing import changing, deciding
from contentkit.cli.reviewing.dossiers import Read, read_entry
from contentkit.cli.reviewing.editors import editor_at, pager_at
from contentkit.cli.reviewing.items import Wanted, items_of
from contentkit.cli.reviewing.waiving import waive
from contentkit.clock import Clock
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.errors import ContentError
from contentkit.files import lies_below
from contentkit.models import Evidence, Problem, in_the_way
from contentkit.views.review.actions import Changed
from contentkit.views.review.values import Dossier, Item, NextSlot

_ROOT_FILES = (CALENDAR_NAME, CONFIG_NAME, "people.yaml", "receipts.jsonl")


class Desk:
    """The actions of the review. One thing at a time: the screen calls from several threads."""

    def __init__(self, project: Project, wanted: Wanted, person: str, clock: Clock) -> None:
        self._project, self._wanted, self._person, self._clock = project, wanted, person, clock
        self._lock = RLock()
        # Sources and pictures of what was shown: they may be edited, too.
        self._also: set[Path] = set()
        self._seen = self._fingerprint()

    # -- reading

    def items(self) -> list[Item]:
        with self._lock:
            project = self._fresh()
            self._seen = self._fingerprint()
            with journal_if_any(project, self._clock) as journal:
                return items_of(project, journal, self._wanted, self._clock.now())

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
        with self._deciding():
            read = self._as_shown(shown)
            if read.candidate is None or read.dossier.obstacles:
                raise ContentError(f"{shown.entry}: {'; '.join(read.dossier.obstacles)}")
            return deciding.approve(self._project, read.candidate, self._person, self._clock)

    def pause(self, entry: str, reason: str) -> str:
        with self._deciding():
            return changing.pause(self._fresh(), entry, reason, self._clock)

    def unpause(self, entry: str) -> str:
        with self._deciding():
            return changing.unpause(self._fresh(), entry, self._clock)

    def next_slot(self, entry: str) -> NextSlot:
        with self._lock:
            return changing.next_slot(self._fresh(), entry, self._clock.now())

    def move_to_slot(self, entry: str, there: NextSlot) -> str:
        with self._deciding():
            return changing.move(self._fresh(), entry, there.at, there.slot, self._clock)

    def move(self, entry: str, when: str) -> str:
        with self._deciding():
            project = self._fresh()
            at = changing.moment(project, entry, when, self._clock.now())
            return changing.move(project, entry, at, "", self._clock)

    def waive(self, shown: Dossier, problem: Problem, reason: str) -> str:
        with self._deciding():
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
        path = self._project.root / name
        if not lies_below(path, self._project.root):
            raise ContentError(f"{name}: lies outside of the project", hint="open it yourself, if you mean it")
        if not path.is_file():
            raise ContentError(f"{name}: there is no such file", hint="check the name")
        return path

    # -- within

    @contextmanager
    def _deciding(self) -> Iterator[None]:
        """What is written within is no edit of somebody else's; the screen reads all again after it anyway."""
        with self._lock:
            try:
                yield
            finally:
                self._seen = self._fingerprint()

    def _fresh(self) -> Project:
        self._project = self._project.as_it_is_now()
        return self._project

    def _read(self, name: str) -> Read:
        project = self._fresh()
        read = read_entry(project, project.calendar.entry(name), self._person, self._clock)
        media = (one.path for post in read.dossier.posts for one in post.media)
        cited = (one.evidence.source for ground in read.dossier.grounds for one in ground)
        new = {project.root / one for one in (*media, *cited)} - self._also
        self._also |= new
        self._seen |= frozenset(_states(new))
        return read

    def _as_shown(self, shown: Dossier) -> Read:
        """The entry as it is now, if that is what was shown. Raises Changed."""
        read = self._read(shown.entry)
        if read.dossier.mark != shown.mark:
            raise Changed(
                f"{shown.entry}: what is on the disk is no longer what was shown: nothing was done",
                hint="This is how it is now: look again",
            )
        return read

    def _fingerprint(self) -> frozenset[tuple[str, int, int]]:
        root = self._project.root
        return frozenset(
            _states([*(root / name for name in _ROOT_FILES), *(root / "drafts").glob("*.md"), *self._also])
        )


def _states(files: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """Each file with what an edit of it changes; those that are not there left out."""
    for path in files:
        try:
            known = path.stat()
        except OSError:
            continue
        yield str(path), known.st_mtime_ns, known.st_size
