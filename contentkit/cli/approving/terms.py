"""What an approval is bound to beside the entry, its draft and its sources: slots of the calendar."""

from __future__ import annotations

from contentkit.calendar.entries import Calendar
from contentkit.calendar.times import DAYS
from contentkit.manifests import SlotRule
from contentkit.models import Entry


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
