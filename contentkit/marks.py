"""Whether files are the ones that were looked at before, by what the system says of them and without reading them.

A mark is the size, the times of the last change of content and of anything, and the number of a file; of nothing it is ``-``.
The time of a change is as exact as the kernel's clock: two changes of the same size within one tick have one mark. So marks
are worth keeping only when no file changed just before they were taken (``are_settled``), which git does with its index.
"""

from __future__ import annotations

import os

NOTHING = "-"
_TICK = 2_000_000_000  # in nanoseconds: file systems of sticks and shares count whole seconds, some two


def mark_of(path: str | os.PathLike[str]) -> str:
    """The mark of the file, folder or link's target at ``path``; ``-`` where nothing is that could be looked at."""
    try:
        known = os.stat(path)  # noqa: PTH116 - pathlib takes as long to load as Python to start
    except OSError:
        return NOTHING
    return f"{known.st_size} {known.st_mtime_ns} {known.st_ctime_ns} {known.st_ino}"


def are_settled(marks: list[str], now: float) -> bool:
    """Whether none of the files changed within two seconds before ``now`` (seconds since 1970), or after it."""
    latest = now * 1e9 - _TICK
    return all(max(int(time) for time in mark.split()[1:3]) < latest for mark in marks if mark != NOTHING)
