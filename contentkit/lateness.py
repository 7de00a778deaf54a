"""What happens to an entry that is late, as calendars and settings write it."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from contentkit.errors import ContentError
from contentkit.models import Lateness
from contentkit.patterns import regex
from contentkit.text import one_line

_WITHIN = regex(r"post within (?P<count>[1-9][0-9]{0,3}) ?(?P<unit>[mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@lru_cache(maxsize=64)  # ten thousand entries say the same few
def read_lateness(words: str) -> Lateness:
    """What ``late`` says: ``post within 6h`` (or 90m, 2d), ``next slot``, ``hold``. Raises ContentError, placeless."""
    if words == "next slot":
        return Lateness(policy="next slot")
    if words == "hold":
        return Lateness(policy="hold")
    if match := _WITHIN.fullmatch(words):
        return Lateness(within=int(match["count"]) * _UNITS[match["unit"]])
    raise ContentError(
        f"cannot read the lateness '{one_line(words, 60)}'",
        hint="write 'post within 6h' (or 90m, 2d), 'next slot', or 'hold'",
    )
