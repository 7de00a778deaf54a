"""``contentkit resolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.errors import UsageError
    from contentkit.platforms import Connection, Status
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, Thread


def command(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry whose post is held.")],
    account: Annotated[
        str, typer.Option(metavar="NAME", help="The account; may be left out when it is held on one only.")
    ] = "",
    published: Annotated[
        str, typer.Option(metavar="URL", help="It is published: this is its address. The thread goes on after it.")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="It is not published: send it. The thread goes on.")] = False,
    skip: Annotated[
        bool, typer.Option("--skip", help="Do not send it, nor what comes after it in its thread.")
    ] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; git's user.name when left out.")] = "",
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why, for the journal.")] = "",
) -> None:
    """Decide what nobody can know: published, again, or skip.

    A held post waits for a person. Look at the account with your own eyes first: after --again a second copy may stand
    there if the first one arrived after all.

    \b
    contentkit resolve launch --published https://mastodon.social/@me/1234
    contentkit resolve launch --again --reason "looked: it is not there"
    """
    from contentkit.cli.output import show_lines
    from contentkit.cli.person import name_of_person
    from contentkit.cli.project import open_project
    from contentkit.cli.publisher import journal_if_any
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.publishing.lock import Occupied, publisher_lock

    if sum((bool(published), again, skip)) != 1:
        raise UsageError("say one of --published URL, --again, --skip", hint="'contentkit status' shows what is held")
    project, clock = open_project(), SystemClock()
    person = by.strip() or name_of_person(project.root)
    try:
        with journal_if_any(project, clock) as journal:
            if journal is None:
                raise _nothing_held(entry, account)
            with publisher_lock(project.state, clock.now()):
                thread, head = _held(journal, entry, account)
                if again:
                    done = _again(journal, head, person, reason)
                elif skip:
                    done = _skip(journal, thread, person, reason)
                else:
                    done = _published(project, journal, clock, thread, head, published, person, reason)
    except Occupied:
        raise UsageError("'contentkit post' is at work", hint="try again when it has ended") from None
    show_lines(f"{head.entry} {head.part + 1}/{head.parts} on {head.account}: {done}")


def _again(journal: Journal, head: Publication, person: str, reason: str) -> str:
    journal.release(head, person, reason or "send it")
    return "planned again; the next 'contentkit post' sends it"


def _skip(journal: Journal, thread: Thread, person: str, reason: str) -> str:
    from contentkit.publishing.publications import State

    rest = [row for row in thread.rows if row.state in (State.HELD, State.PLANNED)]
    journal.skip(rest, f"skipped by {person}" + (f": {reason}" if reason else ""))
    return f"{len(rest)} post{'' if len(rest) == 1 else 's'} skipped"


def _published(
    project: Project,
    journal: Journal,
    clock: Clock,
    thread: Thread,
    head: Publication,
    address: str,
    person: str,
    reason: str,
) -> str:
    from contentkit.cli.publisher import desk_of
    from contentkit.errors import ContentError

    desk = desk_of(project, clock, [])
    last = thread.last_sent
    status = _status_at(desk.connect(project.account(head.account)), address)
    if status is None or status.parent != (last.remote_id if last else ""):
        hint = "copy the address of the post itself; it must reply to the part before"
        raise ContentError(f"{address}: is no post of this thread", hint=hint)
    if status.remote_id in journal.remote_ids(head.account):
        raise ContentError(f"{address}: is another post of this calendar", hint="copy the address of the post itself")
    url = status.url or address
    journal.confirm(head, status.remote_id, url, f"{person}: {reason or 'found it'}")
    desk.record(head, status.remote_id, url)
    return "sent; the next 'contentkit post' goes on after it"


def _status_at(connection: Connection, address: str) -> Status | None:
    """The status that the person found, read from the network: an address alone would be trusted too far."""
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    try:
        connection.identity()
        return connection.find(parts.fragment or parts.path.rstrip("/").rpartition("/")[2])
    finally:
        connection.close()


def _held(journal: Journal, entry: str, account: str) -> tuple[Thread, Publication]:
    """The held part of this entry, with its thread. Raises UsageError when there is none, or more than one."""
    from contentkit.errors import UsageError
    from contentkit.publishing.publications import State

    found = [
        (thread, thread.head)
        for thread in journal.open_threads()
        if thread.entry == entry and account in ("", thread.account) and thread.head and thread.head.state is State.HELD
    ]
    if not found:
        raise _nothing_held(entry, account)
    if len(found) > 1:
        names = ", ".join(thread.account for thread, _ in found)
        raise UsageError(f"{entry} is held on several accounts", hint=f"name one with --account: {names}")
    return found[0]


def _nothing_held(entry: str, account: str) -> UsageError:
    from contentkit.errors import UsageError

    where = f" on {account}" if account else ""
    return UsageError(f"{entry}: nothing of it is held{where}", hint="'contentkit status' shows what is")
