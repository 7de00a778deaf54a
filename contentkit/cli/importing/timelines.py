"""An account's own posts, as its network lists them, into its figures; where that costs, not without asking."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.cli.importing.summary import Summary, storable, summary_of
from contentkit.cli.importing.watching import shown, with_bar
from contentkit.errors import ContentkitError, PlatformError, UsageError
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.platforms.own import LeftOut, OwnStatus, Recalls
    from contentkit.stats.publications import Owner

# What X lists at most; other networks list all there is.
_LISTED = 3200
_FEWEST = 5
_ALL = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Span:
    """From ``since`` on (None: ever) and before ``until`` (None: now)."""

    since: datetime | None = None
    until: datetime | None = None

    def has(self, moment: datetime | None) -> bool:
        """Whether this lies within; what nobody knows the time of does, too."""
        return moment is None or not ((self.since and moment < self.since) or (self.until and moment >= self.until))


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """What came of it; ``trouble`` is why the network told no more, ``read`` how many the network listed, and
    ``is_cut`` says that the budget did not reach for more, ``is_interrupted`` that somebody wanted no more."""

    summary: Summary
    trouble: ContentkitError | None = None
    read: int = 0
    is_cut: bool = False
    is_interrupted: bool = False


@dataclass
class _Found:
    told: list[OwnStatus | LeftOut] = field(default_factory=list)
    trouble: PlatformError | None = None
    is_cut: bool = False
    is_interrupted: bool = False


def most_and_price(project: Project, account: Account, now: datetime) -> tuple[int, str]:
    """How many posts may be read, and what that costs, in words; empty where the network bills nothing.

    Raises UsageError where nothing may be read.
    """
    from contentkit.stats.budget import monthly_bill, spent
    from contentkit.store.database import database_in, has_database

    platform, monthly = project.platform(account), project.config.monthly_reads
    prices = platform.prices
    if prices is None:
        return _ALL, ""
    if not monthly:
        raise UsageError(
            f"{platform.name} bills reading, and contentkit.toml allows none",
            hint="set reads under [budget]; an archive of the account costs nothing: contentkit import PATH --account NAME",
        )
    left = monthly
    if has_database(project.root):
        with database_in(project.root) as database:
            left -= spent(database, now.date())
    most = min(_LISTED, left)
    if most < _FEWEST:
        raise UsageError(
            f"[budget] reads leaves {max(0, left):,} of {monthly:,} reads this month",
            hint="wait for the next month, raise it, or import an archive, which costs nothing",
        )
    bill = monthly_bill(most, prices)
    return most, f"{platform.name} bills each post that is read: up to {most:,} posts, ${bill:.2f} at most"


def import_timeline(project: Project, account: Account, span: Span, most: int, clock: Clock) -> Recalled:
    """Asks the network, and stores what it told, though it may end in trouble. Raises ContentkitError where nothing was told."""
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.cli.reading import counted_tab, owner_met
    from contentkit.cli.spending import copy_spending
    from contentkit.cli.syncing.published import out_on_networks
    from contentkit.platforms.own import Recalls
    from contentkit.stats.publications import copy_publications
    from contentkit.store.database import database_in

    out = out_on_networks(project, clock)
    with database_in(project.root) as database:
        copy_publications(database, out.published)
        tab = counted_tab(project, database, account, clock, project.config.monthly_reads)
        with closing(connect(project, account, tab)) as connection:
            if not isinstance(connection, Recalls):
                raise UsageError(f"{account.platform} does not list what was published", hint="import an archive")
            owner = owner_met(account, out.seen.get(account.name, ""), connection, clock)
            found = _asked(connection, span, most)
        copy_spending(project, database, clock)
        if found.trouble and not found.told:
            raise found.trouble
        summary = _stored(database, account, owner, found, span, out.retracted_from(account.name), clock.now())
    return Recalled(
        summary=summary,
        trouble=found.trouble,
        read=len(found.told),
        is_cut=found.is_cut,
        is_interrupted=found.is_interrupted,
    )


def _stored(
    database: Database,
    account: Account,
    owner: Owner,
    found: _Found,
    span: Span,
    retracted: Set[str],
    now: datetime,
) -> Summary:
    from contentkit.platforms.own import sorted_out
    from contentkit.stats.imports import import_statuses

    kept, left_out = sorted_out(found.told)
    statuses, left_out = storable((one for one in kept if span.has(one.published_at)), left_out, retracted)
    told_at = now.replace(microsecond=0)
    imported = import_statuses(
        database,
        statuses,
        account=account.name,
        platform=account.platform,
        owner=owner,
        origin="network",
        told_at=told_at,
        watch=with_bar,
    )
    return summary_of(account.name, account.platform, imported, statuses, left_out, told_at)


def _asked(connection: Recalls, span: Span, most: int) -> _Found:
    """Page by page; trouble or Ctrl-C keeps what was told before, because it may have been paid for."""
    from contentkit.platforms.billing import ReadsSpent

    found = _Found()
    with shown("Asking for the posts …"):
        try:
            for page in connection.recalled(span.since, span.until, most):
                found.told += page
            found.is_cut = len(found.told) > most - _FEWEST
        except ReadsSpent:
            found.is_cut = True
        except PlatformError as error:
            found.trouble = error
        except KeyboardInterrupt:
            found.is_interrupted = True
    return found
