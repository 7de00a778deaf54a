"""What this project has published, queued and drafted, gathered from its files and figures for the checks of duplicates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, overload

from contentkit.checks.said import Said, SaidBefore, Showing
from contentkit.errors import ContentkitError
from contentkit.store.published_words import PublishedWords, published_words

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry, Post
    from contentkit.publishing.receipts import Receipt

Receipts = Mapping[tuple[str, str, int], "Receipt"]
Reactions = Mapping[tuple[str, str, int], str]


def said_before(project: Project) -> SaidBefore:
    """All of it. What cannot be read is left out: of what is out that is told, of the rest other checks say so."""
    entries = _entries_by_draft(project)
    words, unread = _published(project)
    drafts = {entry.id: path for path, ones in entries.items() for entry in ones}
    drafted = list(_drafted(project, entries, _reactions(words)))
    texts = [*(one.text for one in drafted), *(one.text for one in words)]
    return SaidBefore(_Heard(drafted, words, drafts), texts, unread)


class _Heard(Sequence[Said]):
    """What is drafted, then what is out: of years of posts each is made when somebody asks for it, and few are asked for."""

    def __init__(self, drafted: Sequence[Said], words: Sequence[PublishedWords], drafts: Mapping[str, str]) -> None:
        self._drafted, self._words, self._drafts = drafted, words, drafts

    def __len__(self) -> int:
        return len(self._drafted) + len(self._words)

    @overload
    def __getitem__(self, at: int) -> Said: ...
    @overload
    def __getitem__(self, at: slice) -> list[Said]: ...
    def __getitem__(self, at: int | slice) -> Said | list[Said]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return (
            self._drafted[at] if at < len(self._drafted) else _out(self._words[at - len(self._drafted)], self._drafts)
        )


def accounts_of(project: Project, draft: Draft, entries: list[Entry]) -> dict[str, str]:
    """The accounts that a draft is for, by its entries or else by its founder, with their networks."""
    from contentkit.cli.drafting import whereto

    names = [name for entry in entries for name in entry.accounts]
    usual = whereto.accounts_of(project, draft.founder) or project.config.accounts
    accounts = project.config.accounts
    return {name: accounts[name].platform for name in (names or usual) if name in accounts}


def _entries_by_draft(project: Project) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    try:
        for entry in project.calendar.entries:
            found[entry.draft].append(entry)
    except ContentkitError:
        return {}
    return found


def _published(project: Project) -> tuple[list[PublishedWords], str]:
    """What is out; else nothing, and why it cannot be read."""
    try:
        return published_words(project.root), ""
    except ContentkitError as error:
        return [], error.words


def _receipts(project: Project) -> Receipts:
    from contentkit.publishing.receipts import read_receipts

    try:
        return read_receipts(project.root)
    except ContentkitError:
        return {}


def _drafted(project: Project, entries: Mapping[str, list[Entry]], reactions: Reactions) -> Iterator[Said]:
    receipts = _receipts(project)
    for path in project.drafts():
        try:
            draft = project.draft(path)
            its = entries.get(path, [])
            accounts = accounts_of(project, draft, its)
        except ContentkitError:
            continue
        for index, post in enumerate(draft.posts):
            showings = _showings(post, index, its, accounts, receipts, reactions)
            yield Said(text=post.text, place=f"{path}:{post.line}", draft=path, showings=tuple(showings))


def _showings(
    post: Post,
    index: int,
    entries: list[Entry],
    accounts: Mapping[str, str],
    receipts: Receipts,
    reactions: Reactions,
) -> Iterator[Showing]:
    """Where and when a post of a draft stands: by each of its entries, else nowhere yet on its usual accounts."""
    wanted = post.only or post.instead
    for name, platform in accounts.items():
        if wanted and name not in wanted and platform not in wanted:
            continue
        if not entries:
            yield Showing(account=name, platform=platform)
        for entry in entries:
            if name in entry.accounts:
                receipt = receipts.get((entry.id, name, 0))
                yield Showing(
                    account=name,
                    platform=platform,
                    at=(receipt.moment if receipt else None) or entry.at,
                    is_out=receipt is not None,
                    reactions=reactions.get((entry.id, name, index), ""),
                )


def _out(one: PublishedWords, drafts: Mapping[str, str]) -> Said:
    showing = Showing(account=one.account, platform=one.platform, at=one.at, is_out=True, reactions=_counted(one))
    return Said(text=one.text, place=one.url, draft=drafts.get(one.entry or "", ""), showings=(showing,))


def _reactions(words: list[PublishedWords]) -> dict[tuple[str, str, int], str]:
    """What came of each post that is one status, in words; by entry, account and post."""
    found: dict[tuple[str, str, int], list[PublishedWords]] = defaultdict(list)
    for one in words:
        if one.entry and one.post is not None:
            found[one.entry, one.account, one.post].append(one)
    return {post: _counted(parts[0]) for post, parts in found.items() if len(parts) == 1}


def _counted(one: PublishedWords) -> str:
    """``12 likes, 1 share``; without what nobody was told."""
    counts = (("like", one.likes), ("share", one.shares), ("reply", one.replies))
    return ", ".join(f"{count} {_many(noun) if count != 1 else noun}" for noun, count in counts if count is not None)


def _many(noun: str) -> str:
    return "replies" if noun == "reply" else f"{noun}s"
