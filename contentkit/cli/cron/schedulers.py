"""What can start commands on a machine: cron, systemd, launchd; and which of them is the one to use here."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Protocol

from contentkit.cli.cron.crontab import Crontab
from contentkit.cli.cron.jobs import Timetable
from contentkit.cli.cron.launchd import Launchd
from contentkit.cli.cron.systemd import Systemd
from contentkit.errors import StateError, UsageError
from contentkit.strict_yaml import nearest


class Scheduler(Protocol):
    """Starts the jobs of a timetable. What it keeps of them are texts by name: the path of a file, or ``crontab``.

    Everything but ``why_not`` raises StateError when a program or file of the machine does not do as it should.
    """

    name: str

    def why_not(self, timetable: Timetable) -> str:
        """Why it cannot be used on this machine; empty when it can."""

    def wanted(self, timetable: Timetable) -> dict[str, str]:
        """What ``install`` would write."""

    def found(self, timetable: Timetable) -> dict[str, str]:
        """What is there of this project's, whoever wrote it."""

    def rhythm(self, found: Mapping[str, str]) -> int:
        """How many minutes are between two starts of ``post`` in what was found; 1 where that does not tell."""

    def install(self, timetable: Timetable) -> None:
        """Writes what is wanted in the place of what is there, and sees to it that it is obeyed from now on."""

    def uninstall(self, timetable: Timetable) -> None:
        """Takes out what is there of this project's, and nothing else."""

    def advice(self, timetable: Timetable) -> list[str]:
        """What somebody should know who has it installed."""


def all_schedulers() -> tuple[Scheduler, ...]:
    """In the order in which they are preferred where several can be used."""
    return (Launchd(), Systemd(), Crontab()) if sys.platform == "darwin" else (Systemd(), Crontab(), Launchd())


def usable(timetable: Timetable) -> list[Scheduler]:
    """Those that this machine has."""
    return [one for one in all_schedulers() if not one.why_not(timetable)]


def named(name: str, timetable: Timetable) -> Scheduler:
    """The scheduler of this name. Raises UsageError when there is none, StateError when it cannot be used here."""
    found = next((one for one in all_schedulers() if one.name == name), None)
    if found is None:
        names = [one.name for one in all_schedulers()]
        raise UsageError(f"--with {name}: is none of {', '.join(sorted(names))}", hint=nearest(name, names))
    if why := found.why_not(timetable):
        raise StateError(f"{name} cannot be used here: {why}", hint="choose another with --with")
    return found


def best(timetable: Timetable) -> Scheduler:
    """The first that can be used here. Raises StateError, with every reason, when none can."""
    found = usable(timetable)
    if not found:
        why = "; ".join(one.why_not(timetable) for one in all_schedulers())
        raise StateError(f"nothing here can start contentkit each minute: {why}", hint="install cron")
    return found[0]
