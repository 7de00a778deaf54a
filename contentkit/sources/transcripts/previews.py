"""What a chat shows of a page that somebody linked to: the name of the site, its title, the beginning of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from contentkit.text import urls_in

# Slack copies a picture's name and the words beside it: "Windmill blogWindmill blog".
_TWICE = re.compile(r"(?P<site>\S.{1,80})(?P=site)")
_LONGEST = 200


def preview_row(lines: Sequence[str], first: int, end: int) -> int:
    """The row among ``first`` up to ``end`` from which on nobody speaks, because a linked page does; ``end`` without one."""
    hosts: set[str] = set()
    for row in range(first, end):
        line = lines[row].strip()
        if hosts and len(line) <= _LONGEST and (line.removeprefix("www.") in hosts or _TWICE.fullmatch(line)):
            return row
        hosts |= _hosts_in(line)
    return end


def _hosts_in(line: str) -> set[str]:
    if "://" not in line:
        return set()
    found = set()
    for start, stop in urls_in(line):
        try:
            found.add((urlsplit(line[start:stop]).hostname or "").removeprefix("www."))
        except ValueError:
            continue
    return found - {""}
