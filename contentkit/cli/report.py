"""``contentkit report``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from contentkit.cli.project import Project
    from contentkit.stats.periods import Period
    from contentkit.views.report.blocks import Content

_STDOUT = "-"
# Beside the calendar, so that a report is found again.
_FOLDER = "reports"


def command(
    month: Annotated[
        str, typer.Option(metavar="MONTH", help="A month, as 2026-11; without it, the last one that is over.")
    ] = "",
    first: Annotated[
        str, typer.Option("--from", metavar="DAY", help="Not a month: from this day on, as 2026-11-03.")
    ] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="With --from: to the end of this day.")] = "",
    out: Annotated[
        str, typer.Option(metavar="FILE", help="Write the page here, not to reports/MONTH.html; - is standard output.")
    ] = "",
    markdown: Annotated[
        str,
        typer.Option(metavar="FILE", help="Write Markdown here (- is standard output), and the page only with --out."),
    ] = "",
    png: Annotated[
        str,
        typer.Option(metavar="FOLDER", help="Write the charts as pictures for slides, and the page only with --out."),
    ] = "",
    charts: Annotated[
        bool, typer.Option("--charts/--no-charts", help="Draw charts; without them their tables stand there.")
    ] = True,
) -> None:
    """Write a report of a month for whoever leads or pays: what was published, what it brought, what was learnt.

    The page is one file. It needs no network and runs no script, and each figure says on how much it rests and how it was
    counted. Nothing is asked of a network: 'contentkit sync' did. Days are those of the calendar's time zone.

    \b
    contentkit report
    contentkit report --month 2026-11
    contentkit report --from 2026-11-03 --to 2026-11-16 --out launch.html
    contentkit report --month 2026-11 --markdown -
    contentkit report --month 2026-11 --png slides
    """
    from contentkit.cli.project import open_project

    if out == _STDOUT and markdown == _STDOUT:
        raise _misused("the page and Markdown cannot both go to standard output", "name a file for one of them")
    project = open_project()
    period = _period(project, month, first, last)
    if charts and (out or png or not markdown):
        _require_library()
    content = _content(project, period)
    if out or not (markdown or png):
        _write_page(project, content, period, out, charts=charts)
    if markdown:
        _write_markdown(content, markdown)
    if png:
        _write_pictures(content, period, png, charts=charts)


def _misused(message: str, hint: str) -> Exception:
    from contentkit.errors import UsageError

    return UsageError(message, hint=hint)


def _period(project: Project, month: str, first: str, last: str) -> Period:
    """The days that are meant, in the calendar's zone. Raises UsageError for what cannot be meant."""
    from contentkit.clock import SystemClock

    period = _days_meant(project.calendar.zone, month, first, last)
    if period.since > SystemClock().now():
        raise _misused(
            f"{month or first} has not begun", "a report tells what was; name a month or a day that has begun"
        )
    return period


def _days_meant(zone: tzinfo, month: str, first: str, last: str) -> Period:
    from contentkit.clock import SystemClock
    from contentkit.stats.periods import Period, month_before, month_of

    if month and (first or last):
        raise _misused("a month, or days: not both", "leave --month out, or --from and --to")
    if bool(first) != bool(last):
        raise _misused("--from and --to belong together", "name the first and the last day")
    if first:
        period = Period(first=_day(first), last=_day(last), zone=zone)
        if period.last < period.first:
            raise _misused(f"{last} lies before {first}", "name the first day behind --from")
        return period
    return month_of(month, zone) if month else month_before(SystemClock().now(), zone)


def _day(words: str) -> date:
    from contentkit.calendar.times import read_day
    from contentkit.errors import ContentError, UsageError

    try:
        return read_day(words)
    except ContentError as error:
        raise UsageError(error.message, hint=error.hint) from None


def _require_library() -> None:
    from contentkit.errors import StateError
    from contentkit.views.report.drawing import can_draw

    if not can_draw():
        raise StateError(
            "charts need matplotlib, which is not installed", hint="install contentkit[report], or add --no-charts"
        )


def _content(project: Project, period: Period) -> Content:
    """What there is to read, without confidential names. Raises UsageError where there is no database."""
    from contentkit import __version__
    from contentkit.cli.measuring.collecting import without_collecting
    from contentkit.stats.reports import report
    from contentkit.store.database import DATABASE_NAME, database_in, has_database
    from contentkit.views.report.content import content_of

    if not has_database(project.root):
        raise _misused(
            f"there is no {DATABASE_NAME}, so nothing is known", "when something was published: contentkit sync"
        )
    with database_in(project.root) as database, without_collecting():
        found = report(database, _title(project), period, tuple(_on_networks(project)))
    content = content_of(found, f"contentkit {__version__}")
    return content.veiled(project.confidential.veil) if project.confidential else content


def _on_networks(project: Project) -> Iterator[str]:
    """The accounts that figures are asked for: not those for trying things, whose network needs no secrets."""
    from contentkit.errors import ContentkitError

    for name, account in project.config.accounts.items():
        try:
            if project.platform(account).secrets:
                yield name
        except ContentkitError:  # its plug-in is not installed here
            yield name


def _title(project: Project) -> str:
    """What the project is called: as it says itself, else its name without the random end that 'init' gave it."""
    import re

    name = re.sub(r"-(?=[a-f]*[0-9])[0-9a-f]{6}\Z", "", project.config.project)
    return project.config.report_title or name


def _write_page(project: Project, content: Content, period: Period, out: str, *, charts: bool) -> None:
    from contentkit.cli.output import show_document
    from contentkit.cli.page_file import put
    from contentkit.views.report.page import MARKER, page_with_charts, page_without_charts

    page = page_with_charts(content) if charts else page_without_charts(content)
    if out == _STDOUT:
        show_document(page)
        return
    path = Path(out) if out else _beside(project, f"{period.name}.html")
    _make_folder(path.parent)
    put(path, page.encode(), MARKER, "--out")
    _tell(path, len(page.encode()))


def _write_markdown(content: Content, name: str) -> None:
    from contentkit.cli.output import show_document
    from contentkit.cli.page_file import put
    from contentkit.views.report.markdown import MARKER, markdown

    words = markdown(content)
    if name == _STDOUT:
        show_document(words)
        return
    _make_folder(Path(name).parent)
    put(Path(name), words.encode(), MARKER, "--markdown")
    _tell(Path(name), len(words.encode()))


def _write_pictures(content: Content, period: Period, folder: str, *, charts: bool) -> None:
    from contentkit.cli.output import say
    from contentkit.cli.page_file import put
    from contentkit.views.report.drawing import PICTURE_MARKER, png_of

    if not charts:
        raise _misused("--png and --no-charts exclude each other", "leave one of them out")
    if not content.charts():
        say("There is no chart in this report: no figures are known yet of which one could be drawn.")
        return
    _make_folder(Path(folder))
    for chart in content.charts():
        path, data = Path(folder) / f"{period.name}-{chart.name}.png", png_of(chart)
        put(path, data, PICTURE_MARKER, "--png")
        _tell(path, len(data))


def _beside(project: Project, name: str) -> Path:
    """The file in the folder of reports, as it is called from here."""
    folder = project.root / _FOLDER
    here = Path.cwd()
    return (folder.relative_to(here) if folder.is_relative_to(here) else folder) / name


def _make_folder(folder: Path) -> None:
    from contentkit.errors import StateError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(f"{folder}: cannot be made: {error.strerror}", hint="name another folder") from None


def _tell(path: Path, length: int) -> None:
    from contentkit.cli.output import show_lines
    from contentkit.views.pictures import size_of

    show_lines(f"{path}: {size_of(length)}")
