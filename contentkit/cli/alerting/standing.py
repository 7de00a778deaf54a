"""How publishing stands as a whole: what its runs said that still holds, when the last one ended, what is due next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.cli.alerting.heartbeat import last_heartbeat
from contentkit.cli.alerting.waiting import alerts_waiting
from contentkit.cli.project import Project
from contentkit.publishing.publications import State
from contentkit.settings.machine import MACHINE_NAME

if TYPE_CHECKING:
    from contentkit.publishing.journal import Journal


def troubles_of_runs(project: Project) -> Iterator[tuple[str, str, str, str]]:
    """What keeps runs of ``post`` from ending well or from being heard: what, how it is, why, what to do."""
    heartbeat, waiting = last_heartbeat(project.state), len(alerts_waiting(project.state).news)
    said = heartbeat.said if heartbeat else {}
    if why := said.get("post"):
        yield "contentkit post", "failed", why, "mend it; the next run tries again"
    if waiting:
        yield (
            "alerts",
            f"not delivered: {waiting}",
            said.get("alerts", "no run has tried yet"),
            "contentkit doctor --alert",
        )
    for about, what in (("ping", "did not arrive"), ("log", "cannot be written")):
        if why := said.get(about):
            yield about, what, why, f"look at {project.settings / MACHINE_NAME}"


def last_and_next(project: Project, journal: Journal) -> Iterator[tuple[str, datetime | None, str]]:
    """When the last run ended and how, and what is due next: words, a time, more words. None is the time of the last run."""
    if heartbeat := last_heartbeat(project.state):
        code = f", with exit code {heartbeat.code}" if heartbeat.code else ""
        yield "The last 'contentkit post' ended ", None, f"{code}."
    heads = ((thread, thread.head) for thread in journal.threads.open())
    planned = [thread for thread, head in heads if head is not None and head.state is State.PLANNED]
    if planned:
        first = planned[0]
        yield f"Next: {first.entry} on {first.account}, due ", first.due, f"; planned: {len(planned)}."
