"""``contentkit replies``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.stats.hearing import Listened
    from contentkit.stats.replies import Reply, Told


def command(
    accounts: Annotated[
        list[str] | None, typer.Option("--account", metavar="NAME", help="On this account only; may be repeated.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was answered, put aside or is gone.")] = False,
    days: Annotated[
        int, typer.Option(metavar="N", min=1, max=36_500, help="Written in the last N days.", show_default=True)
    ] = 30,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask the networks first.")] = False,
    opened: Annotated[
        int | None, typer.Option("--open", metavar="NUMBER", help="Open this one in the browser.")
    ] = None,
    done: Annotated[
        list[int] | None, typer.Option("--done", metavar="NUMBER", help="Put this one aside; may be repeated.")
    ] = None,
    undone: Annotated[
        list[int] | None, typer.Option("--undone", metavar="NUMBER", help="Let this one wait again.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show who answered or mentioned us and waits for an answer.

    Who waits longest stands first, with the post of ours that it is about. What you answer on the network goes from the list
    when it is asked next; contentkit writes no answers. Nothing is asked of any network without --refresh: 'contentkit sync'
    does that from cron, at most every ten minutes, and on X within [budget] reads.

    \b
    contentkit replies
    contentkit replies --open 12
    contentkit replies --done 12 --done 14
    """
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.stats.replies import forget_others_words
    from contentkit.store.database import database_in, has_database

    if opened is not None and (done or undone):
        raise UsageError("replies: --open and --done are two things", hint="ask for one of them")
    project, clock, wanted = open_project(), SystemClock(), tuple(dict.fromkeys(accounts or ()))
    for name in wanted:
        project.account(name)
    if not refresh and not has_database(project.root):
        _refuse_unknown([one for one in (opened, *(done or ()), *(undone or ())) if one is not None])
        _show(_Shown(replies=(), told=(), older=0), clock.now(), as_json=as_json)
        return
    with database_in(project.root) as database:
        listened = _refresh(project, database, clock, wanted) if refresh else []
        forget_others_words(database, clock.now())
        if opened is not None:
            _open(project, _found(database, opened))
        elif done or undone:
            _settle(database, done or (), undone or (), clock.now())
        else:
            shown = _listed(project, database, clock.now() - timedelta(days=days), wanted, everything=everything)
            _show(shown, clock.now(), as_json=as_json)
    _tell(listened)


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What is shown: replies, up to when each account was asked, how many more were written before, and who was never asked."""

    replies: Sequence[Reply]
    told: Sequence[Told]
    older: int
    unasked: Sequence[str] = ()


def _refresh(project: Project, database: Database, clock: Clock, wanted: Collection[str]) -> list[Listened]:
    """Asks these accounts, or all of them. The journal is closed before any network is asked."""
    from contentkit.cli.hearing import hear
    from contentkit.cli.journal import journal_if_any

    with journal_if_any(project, clock) as journal:
        seen = {one.name: one.remote_id for one in journal.accounts.all()} if journal else {}
    names = [name for name in project.config.accounts if not wanted or name in wanted]
    return [told for name in names for told in hear(project, database, name, seen.get(name, ""), clock, at_once=True)]


def _listed(
    project: Project, database: Database, since: datetime, wanted: Collection[str], *, everything: bool
) -> _Shown:
    from contentkit.stats.publications import has_published
    from contentkit.stats.replies import how_many_before, places, replies

    told = [one for one in places(database) if not wanted or one.account in wanted]
    asked = {one.account for one in told}
    return _Shown(
        replies=replies(database, since=since, everything=everything, accounts=wanted),
        told=told,
        older=how_many_before(database, since, wanted),
        unasked=[
            name
            for name, account in project.config.accounts.items()
            if name not in asked and (not wanted or name in wanted) and has_published(database, name, account.platform)
        ],
    )


def _show(shown: _Shown, now: datetime, *, as_json: bool) -> None:
    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.views.replies import HEADINGS, cells, listing, summary_lines

    if as_json:
        show_json({"replies": shown.replies, "accounts": shown.told})
        return
    if shown.replies:
        show_rows([HEADINGS, *map(cells, shown.replies)], lambda: listing(shown.replies, now))
    waiting = [one for one in shown.replies if one.state == "waiting"]
    say(*summary_lines(waiting, shown.older, shown.told, shown.unasked, now))


def _found(database: Database, number: int) -> Reply:
    from contentkit.stats.replies import reply_numbered

    found = reply_numbered(database, number)
    if found is None:
        _refuse_unknown([number])
    assert found is not None
    return found


def _refuse_unknown(numbers: Sequence[int]) -> None:
    from contentkit.errors import UsageError

    if numbers:
        raise UsageError(
            f"nothing here has the number {numbers[0]}", hint="'contentkit replies --all' shows what each is called"
        )


def _open(project: Project, reply: Reply) -> None:
    """Shows it in the browser: an address of the account's own server, or of X, and no other. Raises StateError."""
    import webbrowser

    from contentkit.addresses import is_guarded, is_same_server
    from contentkit.cli.output import show_lines
    from contentkit.errors import StateError

    account = project.config.accounts.get(reply.account)
    homes = ("https://x.com", account.server if account else "")
    if not is_guarded(reply.url) or not any(is_same_server(reply.url, home) for home in homes if home):
        raise StateError(
            f"{reply.number}: its address is not on the server of '{reply.account}': nothing was opened",
            hint="look for it on the network itself",
        )
    show_lines(reply.url)
    if not webbrowser.open(reply.url):
        raise StateError("there is no browser here", hint="open the address above where there is one")


def _settle(database: Database, done: Sequence[int], undone: Sequence[int], now: datetime) -> None:
    """Puts aside, and lets wait again. Raises UsageError for a number that nothing has; then nothing is changed."""
    from contentkit.cli.output import say, show_lines
    from contentkit.stats.replies import put_aside, take_up

    found = {number: _found(database, number) for number in (*done, *undone)}
    aside, taken = put_aside(database, done, now), take_up(database, undone)
    show_lines(*(f"{number}: put aside" for number in aside), *(f"{number}: waits again" for number in taken))
    say(
        *(
            f"{number}: nothing to do: it is {one.state}"
            for number, one in found.items()
            if number not in (*aside, *taken)
        )
    )


def _tell(listened: Sequence[Listened]) -> None:
    """What asking brought. Raises Exit 1 where it went wrong."""
    from contentkit.cli.main import FAILED
    from contentkit.cli.output import say
    from contentkit.views.replies import heard_lines, heard_trouble_lines

    say(*heard_lines(listened), *heard_trouble_lines(listened))
    if any(one.troubles for one in listened):
        raise typer.Exit(FAILED)
