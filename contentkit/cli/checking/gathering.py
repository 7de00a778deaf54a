"""The findings in the drafts that somebody named, or in all of the project's that are not published yet."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.cli.project import Project, drafts_named
from contentkit.errors import ContentError
from contentkit.models import Draft, Entry, Problem
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found. ``found`` has what was waived, too; ``drafts`` could be read, ``unreadable`` could not, each by its name.

    ``named`` counts those that were to be checked; ``done`` are published already, and were not.
    """

    named: int
    drafts: tuple[Draft, ...]
    found: tuple[Problem, ...]
    unreadable: tuple[tuple[str, ContentError], ...] = ()
    done: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """What nobody has waived."""
        return [problem for problem in self.found if not problem.waived]

    @property
    def waived(self) -> list[Problem]:
        """What somebody has waived."""
        return [problem for problem in self.found if problem.waived]


def check_named(project: Project, names: Sequence[str]) -> Checked:
    """What is found in these drafts, or, without a name, in all that are not published to the end.

    Raises ContentError where the settings of the checks cannot be used: that is wrong with no draft.
    """
    from contentkit.checks import levels_of
    from contentkit.cli.checking.examining import examined
    from contentkit.cli.tracked import tracked_with_marks

    levels_of(project.config.checks)
    named, done = (list(names), []) if names else parted(project)
    found = tracked_with_marks(project)
    drafts: list[Draft] = []
    unreadable = []
    for name in named:
        try:
            [draft] = drafts_named(project, [name])
            found += examined(project, draft, *entries_of(project, draft.path))
            drafts.append(draft)
        except ContentError as error:
            # One draft that cannot be read must not hide what is wrong with the others.
            unreadable.append((name, error))
    return Checked(
        named=len(named),
        drafts=tuple(drafts),
        found=tuple(dict.fromkeys(found)),
        unreadable=tuple(unreadable),
        done=tuple(done),
    )


def entries_of(project: Project, path: str) -> list[Entry]:
    """The entries of a draft; none where the calendar cannot be read, which is for others to say."""
    try:
        return [entry for entry in project.calendar.entries if entry.draft == path]
    except ContentError:
        return []


def parted(project: Project) -> tuple[list[str], list[str]]:
    """The project's drafts: those to check, and those of which all entries are published, as the receipts say."""
    from contentkit.cli.approving.strangers import is_out
    from contentkit.publishing.receipts import read_receipts

    try:
        receipts = read_receipts(project.root)
    except ContentError:
        receipts = {}
    open_drafts: list[str] = []
    done: list[str] = []
    for path in project.drafts():
        entries = entries_of(project, path)
        is_done = all(is_out(receipts, entry.id, account) for entry in entries for account in entry.accounts)
        (done if entries and is_done else open_drafts).append(path)
    return open_drafts, done
