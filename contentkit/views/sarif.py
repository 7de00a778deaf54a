"""Findings as SARIF 2.1.0, which GitHub's code scanning, editors and other programs read.

Paths are told from the root of the repository, which whoever reads the report knows; no folder of this machine is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from contentkit import __version__
from contentkit.models import Problem, Severity, Spot
from contentkit.text import in_one_line
from contentkit.views.fingerprints import fingerprints

if TYPE_CHECKING:
    from contentkit.checks.catalogue import Check

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "information": "note"}


def sarif(problems: Sequence[Problem], catalogue: Mapping[str, Check], prefix: str = "") -> dict[str, object]:
    """The log, as JSON has it: one run with all rules, which tell what was looked for, and a result for each finding.

    What was waived is told as suppressed, with who waived it and why. ``prefix`` leads from the repository's root to the
    project, with its last slash.
    """
    rules = list(catalogue)
    driver = {
        "name": "contentkit",
        "semanticVersion": __version__,
        "rules": [_rule(check) for check in catalogue.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": [_result(problem, rules, prefix, made) for problem, made in fingerprints(problems)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: Check) -> dict[str, object]:
    about = f"{check.why} {check.mend}".strip() or check.finds
    return {
        "id": check.id,
        "shortDescription": {"text": check.finds},
        "fullDescription": {"text": check.why or check.finds},
        "help": {"text": about},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _result(problem: Problem, rules: Sequence[str], prefix: str, fingerprint: str) -> dict[str, object]:
    remedy = f"\n{in_one_line(problem.remedy)}" if problem.remedy else ""
    return {
        "ruleId": problem.check,
        "ruleIndex": rules.index(problem.check),
        "level": _LEVELS[problem.severity],
        "message": {"text": in_one_line(problem.message) + remedy},
        "locations": [{"physicalLocation": _place(problem.where, prefix)}],
        "partialFingerprints": {"contentkit/v1": fingerprint},
        # Every result says whether it is suppressed, or none may.
        "suppressions": _suppressions(problem),
    }


def _place(spot: Spot, prefix: str) -> dict[str, object]:
    artifact = {"uri": quote((prefix + spot.path).encode(errors="surrogateescape")), "uriBaseId": _ROOT}
    return {"artifactLocation": artifact} | ({"region": _region(spot)} if spot.line else {})


def _region(spot: Spot) -> dict[str, int]:
    if not spot.column:
        return {"startLine": spot.line}
    return {
        "startLine": spot.line,
        "startColumn": spot.column,
        "endLine": spot.end_line,
        "endColumn": spot.end_column,
    }


def _suppressions(problem: Problem) -> list[dict[str, str]]:
    waiver = problem.waived
    return [{"kind": "inSource", "justification": f"{waiver.by}: {waiver.reason}"}] if waiver else []
