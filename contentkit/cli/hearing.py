"""Asking one account of the project who answered or mentioned it: from ``sync``, and from ``replies --refresh``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.stats.hearing import Listened


def hear(
    project: Project, database: Database, name: str, seen: str, clock: Clock, *, at_once: bool = False
) -> list[Listened]:
    """One account, which the journal has ``seen`` under an id. Its trouble is told, and stops no other account.

    Nothing where it was asked a short while ago and nobody wants it ``at_once``, and where its network tells nothing.
    """
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.cli.reading import counted_tab, owner_met
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
        # The last quarter of the reads is kept for figures: strangers decide how much there is to hear.
        tab = counted_tab(project, database, account, clock, project.config.monthly_reads * 3 // 4)
        with closing(connect(project, account, tab)) as connection:
            if not isinstance(connection, Hears):
                return []
            owner = owner_met(account, seen, connection, clock)
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
