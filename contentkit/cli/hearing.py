"""Asking one account of the project who answered or mentioned it: from ``sync``, and from ``replies --refresh``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.platforms import Connection, Platform
    from contentkit.platforms.billing import Tab
    from contentkit.stats.hearing import Listened
    from contentkit.stats.publications import Owner


def hear(
    project: Project, database: Database, name: str, seen: str, clock: Clock, *, at_once: bool = False
) -> list[Listened]:
    """One account, which the journal has ``seen`` under an id. Its trouble is told, and stops no other account.

    Nothing where it was asked a short while ago and nobody wants it ``at_once``, and where its network tells nothing.
    """
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.errors import ContentkitError
    from contentkit.platforms import Hears
    from contentkit.platforms.billing import ReadsSpent
    from contentkit.stats.hearing import Listened, Listening
    from contentkit.stats.replies import forget_others_words
    from contentkit.stats.sync import trouble_of

    forget_others_words(database, clock.now())
    try:
        account = project.account(name)
        platform = project.platform(account)
        if not platform.secrets or (not at_once and _was_asked(database, name, clock)):
            return []
        if platform.prices and not project.config.monthly_reads:
            return [
                Listened(account=name, passed_over=f"{platform.name} bills reading: set reads under [budget] first")
            ]
        tab = _tab(project, database, account, platform, clock)
        with closing(connect(project, account, tab)) as connection:
            if not isinstance(connection, Hears):
                return []
            owner = _owner(account, seen, connection, clock)
            return [Listening(database, name, account.platform, connection, owner, clock).listen()]
    except ReadsSpent as error:
        return [Listened(account=name, passed_over=error.message)]
    except ContentkitError as error:
        return [Listened(account=name, troubles=(trouble_of(error),))]


def _was_asked(database: Database, name: str, clock: Clock) -> bool:
    from contentkit.stats.hearing import EVERY
    from contentkit.stats.replies import places

    asked = {one.account: one.place.asked_at for one in places(database)}.get(name)
    return asked is not None and asked > clock.now() - EVERY


def _tab(project: Project, database: Database, account: Account, platform: Platform, clock: Clock) -> Tab:
    """Where reading costs, each request counts against the reads of the month as well.

    The last quarter of them is kept for figures: strangers decide how much there is to hear.
    """
    from contentkit.cli.spending import tab_of
    from contentkit.stats.counted_tab import CountedTab

    tab = tab_of(project, account, clock)
    if not platform.prices:
        return tab
    return CountedTab(
        database=database,
        platform=account.platform,
        account=account.name,
        monthly=project.config.monthly_reads * 3 // 4,
        prices=platform.prices,
        clock=clock,
        tab=tab,
    )


def _owner(account: Account, seen: str, connection: Connection, clock: Clock) -> Owner:
    """Whose the account is there. Raises StateError when we are somebody else, or the clocks differ."""
    from contentkit.platforms.meeting import check_clock, check_who
    from contentkit.stats.publications import Owner

    me = connection.identity()
    check_who(account, seen, me)
    check_clock(me.server_time, clock.now())
    return Owner(server=account.server, remote_id=me.remote_id)
