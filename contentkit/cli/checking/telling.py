"""What ``check --changed`` prints: in a terminal, in the log of a CI server, for programs, and as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from contentkit.cli.checking.changed import Changed
from contentkit.cli.checking.reporting import FORMS
from contentkit.cli.output import is_terminal, say, show, show_json, show_lines
from contentkit.cli.project import Project
from contentkit.models import Problem

_COMMIT = 12


def tell(project: Project, changed: Changed, waived: Sequence[Problem], form: str) -> None:
    """Shows it in one of the forms of ``check``; programs that know findings alone are told of what is new."""
    own = _OWN.get(form)
    if own:
        own(project, changed, waived)
    else:
        FORMS[form](project, changed.checked, waived)


def _tell_text(project: Project, changed: Changed, waived: Sequence[Problem]) -> None:  # noqa: ARG001 - all forms are asked alike
    from contentkit.text import one_line
    from contentkit.views.changes import change_lines, changes_view, for_logs
    from contentkit.views.problems import problem_lines, problems_view, tally

    told = [*changed.checked.problems, *waived]
    say(f"Against {one_line(changed.base, 80)} ({changed.commit[:_COMMIT]}): {_counted(changed)}")
    if changed.trouble:
        say(f"There it cannot be read, so all is taken for new: {one_line(changed.trouble, 300)}")
    if is_terminal():
        show(changes_view(changed.items, _width()))
        show(problems_view(told))
    else:
        lines = (line for item in changed.items for line in (*change_lines(item), ""))
        show_lines(*(for_logs(line) for line in (*lines, *problem_lines(told))))
    say(*(for_logs(f"{name}: published already, not checked") for name in changed.checked.done))
    say(f"{tally(changed.checked.problems)}{_before(changed)}")


def _tell_json(project: Project, changed: Changed, waived: Sequence[Problem]) -> None:  # noqa: ARG001
    from contentkit.views.changes import plain

    show_json(
        {
            "base": changed.base,
            "commit": changed.commit,
            "items": [plain(item) for item in changed.items],
            "findings": [*changed.checked.problems, *waived],
            "known": changed.known,
            "mended": changed.mended,
        }
    )


_OWN: Mapping[str, Callable[[Project, Changed, Sequence[Problem]], None]] = {"text": _tell_text, "json": _tell_json}


def _counted(changed: Changed) -> str:
    entries = sum(item.entry is not None for item in changed.items)
    drafts = len(changed.items) - entries
    told = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in ((entries, "entry", "entries"), (drafts, "draft without one", "drafts without one"))
        if count
    ]
    return " and ".join(told) + " differ" if told else "nothing that is published differs"


def _before(changed: Changed) -> str:
    """What is not this branch's doing, and what it did away with."""
    known = len(changed.known)
    were = (
        f"; {known} {'was' if known == 1 else 'were'} there before and {'is' if known == 1 else 'are'} not told"
        if known
        else ""
    )
    return f"{were}; {changed.mended} mended" if changed.mended else were


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def write_page(project: Project, changed: Changed, name: str) -> None:
    """Writes one page of all threads that are touched. Raises ContentError as ``page_of`` does; then none is written."""
    from contentkit.cli.page import page_of
    from contentkit.cli.page_file import put
    from contentkit.cli.subjects import Subject
    from contentkit.clock import SystemClock
    from contentkit.views.page import MARKER

    subjects = []
    for item in changed.items:
        previews = tuple(thread.preview for thread in item.threads)
        if previews and not item.withheld:
            draft = project.draft(item.draft)
            subjects.append(Subject(draft=draft, entry=item.entry, pictures=previews[0].pictures, previews=previews))
    if not subjects:
        say(f"{name}: not written, because no thread differs")
        return
    put(Path(name), page_of(project, subjects, SystemClock()).encode(), MARKER, "--html")
    say(f"{name}: the threads as they will look")
