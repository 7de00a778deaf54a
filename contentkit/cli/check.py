"""``contentkit check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contentkit.cli.project import Project
    from contentkit.forbidden import Forbidden
    from contentkit.models import Draft, Entry, Problem, Rendition, Source


def command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[DRAFT]...", help="Drafts; all of them when left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check drafts: evidence, support, lengths, policy.

    Numbers, names, dates, quotations and links that the cited lines do not carry are errors; an error blocks an
    approval until it is mended, or waived by name in the draft. Exit 1 when there are errors.

    A draft on the calendar is checked for the accounts of its entries, any other for its founder's, else for all. What is
    published to the end is passed over, unless it is named.

    \b
    contentkit check
    contentkit check drafts/launch.md
    """
    from contentkit.cli.main import report
    from contentkit.cli.output import is_terminal, say, show, show_json, show_lines
    from contentkit.cli.project import drafts_named, open_project
    from contentkit.cli.tracked import tracked_with_marks
    from contentkit.errors import ContentError
    from contentkit.models import errors_of
    from contentkit.views.problems import problem_lines, problems_view

    project = open_project()
    named, done = (names, []) if names else _parted(project)
    problems: list[Problem] = tracked_with_marks(project)
    unreadable = []
    for name in named:
        try:
            [draft] = drafts_named(project, [name])
            problems += problems_of(project, draft, *_entries_of(project, draft.path))
        except ContentError as error:
            # One draft that cannot be read must not hide what is wrong with the others.
            unreadable.append(error)
    problems = list(dict.fromkeys(problems))
    if as_json:
        show_json(problems)
    elif is_terminal():
        show(problems_view(problems))
    else:
        show_lines(*problem_lines(problems))
    say(*(f"{name}: published already, not checked" for name in done))
    if named or not done:
        say(_summary(len(named), problems, len(unreadable)) if named else "There is no draft yet.")
    for trouble in unreadable:
        report(trouble)
    if errors_of(problems) or unreadable:
        raise typer.Exit(1)


def _summary(drafts: int, problems: Sequence[Problem], unchecked: int) -> str:
    """``2 drafts: 1 warning; 1 could not be checked``: of what was not looked at, nobody may read that it is fine."""
    from contentkit.views.problems import tally

    count = f"{drafts} draft{'' if drafts == 1 else 's'}"
    if not unchecked:
        return f"{count}: {tally(problems)}"
    known = f"{tally(problems)}; " if problems else ""
    return f"{count}: {known}{unchecked} could not be checked"


def _entries_of(project: Project, path: str) -> list[Entry]:
    """The entries of a draft; none where the calendar cannot be read, which is for others to say."""
    from contentkit.errors import ContentError

    try:
        return [entry for entry in project.calendar.entries if entry.draft == path]
    except ContentError:
        return []


def _parted(project: Project) -> tuple[list[str], list[str]]:
    """The project's drafts: those to check, and those of which all entries are published, as the receipts say."""
    from contentkit.cli.approvals import is_out
    from contentkit.errors import ContentError
    from contentkit.publishing.receipts import read_receipts

    try:
        receipts = read_receipts(project.root)
    except ContentError:
        receipts = {}
    open_drafts: list[str] = []
    done: list[str] = []
    for path in project.drafts():
        entries = _entries_of(project, path)
        is_done = all(is_out(receipts, entry.id, account) for entry in entries for account in entry.accounts)
        (done if entries and is_done else open_drafts).append(path)
    return open_drafts, done


def problems_of(project: Project, draft: Draft, *entries: Entry) -> list[Problem]:
    """Everything wrong with a draft, and with its rendition on its accounts (see ``renditions_of``)."""
    from contentkit.checks import (
        check_cost,
        check_cuts,
        check_draft,
        check_embargo,
        check_entry,
        check_lacking,
        check_language,
        check_names,
        check_rendition,
        check_repeats,
        discreet,
    )
    from contentkit.cli.costs import cost_on
    from contentkit.cli.tracked import tracked_sources
    from contentkit.media import load_each

    sources = project.sources_of(draft)
    forbidden, unknown, untold = off_record_in(project, sources)
    pictures = load_each((media.path for post in draft.posts for media in post.media), project.root)
    renditions = renditions_of(project, draft, entries)
    threads = [rendition for _, rendition in renditions]
    problems = check_draft(
        draft,
        sources,
        forbidden=forbidden,
        unknown=unknown,
        pictures=pictures,
        renditions=threads,
        made_links=_made_links(project, threads),
        people=project.people,
    )
    problems += [*untold, *tracked_sources(project, sources)]
    problems += check_names(draft, project.confidential, threads)
    problems += _unknown_networks(project, draft)
    problems += [problem for entry in entries for problem in check_entry(entry, forbidden)]
    for entry in entries or [None]:
        of_entry = [rendition for its, rendition in renditions if its is entry]
        problems += check_embargo(draft, sources, entry.at if entry else None, of_entry)
    for rendition in threads:
        problems += check_rendition(rendition, draft, pictures)
        platform = project.platform(rendition.account)
        problems += check_cuts(rendition, draft)
        problems += check_cost(rendition, draft, cost_on(project, rendition))
        problems += check_lacking(rendition, draft, project.lacking(rendition))
        problems += check_language(rendition, draft) if platform.tags_language else []
        problems += check_repeats(rendition, draft, "error" if platform.refuses_repeats else "warning")
    return discreet(problems, forbidden, project.confidential)


def _made_links(project: Project, threads: Sequence[Rendition]) -> dict[int, set[str]]:
    """The words that the threads' networks make links of, by the index of their post."""
    made: dict[int, set[str]] = {}
    for thread in threads:
        links = project.platform(thread.account).links
        for part in thread.parts:
            made.setdefault(part.post, set()).update(part.text[start:end] for start, end in links(part.text))
    return made


def _unknown_networks(project: Project, draft: Draft) -> list[Problem]:
    """Networks and accounts that the draft names and that are neither here nor installed."""
    from contentkit.checks import check_networks
    from contentkit.platforms.loading import platform_names

    accounts = [project.account(name) for name in project.config.accounts]
    platforms = platform_names()
    many = {account.platform for account in accounts if project.platform(account).server_example}
    return check_networks(
        draft, project.people, accounts=project.config.accounts, platforms=platforms, many_servers=many
    )


def renditions_of(project: Project, draft: Draft, entries: Sequence[Entry]) -> list[tuple[Entry | None, Rendition]]:
    """The draft's thread on each account of each entry; without an entry on its founder's accounts, else on all."""
    from contentkit.cli.drafting.whereto import accounts_of

    places: list[tuple[Entry | None, str]] = [(entry, name) for entry in entries for name in entry.accounts]
    usual = accounts_of(project, draft.founder) or project.config.accounts
    places = places or [(None, name) for name in sorted(usual)]
    return [(entry, project.rendition(draft, entry, project.account(name))) for entry, name in places]


def off_record_in(project: Project, sources: Mapping[str, Source]) -> tuple[Forbidden, list[str], list[Problem]]:
    """What was said off the record in any raw file and not on it in these sources, and the sources of which nobody here can
    tell all of it; and that raw files were left out, where they were."""
    from contentkit.checks.leaks import uncompared

    elsewhere = project.off_record_elsewhere(sources)
    forbidden, unknown = elsewhere.forbidden.without(_lines_of(sources)), []
    for name in sources:
        said = project.off_record(name)
        forbidden |= said.forbidden.without(_lines_of({other: sources[other] for other in sources if other != name}))
        if not said.whole:
            unknown.append(name)
    return forbidden, unknown, [uncompared(elsewhere.left)] if elsewhere.left else []


def _lines_of(sources: Mapping[str, Source]) -> str:
    return "\n".join(line for source in sources.values() for line in source.lines)
