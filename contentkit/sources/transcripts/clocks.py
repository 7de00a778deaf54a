"""Times and dates as programs write them beside somebody's words. Patterns only: none of them matches a line end."""

from __future__ import annotations

from contentkit.patterns import regex

# 0:12, 00:12, 01:02:03.250, 00:12,5
ELAPSED = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
# 0:0:3.540, 0:1:12.0: the older captions of Teams
UNPADDED = r"\d{1,3}:\d{1,2}:\d{1,2}[.,]\d{1,3}"
# 10:32, 10:32:11, 10:32 AM, 10:32 p. m. (with the narrow spaces of phones)
WALL = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[ \u00a0\u202f]?[Mm]\b\.?)?"
_MONTH = r"(?:[^\W\d_]{3,12}\.?)"
_WEEKDAY = r"(?:[^\W\d_]{3,12},?[ ])?"
# 04/03/25, 2025-03-04, 4.3.2025, 04-Mar-25, Mar 4, 2025, 4 de marzo de 2025, Today, Tue, Yesterday
DATE = (
    rf"(?:{_WEEKDAY}(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\.?|\d{{1,2}}-{_MONTH}-\d{{2,4}}"
    rf"|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ ]\d{{4}})?|\d{{1,2}}\.?[ ](?:de[ ])?{_MONTH}(?:[ ](?:de[ ])?\d{{4}})?)"
    r"|[^\W\d_]{3,12})"
)
WHEN = rf"(?:{DATE}(?:[ ,]{{1,2}}|[ ](?:at|um|a[ ]las|à|klo)[ ]|T))?{WALL}"

_PARTS = regex(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?")


def seconds_of(clock: str) -> float:
    """``01:02:03.250`` in seconds; zero for what is no elapsed time."""
    parts = _PARTS.fullmatch(clock)
    if not parts:
        return 0.0
    hours, minutes, seconds, fraction = (parts[number] or "0" for number in range(1, 5))
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")
