"""What is installed of a project, beside what would be written now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from contentkit.cli.cron.crontab import lines_by_hand
from contentkit.cli.cron.jobs import Timetable
from contentkit.cli.cron.programs import has_program
from contentkit.cli.cron.schedulers import usable
from contentkit.errors import StateError
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What one scheduler has of a project: its rhythm in minutes, and whether it would be written so now."""

    scheduler: str
    every: int
    current: bool
    pieces: Mapping[str, str]


def standings(timetable: Timetable) -> Iterator[Standing]:
    """What starts this project here. Schedulers that cannot be asked have nothing."""
    for scheduler in usable(timetable):
        with suppress(StateError):
            if pieces := scheduler.found(timetable):
                every = scheduler.rhythm(pieces)
                current = scheduler.wanted(timetable.every(every)) == pieces
                yield Standing(scheduler=scheduler.name, every=every, current=current, pieces=pieces)


def told(one: Standing) -> str:
    """One standing in a line."""
    if not one.current:
        return f"{one.scheduler}: differs from what 'contentkit cron install' would write"
    return f"{one.scheduler}: installed, each {'minute' if one.every == 1 else f'{one.every} minutes'}"


def own_lines(timetable: Timetable) -> list[str]:
    """Lines of the crontab that somebody wrote by hand for this project; none where it cannot be read."""
    if not has_program("crontab", timetable.environment):
        return []
    try:
        return lines_by_hand(timetable)
    except StateError:
        return []
