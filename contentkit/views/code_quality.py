"""Findings as GitLab shows them beside a merge request: a report of code quality."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.models import Problem
from contentkit.text import in_one_line
from contentkit.views.fingerprints import fingerprints

_SEVERITIES = {"error": "critical", "warning": "minor", "information": "info"}


def code_quality(problems: Sequence[Problem], prefix: str = "") -> list[dict[str, object]]:
    """The report, as JSON has it. ``prefix`` leads from the repository's root to the project, with its last slash."""
    return [
        {
            "description": _description(problem),
            "check_name": problem.check,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[problem.severity],
            # A finding without a line would not be shown at all.
            "location": {"path": prefix + problem.where.path, "lines": {"begin": problem.where.line or 1}},
        }
        for problem, fingerprint in fingerprints(problems)
    ]


def _description(problem: Problem) -> str:
    remedy = f" ({in_one_line(problem.remedy)})" if problem.remedy else ""
    return f"{problem.check}: {in_one_line(problem.message)}{remedy}"
