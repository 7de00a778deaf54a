"""``contentkit takeover``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from contentkit.cli.project import Project
    from contentkit.clock import Clock


def command(yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Make this machine the publisher, after its journal was lost, copied or restored.

    Everything that was planned is held: a lost journal cannot know what is out already. Look at the accounts, then
    resolve it; what is lost altogether, approve again. Make sure first that no other machine publishes this project,
    and that receipts.jsonl is as new as can be: what it names is not sent again.

    \b
    contentkit takeover
    """
    from contentkit.cli.journal import is_shared
    from contentkit.cli.output import show_lines
    from contentkit.cli.person import can_be_asked
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.places import make_private_folder
    from contentkit.publishing.lock import Occupied, publisher_lock

    if not yes and not can_be_asked():
        hint = "make sure no other machine publishes, then add --yes"
        raise UsageError("a takeover needs somebody to ask", hint=hint)
    project, clock = open_project(), SystemClock()
    known = list(_known_from_receipts(project, clock.now()))
    if not yes:
        _make_certain(known)
    folder = make_private_folder(project.state)
    try:
        with publisher_lock(folder, clock.now()):
            if is_shared(project):
                from contentkit.cli.scale.journal import take_over_shared

                held = take_over_shared(project, clock)
            else:
                held = _taken_over(project, folder, clock)
    except Occupied:
        raise UsageError("'contentkit post' is at work", hint="try again when it has ended") from None
    if held is None:
        show_lines("This machine is the publisher already. Nothing was changed.")
        return
    show_lines(_outcome(held), *known if yes else (), *_to_approve(project, clock))


def _make_certain(known: Sequence[str]) -> None:
    """Says what is known and asks. Raises NeedsPerson for no."""
    from contentkit.cli.output import say
    from contentkit.errors import NeedsPerson

    say(*known)
    if not typer.confirm("Is it certain that no other machine publishes this project?", err=True):
        raise NeedsPerson("nothing was taken over", hint="find out first: two publishers may post twice")


def _outcome(held: int) -> str:
    threads = "1 planned thread is" if held == 1 else f"{held} planned threads are"
    what = f"{threads} held: see 'contentkit status'." if held else "Nothing was planned here."
    return f"This machine is the publisher now. {what}"


def _taken_over(project: Project, folder: Path, clock: Clock) -> int | None:
    """Makes the journal, lost or not, this machine's own; returns how many threads are held. None: it was already."""
    from contentkit.cli.elsewhere import other_journal
    from contentkit.cli.spending import bring_back
    from contentkit.places import machine_id
    from contentkit.publishing.identity import is_ours, take_over
    from contentkit.publishing.opening import open_journal

    journal = open_journal(folder, clock, machine_id())
    try:
        if is_ours(folder, journal, machine_id()) and other_journal(project, journal) is None:
            return None
        bring_back(project, journal, clock)
        return take_over(folder, journal, machine_id(), clock.now())
    finally:
        journal.close()


def _known_from_receipts(project: Project, now: datetime) -> Iterator[str]:
    """What is out already, as far as the receipts here tell: nobody should take over with old ones unawares."""
    from contentkit.cli.elsewhere import as_of
    from contentkit.errors import ContentkitError
    from contentkit.publishing.receipts import RECEIPTS_NAME, read_receipts

    try:
        receipts = read_receipts(project.root)
    except ContentkitError as error:
        yield error.message
        return
    if not receipts:
        yield f"There is no {RECEIPTS_NAME} here: nothing says what is out already. Is there one to pull?"
        return
    entries = len({entry for entry, _, _ in receipts})
    of = "1 entry" if entries == 1 else f"{entries} entries"
    posts = "1 post" if len(receipts) == 1 else f"{len(receipts)} posts"
    age = as_of(list(receipts.values()), now)
    yield f"{RECEIPTS_NAME} names {posts} of {of} ({age}): those are not sent again."


def _to_approve(project: Project, clock: Clock) -> Iterator[str]:
    """The entries to come whose approval was given to another journal: it counts no longer."""
    from contentkit.cli.approving.strangers import strange_approvals
    from contentkit.cli.journal import journal_of

    with journal_of(project, clock) as journal:
        strange = strange_approvals(project, journal) or ()
    names = [entry.id for entry in strange if clock.now() <= entry.at + entry.late.within]
    if names:
        yield f"To approve anew, after a look at the accounts: contentkit approve {' '.join(names)}"
