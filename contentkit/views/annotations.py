"""Findings as annotations of GitHub Actions: commands that the runner reads from the output of a step.

The runner takes ``%``, line ends and, within the properties, colons and commas for marks of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.models import Problem
from contentkit.text import in_one_line

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def annotation_lines(problems: Sequence[Problem], prefix: str = "") -> Iterator[str]:
    """One command for each finding. ``prefix`` leads from the repository's root to the project, with its last slash."""
    for problem in problems:
        said = ",".join(f"{key}={value.translate(_IN_PROPERTY)}" for key, value in _properties(problem, prefix))
        message = in_one_line(problem.message) + (f"\n{in_one_line(problem.remedy)}" if problem.remedy else "")
        yield f"::{_COMMANDS[problem.severity]} {said}::{message.translate(_IN_DATA)}"


def _properties(problem: Problem, prefix: str) -> Iterator[tuple[str, str]]:
    spot = problem.where
    yield "file", in_one_line(prefix + spot.path)
    if spot.line:
        yield "line", str(spot.line)
        yield "endLine", str(spot.end_line or spot.line)
    # Columns are taken on one line only.
    if spot.column and spot.line == spot.end_line:
        yield "col", str(spot.column)
        yield "endColumn", str(spot.end_column)
    yield "title", problem.check
