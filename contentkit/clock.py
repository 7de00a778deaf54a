"""The time, as an argument. Only the command line makes a real clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """What the publisher needs of time.

    ``now`` is aware (UTC) and may jump. ``uptime`` is seconds that never jump within one ``boot``, counted through
    sleep where the system can; a wait must be measured with it, because a set clock would end it early.
    """

    def now(self) -> datetime: ...

    def uptime(self) -> float: ...

    def boot(self) -> str: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """This machine's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def uptime(self) -> float:
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boottime is None else time.clock_gettime(boottime)

    def boot(self) -> str:
        return _this_boot()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@cache
def _this_boot() -> str:
    """Read once: no program lives through a boot."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""  # only Linux names its boots; elsewhere an uptime that went back tells
