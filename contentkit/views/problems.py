"""Findings as a person reads them: where, how bad, what, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from contentkit.models import Problem
from contentkit.text import in_one_line, printable

if TYPE_CHECKING:
    from rich.console import Group

_STYLES = {"error": "bold red", "warning": "yellow", "information": "dim"}


def problems_view(problems: Sequence[Problem]) -> Group:
    """One finding a paragraph."""
    from rich.console import Group
    from rich.text import Text

    blocks = []
    for problem in problems:
        text = Text()
        text.append(f"{in_one_line(problem.place)}: ")
        text.append(f"{problem.severity} {problem.check}", style=_STYLES[problem.severity])
        text.append(f": {printable(problem.message)}")
        if problem.remedy:
            text.append(f"\n    {in_one_line(problem.remedy)}", style="dim")
        blocks.append(text)
    return Group(*blocks)


def problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """The same for a pipe, as compilers write it."""
    for problem in problems:
        remedy = f" ({problem.remedy})" if problem.remedy else ""
        place = in_one_line(problem.place)
        yield " ".join(f"{place}: {problem.severity} {problem.check}: {problem.message}{remedy}".split())


def tally(problems: Sequence[Problem]) -> str:
    """``2 errors, 1 warning``. What is only information is no problem."""
    counts = [
        (sum(problem.severity == severity for problem in problems), severity) for severity in ("error", "warning")
    ]
    return (
        ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counts if count)
        or "no problems"
    )
