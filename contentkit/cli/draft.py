"""``contentkit draft``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Account, Draft, Source


def command(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A note, a transcript or a post.")],
    speaker: Annotated[str, typer.Option(help="Whose words of a transcript to draft from.")] = "",
    posts: Annotated[int | None, typer.Option(min=1, max=25, help="How many posts; as many as it carries when left out.")] = None,
    link: Annotated[str, typer.Option(help="Where the thread ends; the post's own address when left out.")] = "",
    language: Annotated[str, typer.Option(help="The language, as in en or es; guessed when left out.")] = "",
    slug: Annotated[str, typer.Option(help="The draft's file name; made from the title when left out.")] = "",
    drafter: Annotated[str, typer.Option(help="Which drafter; as in contentkit.toml when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the draft as JSON.")] = False,
) -> None:
    """Draft a thread from a note, a transcript or a post.

    Writes drafts/<slug>.md, in which each post names the lines it rests on, and shows the thread with its counts.
    Works without a project too.

    \b
    contentkit draft notes/call.md
    contentkit draft interview.md --speaker "Ana Torres" --posts 5
    """
    from contentkit.cli.output import say, show_json
    from contentkit.cli.project import project_or_none
    from contentkit.drafts import format_draft
    from contentkit.errors import UsageError
    from contentkit.files import create_file
    from contentkit.text import slug_of

    project = project_or_none()
    root = project.root if project else Path.cwd()
    if slug and slug != slug_of(slug):
        raise UsageError(f"'{slug}' is no file name for a draft", hint=f"use small letters, digits, hyphens: {slug_of(slug) or 'launch'}")
    source = _read(path, root, project)
    account = _narrowest(project)
    written = _drafted(source, account, project, drafter=drafter, speaker=speaker, posts=posts, language=language, link=link)
    written = replace(written, slug=slug or written.slug)
    target = root / "drafts" / f"{written.slug}.md"
    if target.exists():
        raise UsageError(f"drafts/{written.slug}.md exists already", hint=f"name another: --slug {written.slug}-2")
    target.parent.mkdir(exist_ok=True)
    create_file(target, format_draft(written).encode())
    written = replace(written, path=target.relative_to(root).as_posix())
    if as_json:
        show_json(written)
    else:
        _show(written, source, account, project)
    if not written.link and source.site_path:
        say(f"The post calls itself {source.site_path} but names no site: use --link, or set site in contentkit.toml.")
    next_step = f"contentkit schedule {written.path} --at 'tomorrow 09:30'" if project else "contentkit init"
    say(f"Wrote {written.path}. Edit it as you like. Next: {next_step}")


def _read(path: Path, root: Path, project: Project | None) -> Source:
    """The source; inside a project it is registered too, as ``ingest`` would."""
    import os

    from contentkit.clock import SystemClock
    from contentkit.sources import read_source
    from contentkit.store.database import open_database, register_source

    source = read_source(path, Path(os.path.relpath(path, root)).as_posix())
    if project:
        database = open_database(root)
        try:
            register_source(database, source, SystemClock().now())
        finally:
            database.close()
    return source


def _narrowest(project: Project | None) -> Account:
    """The account with the least room: what fits there fits everywhere. Mastodon's own limits without a project."""
    from contentkit.models import Account

    accounts = list(project.config.accounts.values()) if project else []
    return min(accounts, key=lambda account: account.limits.characters, default=Account(name="mastodon", platform="mastodon"))


def _drafted(
    source: Source,
    account: Account,
    project: Project | None,
    *,
    drafter: str,
    speaker: str,
    posts: int | None,
    language: str,
    link: str,
) -> Draft:
    import os

    from contentkit.config import DrafterSettings
    from contentkit.drafting import Brief
    from contentkit.drafting.loading import load_drafter
    from contentkit.platforms import load_platform

    platform = load_platform(account)
    settings = project.config.drafter if project else DrafterSettings()
    site = project.config.site if project else ""
    brief = Brief(
        limit=account.limits.characters,
        count=lambda text: platform.length(text, "", account.limits),
        posts=posts,
        speaker=speaker,
        language=language,
        link=link or source.link or (site + source.site_path if site and source.site_path.startswith("/") else ""),
    )
    return load_drafter(replace(settings, name=drafter or settings.name), os.environ).draft(source, brief)


def _show(written: Draft, source: Source, account: Account, project: Project | None) -> None:
    import shutil

    from contentkit.checks import check_draft
    from contentkit.cli.output import is_terminal, say, show, show_lines
    from contentkit.platforms import load_platform
    from contentkit.renditions import render
    from contentkit.views.problems import problem_lines
    from contentkit.views.threads import rendition_lines, rendition_view

    platform = load_platform(account)
    rendition = render(
        written, None, account, project.people if project else {}, lambda text, warning: platform.length(text, warning, account.limits)
    )
    if is_terminal():
        show(rendition_view(rendition, written.posts, None, shutil.get_terminal_size().columns))
    else:
        show_lines(*rendition_lines(rendition, None))
    say(*problem_lines(check_draft(written, {source.path: source})))
