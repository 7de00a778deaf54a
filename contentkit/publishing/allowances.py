"""What a network still takes before its window ends, as it said with the last post: no thread is begun that could not end.

It is known for posts alone, because networks count reading apart; and it is kept in the journal, because a run is short.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime

from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.lane import Lane
from contentkit.publishing.publications import State, Thread
from contentkit.stamps import moment_if_any, stamped_finely
from contentkit.values import dataclass

# With more than this left nothing is written down: no thread is so long.
_PLENTY = 50


@dataclass(frozen=True, kw_only=True)
class _Told:
    """``left`` posts until a moment, a stamp. ``lies`` when the network took one more than it said."""

    left: int
    until: str
    lies: bool = False

    def holds_at(self, now: datetime) -> bool:
        until = moment_if_any(self.until)
        return until is not None and now < until


def remember(lane: Lane) -> None:
    """Notes what the network said with the answer to a post that it took."""
    allowance, known, now = lane.connection().allowance(), _known(lane.journal).get(lane.name), lane.clock.now()
    if allowance is None:
        return
    told = _Told(left=allowance.left, until=stamped_finely(now + allowance.wait))
    if known is not None and known.left <= 0 and told.left <= 0 and (known.lies or known.holds_at(now)):
        told = replace(told, lies=True)
    if told != known and (known is not None or told.left < _PLENTY):
        _keep(lane.journal, lane.name, told)


def remember_refusal(lane: Lane, until: datetime) -> None:
    """Notes that the network took a post not at all, and asked us to come back then."""
    _keep(lane.journal, lane.name, _Told(left=0, until=stamped_finely(until)))


def why_too_few(lane: Lane, thread: Thread) -> tuple[str, datetime] | None:
    """Why a thread of several parts waits for the network's next window, and until when; None when it need not.

    One part alone is just tried: the network takes it or says that it did not.
    """
    parts = sum(row.state is State.PLANNED for row in thread.rows)
    known = _known(lane.journal).get(lane.name)
    if thread.started or parts < 2 or known is None or known.lies or known.left >= parts:
        return None
    until = moment_if_any(known.until)
    if until is None or until <= lane.clock.now():
        return None
    return f"the network takes {known.left} of these {parts} posts before {until:%H:%M} UTC", until


def closed_until(journal: Journal, account: str, now: datetime) -> datetime | None:
    """Until when the network takes nothing more from this account, as it said itself; None where it takes something."""
    told = _known(journal).get(account)
    if told is None or told.left > 0 or told.lies or not told.holds_at(now):
        return None
    return moment_if_any(told.until)


def _known(journal: Journal) -> dict[str, _Told]:
    """What each account's network said last."""
    return _read(journal.known(Fact.ALLOWANCES))


def _read(words: str) -> dict[str, _Told]:
    return {name: _Told(**told) for name, told in json.loads(words).items()} if words else {}


def _keep(journal: Journal, account: str, told: _Told) -> None:
    """Beside what the networks of other accounts say at the same time."""
    journal.change(
        Fact.ALLOWANCES,
        lambda words: json.dumps({name: asdict(one) for name, one in {**_read(words), account: told}.items()}),
    )
