"""``contentkit preview``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry, Rendition
    from contentkit.views.threads import Preview


@dataclass(frozen=True, kw_only=True)
class Work:
    """A draft, alone or as an entry has it, with its thread on each account that was asked for."""

    draft: Draft
    entry: Entry | None
    previews: tuple[Preview, ...]


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY|DRAFT...", help="Entries of the calendar, or drafts.")],
    account: Annotated[str, typer.Option(metavar="NAME", help="Only this account.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the exact thread of each account.

    What is shown is what an approval is bound to and what is published, letter for letter. Where a network cuts a link, the
    whole address stands below the text.

    \b
    contentkit preview launch
    contentkit preview drafts/launch.md --account our-mastodon
    """
    from contentkit.cli.output import say, show_json
    from contentkit.cli.project import open_project
    from contentkit.config import CONFIG_NAME

    project = open_project()
    works = [_work(project, name, account) for name in names]
    if as_json:
        show_json([preview.rendition for work in works for preview in work.previews])
        return
    for work in works:
        for preview in work.previews:
            _show(preview)
    if not any(work.previews for work in works):
        say(f"{CONFIG_NAME} has no account: there is nothing to show.")
    for work in works:
        _tell_findings(project, work)


def show_rendition(project: Project, rendition: Rendition, draft: Draft, entry: Entry | None) -> None:
    """Shows one thread: in frames on a terminal, in plain lines in a pipe."""
    _show(_preview(project, rendition, draft, entry))


def _show(preview: Preview) -> None:
    import shutil

    from contentkit.cli.output import is_terminal, show, show_lines
    from contentkit.views.threads import thread_lines, thread_view

    if is_terminal():
        show(thread_view(preview, shutil.get_terminal_size().columns))
    else:
        show_lines(*thread_lines(preview))


def _work(project: Project, name: str, account: str) -> Work:
    draft, entry = _draft_and_entry(project, name)
    accounts = _accounts(project, entry, account)
    renditions = [project.rendition(draft, entry, project.account(one)) for one in accounts]
    previews = tuple(_preview(project, rendition, draft, entry) for rendition in renditions)
    return Work(draft=draft, entry=entry, previews=previews)


def _accounts(project: Project, entry: Entry | None, account: str) -> list[str]:
    """The accounts to show. Raises UsageError for one that the entry does not go to: what it would look like there is not it."""
    from contentkit.errors import UsageError

    if entry is None:
        return [account] if account else list(project.config.accounts)
    if account and project.account(account).name not in entry.accounts:
        raise UsageError(
            f"{entry.id} does not go to {account}, but to {', '.join(entry.accounts)}",
            hint=f"to see it there all the same: contentkit preview {entry.draft} --account {account}",
        )
    return [account] if account else list(entry.accounts)


def _preview(project: Project, rendition: Rendition, draft: Draft, entry: Entry | None) -> Preview:
    from contentkit.media import load_each
    from contentkit.prices import cost_of
    from contentkit.views.threads import Preview

    platform = project.platform(rendition.account)
    return Preview(
        rendition=rendition,
        posts=draft.posts,
        platform=platform,
        entry=entry,
        cost=cost_of(rendition, platform.prices, platform.links) if platform.prices else None,
        pictures=load_each((media.path for part in rendition.parts for media in part.media), project.root),
    )


def _draft_and_entry(project: Project, name: str) -> tuple[Draft, Entry | None]:
    """What this names: an entry with its draft, or a draft alone. Raises UsageError that names the nearest of both."""
    from contentkit.cli.project import drafts_named
    from contentkit.errors import UsageError
    from contentkit.strict_yaml import nearest

    if name.endswith(".md"):
        return drafts_named(project, [name])[0], None
    entries = {entry.id: entry for entry in project.calendar.entries}
    if name in entries:
        return project.draft_of(entries[name]), entries[name]
    try:
        return drafts_named(project, [name])[0], None
    except UsageError as error:
        known = [*entries, *(Path(path).stem for path in project.drafts())]
        hint = nearest(name, known) if known else error.hint
        raise UsageError(f"there is no entry and no draft '{name}'", hint=hint) from None


def _tell_findings(project: Project, work: Work) -> None:
    """What 'check' has to say is told where it is looked at: a thread may look right and rest on nothing."""
    import shlex

    from contentkit.cli.check import problems_of
    from contentkit.cli.output import say
    from contentkit.errors import ContentkitError
    from contentkit.views.problems import tally

    path = work.draft.path
    try:
        problems = problems_of(project, work.draft, *([work.entry] if work.entry else []))
    except ContentkitError as error:
        say(f"{path}: cannot be checked: {error.message}")
        return
    if problems:
        say(f"{path}: {tally(problems)}: contentkit check {shlex.quote(path)}")
