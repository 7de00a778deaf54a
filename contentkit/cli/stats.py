"""``contentkit stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.stats.figures import AccountFigures, PostFigures


def command(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Show the parts of this entry only.")] = "",
    parts: Annotated[bool, typer.Option("--parts", help="One line for each part of a thread.")] = False,
    days: Annotated[int, typer.Option(metavar="N", min=1, max=36_500, help="Threads of the last N days.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the figures of posts and accounts, as they were told last.

    Replies are those of others: the thread's own continuation is not counted. A dash stands for what the network
    does not tell, which is not 0. 'seen' are impressions.

    \b
    contentkit stats
    contentkit stats launch
    contentkit stats --json | jq '.posts[] | select(.likes > 10)'
    """
    from datetime import timedelta

    from contentkit.cli.output import say, show_json
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.views.stats import age_lines

    project, now = open_project(), SystemClock().now()
    posts = _of_entry(project, entry) if entry else _of_all(project, now - timedelta(days=days), parts=parts)
    accounts = [] if entry else _of_accounts(project)
    if as_json:
        show_json({"posts": posts, "accounts": accounts})
    else:
        _show(project, posts, accounts, now)
    say(*age_lines(posts, accounts, days, now))


def _of_entry(project: Project, entry: str) -> list[PostFigures]:
    """The parts of an entry's threads. Raises UsageError that names the nearest entry when nothing of it was published."""
    from contentkit.errors import UsageError
    from contentkit.stats.figures import part_figures_of
    from contentkit.stats.publications import entries_published
    from contentkit.store.database import database_in, has_database
    from contentkit.strict_yaml import nearest

    if not has_database(project.root):
        return []
    with database_in(project.root) as database:
        posts, known = part_figures_of(database, entry), entries_published(database)
    if not posts:
        raise UsageError(f"nothing that was published is called '{entry}'", hint=nearest(entry, known))
    return posts


def _of_all(project: Project, since: datetime, *, parts: bool) -> list[PostFigures]:
    """The threads that were begun since then, or their parts."""
    from contentkit.stats.figures import part_figures, thread_figures
    from contentkit.store.database import database_in, has_database

    if not has_database(project.root):
        return []
    with database_in(project.root) as database:
        return (part_figures if parts else thread_figures)(database, since)


def _of_accounts(project: Project) -> list[AccountFigures]:
    from contentkit.stats.figures import account_figures
    from contentkit.store.database import database_in, has_database

    if not has_database(project.root):
        return []
    with database_in(project.root) as database:
        return account_figures(database)


def _show(project: Project, posts: Sequence[PostFigures], accounts: Sequence[AccountFigures], now: datetime) -> None:
    from contentkit.cli.output import is_terminal, show_lines, show_rows
    from contentkit.views.stats import (
        ACCOUNT_HEADINGS,
        POST_HEADINGS,
        account_cells,
        account_table,
        address_lines,
        post_cells,
        post_table,
    )

    if posts:
        rows = [POST_HEADINGS, *(post_cells(post) for post in posts)]
        show_rows(rows, lambda: post_table(posts, project.calendar.zone, now))
        if is_terminal():
            show_lines(*address_lines(posts))
    if posts and accounts:
        show_lines("")
    if accounts:
        show_rows([ACCOUNT_HEADINGS, *map(account_cells, accounts)], lambda: account_table(accounts, now))
