"""CK360 to CK363: words that were said already, are to be said by another draft, or go out on several accounts of a network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from contentkit.checks.findings import place_of
from contentkit.checks.links import links_in
from contentkit.checks.said import ALIKE, FEWEST_WORDS, Said, SaidBefore, Showing, Wordprint, wordprint
from contentkit.models import Draft, Problem, Rendition
from contentkit.values import dataclass

_REMEDY = "say it in other words, or take one of the two out"


@dataclass(frozen=True)
class _Match:
    """Something that was said on an account where the post is to stand (``there``), and how alike it is."""

    said: Said
    there: Showing | None
    likeness: float

    @property
    def weight(self) -> tuple[bool, bool, bool, float, bool]:
        """What is published weighs more than what is queued, that more than what is only drafted."""
        there = self.there or Showing(account="", platform="")
        return self.likeness == 1, there.is_out, there.at is not None, self.likeness, bool(there.reactions)


def check_duplicates(
    draft: Draft, here: Mapping[str, str], threads: Collection[Rendition], before: SaidBefore, strict: Collection[str]
) -> list[Problem]:
    """What was said before, and what goes out twice at once. ``here`` are the accounts of the draft with their networks,
    ``strict`` the networks that take the same words on several accounts for spam.

    The draft itself is no duplicate of its own, whatever was published of it, and neither are its alternatives.
    """
    found = list(_several_accounts(draft, [one for one in threads if one.account.platform in strict]))
    told_links: set[str] = set()
    for index, texts in _texts(draft, threads).items():
        said = [one for text in texts for one in before.like(text) if one[0].draft != draft.path]
        matches = [_Match(one, there, alike) for one, alike in said for there in _there(one, here)]
        if matches:
            found.append(_repeated(draft, index, matches))
        elif elsewhere := _elsewhere(said, here, strict):
            found.append(_on_another(draft, index, *elsewhere))
        found += _linked(draft, index, here, before, told_links, {one.place for one, _ in said})
    return found


def _texts(draft: Draft, threads: Iterable[Rendition]) -> dict[int, list[str]]:
    """Each post as it stands in the draft, and in parts as its accounts get it."""
    texts = {index: [post.text] for index, post in enumerate(draft.posts)}
    for thread in threads:
        for part in thread.parts:
            texts[part.post].append(part.text)
    return {index: list(dict.fromkeys(ones)) for index, ones in texts.items()}


def _there(said: Said, here: Mapping[str, str]) -> list[Showing | None]:
    """Where it was said of the accounts that the post is for; None for a draft that nobody has an account for yet."""
    return [one for one in said.showings if one.account in here] if said.showings else [None]


def _repeated(draft: Draft, index: int, matches: Sequence[_Match]) -> Problem:
    best = max(matches, key=lambda match: match.weight)
    is_same = best.likeness == 1
    alike = "the same words as" if is_same else f"nearly the same words ({best.likeness:.0%} alike) as"
    others = len({match.said.place for match in matches}) - 1
    more = f"; {others} more {'is' if others == 1 else 'are'} like it" if others else ""
    return Problem(
        check="CK360" if is_same else "CK361",
        severity="warning",
        message=f"{alike} {best.said.place}{_told(best.there)}{more}",
        place=place_of(draft, index),
        remedy=_REMEDY,
        post=index,
    )


def _told(there: Showing | None) -> str:
    """When and where, and what came of it."""
    if there is None or not (there.at or there.is_out):
        return ", another draft"
    if not there.is_out:
        return f", on the calendar of {there.account} for {there.at:%Y-%m-%d %H:%M}"
    day = f" on {there.at:%Y-%m-%d}" if there.at else ""
    reactions = f" ({there.reactions})" if there.reactions else ""
    return f", published{day} on {there.account}{reactions}"


def _elsewhere(
    said: Iterable[tuple[Said, float]], here: Mapping[str, str], strict: Collection[str]
) -> tuple[Said, Showing] | None:
    """The first that stands, or is to stand, on another account of one of the post's own strict networks."""
    networks = set(here.values()) & set(strict)
    found = ((one, there) for one, _ in said for there in one.showings if there.platform in networks)
    return next(((one, there) for one, there in found if there.is_out or there.at), None)


def _on_another(draft: Draft, index: int, said: Said, there: Showing) -> Problem:
    return _spam(draft, index, f"the same words as {said.place}{_told(there)}")


def _several_accounts(draft: Draft, threads: Sequence[Rendition]) -> Iterator[Problem]:
    """CK363 for each two accounts, at the first post that both are to get."""
    by_account = {thread.account.name: thread for thread in threads}
    prints = {name: _prints(thread) for name, thread in by_account.items()} if len(by_account) > 1 else {}
    for one, other in combinations(sorted(prints), 2):
        if by_account[one].account.platform != by_account[other].account.platform:
            continue
        posts = sorted(
            index for index, mine in prints[one].items() if any(_alike(mine, its) for its in prints[other].values())
        )
        if posts:
            yield _spam(draft, posts[0], f"the same words on {one} and on {other}")


def _prints(thread: Rendition) -> dict[int, Wordprint]:
    """What each post of a thread is compared by; parts of one post together."""
    texts: dict[int, str] = {}
    for part in thread.parts:
        texts[part.post] = f"{texts.get(part.post, '')} {part.text}"
    return {index: print_ for index, text in texts.items() if (print_ := wordprint(text)).words}


def _alike(one: Wordprint, other: Wordprint) -> bool:
    return one.same == other.same or (len(one.words) >= FEWEST_WORDS and one.likeness(other) >= ALIKE)


def _spam(draft: Draft, index: int, message: str) -> Problem:
    return Problem(
        check="CK363",
        severity="warning",
        message=f"{message}: their network takes the same post on several accounts for spam",
        place=place_of(draft, index),
        remedy="keep it on one account and repost it from the others, or give each its own words with instead: comments",
        post=index,
    )


def _linked(
    draft: Draft,
    index: int,
    here: Mapping[str, str],
    before: SaidBefore,
    told: set[str],
    alike: Collection[str],
) -> Iterator[Problem]:
    """CK362 for each link that was posted before in other words, once in a draft; the front page of a site tells nothing."""
    for link in links_in(draft.posts[index].text):
        if link.key in told or "/" not in link.key:
            continue
        told.add(link.key)
        found = [
            (there, said)
            for said in before.linking(link.key)
            if said.draft != draft.path and said.place not in alike
            for there in said.showings
            if there.is_out and there.at and there.account in here
        ]
        if found:
            there, said = max(found, key=lambda one: one[0].at.timestamp() if one[0].at else 0.0)
            yield Problem(
                check="CK362",
                severity="information",
                message=f"this link was posted before in other words: {said.place}{_told(there)}",
                place=place_of(draft, index, link.start),
                words=link.words,
                post=index,
                at=link.start,
            )
