"""Where this machine notes what its requests may cost.

The journal is the authority for what ``post`` may spend, and ``post`` never opens contentkit.db: so whatever asks a network that
bills, ``sync`` too, notes it in the journal of this machine, in its own short transactions. At a desk, which has no journal
and publishes nothing, ``sync`` notes it in contentkit.db.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.money.ledger import AccountTab, Slip
    from contentkit.money.prices import Charge
    from contentkit.platforms.billing import Tab
    from contentkit.publishing.journal import Journal


def tab_of(project: Project, account: Account, clock: Clock) -> Tab:
    """The tab of an account on this machine; one that notes nothing where there is neither journal nor database."""
    from contentkit.cli.journal import has_journal
    from contentkit.platforms.billing import NoTab
    from contentkit.store.database import has_database

    if has_journal(project) or has_database(project.root):
        return _BriefTab(project, account, clock)
    return NoTab()


def copy_spending(project: Project, database: Database, clock: Clock) -> None:
    """Adds what the journal of this machine noted since the last time, for joins and for people."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.publishing.facts import Fact
    from contentkit.store.spending import copied_up_to, copy_ledger

    with journal_if_any(project, clock) as journal:
        if journal is None:
            return
        name = journal.known(Fact.ID)
        rows = journal.ledger.rows_after(copied_up_to(database, name))
    copy_ledger(database, name, rows)


def bring_back(project: Project, journal: Journal, clock: Clock) -> None:
    """Adds what contentkit.db knows of this month and the journal does not: it was lost, or restored from an older copy.

    What this cannot know is told where there is a budget. A database that cannot be read keeps nobody from taking over.
    """
    from contentkit.cli.output import say
    from contentkit.errors import StateError
    from contentkit.money.ledger import months_of
    from contentkit.store.database import database_in, has_database
    from contentkit.store.spending import ledger_of

    budgets = [f"[accounts.{one.name}.budget]" for one in project.config.accounts.values() if one.budget is not None]
    lower = f"look at the network's own bill, and lower {' and '.join(budgets)} by the rest until the month is over"
    if not has_database(project.root):
        say(*([f"What was spent this month is not known here: {lower}."] if budgets else []))
        return
    try:
        with database_in(project.root) as database:
            rows = ledger_of(database, clock).rows_after(0, months_of(clock.now())[0])
    except StateError as error:
        say(f"What was spent this month is not known here: {error.message}")
        return
    journal.ledger.take_over(rows)
    say(*([f"What was spent this month is known up to the last 'contentkit sync' here: {lower}."] if budgets else []))


@dataclass(frozen=True)
class _BriefTab:
    """Opens journal or database for each note: while one is open, nobody else must wait for an answer of the network."""

    project: Project
    account: Account
    clock: Clock

    def reserve(self, charges: Sequence[Charge]) -> Slip:
        with self._open() as tab:
            return tab.reserve(charges)

    def settle(self, slip: Slip, billed: Sequence[Charge]) -> None:
        with self._open() as tab:
            tab.settle(slip, billed)

    def affordable(self, charges: Sequence[Charge]) -> int:
        with self._open() as tab:
            return tab.affordable(charges)

    @contextmanager
    def _open(self) -> Iterator[AccountTab]:
        from contentkit.cli.journal import journal_if_any
        from contentkit.money.ledger import AccountTab
        from contentkit.store.database import database_in
        from contentkit.store.spending import ledger_of

        with journal_if_any(self.project, self.clock) as journal:
            if journal:
                yield AccountTab(journal.ledger, self.account.name, self.account.budget)
                return
        with database_in(self.project.root) as database:
            yield AccountTab(ledger_of(database, self.clock), self.account.name, self.account.budget)
