"""What the beginning of a file shows of its format, and how long a transcript may be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from contentkit.errors import ContentError

# So many lines with words tell a format.
_ENOUGH = 400
_LONGEST_FRONT_MATTER = 400
# Eight hours of captions that roll up, as YouTube writes them.
_MOST_LINES = 150_000


def below_front_matter(lines: Sequence[str]) -> int:
    """The index of the first line below the front matter, if there is one."""
    fence = lines[0].strip() if lines else ""
    if fence in ("---", "+++"):
        for index, line in enumerate(islice(lines, 1, _LONGEST_FRONT_MATTER), 1):
            if line.rstrip() == fence:
                return index + 1
    return 0


def first_said(lines: Sequence[str]) -> list[str]:
    """The first lines below the front matter that are not blank."""
    below = islice(lines, below_front_matter(lines), None)
    return list(islice((line for line in below if line.strip()), _ENOUGH))


def is_endless(lines: Sequence[str]) -> bool:
    """Whether there are more lines than any transcript has."""
    return len(lines) > _MOST_LINES


def refuse_endless(lines: Sequence[str], name: str) -> None:
    """Raises ContentError for more lines than any transcript has."""
    if is_endless(lines):
        raise ContentError(
            f"{name}: {len(lines):,} lines are more than a transcript has", hint="split it, or take the part you need"
        )
