"""``contentkit preview``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry, Rendition


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY|DRAFT...", help="Entries of the calendar, or drafts.")],
    account: Annotated[str, typer.Option(metavar="NAME", help="Only this account.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the exact thread of each account.

    What is shown is what an approval is bound to and what is published, letter for letter.

    \b
    contentkit preview launch
    contentkit preview drafts/launch.md --account our-mastodon
    """
    from contentkit.cli.output import say, show_json
    from contentkit.cli.project import open_project
    from contentkit.config import CONFIG_NAME

    project = open_project()
    shown: list[Rendition] = []
    for draft, entry in [_draft_and_entry(project, name) for name in names]:
        accounts = [account] if account else entry.accounts if entry else project.config.accounts
        for one in accounts:
            shown.append(project.rendition(draft, entry, project.account(one)))
            if not as_json:
                show_rendition(project, shown[-1], draft, entry)
    if as_json:
        show_json(shown)
    elif not shown:
        say(f"{CONFIG_NAME} has no account: there is nothing to show.")


def _draft_and_entry(project: Project, name: str) -> tuple[Draft, Entry | None]:
    """What this names: an entry with its draft, or a draft alone."""
    from contentkit.cli.project import drafts_named

    if not name.endswith(".md"):
        for entry in project.calendar.entries:
            if entry.id == name:
                return project.draft_of(entry), entry
    return drafts_named(project, [name])[0], None


def show_rendition(project: Project, rendition: Rendition, draft: Draft, entry: Entry | None) -> None:
    """Shows one thread: in frames on a terminal, in plain lines in a pipe."""
    import shutil

    from contentkit.cli.output import is_terminal, show, show_lines
    from contentkit.media import load_each
    from contentkit.views.threads import rendition_lines, rendition_view

    pictures = load_each((media.path for part in rendition.parts for media in part.media), project.root)
    if is_terminal():
        show(rendition_view(rendition, draft.posts, entry, shutil.get_terminal_size().columns, pictures))
    else:
        show_lines(*rendition_lines(rendition, entry, pictures))
