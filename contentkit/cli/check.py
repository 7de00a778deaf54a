"""``contentkit check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry, Problem


def command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[DRAFT]...", help="Drafts; all of them when left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check drafts: evidence, support, lengths, policy.

    Numbers, names, dates, quotations and links that the cited lines do not carry are errors; an error blocks an
    approval until it is mended, or waived by name in the draft. Exit 1 when there are errors.

    \b
    contentkit check
    contentkit check drafts/launch.md
    """
    from contentkit.cli.main import report
    from contentkit.cli.output import is_terminal, say, show, show_json, show_lines
    from contentkit.cli.project import drafts_named, open_project
    from contentkit.errors import ContentError
    from contentkit.models import errors_of
    from contentkit.views.problems import problem_lines, problems_view, tally

    project = open_project()
    named = names or project.drafts()
    problems: list[Problem] = []
    unreadable = []
    for name in named:
        try:
            [draft] = drafts_named(project, [name])
            problems += problems_of(project, draft, None)
        except ContentError as error:
            # One draft that cannot be read must not hide what is wrong with the others.
            unreadable.append(error)
    if as_json:
        show_json(problems)
    elif is_terminal():
        show(problems_view(problems))
    else:
        show_lines(*problem_lines(problems))
    say(f"{len(named)} draft{'' if len(named) == 1 else 's'}: {tally(problems)}" if named else "There is no draft yet.")
    for trouble in unreadable:
        report(trouble)
    if errors_of(problems) or unreadable:
        raise typer.Exit(1)


def problems_of(project: Project, draft: Draft, entry: Entry | None) -> list[Problem]:
    """Everything wrong with a draft, and with its rendition on each of the entry's accounts (all accounts without one)."""
    from contentkit.checks import check_draft, check_lacking, check_rendition
    from contentkit.media import load_each
    from contentkit.sources import off_record_shingles

    sources = project.sources_of(draft)
    forbidden: set[str] = set()
    for name in sources:
        forbidden |= off_record_shingles((project.root / name).read_bytes(), name)
    pictures = load_each((media.path for post in draft.posts for media in post.media), project.root)
    problems = check_draft(draft, sources, forbidden=frozenset(forbidden), pictures=pictures)
    for name in entry.accounts if entry else sorted(project.config.accounts):
        rendition = project.rendition(draft, entry, project.account(name))
        problems += check_rendition(rendition, draft, pictures)
        problems += check_lacking(rendition, draft, project.lacking(rendition))
    return problems
