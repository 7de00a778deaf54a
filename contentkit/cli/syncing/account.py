"""One account's part of a run: what is wanted of it, on what terms, and the conversation with its network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Set
    from datetime import datetime

    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.platforms import Platform
    from contentkit.stats.due import Wanted
    from contentkit.stats.publications import Owner
    from contentkit.stats.sync import Follow, Synced


@dataclass(frozen=True, kw_only=True)
class Run:
    """What holds for every account of a run. ``since`` is None where only what is due is wanted, else whatever is newer."""

    project: Project
    database: Database
    clock: Clock
    since: datetime | None
    follow: Follow


def sync_account(run: Run, name: str, seen: str, retracted: Set[str]) -> Synced:
    """One account, which the journal has ``seen`` under an id; nobody asks for what was ``retracted``. Its trouble is told, and
    stops no other account. Where nothing is wanted, nothing is asked: not even who we are."""
    from functools import cache

    from contentkit.errors import ContentkitError
    from contentkit.stats.publications import Owner
    from contentkit.stats.sync import Synced, trouble_of

    try:
        account = run.project.account(name)
        owner = Owner(server=account.server, remote_id=account.remote_id or seen)
        wanted_of = cache(lambda whose: _wanted(run, account, whose, retracted))
        wanted = wanted_of(owner)
        if not wanted.posts and not wanted.audience:
            return Synced(account=name)
        platform = run.project.platform(account)
        if platform.prices is None:
            return _ask_freely(run, account, platform, seen, wanted_of)
        return _ask_within_budget(run, account, platform, owner, wanted)
    except ContentkitError as error:
        return Synced(account=name, troubles=(trouble_of(error),))


def _wanted(run: Run, account: Account, owner: Owner, retracted: Set[str]) -> Wanted:
    """What this run is to ask the account for."""
    from contentkit.stats.due import Wanted, due, is_audience_due
    from contentkit.stats.publications import tracked

    now, place = run.clock.now(), (account.name, account.platform)
    if run.since is None:
        posts, audience = due(run.database, *place, now, owner), is_audience_due(run.database, account.name, now, owner)
    else:
        posts, audience = tracked(run.database, *place, run.since, owner), True
    return Wanted(posts=[one for one in posts if one.remote_id not in retracted], audience=audience)


def _ask_freely(
    run: Run, account: Account, platform: Platform, seen: str, wanted_of: Callable[[Owner], Wanted]
) -> Synced:
    """Where reading costs nothing, the network is asked first who we are: as somebody else we would find every post deleted."""
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.cli.reading import owner_met
    from contentkit.cli.spending import tab_of
    from contentkit.platforms import Measures
    from contentkit.stats.sync import Synced, ask
    from contentkit.stats.terms import Free

    with closing(connect(run.project, account, tab_of(run.project, account, run.clock))) as connection:
        if not isinstance(connection, Measures):
            return Synced(account=account.name, passed_over=f"{platform.name} tells no figures")
        owner = owner_met(account, seen, connection, run.clock)
        return ask(run.database, account.name, wanted_of(owner), connection, Free(), run.clock, owner, run.follow)


def _ask_within_budget(run: Run, account: Account, platform: Platform, owner: Owner, wanted: Wanted) -> Synced:
    """Where reading is billed, as far as the budget reaches; the question who we are would cost, too."""
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.cli.spending import tab_of
    from contentkit.platforms import Measures
    from contentkit.stats.budget import Allowance
    from contentkit.stats.due import affordable
    from contentkit.stats.sync import Synced, ask

    name, monthly, prices = account.name, run.project.config.monthly_reads, platform.prices
    if not monthly or prices is None:
        return Synced(account=name, passed_over=f"{platform.name} bills reading: set reads under [budget] first")
    tab = tab_of(run.project, account, run.clock)
    with closing(connect(run.project, account, tab)) as connection:
        if not isinstance(connection, Measures):
            return Synced(account=name, passed_over=f"{platform.name} tells no figures")
        allowance = Allowance(
            database=run.database, platform=account.platform, account=name, monthly=monthly, prices=prices, tab=tab
        )
        if run.since is None:
            now = run.clock.now()
            posts = affordable(wanted.posts, now, allowance.share(now))
            wanted = replace(wanted, posts=posts, spared=len(wanted.posts) - len(posts))
        return ask(run.database, name, wanted, connection, allowance, run.clock, owner, run.follow)
