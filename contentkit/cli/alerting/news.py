"""What an alert or a line of the log tells: facts of a run, without the words of any post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from contentkit.publishing.outcomes import Outcome
from contentkit.stamps import stamped
from contentkit.text import one_line
from contentkit.values import dataclass

_LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class News:
    """One fact. ``kind`` is an outcome's, or ``failed`` (the whole run) or ``recovered``; ``part`` counts from 0.

    ``words`` say it in one line. ``at`` is a stamp in UTC.
    """

    at: str
    kind: str
    words: str
    entry: str = ""
    account: str = ""
    part: int = 0
    parts: int = 0
    url: str = ""
    reason: str = ""


def news_of(outcomes: Iterable[Outcome], now: datetime) -> list[News]:
    """The outcomes of a run as facts. What a fault of ours says beside its name may quote anything: it is left out."""
    return [_of(outcome, stamped(now)) for outcome in outcomes]


def alarming(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those that ``post`` ends with another exit code than 0 for."""
    return [one for one in outcomes if one.needs_person or one.kind in ("trouble", "fault")]


def failed(why: str, now: datetime) -> News:
    """A run that ended with this error."""
    reason = one_line(why, _LONGEST)
    return News(at=stamped(now), kind="failed", words=f"contentkit post: {reason}", reason=reason)


def trial(now: datetime) -> News:
    """What a person sends to see whether alerts arrive."""
    return News(at=stamped(now), kind="test", words="a test: alerts arrive")


def recovered(account: str, now: datetime) -> News:
    """What was told to be in trouble works again: an account, or the runs as a whole, which have no name."""
    words = f"{account or 'contentkit post'}: works again"
    return News(at=stamped(now), kind="recovered", account=account, words=words)


def _of(outcome: Outcome, at: str) -> News:
    from contentkit.views.outcomes import outcome_lines

    reason = one_line(outcome.reason.partition(":")[0] if outcome.kind == "fault" else outcome.reason, _LONGEST)
    [line] = outcome_lines([replace(outcome, text="", reason=reason)])
    return News(
        at=at,
        kind=outcome.kind,
        words=line.strip(),
        entry=outcome.entry,
        account=outcome.account,
        part=outcome.part,
        parts=outcome.parts,
        url=outcome.url,
        reason=reason,
    )
