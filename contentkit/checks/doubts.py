"""What a source says of "off the record" without a clear mark: nobody can know how far it was meant to reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contentkit.checks.findings import Finding, warning
from contentkit.models import Source

_MOST_LINES = 8


def check_doubts(sources: Mapping[str, Source]) -> Iterator[Finding]:
    """CK308, one for each source: a talk about records may have many such lines, and one waiver names the source."""
    for name, source in sources.items():
        if source.doubts:
            yield warning(
                "CK308",
                f"{name} leaves open what is off the record: {_lines(source)}",
                words=name,
                remedy="mark what is off the record in the source; or read these lines, and waive it below the first post",
                holds=True,
            )


def _lines(source: Source) -> str:
    numbers = ", ".join(map(str, source.doubts[:_MOST_LINES]))
    more = len(source.doubts) - _MOST_LINES
    return f"line{'' if len(source.doubts) == 1 else 's'} {numbers}{f' and {more} more' if more > 0 else ''}"
