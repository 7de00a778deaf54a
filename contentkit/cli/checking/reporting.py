"""The findings in the form that was asked for: for a person, for a program, for those who review a pull request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contentkit.cli.checking.gathering import Checked
from contentkit.cli.output import is_terminal, say, show, show_json, show_lines
from contentkit.cli.project import Project
from contentkit.models import Problem


def show_text(project: Project, checked: Checked, waived: Sequence[Problem]) -> None:  # noqa: ARG001 - all forms are asked alike
    """What a person reads: in a terminal by draft and post, in a pipe a line for each finding as compilers write it."""
    from contentkit.cli.main import report
    from contentkit.views.problems import problem_lines, problems_view

    told = [*checked.problems, *waived]
    if is_terminal():
        show(problems_view(told))
    else:
        show_lines(*problem_lines(told))
    say(*(f"{name}: published already, not checked" for name in checked.done))
    if checked.named or not checked.done:
        say(_summary(checked) if checked.named else "There is no draft yet.")
    for _, trouble in checked.unreadable:
        report(trouble)


def _show_json(project: Project, checked: Checked, waived: Sequence[Problem]) -> None:  # noqa: ARG001
    show_json([*_all_of(checked), *waived])


def _show_annotations(project: Project, checked: Checked, waived: Sequence[Problem]) -> None:  # noqa: ARG001 - nobody is to act on it
    from contentkit.views.annotations import annotation_lines

    show_lines(*annotation_lines(_all_of(checked), _prefix(project)))


def _show_code_quality(project: Project, checked: Checked, waived: Sequence[Problem]) -> None:  # noqa: ARG001
    from contentkit.views.code_quality import code_quality

    show_json(code_quality(_all_of(checked), _prefix(project)))


def _show_sarif(project: Project, checked: Checked, waived: Sequence[Problem]) -> None:
    from contentkit.checks.catalogue import catalogue
    from contentkit.views.sarif import sarif

    show_json(sarif([*_all_of(checked), *waived], catalogue(), _prefix(project)))


# Each is given what was checked, and of what was waived as much as is to be told.
FORMS: Mapping[str, Callable[[Project, Checked, Sequence[Problem]], None]] = {
    "text": show_text,
    "json": _show_json,
    "github": _show_annotations,
    "gitlab": _show_code_quality,
    "sarif": _show_sarif,
}


def _all_of(checked: Checked) -> list[Problem]:
    """What programs are told: beside the findings, which drafts could not be read."""
    from contentkit.checks import unreadable

    return [*(unreadable(name, error) for name, error in checked.unreadable), *checked.problems]


def _prefix(project: Project) -> str:
    """The way from the root of the repository to the project, with its last slash; empty where they are the same."""
    from contentkit.cli.git import repository_of

    root = project.root.resolve()
    repository = repository_of(root)
    within = root.relative_to(repository).as_posix() if repository else "."
    return "" if within == "." else f"{within}/"


def _summary(checked: Checked) -> str:
    """``2 drafts: 1 warning; 1 could not be checked``: of what was not looked at, nobody may read that it is fine."""
    from contentkit.views.problems import tally

    count = f"{checked.named} draft{'' if checked.named == 1 else 's'}"
    if not checked.unreadable:
        return f"{count}: {tally(checked.problems)}{_mendable(checked.problems)}"
    known = f"{tally(checked.problems)}; " if _counts(checked.problems) else ""
    return f"{count}: {known}{len(checked.unreadable)} could not be checked"


def _mendable(problems: Sequence[Problem]) -> str:
    count = sum(problem.fix is not None for problem in problems)
    return f"; 'contentkit check --fix' mends {count}" if count else ""


def _counts(problems: Sequence[Problem]) -> bool:
    from contentkit.models import counted

    return bool(counted(problems))
