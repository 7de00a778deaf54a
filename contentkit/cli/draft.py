"""``contentkit draft``."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.config import DrafterSettings
    from contentkit.drafting import Brief, Drafter
    from contentkit.forbidden import Forbidden
    from contentkit.models import Account, Draft, Source


def command(
    word: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A note, a transcript or a post: a file, an address, or -.")
    ],
    speaker: Annotated[str, typer.Option(metavar="NAME", help="Whose words of a transcript to draft from.")] = "",
    posts: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, max=25, help="How many; as many as it carries when left out.")
    ] = None,
    link: Annotated[
        str, typer.Option(metavar="URL", help="Where the thread ends; the post's own address when left out.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="CODE", help="As in en or es; guessed when left out.")] = "",
    slug: Annotated[str, typer.Option(metavar="NAME", help="The draft's file name; the title's when left out.")] = "",
    drafter: Annotated[str, typer.Option(metavar="NAME", help="As in contentkit.toml when left out.")] = "",
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print what would be sent to the model, and send nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the draft as JSON.")] = False,
) -> None:
    """Draft a thread from a note, a transcript or a post.

    Writes drafts/<slug>.md, in which each post names the lines it rests on, and shows the thread with its counts.
    Works without a project too.

    \b
    contentkit draft notes/call.md
    contentkit draft interview.docx --speaker "Ana Torres" --posts 5
    contentkit draft https://example.org/blog/post
    """
    from contentkit.cli.output import say, show_json
    from contentkit.cli.project import project_or_folder
    from contentkit.drafting.loading import refuse_strange_server
    from contentkit.errors import UsageError
    from contentkit.languages import code_in

    project = project_or_folder()
    settings = _settings(project, drafter)
    settings = _unasked(settings) if show_prompt else settings
    refuse_strange_server(settings, project.environment)
    if slug:
        _check_slug(project, slug)
    _check_words(link, language)
    source, forbidden = _source(project, word)
    source = replace(source, language=code_in(source.language))
    if speaker and source.kind != "transcript":
        hint = "leave --speaker out; turns begin with 'Name:' or '**Name:**'"
        raise UsageError(f"{source.path}: nobody is named as a speaker here", hint=hint)
    account = _narrowest(project)
    brief = _brief(project, source, account, posts=posts, speaker=speaker, language=language, link=link)
    chosen = _drafter(project, settings, forbidden)
    if show_prompt:
        _show_prompt(chosen, source, brief)
        return
    written = chosen.draft(source, brief)
    written = _written(project, source, replace(written, slug=slug or written.slug))
    if as_json:
        show_json(written)
    else:
        _show(project, source, written, account)
    if posts and len(written.posts) < posts:
        say(f"{posts} posts were asked for; the source carries {len(written.posts)}.")


def _source(project: Project, word: str) -> tuple[Source, Forbidden]:
    """What posts can point at: the file that is named, or the copy of it; and what was off the record in it."""
    from contentkit.cli.ingesting.news import copy_news, doubt_news, private_news
    from contentkit.cli.ingesting.originals import original_of
    from contentkit.cli.ingesting.taking import take
    from contentkit.cli.output import say
    from contentkit.clock import SystemClock

    taken = take(project, original_of(word, project), SystemClock().now())
    say(*copy_news(taken), *private_news(project, taken), *doubt_news(taken))
    # Of a copy that is named itself, the raw file tells.
    if taken.copied:
        return taken.source, taken.forbidden
    return taken.source, project.off_record(taken.source.path).forbidden | taken.forbidden


def _check_words(link: str, language: str) -> None:
    from contentkit.errors import UsageError
    from contentkit.languages import is_language

    if link and not re.fullmatch(r"https?://[^\s/]+\S*", link):
        raise UsageError(
            f"'{link}' is not an http(s) address", hint="write it in full: --link https://example.org/post"
        )
    if language and not is_language(language):
        raise UsageError(f"'{language}' is not the code of a language", hint="as in --language en, es, pt-BR")


def _check_slug(project: Project, slug: str) -> None:
    """Before anything is drafted: a model's work would be lost."""
    from contentkit.errors import UsageError
    from contentkit.text import slug_of

    if slug != slug_of(slug):
        hint = f"use small letters, digits, hyphens: {slug_of(slug) or 'launch'}"
        raise UsageError(f"'{slug}' is no file name for a draft", hint=hint)
    _free_path(project, slug)


def _free_path(project: Project, slug: str) -> Path:
    from contentkit.errors import UsageError

    path = project.root / "drafts" / f"{slug}.md"
    if not path.resolve().is_relative_to(project.root.resolve()):
        raise UsageError("drafts: leads out of the project", hint="make it a folder, not a link")
    if path.exists() or path.is_symlink():
        raise UsageError(f"drafts/{slug}.md exists already", hint=f"name another: --slug {slug}-2")
    return path


def _narrowest(project: Project) -> Account:
    """The account with the least room: what fits there fits everywhere. Mastodon's own limits without an account."""
    from contentkit.models import Account

    anywhere = Account(name="mastodon", platform="mastodon")
    return min(
        map(project.account, project.config.accounts), key=lambda account: account.limits.characters, default=anywhere
    )


def _brief(
    project: Project,
    source: Source,
    account: Account,
    *,
    posts: int | None,
    speaker: str,
    language: str,
    link: str,
) -> Brief:
    from contentkit.drafting import Brief

    platform = project.platform(account)
    site = project.config.site if source.site_path.startswith("/") else ""
    return Brief(
        limit=account.limits.characters,
        count=lambda text: platform.length(text, "", account.limits),
        posts=posts,
        speaker=speaker,
        language=language or source.language or _other_language(project),
        link=link or source.link or (site and site + source.site_path),
    )


def _other_language(project: Project) -> str:
    """The project's language, where it is none that drafters tell from another by themselves."""
    from contentkit.drafting.rules import LANGUAGES

    language = project.config.language
    return "" if language.partition("-")[0] in LANGUAGES else language


def _settings(project: Project, drafter: str) -> DrafterSettings:
    settings = project.config.drafter
    return replace(settings, name=drafter or settings.name)


def _unasked(settings: DrafterSettings) -> DrafterSettings:
    """The settings of a drafter that is not going to ask anybody: it needs no leave, no key and no server.

    Whoever wants to decide by looking must not have to allow it first. The address is of this machine, and nobody's.
    """
    return replace(settings, base_url="http://127.0.0.1:1/v1", model=settings.model or "none", key_variable="")


def _drafter(project: Project, settings: DrafterSettings, forbidden: Forbidden) -> Drafter:
    from contentkit.drafting.loading import load_drafter
    from contentkit.drafting.withheld import Withheld

    withheld = Withheld(off_record=forbidden, confidential=project.confidential)
    return load_drafter(settings, project.environment, withheld)


def _show_prompt(chosen: Drafter, source: Source, brief: Brief) -> None:
    from contentkit.cli.output import show_lines
    from contentkit.drafting.loading import prompt_of
    from contentkit.errors import UsageError
    from contentkit.text import printable

    prompt = prompt_of(chosen, source, brief)
    if prompt is None:
        raise UsageError("this drafter tells no prompt", hint="the one that asks a model does: --drafter openai")
    show_lines(*printable(prompt).split("\n"))


def _written(project: Project, source: Source, draft: Draft) -> Draft:
    """The draft as it lies in its file.

    The source is registered first: should one of the two steps fail, running the command again does both.
    """
    from contentkit.drafts import format_draft
    from contentkit.errors import StateError
    from contentkit.files import create_file

    path = _free_path(project, draft.slug)
    if project.config.project:
        _register(project, source)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise StateError(f"{path.parent}: cannot be made: {error.strerror}", hint="make it a folder of yours") from None
    create_file(path, format_draft(draft).encode())
    return replace(draft, path=project.name_of(path))


def _register(project: Project, source: Source) -> None:
    from contextlib import closing

    from contentkit.clock import SystemClock
    from contentkit.store.database import open_database, register_source

    with closing(open_database(project.root)) as database:
        register_source(database, source, SystemClock().now())


def _show(project: Project, source: Source, written: Draft, account: Account) -> None:
    from contentkit.calendar.times import show_time
    from contentkit.checks import check_draft
    from contentkit.cli.output import say
    from contentkit.cli.preview import show_rendition
    from contentkit.views.problems import problem_lines

    show_rendition(project, project.rendition(written, None, account), written, None)
    say(*problem_lines(check_draft(written, {source.path: source})))
    if until := source.embargo_on(one for post in written.posts for one in post.evidence):
        say(f"{written.path} rests on lines under embargo until {show_time(until)}: schedule it for then or later.")
    if not written.link and source.site_path:
        say(
            f"The post calls itself {source.site_path} but names no site, so the thread has no link: delete {written.path}, "
            "and draft again with --link URL, or with site set in contentkit.toml."
        )
    path = shlex.quote(written.path)
    if others := sorted(set(project.config.accounts) - {account.name}):
        say(
            f"Each post has room on {account.name} ({account.limits.characters} characters), where there is least. "
            f"'contentkit preview {path}' shows the thread on {', '.join(others)} as well."
        )
    steps = f"contentkit check {path}, then contentkit schedule {path} --at 'tomorrow 09:30'"
    say(f"Wrote {written.path}. Edit it as you like. Next: {steps if project.config.project else 'contentkit init'}")
