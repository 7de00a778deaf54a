"""What is wrong with one draft: what the checks are given to look at, of the draft, its entries and the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.media import Picture
    from contentkit.models import Draft, Entry, Problem, Rendition, Source


def problems_of(project: Project, draft: Draft, *entries: Entry) -> list[Problem]:
    """Everything wrong with a draft, and with its rendition on its accounts (see ``renditions_of``); nothing that was waived."""
    return [problem for problem in examined(project, draft, *entries) if not problem.waived]


def examined(project: Project, draft: Draft, *entries: Entry) -> list[Problem]:
    """As ``problems_of``, with what was waived. Each is as bad as the settings say for the accounts that it is about."""
    from contentkit.checks import check_entry, check_names, check_thread, discreet, examine_draft, levelled, levels_of
    from contentkit.cli.checking.off_record import off_record_in
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
        asked=_asked(project, draft),
        records=project.records,
    )
    problems = _with_spots(project, draft, problems)
    problems = discreet(problems, forbidden, project.confidential, [post.text for post in draft.posts])
    return levelled(problems, levels, lambda problem: _accounts_of(problem, threads))


def _asked(project: Project, draft: Draft) -> frozenset[str]:
    """The checks of which somebody asked for what they find, and got an answer: of all pages of the draft, of a model."""
    from contentkit.checks import links_to_ask
    from contentkit.checks.waivers import OF_OPINIONS, OF_PAGES

    pages = [project.pages.get(link) for link in links_to_ask(draft)] if project.pages else []
    is_answered = bool(pages) and all(page and page.fate != "unclear" for page in pages)
    return (OF_PAGES if is_answered else frozenset()) | (OF_OPINIONS if draft.path in project.opinions else frozenset())


def _with_spots(project: Project, draft: Draft, problems: list[Problem]) -> list[Problem]:
    """The problems with the places of their words in the draft's file, where that still says what was checked."""
    from contentkit.checks import located
    from contentkit.drafts.edit import sheet_of
    from contentkit.drafts.places import Places
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
