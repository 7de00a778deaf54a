"""What a publishing run did, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.publishing.outcomes import Outcome
from contentkit.text import one_line

_WORDS = {
    "sent": "sent",
    "found": "sent (found by looking)",
    "held": "HELD",
    "unknown": "UNKNOWN, may have been published",
    "skipped": "skipped",
    "edited": "edited",
    "deleted": "deleted",
    "moved": "not sent",
    "doubled": "DOUBLED",
    "altered": "ALTERED by the network",
    "trouble": "waits",
    "paused": "PAUSED",
    "unapproved": "NOT PUBLISHED",
    "rival": "ANOTHER PUBLISHER",
    "expiring": "EXPIRES SOON",
    "expired": "EXPIRED",
    "fault": "a fault of contentkit, please report it",
}


def outcome_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """The lines of a run, in the order in which things happened."""
    return [_line(outcome) for outcome in outcomes]


def _line(outcome: Outcome) -> str:
    part = f" {outcome.part + 1}/{outcome.parts}" if outcome.parts else ""
    where = f"{outcome.entry}{part} on {outcome.account}" if outcome.entry else outcome.account
    tail = outcome.url or outcome.reason
    if outcome.url and outcome.url in outcome.reason:
        tail = outcome.reason
    elif outcome.url and outcome.reason:
        tail = f"{outcome.reason}: {outcome.url}"
    words = f"{where}: {_WORDS[outcome.kind]}" + (f": {tail}" if tail else "")
    if outcome.kind == "fault":
        return f"{words}\n{outcome.text}"
    if outcome.live:
        return f"{words}\n    {outcome.part} of {outcome.parts} out: {outcome.live}"
    return words + (f"\n    {one_line(outcome.text, 72)}" if outcome.kind in ("sent", "found", "edited") else "")
