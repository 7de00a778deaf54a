"""``contentkit status``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.publishing.journal import Journal


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show what waits for a person; exit 4 while anything does.

    Held posts with the reason, posts in doubt, accounts that cannot be used, the stop switch, and what to do about each.

    \b
    contentkit status
    contentkit status --json
    """
    from contentkit.cli.main import PERSON_NEEDED
    from contentkit.cli.output import show_json, show_lines
    from contentkit.cli.project import open_project
    from contentkit.cli.publisher import journal_if_any
    from contentkit.clock import SystemClock

    project, clock = open_project(), SystemClock()
    with journal_if_any(project, clock) as journal:
        waiting = [*_unapproved(project, journal, clock), *(_waiting(project, journal) if journal else [])]
    if as_json:
        show_json(waiting)
    elif not waiting:
        show_lines("Nothing waits for a person.")
    else:
        for one in waiting:
            show_lines(f"{one['what']}: {one['state']}: {one['why']}", *(f"    {step}" for step in one["next"]))
    if waiting:
        raise typer.Exit(PERSON_NEEDED)


def _unapproved(project: Project, journal: Journal | None, clock: Clock) -> Iterator[dict[str, Any]]:
    from contentkit.cli.publisher import unknown_approvals

    for entry in unknown_approvals(project, journal, clock.now()):
        assert entry.approved is not None
        why = f"the calendar says that {entry.approved.by} approved it, but not on this machine ({project.state})"
        steps = ("is this the same user, and the same XDG_STATE_HOME?", f"contentkit approve {entry.id}")
        yield _one(entry.id, "not published", why, *steps)


def _waiting(project: Project, journal: Journal) -> list[dict[str, Any]]:
    from contentkit.cli.publisher import why_void
    from contentkit.publishing.publications import State

    waiting: list[dict[str, Any]] = []
    if journal.known("stopped"):
        waiting.append(_one("publishing", "stopped", journal.known("stopped"), "contentkit start"))
    for account in journal.accounts():
        if account.paused:
            waiting.append(
                _one(account.name, "paused", account.trouble, "mend it; the next 'contentkit post' tries again")
            )
        elif account.trouble:
            waiting.append(_one(account.name, "waits", account.trouble, "nothing, if the network comes back"))
    for thread in journal.open_threads():
        head = thread.head
        if head is None:
            continue
        if head.state is State.PLANNED:
            void = why_void(project, journal, thread)
            if void:
                what = f"{head.entry} on {head.account}"
                waiting.append(_one(what, "planned", f"will not go out: {void}", f"contentkit approve {head.entry}"))
            continue
        what = f"{head.entry} {head.part + 1}/{head.parts} on {head.account}"
        resolve = f"contentkit resolve {head.entry} --account {head.account}"
        if head.state is State.HELD:
            steps = [
                f"{resolve} --published URL   it is there: go on after it",
                f"{resolve} --again           it is not: send it",
                f"{resolve} --skip            leave out what is not out yet",
            ]
        else:
            steps = [
                "contentkit looks for it on each run; nothing is sent after it meanwhile",
                f"{resolve} --skip            give it up, when its server is gone for good",
            ]
        waiting.append(_one(what, head.state.value, head.reason or "a run is at work, or was killed", *steps))
    return waiting


def _one(what: str, state: str, why: str, *steps: str) -> dict[str, Any]:
    return {"what": what, "state": state, "why": why, "next": list(steps)}
