"""``contentkit import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.cli.importing.summary import Summary
    from contentkit.cli.importing.timelines import Span
    from contentkit.cli.importing.visits import StoredReport
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.sources.visits import Hints


def command(
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="An archive of X, an export of Mastodon, or visits as CSV.")
    ] = "",
    account: Annotated[str, typer.Option(metavar="NAME", help="The account whose posts they are.")] = "",
    timeline: Annotated[bool, typer.Option("--timeline", help="Ask the account's network for its posts.")] = False,
    since: Annotated[str, typer.Option(metavar="DATE", help="Of a timeline: posts from this day on.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Of a timeline: posts up to this day.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="Of visits: their first day.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="Of visits: their last day.")] = "",
    tag: Annotated[
        str, typer.Option(metavar="TAG", help="Of visits: what their names are: source, medium, campaign, content.")
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="WHAT=HEADING",
            help="Of visits: which column is source, medium, source/medium, campaign, content, visits, visitors or date.",
        ),
    ] = None,
    analytics: Annotated[
        str, typer.Option(metavar="NAME", help="With --column: whose export it is: plausible, ga4 or matomo.")
    ] = "",
    site: Annotated[str, typer.Option(metavar="NAME", help="Of visits: which website, where there are several.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Of visits: take away what is stored of overlapping days.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether to pay for reading.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take in what was posted before contentkit, and visits of the website.

    Public posts and threads of one's own come in with their words and the figures that are told of them: for 'stats', for
    'check', which knows what you said before, and for 'voice learn'. Replies, boosts and what is not public stay out. The
    same import twice changes nothing; what contentkit published stays as it is.

    Visits are exports of Plausible, Google Analytics 4 or Matomo that tell the tags of links (utm_source and its like).

    \b
    contentkit import ~/Downloads/twitter-2026-11-20.zip --account ours-x
    contentkit import archive.tar.gz --account ours
    contentkit import --timeline --account ours --since 2026-01-01
    contentkit import utm_campaigns.csv --from 2026-11-01 --to 2026-11-30
    """
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError

    if timeline == bool(path):
        raise UsageError(
            "import: name a file or a folder, or ask the network",
            hint="contentkit import PATH, or --timeline --account NAME",
        )
    if (since or until) and not timeline:
        raise UsageError(f"--{'since' if since else 'until'} goes with --timeline", hint="a file is imported whole")
    project, clock = open_project(), SystemClock()
    if timeline:
        span = _span(since, until, clock.now())
        _timeline(project, _account(project, account, "--timeline"), span, clock, yes=yes, as_json=as_json)
        return
    from contentkit.cli.importing.archives import archive_in, import_archive
    from contentkit.cli.importing.visits import hints_of

    hints = hints_of(first, last, tag, columns or (), analytics)
    archive = archive_in(_existing(path), path)
    if archive is None:
        _visits(project, path, hints, site=site, replacing=replace, account=account, now=clock.now(), as_json=as_json)
        return
    if first or tag or columns or site or replace:
        hint = "--from, --to, --tag, --column, --site and --replace are about visits"
        raise UsageError(f"{path}: is an archive of posts", hint=hint)
    _show_posts(import_archive(project, _account(project, account, path), archive, Path(path), clock), as_json)


def _existing(path: str) -> Path:
    """Raises ContentError where there is nothing."""
    from contentkit.errors import ContentError

    if not Path(path).exists():
        raise ContentError(f"{path}: there is no such file or folder", hint="check the name")
    return Path(path)


def _visits(
    project: Project,
    path: str,
    hints: Hints,
    *,
    site: str,
    replacing: bool,
    account: str,
    now: datetime,
    as_json: bool,
) -> None:
    from contentkit.cli.importing.visits import import_visits
    from contentkit.errors import UsageError

    if account:
        hint = "name it as it came from X or Mastodon; where it is visits of a website, leave --account out: they are of none"
        raise UsageError(f"{path}: is no archive of posts", hint=hint)
    _show_visits(
        path, import_visits(project, Path(path), path, hints, site=site, replacing=replacing, now=now), as_json
    )


def _account(project: Project, name: str, what: str) -> Account:
    """The account of this name. Raises UsageError where none is named."""
    from contentkit.errors import UsageError

    if not name:
        accounts = ", ".join(project.config.accounts)
        raise UsageError(f"{what}: whose posts are these?", hint=f"name the account: --account NAME ({accounts})")
    return project.account(name)


def _span(first: str, last: str, now: datetime) -> Span:
    """The days from the first to the last, both within it. Raises UsageError."""
    from datetime import timedelta

    from contentkit.cli.importing.timelines import Span
    from contentkit.errors import UsageError

    since, until = _midnight(first, "--since"), _midnight(last, "--until")
    if since and until and since > until:
        raise UsageError(f"--since {first} is after --until {last}", hint="change places")
    # Up to today is up to now: no network is asked about what is to come.
    until = until + timedelta(days=1) if until and until.date() < now.date() else None
    return Span(since=since, until=until)


def _midnight(day: str, option: str) -> datetime | None:
    """When this day begins (UTC); None where none is named. Raises UsageError."""
    from datetime import UTC, date, datetime, time

    from contentkit.errors import UsageError

    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC) if day else None
    except ValueError:
        raise UsageError(f"'{day}' is no date", hint=f"write it as {option} 2026-11-30") from None


def _timeline(project: Project, account: Account, span: Span, clock: Clock, *, yes: bool, as_json: bool) -> None:
    from contentkit.cli.importing.timelines import import_timeline, most_and_price
    from contentkit.cli.main import FAILED, report
    from contentkit.cli.output import say
    from contentkit.text import counted

    most, price = most_and_price(project, account, clock.now())
    if price:
        say(f"{price}. An archive of the account costs nothing.")
        _confirm(yes)
    recalled = import_timeline(project, account, span, most, clock)
    _show_posts(recalled.summary, as_json)
    if price:
        say(f"{counted(recalled.read, 'post was', 'posts were')} read, against [budget] reads.")
    if recalled.is_cut:
        say("That is as much as may be read now: older posts may be missing. An archive of the account has them all.")
    if recalled.is_interrupted:
        say("interrupted: what was told before that is stored.")
        raise KeyboardInterrupt
    if recalled.trouble:
        report(recalled.trouble)
        say("What was told before that is stored.")
        raise typer.Exit(FAILED)


def _confirm(yes: bool) -> None:
    """Raises UsageError where nobody can be asked, Exit where somebody says no."""
    from contentkit.cli.person import can_be_asked
    from contentkit.errors import UsageError

    if yes:
        return
    if not can_be_asked():
        raise UsageError("somebody has to agree to pay for this", hint="add --yes")
    if not typer.confirm("Read them?", err=True):
        raise typer.Exit(1)


def _show_posts(told: Summary, as_json: bool) -> None:
    from contentkit.cli.output import show_json, show_sentences
    from contentkit.views.imports import import_lines

    if as_json:
        show_json(told)
        return
    span = (told.first, told.last)
    show_sentences(*import_lines(told.account, told.source, told.imported, told.left_out, span, told.told_at))


def _show_visits(name: str, stored: list[StoredReport], as_json: bool) -> None:
    from contentkit.cli.output import show_json, show_sentences
    from contentkit.views.imports import visit_lines

    if as_json:
        show_json(
            [
                {
                    "analytics": one.report.analytics,
                    "tags": one.report.told,
                    "first_day": min((days[0] for days in one.report.ranges), default=None),
                    "last_day": max((days[1] for days in one.report.ranges), default=None),
                    "untagged": one.report.untagged,
                    "unreadable": one.report.unreadable,
                    **vars(one.stored),
                }
                for one in stored
            ]
        )
        return
    show_sentences(*(line for one in stored for line in visit_lines(name, one.report, one.stored)))
