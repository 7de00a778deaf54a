"""``contentkit approve``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry, Rendition
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import PlannedPart


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Entries of the calendar.")],
    by: Annotated[str, typer.Option(help="Who approves; git's user.name when left out.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Approve entries: exactly these words, at this time, on these accounts.

    Shows the exact threads, asks, and seals the approval in this machine's journal. Any later change of text, picture,
    account or time voids it. The line that appears in calendar.yaml is a copy to read: written by hand, it posts nothing.

    \b
    contentkit approve launch
    contentkit approve launch changelog --by "Ana Torres" --yes
    """
    from contentkit.cli.project import entries_named, open_project
    from contentkit.cli.publisher import journal_of
    from contentkit.clock import SystemClock

    project, clock = open_project(), SystemClock()
    for entry in entries_named(project, dict.fromkeys(names)):
        draft = _checked(project, entry, clock.now())
        renditions = project.renditions(draft, entry)
        if not yes:
            _ask(entry, draft, renditions)
        with journal_of(project, clock) as journal:
            _approve(project, journal, entry, draft, renditions, by or _whoever(project), clock.now())


def _checked(project: Project, entry: Entry, now: datetime) -> Draft:
    """The entry's draft, if nothing stands in the way of an approval."""
    from contentkit.calendar.times import distance, show_time
    from contentkit.cli.check import problems_of
    from contentkit.cli.output import say
    from contentkit.config import CALENDAR_NAME
    from contentkit.errors import ContentError, NeedsPerson
    from contentkit.models import errors_of
    from contentkit.views.problems import problem_lines, tally

    place = f"{CALENDAR_NAME}:{entry.line}: entry '{entry.id}'"
    for key, wanted in (("when", entry.when is not None), ("late: next slot", entry.late.policy == "next slot")):
        if wanted:
            raise ContentError(f"{place}: this version cannot act on '{key}' yet", hint="take it out, and approve again")
    if now - entry.at > entry.late.within:
        raise ContentError(f"{place}: was due {show_time(entry.at)} ({distance(entry.at, now)})", hint="move it to a time to come")
    draft = project.draft_of(entry)
    problems = problems_of(project, draft, entry)
    say(*problem_lines(problems))
    if errors_of(problems):
        raise NeedsPerson(f"{place}: not approved: {tally(problems)}", hint="mend the errors, or waive them by name in the draft")
    return draft


def _ask(entry: Entry, draft: Draft, renditions: Sequence[Rendition]) -> None:
    import sys

    from contentkit.cli.preview import show_rendition
    from contentkit.errors import NeedsPerson, UsageError

    if not sys.stdin.isatty():
        raise UsageError("an approval needs somebody to ask", hint="look at 'contentkit preview', then approve with --yes")
    for rendition in renditions:
        show_rendition(rendition, draft, entry)
    if not typer.confirm(f"Approve {entry.id}: exactly this?", err=True):
        raise NeedsPerson(f"{entry.id}: not approved", hint="edit the draft, and approve again")


def _approve(
    project: Project, journal: Journal, entry: Entry, draft: Draft, renditions: Sequence[Rendition], by: str, now: datetime
) -> None:
    from contentkit.calendar.times import show_time
    from contentkit.cli.output import show_lines
    from contentkit.publishing.journal import Approval
    from contentkit.publishing.seal import seal
    from contentkit.renditions import digest, manifest

    planned = _planned(project, journal, entry, renditions)
    words = manifest(entry, draft, renditions, project.root)
    # The journal keeps milliseconds; the seal is over what it keeps.
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    sealed = seal(project.state, entry=entry.id, digest=digest(words), manifest=words, by=by, at=now)
    approval = Approval(
        id=0, entry=entry.id, digest=digest(words), manifest=words, by=by, at=now, trust="local", seal=sealed
    )
    journal.approve(project.config.project, approval, entry.at, planned)
    _write_copy(project, entry, approval.by, now, approval.digest)
    parts = sum(len(rendition.parts) for rendition in renditions)
    where = ", ".join(rendition.account.name for rendition in renditions)
    show_lines(f"{entry.id}: approved by {by}: {parts} posts on {where} at {show_time(entry.at)}", f"  {approval.digest}")


def _planned(project: Project, journal: Journal, entry: Entry, renditions: Sequence[Rendition]) -> list[PlannedPart]:
    """The parts to plan. What is out already, by the journal or by a receipt, must read as it did, and stays."""
    from contentkit.errors import ContentError, NeedsPerson
    from contentkit.publishing.publications import PlannedPart, State, fingerprint
    from contentkit.publishing.receipts import read_receipts

    receipts = read_receipts(project.root)
    planned: list[PlannedPart] = []
    for rendition in renditions:
        account = rendition.account.name
        thread = journal.thread(entry.id, account)
        rows = {row.part: row for row in thread.rows} if thread else {}
        if any(row.state in (State.UNKNOWN, State.SENDING) for row in rows.values()):
            raise NeedsPerson(f"{entry.id} on {account}: a post may be on its way", hint="wait for 'contentkit post', or resolve it")
        out = {part: row.fingerprint for part, row in rows.items() if row.state is State.SENT}
        out |= {one.part: one.fingerprint for key, one in receipts.items() if key[:2] == (entry.id, account)}
        for part, known in out.items():
            if part >= len(rendition.parts) or fingerprint(rendition.parts[part].text) != known:
                raise ContentError(
                    f"{entry.id} on {account}: part {part + 1} is published already, with other words",
                    hint="put its words back, or schedule the new text as an entry of its own",
                )
        if rendition.parts and len(out) == len(rendition.parts) and thread and thread.head is None:
            raise ContentError(f"{entry.id} on {account}: published already", hint="schedule it again as an entry of its own")
        for number, part in enumerate(rendition.parts):
            receipt = receipts.get((entry.id, account, number))
            planned.append(
                PlannedPart(
                    account=account,
                    part=number,
                    parts=len(rendition.parts),
                    post=part.post,
                    text=part.text,
                    warning=rendition.warning,
                    visibility=rendition.visibility,
                    language=rendition.language,
                    sent=(receipt.remote_id, receipt.url) if receipt and number not in rows else None,
                )
            )
    return planned


def _write_copy(project: Project, entry: Entry, by: str, at: datetime, digest: str) -> None:
    """The readable copy in the calendar. Nobody may take it for the approval itself, so failing to write it is only told."""
    import json

    from contentkit.calendar.edit import set_key
    from contentkit.cli.output import say
    from contentkit.config import CALENDAR_NAME
    from contentkit.errors import ContentkitError
    from contentkit.files import decoded, read_bytes, replace_file

    path = project.root / CALENDAR_NAME
    stamp = at.isoformat(timespec="seconds").replace("+00:00", "Z")
    copy = f'{{by: {json.dumps(by, ensure_ascii=False)}, at: {stamp}, digest: "{digest}"}}'
    try:
        before = read_bytes(path, CALENDAR_NAME)
        replace_file(path, set_key(decoded(before, CALENDAR_NAME), CALENDAR_NAME, entry.id, "approved", copy).encode(), before)
    except ContentkitError as error:
        say(f"The approval holds, but its copy was not written: {error.message}")


def _whoever(project: Project) -> str:
    """Who sits here, as git knows them, else as the system does."""
    import getpass
    import subprocess

    try:
        told = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - whichever git the user has
            cwd=project.root, capture_output=True, text=True, timeout=5, check=False,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        told = ""
    return told or getpass.getuser()
