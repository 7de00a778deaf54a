"""A named person's word that a finding is fine takes the finding off the list."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.checks.findings import Finding, warning
from contentkit.models import Waiver

# What nobody can take responsibility for: hidden characters, what was off the record or is under embargo, a confidential
# name, what a network would refuse.
NEVER_WAIVED = frozenset(
    ("CK301", "CK303", "CK307", "CK310", "CK311", "CK312", "CK314", "CK315", "CK316", "CK317", "CK318", "CK319")
)


def without_waived(findings: Sequence[Finding], waivers: Sequence[Waiver]) -> list[Finding]:
    """The findings that no waiver covers, and CK190 for every waiver that covers none."""
    kept = [finding for finding in findings if not any(_covers(waiver, finding) for waiver in waivers)]
    idle = [waiver for waiver in waivers if not any(_covers(waiver, finding) for finding in findings)]
    return kept + [_idle(waiver) for waiver in idle]


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if waiver.check != finding.check or waiver.check in NEVER_WAIVED:
        return False
    return not waiver.words or _plain(waiver.words) == _plain(finding.words)


def _plain(words: str) -> str:
    # A waiver stands in double quotes, so the quotation marks of a finding cannot be part of it.
    return " ".join(words.casefold().replace('"', "").replace("“", "").replace("”", "").split())


def _idle(waiver: Waiver) -> Finding:
    if waiver.check in NEVER_WAIVED:
        message = f"{waiver.check} cannot be waived"
        return warning("CK190", message, words=waiver.check, remedy="mend what it found and take the waiver out")
    named = f'{waiver.check} "{waiver.words}"' if waiver.words else waiver.check
    return warning(
        "CK190", f"the waiver of {named} by {waiver.by} matches no finding", words=named, remedy="take it out"
    )
