"""The stop switch, and for how long it stood: what waited for nothing else is not late because of it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.publishing.facts import Fact
from contentkit.stamps import moment_if_any, moment_of, stamped_finely
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.publishing.journal import Journal

# Nothing is excused for longer than a day, and a thread rarely lives longer than a week.
_MOST_KEPT = 100


@dataclass(frozen=True, kw_only=True)
class Stops:
    """When publishing stood still at a person's word: from, to, in aware UTC, one after the other."""

    spans: tuple[tuple[datetime, datetime], ...] = ()

    def within(self, since: datetime, until: datetime) -> timedelta:
        """How much of this time publishing stood still."""
        shared = (min(end, until) - max(begin, since) for begin, end in self.spans)
        return sum((span for span in shared if span > timedelta()), timedelta())


NO_STOPS = Stops()


def stop(journal: Journal, now: datetime, reason: str) -> None:
    """From now on nothing new leaves. Where it is stopped already, it stays so, and keeps its reason if there is no new one."""
    if journal.known(Fact.STOPPED_AT) and not reason:
        return
    since = moment_if_any(journal.known(Fact.STOPPED_AT)) or now
    words = f"since {since:%Y-%m-%d %H:%M} UTC" + (f": {reason}" if reason else "")
    journal.note({Fact.STOPPED: words, Fact.STOPPED_AT: stamped_finely(since)})


def start(journal: Journal, now: datetime) -> None:
    """Publishing goes on, and the journal remembers for how long it stood."""
    spans = [[stamped_finely(begin), stamped_finely(end)] for begin, end in stops_of(journal, now).spans[-_MOST_KEPT:]]
    journal.note({Fact.STOPPED: "", Fact.STOPPED_AT: "", Fact.STOPS: json.dumps(spans)})


def stops_of(journal: Journal, now: datetime) -> Stops:
    """The stops so far; one that goes on ends now."""
    spans = [(moment_of(begin), moment_of(end)) for begin, end in json.loads(journal.known(Fact.STOPS) or "[]")]
    since = moment_if_any(journal.known(Fact.STOPPED_AT))
    return Stops(spans=(*spans, (since, now)) if since and since < now else tuple(spans))
