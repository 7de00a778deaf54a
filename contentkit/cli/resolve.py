"""``contentkit resolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.platforms import Status
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, Thread


def command(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry whose post is held.")],
    account: Annotated[str, typer.Option(help="The account; may be left out when it is held on one only.")] = "",
    published: Annotated[str, typer.Option(metavar="URL", help="It is published: this is its address. The thread goes on after it.")] = "",
    again: Annotated[bool, typer.Option("--again", help="It is not published: send it. The thread goes on.")] = False,
    skip: Annotated[bool, typer.Option("--skip", help="Do not send it, nor what comes after it in its thread.")] = False,
    by: Annotated[str, typer.Option(help="Who decides; git's user.name when left out.")] = "",
    reason: Annotated[str, typer.Option(help="Why, for the journal.")] = "",
) -> None:
    """Decide what nobody can know: published, again, or skip.

    A held post waits for a person. Look at the account with your own eyes first: after --again a second copy may stand
    there if the first one arrived after all.

    \b
    contentkit resolve launch --published https://mastodon.social/@me/1234
    contentkit resolve launch --account our-mastodon --again --reason "looked, not there"
    """
    from contentkit.cli.approve import _whoever
    from contentkit.cli.output import show_lines
    from contentkit.cli.project import open_project
    from contentkit.cli.publisher import journal_of
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.publishing.lock import Occupied, publisher_lock
    from contentkit.publishing.publications import State

    if sum((bool(published), again, skip)) != 1:
        raise UsageError("say one of --published URL, --again, --skip", hint="'contentkit status' shows what is held")
    project, clock = open_project(), SystemClock()
    try:
        with journal_of(project, clock) as journal, publisher_lock(project.state, clock.now()):
            thread, head = _held(journal, entry, account)
            who = by or _whoever(project)
            if again:
                journal.release(head, who, reason or "send it")
                done = "planned again; the next 'contentkit post' sends it"
            elif skip:
                rest = [row for row in thread.rows if row.state in (State.HELD, State.PLANNED)]
                journal.skip(rest, f"skipped by {who}" + (f": {reason}" if reason else ""))
                done = f"{len(rest)} post{'' if len(rest) == 1 else 's'} skipped"
            else:
                status = _there(project, head, published, clock)
                journal.confirm(head, status.remote_id, status.url or published, f"{who}: {reason or 'found it'}")
                done = "sent; the next 'contentkit post' goes on after it"
    except Occupied:
        raise UsageError("'contentkit post' is at work", hint="try again when it has ended") from None
    show_lines(f"{head.entry} {head.part + 1}/{head.parts} on {head.account}: {done}")


def _held(journal: Journal, entry: str, account: str) -> tuple[Thread, Publication]:
    from contentkit.errors import UsageError
    from contentkit.publishing.publications import State

    found = [
        (thread, thread.head)
        for thread in journal.open_threads()
        if thread.entry == entry and account in ("", thread.account) and thread.head and thread.head.state is State.HELD
    ]
    if not found:
        raise UsageError(f"{entry}: nothing of it is held" + (f" on {account}" if account else ""), hint="see 'contentkit status'")
    if len(found) > 1:
        names = ", ".join(thread.account for thread, _ in found)
        raise UsageError(f"{entry} is held on several accounts", hint=f"name one with --account: {names}")
    return found[0]


def _there(project: Project, head: Publication, address: str, clock: Clock) -> Status:
    """The status that the person found, read from the network: an address alone would be trusted too far."""
    from contentkit.cli.publisher import desk_of
    from contentkit.errors import ContentError

    connection = desk_of(project, clock, []).connect(project.account(head.account))
    try:
        connection.identity()
        identifier = address.rstrip("/").rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        status = connection.find(identifier)
        if status is None or (head.parent and status.parent != head.parent):
            raise ContentError(f"{address}: no post of this thread", hint="copy the address of the post itself; it must reply to the part before")
        return status
    finally:
        connection.close()
