"""What every reading of an account begins with: whose it is on its network, and what the reads count against."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.platforms import Connection
    from contentkit.platforms.billing import Tab
    from contentkit.stats.publications import Owner


def owner_met(account: Account, seen: str, connection: Connection, clock: Clock) -> Owner:
    """Whose the account is there. Raises StateError when we are somebody else than was ``seen``, or the clocks differ."""
    from contentkit.platforms.meeting import check_clock, check_who
    from contentkit.stats.publications import Owner

    me = connection.identity()
    check_who(account, seen, me)
    check_clock(me.server_time, clock.now())
    return Owner(server=account.server, remote_id=me.remote_id)


def counted_tab(project: Project, database: Database, account: Account, clock: Clock, monthly: int) -> Tab:
    """The account's tab. Where reading costs, each request counts against these ``monthly`` reads as well."""
    from contentkit.cli.spending import tab_of
    from contentkit.stats.counted_tab import CountedTab

    tab, prices = tab_of(project, account, clock), project.platform(account).prices
    if prices is None:
        return tab
    return CountedTab(
        database=database,
        platform=account.platform,
        account=account.name,
        monthly=monthly,
        prices=prices,
        clock=clock,
        tab=tab,
    )
