"""What a person sees of a fresh draft: the thread, what the checks say, what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Account, Draft, Source


def show_draft(project: Project, sources: Sequence[Source], written: Draft, account: Account) -> None:
    """Prints the thread of a fresh draft, and says what speaks against it and what comes next."""
    from contentkit.cli.output import say

    show_thread(project, sources, written, account)
    _tell_link(sources, written)
    path = shlex.quote(written.path)
    if offered := next((number for number, post in enumerate(written.posts, 1) if post.alternatives), 0):
        say(f"Post {offered} could say something else: contentkit redraft {path} --post {offered}")
    if others := sorted(set(project.config.accounts) - {account.name}):
        say(
            f"Each post has room on {account.name} ({account.limits.characters} characters), where there is least. "
            f"'contentkit preview {path}' shows the thread on {', '.join(others)} as well."
        )
    steps = f"contentkit check {path}, then contentkit schedule {path} --at 'tomorrow 09:30'"
    say(f"Wrote {written.path}. Edit it as you like. Next: {steps if project.config.project else 'contentkit init'}")


def show_thread(project: Project, sources: Sequence[Source], written: Draft, account: Account) -> None:
    """Prints the thread, and says what speaks against it."""
    from contentkit.cli.checking.examining import problems_at_once
    from contentkit.cli.output import say
    from contentkit.cli.preview import show_rendition
    from contentkit.models import counted
    from contentkit.views.problems import problem_lines

    show_rendition(project, project.rendition(written, None, account), written, None)
    say(*problem_lines(counted(problems_at_once(project, written, {source.path: source for source in sources}))))
    for source in sources:
        _tell_embargo(source, written)
    say(*spoken_news(sources, written))


def spoken_news(sources: Sequence[Source], written: Draft) -> list[str]:
    """What of spoken words the posts leave out: changes to somebody's words are never silent."""
    from contentkit.drafting.interviews.changes import changes_of
    from contentkit.views.spoken import spoken_lines

    posts = list(enumerate(written.posts, 1))
    talks = [source for source in sources if source.kind == "transcript"]
    changes = [{number: changes_of(talk, post.text, post.evidence) for number, post in posts} for talk in talks]
    return [line for one in changes for line in spoken_lines(one)]


def _tell_embargo(source: Source, written: Draft) -> None:
    from contentkit.calendar.times import show_time
    from contentkit.cli.output import say

    if until := source.embargo_on(one for post in written.posts for one in post.evidence):
        say(f"{written.path} rests on lines under embargo until {show_time(until)}: schedule it for then or later.")


def _tell_link(sources: Sequence[Source], written: Draft) -> None:
    from contentkit.cli.output import say

    pathless = next((source.site_path for source in sources if source.site_path), "")
    if not written.link and pathless:
        say(
            f"The post calls itself {pathless} but names no site, so the thread has no link: delete {written.path}, "
            "and draft again with --link URL, or with site set in contentkit.toml."
        )
