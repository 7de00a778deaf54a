"""``contentkit sync``: made to be started from cron."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.stats.hearing import Listened
    from contentkit.stats.publications import Tracked
    from contentkit.stats.sync import Synced

_A_FEW = 3


def command(
    days: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=36_500, help="Ask now for every post of the last N days.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Ask now for every post.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask the networks for the figures of what was published. Made for cron.

    Asks for each post when it is 1, 6 and 24 hours old, and 3, 7, 30 and 90 days, and once a day for each account; where
    nothing is due, nobody is asked. Likes, boosts, replies and followers are added to contentkit.db; nothing there is ever
    overwritten. Where a network bills reading (X), only [budget] reads of contentkit.toml are spent. Silent without a
    terminal, but for trouble. Who answered or mentioned us is asked for as well: 'contentkit replies' shows it.

    \b
    contentkit sync
    contentkit sync --days 7
    17 * * * *  ~/.local/bin/contentkit -C ~/our-posts sync      (crontab)
    """
    from contentkit.cli.main import FAILED
    from contentkit.cli.output import is_terminal, say, show_json, show_sentences
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.views.replies import heard_lines, heard_trouble_lines
    from contentkit.views.sync import sync_lines, trouble_lines

    project, clock = open_project(), SystemClock()
    since = _since(clock.now(), days, everything=everything)
    try:
        synced, heard = _sync(project, clock, since)
    except KeyboardInterrupt:
        say("interrupted: what was told until now is kept, and the next run goes on from there.")
        raise
    if as_json:
        show_json([_value(one, heard) for one in synced])
    elif is_terminal():
        show_sentences(*(sync_lines(synced) if synced else ["Nothing was published yet: there is nothing to ask for."]))
        show_sentences(*heard_lines(heard))
    say(*trouble_lines(synced), *heard_trouble_lines(heard))
    if any(one.troubles for one in synced) or any(one.troubles for one in heard):
        raise typer.Exit(FAILED)


def _value(one: Synced, heard: Sequence[Listened]) -> dict[str, Any]:
    """One account for a program: what became of its figures, and what was heard there; null where nobody was asked for that."""
    from dataclasses import asdict

    return {**asdict(one), "heard": next((asdict(told) for told in heard if told.account == one.account), None)}


def _since(now: datetime, days: int | None, *, everything: bool) -> datetime | None:
    """From when on every post is asked for; None where it is only what is due. Raises UsageError for both options."""
    from datetime import UTC, datetime, timedelta

    from contentkit.errors import UsageError

    if everything and days is not None:
        raise UsageError("--all and --days say two things", hint="leave one of them out")
    if everything:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return None if days is None else now - timedelta(days=days)


def _sync(project: Project, clock: Clock, since: datetime | None) -> tuple[list[Synced], list[Listened]]:
    """What became of each account's figures, and what was heard of who answered there."""
    from contentkit.cli.hearing import hear
    from contentkit.cli.spending import copy_spending
    from contentkit.cli.syncing.account import Run, sync_account
    from contentkit.cli.syncing.facts import note_facts
    from contentkit.cli.syncing.published import out_on_networks
    from contentkit.stats.publications import copy_publications, has_published
    from contentkit.stats.retractions import note_retracted
    from contentkit.store.database import database_in, has_database

    out = out_on_networks(project, clock)
    if not out.published and not has_database(project.root):
        return [], []
    synced: list[Synced] = []
    heard: list[Listened] = []
    with database_in(project.root) as database:
        note_retracted(database, out.retracted, clock.now())
        copy_publications(database, out.published)
        note_facts(project, database, clock.now())
        run = Run(project=project, database=database, clock=clock, since=since, follow=_watched)
        for name, account in project.config.accounts.items():
            if has_published(database, name, account.platform):
                one = sync_account(run, name, out.seen.get(name, ""), out.retracted_from(name))
                synced.append(one)
                # What stands in the way of the one stands in the way of the other.
                if not one.troubles and not one.passed_over:
                    heard += hear(project, database, name, out.seen.get(name, ""), clock)
        _give_back(database, clock.now())
        copy_spending(project, database, clock)
    return synced, heard


def _give_back(database: Database, now: datetime) -> None:
    """Takes words that networks lent out of the database, where they want it, and those of others whose time is over."""
    from contentkit.errors import ContentkitError
    from contentkit.models import Account
    from contentkit.platforms.loading import load_platform
    from contentkit.platforms.measuring import LendsWords
    from contentkit.stats.replies import forget_others_words
    from contentkit.stats.retractions import forget_unseen, forget_words, lenders

    forget_others_words(database, now)
    for name in lenders(database):
        forget_words(database)
        try:
            platform = load_platform(Account(name=name, platform=name))
        except ContentkitError:
            continue  # nobody here knows what this network wants
        if isinstance(platform, LendsWords):
            forget_unseen(database, name, now - platform.lends_words)


def _watched(batches: Sequence[Sequence[Tracked]]) -> Iterable[Sequence[Tracked]]:
    """The batches one by one; with a bar on the terminal when there are more than a few."""
    import sys

    return _with_bar(batches) if len(batches) > _A_FEW and sys.stderr.isatty() else batches


def _with_bar(batches: Sequence[Sequence[Tracked]]) -> Iterable[Sequence[Tracked]]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    return track(batches, "Asking", console=console, transient=True)
