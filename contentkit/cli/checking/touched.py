"""What a branch touches: drafts whose own words, sources or pictures differ, and entries before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields
from functools import cached_property

from contentkit.cli.checking.base import Base
from contentkit.cli.history import name_of
from contentkit.cli.project import Project
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.config import CONFIG_NAME
from contentkit.errors import ContentError
from contentkit.models import Draft, Entry
from contentkit.people import PEOPLE_NAME
from contentkit.values import dataclass

# What holds for every draft.
_FOR_ALL = (CONFIG_NAME, PEOPLE_NAME, CONFIDENTIAL_NAME)
_NOT_SAID = ("line", "note")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An entry before and after; None where there was none, or is none."""

    was: Entry | None
    now: Entry | None

    @property
    def is_same(self) -> bool:
        """Whether the calendar says the same of it."""
        return self.was is not None and self.now is not None and not self.differing

    @property
    def differing(self) -> list[str]:
        """What the calendar says otherwise, by the names of an entry's fields."""
        names = (one.name for one in fields(Entry) if one.name not in _NOT_SAID)
        return [name for name in names if getattr(self.was, name, None) != getattr(self.now, name, None)]

    @property
    def drafts(self) -> list[str]:
        return [entry.draft for entry in (self.was, self.now) if entry]


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Both sides, and what differs between them. ``drafts`` are all that there are, here or there, that could be read."""

    project: Project
    base: Base
    astray: frozenset[str] = frozenset()
    _known: dict[str, bool] = field(default_factory=dict, repr=False)

    def differs(self, name: str) -> bool:
        """Whether a file is another here than there; found out once."""
        if name not in self._known:
            self._known[name] = self.base.files.differs(name)
        return self._known[name]

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Drafts that only have another name now, to the name they had."""
        known, there = self.base.files.known, set(self.base.project.drafts() if self.base.project else ())
        gone = {known[path].id: path for path in sorted(there - set(self.project.drafts()))}
        new = (path for path in self.project.drafts() if path not in there and path not in self.astray)
        named = {path: name_of(self.project.root / path, next(iter(gone))) for path in new} if gone else {}
        return {path: gone[name] for path, name in named.items() if name in gone}

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every entry of both calendars, in their order; one that only has another id now is one. None of a calendar that cannot
        be read: no entry of it is gone."""
        if not _is_readable(self.project):
            return []
        before = {entry.id: entry for entry in _entries(self.base.project)}
        after = {entry.id: entry for entry in _entries(self.project)}
        renamed = dict(self._renamed(before, after))
        pairs = [Pair(was=before.get(renamed.get(name, name)), now=entry) for name, entry in after.items()]
        known = {*after, *renamed.values()}
        gone = [entry for name, entry in before.items() if name not in known]
        return [*pairs, *(Pair(was=entry, now=None) for entry in gone)]

    @cached_property
    def entered(self) -> frozenset[str]:
        """The drafts of entries of which the calendar says something else."""
        return frozenset(pair.now.draft for pair in self.pairs if pair.now and not pair.is_same)

    def _renamed(self, before: dict[str, Entry], after: dict[str, Entry]) -> Iterator[tuple[str, str]]:
        """New ids with those that are gone, where the same draft goes to one of the same accounts."""
        gone: dict[tuple[str, str], str] = {}
        for name in reversed(before):
            if name not in after:
                gone |= {(before[name].draft, account): name for account in before[name].accounts}
        taken: set[str] = set()
        for name, entry in after.items():
            drafts = {entry.draft, self.moved.get(entry.draft, entry.draft)}
            ones = (gone.get((draft, account), "") for draft in drafts for account in entry.accounts)
            was = next((one for one in ones if one and one not in taken), "")
            if was and name not in before:
                taken.add(was)
                yield name, was

    @cached_property
    def for_all(self) -> list[str]:
        """What differs and holds for every draft."""
        return [name for name in _FOR_ALL if self.differs(name)]

    @cached_property
    def drafts(self) -> list[str]:
        """The drafts of the project as it is here, and those of its entries, that there are."""
        named = (pair.now.draft for pair in self.pairs if pair.now)
        paths = dict.fromkeys((*self.project.drafts(), *named))
        return sorted(path for path in paths if (self.project.root / path).is_file() and path not in self.astray)

    @cached_property
    def gone(self) -> list[str]:
        """Drafts that there are no more, under any name."""
        there = self.base.project.drafts() if self.base.project else []
        known = {*self.drafts, *self.moved.values()}
        return [path for path in there if path not in known]

    def differing(self, path: str) -> list[str]:
        """The files that make another draft of this one: its own, its sources, its pictures."""
        was = self.moved.get(path, path)
        names = [path, *_inputs(_draft_of(self.project, path))]
        names += _inputs(_draft_of(self.base.project, was)) if self.base.project else []
        return [name for name in dict.fromkeys(names) if self.differs(name) and not (name == path and was != path)]

    def bring(self, paths: Iterable[str]) -> None:
        """Makes what these drafts were made of lie in the base's folder."""
        there = self.base.project
        names = [self.moved.get(path, path) for path in paths]
        self.base.files.bring(name for path in names if there for name in (path, *_inputs(_draft_of(there, path))))


def _inputs(draft: Draft | None) -> list[str]:
    """The sources and pictures of a draft, by their paths."""
    if draft is None:
        return []
    pictures = (media.path for post in draft.posts for media in post.media)
    return [*sorted(draft.all_sources), *dict.fromkeys(pictures)]


def _draft_of(project: Project | None, path: str) -> Draft | None:
    """The draft; None where it cannot be read, which the check itself tells."""
    try:
        return project.draft(path) if project else None
    except ContentError:
        return None


def _is_readable(project: Project) -> bool:
    try:
        return bool(project.calendar)
    except ContentError:
        return False


def _entries(project: Project | None) -> Sequence[Entry]:
    try:
        return project.calendar.entries if project else ()
    except ContentError:
        return ()
