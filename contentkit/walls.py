"""From a clock on a wall to an instant, by the rules of the zone as they are on the day this runs.

What people wrote and approved is the wall clock and the name of its zone. The instant is worked out late: zones change their
rules, sometimes within weeks, and a post is meant for half past nine on the wall whatever a government decides meanwhile.

* A wall time that the clocks skip moves forward by the gap: 02:30 on the night that 02:00 becomes 03:00 is 03:30.
* A wall time that the clocks show twice is its first occurrence.

Both are what RFC 5545 (section 3.3.5) says of calendars.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, tzinfo
from zoneinfo import TZPATH, ZoneInfo


def instant_at(wall: datetime, zone: tzinfo) -> datetime:
    """The instant at which a clock in ``zone`` shows ``wall`` (naive); aware, in ``zone``."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def rules_of(zone: str) -> list[str]:
    """The files in which the rules of the zone of this name are looked for here, down to the first that is there."""
    looked = [os.path.join(folder, zone) for folder in TZPATH]  # noqa: PTH118 - paths to be looked at, as zoneinfo does
    found = next((number for number, path in enumerate(looked, 1) if os.path.isfile(path)), 0)  # noqa: PTH113
    if found:
        return looked[:found]
    from importlib.util import find_spec

    package = find_spec("tzdata")
    folders = package.submodule_search_locations if package else None
    return [*looked, *(os.path.join(folder, "zoneinfo", zone) for folder in folders or ())]  # noqa: PTH118


def instant_of(wall: str, zone: str) -> datetime:
    """The instant of an entry's ``wall`` (ISO, with an offset only where somebody wrote one) in the zone of this name.

    Aware, in that zone. Raises ValueError for a wall that is none, and KeyError for a zone that this machine does not know.
    """
    moment, place = datetime.fromisoformat(wall), ZoneInfo(zone)
    return moment.astimezone(place) if moment.tzinfo else instant_at(moment, place)
