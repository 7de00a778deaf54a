"""Dates in headers."""

from __future__ import annotations

from datetime import UTC, datetime

from contentkit.patterns import regex

# Nearly every server writes them so, and to load the library that reads all other forms takes longer than to send a post.
_USUAL = regex(r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def http_date(words: str) -> datetime | None:
    """The moment that a header tells, aware and in UTC; None where it tells none."""
    usual = _USUAL.fullmatch(words)
    try:
        if usual and usual[2] in _MONTHS:
            day, year, hour, minute, second = (int(usual[number]) for number in (1, 3, 4, 5, 6))
            return datetime(year, _MONTHS.index(usual[2]) + 1, day, hour, minute, second, tzinfo=UTC)
        return _unusual(words) if words else None
    except (ValueError, TypeError, OverflowError):
        return None


def _unusual(words: str) -> datetime:
    from email.utils import parsedate_to_datetime

    told = parsedate_to_datetime(words)
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
