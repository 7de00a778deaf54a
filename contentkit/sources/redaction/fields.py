"""Marks within a front matter, whose fields have ends of their own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span

_FIELD = regex(r"[\w\"']")
_FENCES = ("---", "+++")


def within_fields(spans: Sequence[Span], lines: Sequence[str], starts: Sequence[int]) -> Iterator[Span]:
    """The spans so that a front matter is one still: what is quoted keeps the quotation mark at its end.

    A mark that reaches beyond the front matter takes all of the file.
    """
    first, last = field_rows(lines)
    begin, end = (starts[first], starts[last]) if last else (0, 0)
    for start, stop in spans:
        if not begin < start < end:
            yield start, stop
        elif stop >= end:
            yield 0, starts[-1] + len(lines[-1])
        else:
            yield start, max(start, _before_the_quote(start, stop, lines, starts))


def to_their_fields(spans: Iterable[Span], lines: Sequence[str], starts: Sequence[int]) -> Iterator[Span]:
    """The spans of marks that end with a paragraph, those within a front matter no longer than the field they begin in."""
    fields = range(*field_rows(lines))
    for start, stop in spans:
        row = bisect_right(starts, start) - 1
        if row in fields and stop < starts[fields.stop]:
            last = row
            while last + 1 < fields.stop and not _FIELD.match(lines[last + 1]) and starts[last + 1] <= stop:
                last += 1
            stop = min(stop, starts[last] + len(lines[last]))
        yield start, stop


def field_rows(lines: Sequence[str]) -> tuple[int, int]:
    """The indices of the lines that begin and end it; zeros where there is none."""
    first = next((row for row, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].rstrip()
    if fence not in _FENCES:
        return 0, 0
    return first, next((row for row in range(first + 1, len(lines)) if lines[row].rstrip() in (fence, "...")), 0)


def _before_the_quote(start: int, stop: int, lines: Sequence[str], starts: Sequence[int]) -> int:
    """Where the span ends if it would take the end of a quoted value along, and not its beginning."""
    row = bisect_right(starts, start) - 1
    line, at = lines[row], start - starts[row]
    if stop != starts[row] + len(line):
        return stop
    quote = next((sign for sign in "\"'" if line[:at].count(sign) % 2), "")
    return starts[row] + line.rindex(quote) if quote and quote in line[at:] else stop
