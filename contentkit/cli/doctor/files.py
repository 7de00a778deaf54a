"""What doctor looks at in the project's own files: does each parse, and is what they name there?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from contentkit.cli.project import Project
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.config import CALENDAR_NAME
from contentkit.errors import ContentError, ContentkitError
from contentkit.media import load_each
from contentkit.people import PEOPLE_NAME
from contentkit.views.doctor import Finding, error, fine


def look_at_settings(project: Project) -> Iterator[Finding]:
    """contentkit.toml was read before anything else: there is nothing wrong with it."""
    accounts = len(project.config.accounts)
    what = f"'{project.config.project}' in {project.root}, {accounts} account{'' if accounts == 1 else 's'}"
    yield fine("project", what)


def look_at_checks(project: Project) -> Iterator[Finding]:
    """Raises ContentError where contentkit.toml names a check that there is not, or lowers one that it may not."""
    from contentkit.checks import levels_of

    settings = project.config.checks
    levels_of(settings)
    named = {check for levels in (settings.levels, *settings.levels_on.values()) for check in levels}
    if named:
        yield fine("checks", f"as bad as the project says: {', '.join(sorted(named))}")


def look_at_people(project: Project) -> Iterator[Finding]:
    """Raises ContentError when the file does not parse."""
    if not (project.root / PEOPLE_NAME).exists():
        yield fine("people", f"there is no {PEOPLE_NAME}: nobody may be named with @{{…}}")
        return
    count = len(project.people)
    yield fine("people", f"{count} {'person' if count == 1 else 'people'}")


def look_at_confidential(project: Project) -> Iterator[Finding]:
    """Raises ContentError when the list of confidential names cannot be used. Nothing is said of what it holds."""
    if project.confidential:
        yield fine("confidential", f"the names in {CONFIDENTIAL_NAME} are kept from models and posts")


def look_at_calendar(project: Project, now: datetime) -> Iterator[Finding]:
    """The calendar, and the drafts of what is still to come. Raises ContentError when the calendar does not parse."""
    entries = project.calendar.entries
    open_ones = [entry for entry in entries if entry.at + entry.late.within >= now]
    words = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"
    yield fine("calendar", f"{words}; times are those of {project.calendar.zone}")
    bad = [finding for entry in open_ones for finding in _about_draft(project, entry.id)]
    yield from bad
    if open_ones and not bad:
        yield fine("drafts", "each draft on the calendar can be read, with its pictures")


def _about_draft(project: Project, name: str) -> Iterator[Finding]:
    entry = project.calendar.entry(name)
    try:
        draft = project.draft_of(entry)
    except ContentkitError as problem:
        yield error("drafts", problem.message, problem.hint or f"mend it, or take the entry out of {CALENDAR_NAME}")
        return
    paths = dict.fromkeys(media.path for post in draft.posts for media in post.media)
    for path, picture in load_each(paths, project.root).items():
        if isinstance(picture, ContentError):
            yield error("drafts", f"{draft.path}: {picture.message}", picture.hint or f"mend {path}")
