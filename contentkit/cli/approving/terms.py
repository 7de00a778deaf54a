"""What an approval is bound to beside the entry and its draft: slots of the calendar, embargoes of the sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contentkit.calendar.entries import Calendar
from contentkit.calendar.times import DAYS
from contentkit.manifests import SlotRule
from contentkit.models import Draft, Entry, Source
from contentkit.stamps import latest_of


def slots_for(calendar: Calendar, entry: Entry) -> tuple[SlotRule, ...]:
    """The slots on which this entry may be put when it is late: its own, or every one of its accounts where it names none.

    What keeps a slot's opening free (blackouts, quiet hours, gaps, capacity) is no part of the rule: it only says which of the
    approved openings is taken.
    """
    if entry.late.policy != "next slot":
        return ()
    return tuple(
        SlotRule(
            name=slot.name,
            days=tuple(DAYS[day] for day in slot.days),
            time=slot.time.isoformat(),
            zone=slot.zone.key,
            spread=int(slot.spread.total_seconds()),
        )
        for slot in calendar.slots
        if entry.slot in ("", slot.name) and set(entry.accounts) <= set(slot.accounts)
    )


def embargo_of(draft: Draft, sources: Iterable[Source]) -> datetime | None:
    """The latest embargo on the lines that a draft cites; None where there is none, or none of their sources is here."""
    cited = [evidence for post in draft.posts for evidence in post.evidence]
    return latest_of(until for source in sources if (until := source.embargo_on(cited)))
