"""``check --fix``: mends the drafts where no judgement is needed, and shows what it changed."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence

from contentkit.cli.anchoring import anchored
from contentkit.cli.checking.gathering import Checked
from contentkit.cli.drafting.approved import approved_now, refuse_published, tell_void
from contentkit.cli.drafting.sheets import sheet_at
from contentkit.cli.output import is_terminal, say, show, show_lines
from contentkit.cli.project import Project
from contentkit.drafts.edit import sheet_of
from contentkit.drafts.mending import diff_lines, edits_for, mended
from contentkit.errors import ContentError, UsageError
from contentkit.files import replace_file
from contentkit.models import Draft, Problem
from contentkit.values import dataclass

# A draft that holds what nobody may repeat is not shown, not as a difference either.
_NEVER_SHOWN = frozenset(("CK303", "CK304", "CK307"))
# Lines that are not where the evidence points may only have moved.
_MAY_HAVE_MOVED = frozenset(("CK103", "CK104"))


@dataclass(frozen=True, kw_only=True)
class Mend:
    """A draft's file as it is and as it would be; ``count`` is in how many places it differs."""

    path: str
    data: bytes
    before: str
    after: str
    count: int


def mends_of(project: Project, checked: Checked) -> Iterator[Mend]:
    """What can be mended in these drafts; says which of them are left alone, and why."""
    for draft in checked.drafts:
        problems = [problem for problem in checked.problems if problem.where.path == draft.path]
        if not any(problem.fix is not None or problem.check in _MAY_HAVE_MOVED for problem in problems):
            continue
        try:
            refuse_published(project, draft.path)
            if one := _mend(project, draft, problems):
                yield one
        except (ContentError, UsageError) as error:
            say(f"{error.message}: left as it is")


def without_approved(project: Project, mends: Iterable[Mend]) -> Iterator[Mend]:
    """Those of drafts that nobody has approved as they are; says which others there are."""
    for one in mends:
        if approved := approved_now(project, one.path):
            command = f"contentkit check --fix --yes {shlex.quote(one.path)}"
            say(f"{one.path}: left as it is, because {', '.join(approved)} is approved just so. To mend it: {command}")
        else:
            yield one


def show_mends(mends: Sequence[Mend]) -> None:
    """Shows what would be changed, as a patch."""
    from contentkit.views.patches import patch_view

    lines = [line for one in mends for line in diff_lines(one.path, one.before, one.after)]
    if is_terminal() and lines:
        show(patch_view(lines))
    else:
        show_lines(*lines)


def write_mends(project: Project, mends: Sequence[Mend]) -> None:
    """Puts the mended drafts in the place of the old ones, and says which approvals are void by it.

    Raises ContentError for one that somebody edited meanwhile.
    """
    for one in mends:
        approved = approved_now(project, one.path)
        replace_file(project.root / one.path, one.after.encode(), one.data)
        tell_void(project, approved)


def counted(mends: Sequence[Mend]) -> str:
    """``3 places in 2 drafts``."""
    places, drafts = sum(one.count for one in mends), len(mends)
    return f"{places} place{'' if places == 1 else 's'} in {drafts} draft{'' if drafts == 1 else 's'}"


def _mend(project: Project, draft: Draft, problems: Sequence[Problem]) -> Mend | None:
    """What can be mended in one draft; None where nothing can. Raises ContentError."""
    if any(problem.check in _NEVER_SHOWN for problem in problems):
        raise ContentError(f"{draft.path}: holds what nobody may repeat")
    data, sheet = sheet_at(project, draft.path)
    edits = edits_for(sheet, problems)
    words = sheet_of(mended(sheet, edits), draft.path) if edits else sheet
    after, moves = anchored(project, draft, words)
    count = len(edits) + len(moves)
    return Mend(path=draft.path, data=data, before=sheet.text, after=after.text, count=count) if count else None
