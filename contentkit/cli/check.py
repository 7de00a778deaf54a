"""``contentkit check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from contentkit.cli.checking.gathering import Checked
    from contentkit.cli.project import Project
    from contentkit.forbidden import Forbidden
    from contentkit.media import Picture
    from contentkit.models import Draft, Entry, Problem, Rendition, Source


def command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[DRAFT]...", help="Drafts; all of them when left out.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="text, json, github, gitlab or sarif (default: text).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: as --format json.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when there are warnings, too.")] = False,
    waived: Annotated[
        bool, typer.Option("--waived", help="Also show what was waived, and who did (not for github, gitlab).")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what needs no judgement, and show what changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --fix: show it, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --fix: also what is approved already.")] = False,
    links: Annotated[
        bool, typer.Option("--links", help="Also ask whether the pages are there that are linked to (network).")
    ] = False,
    second_opinion: Annotated[
        bool, typer.Option("--second-opinion", help="Also ask the model of [drafter] what the sources do not say.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="With --second-opinion: ask again, whatever was answered before.")
    ] = False,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="With --second-opinion: print what would be sent, and send nothing.")
    ] = False,
    about: Annotated[str, typer.Option(metavar="ID", help="Say what a check is about, as in CK201.")] = "",
) -> None:
    """Check drafts: evidence, support, lengths, policy.

    Numbers, names, dates, quotations and links that the cited lines do not carry are errors; an error blocks an
    approval until it is mended, or waived by name in the draft. Exit 1 when there are errors.

    A draft on the calendar is checked for the accounts of its entries, any other for its founder's, else for all. What is
    published to the end is passed over, unless it is named.

    \b
    contentkit check
    contentkit check drafts/launch.md
    contentkit check --about CK201
    contentkit check --links
    contentkit check --second-opinion --show-prompt
    contentkit check --fix --dry-run
    contentkit check --format github               in CI, on a pull request
    """
    from contentkit.cli.checking.gathering import check_named
    from contentkit.cli.checking.linked_pages import with_pages
    from contentkit.cli.checking.opinions import tell_opinion_prompts, with_opinions
    from contentkit.cli.project import open_project
    from contentkit.models import counted, errors_of

    if about:
        _tell_about(about)
        return
    show = _shown_as(form, as_json)
    _refuse_mixture(form=form, as_json=as_json, fix=fix, dry_run=dry_run, yes=yes)
    _refuse_unasked(second_opinion=second_opinion, no_cache=no_cache, show_prompt=show_prompt)
    project = open_project()
    if show_prompt:
        tell_opinion_prompts(project, names or [])
        return
    if dry_run:
        _tell_mends(project, check_named(project, names or []))
        return
    if fix:
        project = _mended(project, check_named(project, names or []), yes=yes)
    if second_opinion:
        project = with_opinions(project, names or [], cache="none" if no_cache else "kept")
    if links:
        project = with_pages(project, names or [])
    checked = check_named(project, names or [])
    show(project, checked, checked.waived if waived else [])
    blamed = counted(checked.problems) if strict else errors_of(checked.problems)
    if blamed or checked.unreadable:
        raise typer.Exit(1)


def _shown_as(form: str, as_json: bool) -> Callable[[Project, Checked, Sequence[Problem]], None]:
    """How to show findings. Raises UsageError for a form that there is not."""
    from contentkit.cli.checking.reporting import FORMS
    from contentkit.errors import UsageError
    from contentkit.strict_yaml import nearest

    if as_json and form not in ("", "json"):
        raise UsageError(f"--json and --format {form} ask for two things", hint="leave one of them out")
    wanted = "json" if as_json else form or "text"
    if wanted not in FORMS:
        raise UsageError(f"there is no format '{wanted}'", hint=nearest(wanted, FORMS))
    return FORMS[wanted]


def _refuse_mixture(*, form: str, as_json: bool, fix: bool, dry_run: bool, yes: bool) -> None:
    """Raises UsageError for options that do not go together."""
    from contentkit.errors import UsageError

    if (dry_run or yes) and not fix:
        raise UsageError(f"{'--dry-run' if dry_run else '--yes'} goes with --fix", hint="add --fix, or leave it out")
    if fix and (as_json or form not in ("", "text")):
        raise UsageError("--fix shows a patch, and no report for programs", hint="mend first, and report then")


def _refuse_unasked(*, second_opinion: bool, no_cache: bool, show_prompt: bool) -> None:
    """Raises UsageError for options of a second opinion that nobody asked for."""
    from contentkit.errors import UsageError

    if (no_cache or show_prompt) and not second_opinion:
        raise UsageError(f"{'--no-cache' if no_cache else '--show-prompt'} goes with --second-opinion", hint="add that")


def _tell_mends(project: Project, checked: Checked) -> None:
    from contentkit.cli.checking.mending import counted, mends_of, show_mends
    from contentkit.cli.output import say

    mends = list(mends_of(project, checked))
    show_mends(mends)
    say(f"{counted(mends)} can be mended; nothing was written." if mends else "There is nothing to mend.")


def _mended(project: Project, checked: Checked, *, yes: bool) -> Project:
    """Mends what can be; drafts that are approved only with somebody's ``yes``. Returns the project as it is then."""
    from contentkit.cli.checking.mending import counted, mends_of, show_mends, without_approved, write_mends
    from contentkit.cli.output import say

    found = mends_of(project, checked)
    mends = list(found if yes else without_approved(project, found))
    write_mends(project, mends)
    show_mends(mends)
    say(f"{counted(mends)} mended." if mends else "There was nothing to mend.")
    return project.as_it_is_now()


def _tell_about(name: str) -> None:
    """Prints the entry of a check. Raises UsageError that names the nearest one."""
    from contentkit.checks.catalogue import catalogue
    from contentkit.cli.output import show_sentences
    from contentkit.errors import UsageError
    from contentkit.strict_yaml import nearest
    from contentkit.views.checks import entry_lines

    known = catalogue()
    check = known.get(name.upper())
    if check is None:
        raise UsageError(f"there is no check '{name}'", hint=nearest(name.upper(), known))
    show_sentences(*entry_lines(check))


def problems_of(project: Project, draft: Draft, *entries: Entry) -> list[Problem]:
    """Everything wrong with a draft, and with its rendition on its accounts (see ``renditions_of``); nothing that was waived."""
    return [problem for problem in examined(project, draft, *entries) if not problem.waived]


def examined(project: Project, draft: Draft, *entries: Entry) -> list[Problem]:
    """As ``problems_of``, with what was waived. Each is as bad as the settings say for the accounts that it is about."""
    from contentkit.checks import check_entry, check_names, check_thread, discreet, examine_draft, levelled, levels_of
    from contentkit.cli.tracked import tracked_sources
    from contentkit.media import load_each

    levels = levels_of(project.config.checks)
    sources = project.sources_of(draft)
    forbidden, unknown, untold = off_record_in(project, sources)
    pictures = load_each((media.path for post in draft.posts for media in post.media), project.root)
    renditions = renditions_of(project, draft, entries)
    threads = [rendition for _, rendition in renditions]
    besides = [*untold, *tracked_sources(project, sources)]
    besides += check_names(draft, project.confidential, threads)
    besides += _unknown_networks(project, draft)
    besides += [problem for entry in entries for problem in check_entry(entry, forbidden)]
    besides += _embargoed(draft, sources, entries, renditions)
    besides += check_thread(draft, threads, project.people, project.config.checks.hype)
    besides += _with_the_project(project, draft, entries, threads)
    besides += [problem for thread in threads for problem in _wrong_on_account(project, draft, thread, pictures)]
    problems = examine_draft(
        draft,
        sources,
        forbidden=forbidden,
        unknown=unknown,
        pictures=pictures,
        renditions=threads,
        made_links=_made_links(project, threads),
        people=project.people,
        besides=besides,
        records=project.records,
    )
    problems = _with_spots(project, draft, problems)
    problems = discreet(problems, forbidden, project.confidential, [post.text for post in draft.posts])
    return levelled(problems, levels, lambda problem: _accounts_of(problem, threads))


def _with_spots(project: Project, draft: Draft, problems: list[Problem]) -> list[Problem]:
    """The problems with the places of their words in the draft's file, where that still says what was checked."""
    from contentkit.checks import located
    from contentkit.draft_edit import sheet_of
    from contentkit.draft_places import Places
    from contentkit.errors import ContentkitError
    from contentkit.files import read_text

    if not problems:
        return []
    try:
        sheet = sheet_of(read_text(project.root / draft.path, draft.path), draft.path)
    except ContentkitError:
        return problems
    is_checked = tuple(block.post for block in sheet.blocks if block.is_post) == draft.posts
    return located(problems, Places(sheet)) if is_checked else problems


def problems_at_once(project: Project, draft: Draft, sources: Mapping[str, Source]) -> list[Problem]:
    """What is wrong with the words of a draft that was just written, as bad as the settings say for its accounts."""
    from contentkit.checks import check_draft, levelled, levels_of
    from contentkit.cli.drafting.whereto import accounts_of

    accounts = sorted(accounts_of(project, draft.founder) or project.config.accounts)
    return levelled(check_draft(draft, sources), levels_of(project.config.checks), lambda _: accounts)


def _accounts_of(problem: Problem, threads: Sequence[Rendition]) -> list[str]:
    """The accounts on which that is published which a problem is about; all of the draft's where it is not about a post."""
    all_of_them = [thread.account.name for thread in threads]
    its = [one.account.name for one in threads if any(part.post == problem.post for part in one.parts)]
    return list(dict.fromkeys(its or all_of_them))


def _embargoed(
    draft: Draft,
    sources: Mapping[str, Source],
    entries: Sequence[Entry],
    renditions: Sequence[tuple[Entry | None, Rendition]],
) -> list[Problem]:
    """What may not go out yet, at the time of each entry."""
    from contentkit.checks import check_embargo

    times: Sequence[Entry | None] = entries or [None]
    return [
        problem
        for entry in times
        for problem in check_embargo(
            draft, sources, entry.at if entry else None, [rendition for its, rendition in renditions if its is entry]
        )
    ]


def _wrong_on_account(
    project: Project, draft: Draft, thread: Rendition, pictures: Mapping[str, Picture]
) -> list[Problem]:
    """What only the thread for an account can show."""
    from contentkit.checks import (
        check_cashtags,
        check_cost,
        check_cuts,
        check_lacking,
        check_language,
        check_rendition,
        check_repeats,
        check_topics,
    )
    from contentkit.cli.costs import cost_on

    platform = project.platform(thread.account)
    topics = project.config.checks.topics
    has_warnings = not platform.lacks("public", "a content warning")
    return [
        *check_rendition(thread, draft, pictures),
        *check_cuts(thread, draft),
        *check_cost(thread, draft, cost_on(project, thread)),
        *check_lacking(thread, draft, project.lacking(thread)),
        *(check_language(thread, draft) if platform.tags_language else []),
        *check_repeats(thread, draft, "error" if platform.refuses_repeats else "warning"),
        *(check_cashtags(thread, draft) if platform.one_cashtag else []),
        *(check_topics(thread, draft, topics) if topics and has_warnings else []),
    ]


def _with_the_project(
    project: Project, draft: Draft, entries: Sequence[Entry], threads: Sequence[Rendition]
) -> list[Problem]:
    """What of the draft was said before or goes out twice, and what became of the pages that it links to, what a model doubts."""
    from contentkit.checks import check_duplicates, check_liveness, check_opinions, check_whole_thread
    from contentkit.cli.checking.said_before import accounts_of
    from contentkit.cli.drafting import whereto

    # Accounts that nobody chose for this draft are all of the project's, on which nobody may want it.
    chosen = threads if entries or whereto.accounts_of(project, draft.founder) else []
    strict = {one.account.platform for one in chosen if project.platform(one.account).refuses_repeats}
    awaited = [entry.when.url for entry in entries if entry.when]
    return [
        *check_duplicates(draft, accounts_of(project, draft, list(entries)), threads, project.said, strict),
        *check_liveness(draft, project.pages, awaited),
        *check_opinions(draft, project.opinions.get(draft.path, ())),
        *check_whole_thread(draft, project.people),
    ]


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

    accounts = [project.account(name) for name in project.config.accounts]
    platforms = project.platform_names
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
