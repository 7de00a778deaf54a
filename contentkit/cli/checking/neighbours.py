"""The entries near an entry of a calendar, found without a look at all others for each: a branch may bring thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from functools import cached_property
from itertools import islice

from contentkit.calendar.entries import Calendar
from contentkit.calendar.obstacles import obstacles_of
from contentkit.models import Entry
from contentkit.values import dataclass

# No day of an account has more threads that anybody would tell apart, and no gap is longer.
_A_DAY, _LONGEST, _TOLD = 50, 31, 3


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """One calendar, with its entries by account and day (UTC), and by draft and account."""

    calendar: Calendar

    @cached_property
    def _by_day(self) -> Mapping[tuple[str, int], list[Entry]]:
        found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
        for entry in self.calendar.entries:
            for account in entry.accounts:
                there = found[account, entry.at.astimezone(UTC).toordinal()]
                if len(there) < _A_DAY:
                    there.append(entry)
        return found

    @cached_property
    def _by_draft(self) -> Mapping[tuple[str, str], list[Entry]]:
        """The first two of each: enough to know another one."""
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.calendar.entries:
            for account in entry.accounts:
                there = found[entry.draft, account]
                if len(there) <= 1:
                    there.append(entry)
        return found

    def twin(self, entry: Entry) -> Entry | None:
        """Another entry with the same draft on one of the same accounts; None where there is none."""
        others = (one for name in entry.accounts for one in self._by_draft.get((entry.draft, name), ()))
        return next((one for one in others if one.id != entry.id), None)

    def against(self, entry: Entry) -> list[str]:
        """What speaks against the time of an entry, in words about it: the first few."""
        near = {one.id: one for one in (*self._near(entry), entry)}
        there = replace(self.calendar, entries=tuple(near.values()))
        return [one.words for one in islice(obstacles_of(there, entry), _TOLD)]

    def _near(self, entry: Entry) -> Iterator[Entry]:
        today = entry.at.astimezone(UTC).toordinal()
        for account in entry.accounts:
            reach = min(self.calendar.gaps.get(account, timedelta()).days + 1, _LONGEST)
            for day in range(today - reach, today + reach + 1):
                yield from self._by_day.get((account, day), ())
