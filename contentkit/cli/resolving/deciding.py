"""What a person decides about a held part, and what it does to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.errors import ContentError, UsageError
    from contentkit.models import Account
    from contentkit.platforms import Connection, Status
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, State, Thread


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a person found: where, its id there, and whether it counts although its words or pictures differ."""

    address: str
    remote_id: str
    may_differ: bool


def found_at(address: str, may_differ: bool) -> Found:
    """What a person found at this address. Raises UsageError when no post can stand there."""
    import re
    from urllib.parse import urlsplit

    from contentkit.errors import UsageError

    try:
        parts = urlsplit(address.strip())
    except ValueError:
        parts = urlsplit("")
    # X shows a picture of a post at /status/ID/photo/1.
    on_x = re.search(r"/status/(\d+)(?:/|$)", parts.path)
    remote_id = parts.fragment or (on_x[1] if on_x else parts.path.rstrip("/").rpartition("/")[2])
    if not (parts.scheme and parts.netloc) or not remote_id or remote_id.startswith("@"):
        raise UsageError(f"'{address}' is no address of a post", hint="copy the address of the post itself: https://…")
    return Found(address=address, remote_id=remote_id, may_differ=may_differ)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decided: ``published`` (with what they found), ``again``, ``not sent`` or ``skip``; empty for nothing yet."""

    way: str
    found: Found | None = None


def carry_out(
    project: Project,
    journal: Journal,
    clock: Clock,
    entry: str,
    account: str,
    decision: Decision,
    person: str,
    reason: str,
) -> str:
    """Does what was decided; returns a sentence that says it."""
    thread, head = held_part(project, journal, clock, entry, account)
    if decision.found:
        done = _published(project, journal, clock, thread, head, decision.found, person, reason)
    elif decision.way == "again":
        done = _again(project, journal, thread, head, person, reason)
    elif decision.way == "not sent":
        done = _not_sent(journal, head, person, reason)
    else:
        done = _skip(journal, thread, person, reason)
    return f"{head.entry} {head.part + 1}/{head.parts} on {head.account}: {done}"


def in_question(journal: Journal, entry: str, account: str) -> tuple[Thread, Publication]:
    """The part of this entry that is held or in doubt, with its thread. Raises UsageError as ``held_part``."""
    from contentkit.publishing.publications import State

    return _only_one(journal, entry, account, (State.HELD, State.UNKNOWN))


def _again(project: Project, journal: Journal, thread: Thread, head: Publication, person: str, reason: str) -> str:
    from contentkit.cli.approving.holding import why_void
    from contentkit.errors import NeedsPerson

    why = why_void(project, journal, thread)
    if why:
        raise NeedsPerson(f"{head.entry} on {head.account}: {why}", hint="put it back as it was, or approve it again")
    journal.publications.release(head, person, reason or "send it")
    twin = journal.history.sent_before(head.account, head.text, apart_from="")
    known = f" (these words are out already as {twin.entry} {twin.part + 1}/{twin.parts}: {twin.url})" if twin else ""
    return f"planned again; the next 'contentkit post' sends it{known}"


def _not_sent(journal: Journal, head: Publication, person: str, reason: str) -> str:
    from contentkit.errors import UsageError

    if not journal.doubts.may_be_out(head):
        raise UsageError(
            f"{head.entry} on {head.account}: nobody doubts that this part was not sent",
            hint=f"send it with --again, or edit it and 'contentkit approve {head.entry}'",
        )
    journal.doubts.rule_out(head, person, reason or "it is not there")
    return f"counts as not sent; edit it and 'contentkit approve {head.entry}', or send it with --again"


def _skip(journal: Journal, thread: Thread, person: str, reason: str) -> str:
    from contentkit.publishing.publications import State

    rest = [row for row in thread.rows if row.state in (State.HELD, State.PLANNED)]
    journal.publications.skip(rest, f"skipped by {person}" + (f": {reason}" if reason else ""))
    journal.mark_told((row.id, State.SKIPPED) for row in rest)
    return f"{len(rest)} part{'' if len(rest) == 1 else 's'} skipped"


def _published(
    project: Project,
    journal: Journal,
    clock: Clock,
    thread: Thread,
    head: Publication,
    found: Found,
    person: str,
    reason: str,
) -> str:
    from contentkit.cli.publisher import surroundings_of
    from contentkit.errors import Unavailable

    surroundings = surroundings_of(project, journal, clock, [])
    account = project.account(head.account)
    connection = surroundings.connect(account)
    try:
        status = _status_at(connection, account, journal, thread, head, found)
    except Unavailable as error:
        raise error.on_occasion("nothing was decided; try again later") from error
    finally:
        connection.close()
    url = status.url or found.address
    journal.publications.confirm(head, status.remote_id, url, f"{person}: {reason or 'found it'}")
    surroundings.record(head, status.remote_id, url)
    return f"sent; {_what_follows(project, journal, clock, head)}"


def _what_follows(project: Project, journal: Journal, clock: Clock, sent: Publication) -> str:
    """What becomes of the rest of a thread after this part of it, in the words in which ``status`` says it."""
    from contentkit.cli.scene import Scene
    from contentkit.cli.told import told_here
    from contentkit.errors import ContentkitError
    from contentkit.views.queue import CRON

    goes_on = "the next 'contentkit post' goes on after it"
    thread = journal.threads.find(sent.entry, sent.account)
    if thread is None or thread.head is None:
        return "its thread is complete"
    try:
        told = told_here(Scene(project, journal, clock.now(), only=frozenset({sent.entry})), thread)
    except ContentkitError:
        # What was decided is done; that a file cannot be read is for others to say.
        return goes_on
    if told.who == CRON and not told.void:
        return goes_on
    # On the lines of ``status`` what is typed stands apart from what it does.
    steps = " ".join("; ".join(told.next).split())
    return f"what comes after it waits: {told.why}" + (f" ({steps})" if steps else "")


def _status_at(
    connection: Connection, account: Account, journal: Journal, thread: Thread, head: Publication, found: Found
) -> Status:
    """The status that the person found, read from the network: an address alone would be trusted too far.

    Raises ContentError unless it is ours, in its place in the thread, and has the part's words and pictures.
    """
    from contentkit.errors import ContentError
    from contentkit.platforms.meeting import check_who
    from contentkit.publishing.looking import is_worded
    from contentkit.text import counted

    address, last = found.address, thread.last_sent
    identity = connection.identity()
    check_who(account, journal.accounts.known(account.name).remote_id, identity)
    me = identity.remote_id
    status = connection.find(found.remote_id)
    hint = "copy the address of the post itself"
    if status is None:
        raise ContentError(f"{address}: is no post on this account's server", hint=hint)
    if status.author and status.author != me:
        raise ContentError(f"{address}: is somebody else's post", hint=hint)
    if status.remote_id in journal.history.remote_ids(head.account):
        raise _of_another_part(address, journal, head, status)
    if status.parent != (last.remote_id if last else ""):
        raise ContentError(f"{address}: is no post of this thread", hint=f"{hint}; it must reply to the part before")
    if found.may_differ:
        return status
    if not is_worded(head, status, connection):
        raise ContentError(
            f"{address}: has other words than the part that is held", hint="add --edited if it is the one"
        )
    if status.pictures not in (None, len(head.media)):
        raise ContentError(
            f"{address}: has {counted(status.pictures, 'picture')}, the part that is held has {len(head.media)}",
            hint="add --edited if it is the one",
        )
    return status


def _of_another_part(address: str, journal: Journal, head: Publication, status: Status) -> ContentError:
    """One status is one part, also where two parts have the same words."""
    from contentkit.errors import ContentError

    twin = journal.history.sent_before(head.account, head.text, apart_from="")
    if twin is None or twin.remote_id != status.remote_id:
        return ContentError(f"{address}: is another post of this calendar", hint="copy the address of the post itself")
    return ContentError(
        f"{address}: is {twin.entry} {twin.part + 1}/{twin.parts}, which has the same words",
        hint="leave this one out with --skip, or change its words and approve it again",
    )


def held_part(project: Project, journal: Journal, clock: Clock, entry: str, account: str) -> tuple[Thread, Publication]:
    """The held part of this entry, with its thread. Raises UsageError when there is none, or more than one.

    A part that was in doubt for longer than the settle time is held now: its server may never answer again.
    """
    from contentkit.errors import UsageError
    from contentkit.publishing.publications import State

    for thread in journal.threads.open():
        head = thread.head
        if thread.entry == entry and account in ("", thread.account) and head and head.state is State.UNKNOWN:
            if is_looked_for(project, clock, head):
                raise UsageError(f"{entry} on {thread.account}: is still looked for", hint="wait for 'contentkit post'")
            journal.publications.hold(head, f"may have been sent, and could not be found or ruled out ({head.reason})")
    thread, head = _only_one(journal, entry, account, (State.HELD,))
    journal.mark_told([(head.id, State.HELD)])
    return thread, head


def is_looked_for(project: Project, clock: Clock, head: Publication) -> bool:
    """Whether nobody may decide about a part yet: runs look for it, and the settle time is not over."""
    from contentkit.publishing.publications import State

    return head.state is State.UNKNOWN and clock.now() - head.changed_at <= project.config.settle


def _only_one(journal: Journal, entry: str, account: str, states: Collection[State]) -> tuple[Thread, Publication]:
    from contentkit.errors import UsageError

    found = [
        (thread, thread.head)
        for thread in journal.threads.open()
        if thread.entry == entry and account in ("", thread.account) and thread.head and thread.head.state in states
    ]
    if not found:
        raise nothing_held(entry, account)
    if len(found) > 1:
        names = ", ".join(thread.account for thread, _ in found)
        raise UsageError(f"{entry} is held on several accounts", hint=f"name one with --account: {names}")
    return found[0]


def nothing_held(entry: str, account: str) -> UsageError:
    from contentkit.errors import UsageError

    where = f" on {account}" if account else ""
    return UsageError(f"{entry}: nothing of it is held{where}", hint="'contentkit status' shows what is")
