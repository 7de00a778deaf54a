"""The publisher's surroundings as the command line has them: the project's files, its accounts, its receipts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from contentkit.cli.approving.holding import inspect
from contentkit.cli.approving.policies import policy_of
from contentkit.cli.approving.standing import as_merged, doubt
from contentkit.cli.conditions import Pages
from contentkit.cli.costs import cost_of_parts
from contentkit.cli.late import later_opening, why_resting
from contentkit.cli.project import Project
from contentkit.cli.unsayable import held_back
from contentkit.clock import Clock
from contentkit.errors import ContentError
from contentkit.media import load_media
from contentkit.models import Account, Limits
from contentkit.places import clone_id, make_private_folder
from contentkit.platforms import Connection
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import Marks
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Publication, State
from contentkit.publishing.receipts import append_receipt, receipt_of, settle_receipts, without_receipt
from contentkit.publishing.records import Approval
from contentkit.publishing.room import refuse_without_room
from contentkit.publishing.side_by_side import side_by_side
from contentkit.publishing.surroundings import Inspection, Surroundings

if TYPE_CHECKING:
    from contentkit.platforms.billing import Tab

# So many accounts wait for their networks at once. More would gain nothing: what a post takes of this machine is the limit then.
WORKERS = 32


def surroundings_of(project: Project, journal: Journal, clock: Clock, interrupted: list[int]) -> Surroundings:
    """The project's files and this machine, as the publisher asks for them. ``interrupted`` gets the signals received.

    Settings are those that were in force when an entry was last looked at.
    """
    project = replace(project, read_calendar=project.remembered.calendar)
    now, policy, marks = project, policy_of(project), Marks(project.state, journal)

    def record(row: Publication, remote_id: str, url: str) -> None:
        _record(project, journal, row, remote_id, url, clock.now())

    def length(account: Account, text: str, warning: str, limits: Limits) -> int:
        return now.platform(account).length(text, warning, limits)

    def inspected(entry: str, approval: Approval) -> Inspection:
        nonlocal now
        try:
            now = fresh = project.as_it_is_now()
        except ContentError as error:
            return Inspection(entry=None, problem=error.message)
        seen = as_merged(fresh, policy, inspect(fresh, entry, approval))
        return held_back(fresh, seen, approval.digest)

    def account_named(name: str) -> Account | None:
        return now.account(name) if name in now.config.accounts else None

    def connected(account: Account) -> Connection:
        if not now.platform(account).prices:
            return connect(now, account, None)
        from contentkit.money.ledger import AccountTab

        return connect(now, account, AccountTab(journal.ledger, account.name, account.budget))

    def mark() -> None:
        refuse_without_room(project.state)
        marks.mark()

    return Surroundings(
        inspect=inspected,
        doubt=lambda approval, thread: doubt(now, journal, policy, approval, thread),
        account=account_named,
        connect=connected,
        length=length,
        cost=lambda account, rows: cost_of_parts(now, account, rows),
        media=lambda path: load_media(path, project.root),
        look=Pages(project).why_not,
        opening=lambda entry, account, after: later_opening(now, journal, entry, account, after),
        resting=lambda account, at: why_resting(now.calendar, account, at),
        record=record,
        mark=mark,
        interrupted=lambda: bool(interrupted),
        settle=project.config.settle,
        together=partial(side_by_side, workers=WORKERS),
    )


def connect(project: Project, account: Account, tab: Tab | None) -> Connection:
    """A connection with the account's secrets, which notes on the ``tab`` what it may cost, if there is one.

    Raises StateError when a secret is missing, ContentError for an incomplete account.
    """
    secrets = project.secrets(account)
    connection = project.connected(account, secrets, make_private_folder(project.state))
    if tab:
        connection.bill_to(tab)
    return connection


def write_missing_receipts(project: Project, journal: Journal) -> None:
    """Receipts that were not written when their parts were sent are written now."""
    # Where they cannot even be read, each part that could not be noted there was told when it was sent.
    with suppress(ContentError):
        for row in without_receipt(project.root, journal.threads.living(), journal.history.ended()):
            _record(project, journal, row, row.remote_id, row.url, row.changed_at)
    try:
        settle_receipts(project.root)
    except OSError as error:
        _tell_of_receipts(error)
    # What could not be written now was told, and is tried again when there is something else to tell.
    newest = journal.history.last_confirmed()
    if journal.known(Fact.RECEIPTS_WRITTEN) != newest:
        journal.note({Fact.RECEIPTS_WRITTEN: newest})


def _record(project: Project, journal: Journal, row: Publication, remote_id: str, url: str, at: datetime) -> None:
    """Writes the receipt of a part that was sent now, or changed or retracted now: then it says since when it was out.

    The journal has it already: a full disk here must not stop the thread, only be told.
    """
    was_out = row.state in (State.SENT, State.SKIPPED)
    receipt = receipt_of(
        row,
        remote_id,
        url,
        row.changed_at if was_out else at,
        journal=journal.known(Fact.ID),
        clone=clone_id(project.root),
        retracted=at if row.state is State.SKIPPED else None,
    )
    try:
        append_receipt(project.root, receipt)
    except OSError as error:
        _tell_of_receipts(error, f"  {receipt}")


def _tell_of_receipts(error: OSError, *more: str) -> None:
    from contentkit.cli.output import say

    say(f"receipts.jsonl: cannot be written: {error.strerror}; the journal has it", *more)
