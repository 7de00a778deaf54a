"""``check --changed``: what a branch changes, what is wrong with it that was not before, what it does to approvals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.cli.approving.strangers import is_out
from contentkit.cli.checking.astray import leads_astray
from contentkit.cli.checking.base import base_of
from contentkit.cli.checking.besides import besides
from contentkit.cli.checking.gathering import Checked, entries_of
from contentkit.cli.checking.touched import Touched
from contentkit.cli.project import Project
from contentkit.errors import ContentError
from contentkit.models import Draft, Entry, Problem
from contentkit.publishing.receipts import RECEIPTS_NAME
from contentkit.values import dataclass
from contentkit.views.changes import Item, ThreadChange

if TYPE_CHECKING:
    from contentkit.cli.checking.entry_changes import EntryReport
    from contentkit.publishing.receipts import Receipt

# Words that no report may repeat.
_NEVER_SHOWN = frozenset(("CK303", "CK304", "CK307"))
Receipts = Mapping[tuple[str, str, int], "Receipt"]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What a branch changes. ``checked`` has what was not wrong before, ``known`` what was, ``mended`` how much no longer is."""

    base: str
    commit: str
    checked: Checked
    known: tuple[Problem, ...] = ()
    mended: int = 0
    items: tuple[Item, ...] = ()
    trouble: str = ""


@contextmanager
def touched_since(project: Project, name: str) -> Iterator[Touched]:
    """What differs between this project and what the branch was cut from. Raises UsageError and StateError as git does."""
    with base_of(project, name) as base:
        paths = [*project.drafts(), *(entry.draft for entry in _entries_here(project))]
        links = {path for path in paths if leads_astray(project.root / path, project.root)}
        astray = frozenset(path for path in links if base.files.differs(path) or path not in base.files.known)
        yield Touched(project=project, base=base, astray=astray)


def _entries_here(project: Project) -> Sequence[Entry]:
    try:
        return project.calendar.entries
    except ContentError:
        return ()


def changes_of(touched: Touched, now: datetime) -> Changed:
    """Everything that there is to tell of a branch. Raises ContentError for settings that cannot be used."""
    from contentkit.checks import levels_of

    project, base = touched.project, touched.base
    levels_of(project.config.checks)
    receipts = receipts_before(touched)
    because = {path: tuple(touched.differing(path)) for path in touched.drafts}
    paths = [path for path in touched.drafts if _is_touched(touched, path, because[path])]
    touched.bring([*paths, *touched.gone, *(path for pair in touched.pairs for path in pair.drafts)])
    done = [path for path in paths if _is_done(touched, path, receipts)]
    open_ones = [path for path in paths if path not in done]
    drafts, here = _found(project, open_ones)
    _, there = _found(base.project, [touched.moved.get(path, path) for path in open_ones])
    new, known, mended = _told_apart(here, [_renamed(problem, touched.moved) for problem in there])
    withheld = frozenset(problem.where.path for problem in (*here, *there) if problem.check in _NEVER_SHOWN)
    entries = list(_entry_reports(touched, receipts, withheld, {path: because[path] for path in paths}))
    checked = Checked(
        named=len(open_ones),
        drafts=tuple(drafts),
        found=tuple(dict.fromkeys((*new, *besides(touched, entries, drafts, now)))),
        done=tuple(done),
    )
    return Changed(
        base=base.name,
        commit=base.commit,
        checked=checked,
        known=tuple(known),
        mended=mended,
        items=(*(one.item for one in entries if one.is_told), *_drafts_alone(touched, paths, because, withheld)),
        trouble=base.trouble,
    )


def _is_touched(touched: Touched, path: str, because: Sequence[str]) -> bool:
    return bool(because or touched.for_all or path in touched.moved or path in touched.entered)


def receipts_before(touched: Touched) -> Receipts:
    """What was out before: a branch may bring lines that say so. Where receipts are no matter of git, those that are here."""
    from contentkit.publishing.receipts import read_receipts

    is_in_git = RECEIPTS_NAME in touched.base.files.known or RECEIPTS_NAME in touched.project.tracked
    return read_receipts(touched.base.files.folder if is_in_git else touched.project.root)


def _is_done(touched: Touched, path: str, receipts: Receipts) -> bool:
    entries = entries_of(touched.project, path)
    return bool(entries) and all(is_out(receipts, one.id, account) for one in entries for account in one.accounts)


def _found(project: Project | None, paths: Sequence[str]) -> tuple[list[Draft], list[Problem]]:
    """These drafts, those that can be read, and what is found in them."""
    from contentkit.checks import unreadable
    from contentkit.cli.checking.examining import examined

    drafts: list[Draft] = []
    found: list[Problem] = []
    for path in paths if project else ():
        assert project is not None
        if not (project.root / path).is_file():
            continue
        try:
            draft = project.draft(path)
            found += examined(project, draft, *entries_of(project, path))
            drafts.append(draft)
        except ContentError as error:
            found.append(unreadable(path, error))
    return drafts, list(dict.fromkeys(found))


def _renamed(problem: Problem, moved: Mapping[str, str]) -> Problem:
    """The finding as it would be told of the draft's name of today."""
    spot = problem.where
    path = next((now for now, was in moved.items() if was == spot.path), spot.path)
    return problem if path == spot.path else replace(problem, spot=replace(spot, path=path))


def _told_apart(here: Sequence[Problem], there: Sequence[Problem]) -> tuple[list[Problem], list[Problem], int]:
    """What is wrong now and was not before, what was and still is, and how much no longer is. What was waived is all new."""
    from contentkit.views.fingerprints import fingerprints

    before = {made for _, made in fingerprints([problem for problem in there if not problem.waived])}
    now = list(fingerprints([problem for problem in here if not problem.waived]))
    known = [problem for problem, made in now if made in before]
    new = [problem for problem, made in now if made not in before]
    waived = [problem for problem in here if problem.waived]
    return [*new, *waived], known, len(before) - len(known)


def _entry_reports(
    touched: Touched, receipts: Receipts, withheld: frozenset[str], because: Mapping[str, Sequence[str]]
) -> Iterator[EntryReport]:
    """One for each entry of which anything may be otherwise: ``because`` has the drafts that are touched."""
    from contentkit.cli.checking.entry_changes import change_of, report_of

    for pair in touched.pairs:
        if pair.is_same and not any(path in because for path in pair.drafts):
            continue
        change = change_of(touched, pair, receipts)
        why = (
            [*because.get(pair.now.draft, ()), *(touched.for_all if change.voids else ())]
            if pair.was and pair.now
            else []
        )
        yield report_of(touched, pair, change, why, withheld=bool(withheld & set(pair.drafts)))


def _drafts_alone(
    touched: Touched, paths: Sequence[str], because: Mapping[str, tuple[str, ...]], withheld: frozenset[str]
) -> Iterator[Item]:
    """The drafts that differ and that no entry has; what holds for all makes none of them another."""
    before = set(touched.base.project.drafts() if touched.base.project else ())
    on_calendar = {path for pair in touched.pairs if pair.now for path in pair.drafts}
    for path in paths:
        was = touched.moved.get(path, "")
        if path in on_calendar or not (because[path] or was):
            continue
        differing = [f"{name} differs" for name in because[path] if name != path]
        words = ["new"] if path not in before and not was else [*([f"was called {was}"] if was else []), *differing]
        is_withheld = path in withheld
        threads = () if is_withheld or not because[path] else tuple(_usual_threads(touched.project, path))
        yield Item(draft=path, words=tuple(words), withheld=is_withheld, threads=threads)
    yield from (Item(draft=path, words=("removed",), is_gone=True) for path in touched.gone if path not in on_calendar)


def _usual_threads(project: Project, path: str) -> Iterator[ThreadChange]:
    """The threads of a draft on its founder's accounts, else on all; none where it cannot be read, which is a finding."""
    from contentkit.cli.checking.entry_changes import previews_of
    from contentkit.cli.drafting.whereto import accounts_of

    try:
        draft = project.draft(path)
        names = tuple(sorted(accounts_of(project, draft.founder) or project.config.accounts))
        yield from (ThreadChange(preview=preview, is_new=True) for preview in previews_of(project, draft, None, names))
    except ContentError:
        return
