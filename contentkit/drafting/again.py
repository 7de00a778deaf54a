"""A draft anew from its changed source, with everything that people did to it: a merge of three threads.

The base is what the drafter wrote, mine is the draft as it stands, fresh is what the drafter writes today. A post is untouched
while it has the words and the evidence of the base; whatever else stands in mine is a person's, and is never given up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from contentkit.drafting.echoes import words_in
from contentkit.models import Post
from contentkit.values import dataclass

# Posts with so much of the shorter one in common are the same post, reworded; and this many words, lest "So it is." be many.
_AKIN = 0.5
_FEWEST_WORDS = 3
# What a line that both rest on counts beside their words.
_SAME_LINES = 0.5


@dataclass(frozen=True, kw_only=True)
class Place:
    """A post of the merged thread: where it is in mine (None: it is new), and in fresh (None: it stays as it is)."""

    mine: int | None = None
    fresh: int | None = None


@dataclass(frozen=True, kw_only=True)
class Merge:
    """The merged thread, and what became of the posts, by their places in mine; ``deleted`` by their places in fresh.

    ``edited`` and ``added`` posts are a person's, and stay. ``noted`` are untouched posts that the fresh thread has no longer,
    and that stay because a person put something beside their words. ``dropped`` are untouched, and gone. ``deleted`` would be
    back, but a person took them out.
    """

    places: tuple[Place, ...]
    edited: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    noted: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    deleted: tuple[int, ...] = ()


def merged(base: Sequence[Post], mine: Sequence[Post], fresh: Sequence[Post], has_own: Callable[[Post], bool]) -> Merge:
    """What the draft becomes. ``has_own`` tells whether a person put something beside the words of a post."""
    untouched = _unchanged(mine, base)
    kept = [place for place in range(len(mine)) if place not in untouched]
    edited = _akin(mine, kept, base, _without(base, untouched.values()))
    again = _again(base, fresh)
    successors = {place: again[old] for place, old in {**untouched, **edited}.items() if old in again}
    # What a person wrote may be what the drafter says today.
    alone = [place for place in kept if place not in successors]
    successors |= _akin(mine, alone, fresh, _without(fresh, again.values()))
    gone = [place for place in untouched if place not in successors]
    noted = [place for place in gone if has_own(mine[place])]
    deleted = [again[old] for old in _without(base, {**untouched, **edited}.values()) if old in again]
    new = _without(fresh, [*successors.values(), *deleted])
    stays = {*kept, *noted}
    old = [
        Place(mine=place, fresh=None if place in stays else successors[place])
        for place in range(len(mine))
        if place in stays or place in successors
    ]
    nobody_touched = not kept and [*untouched.values()] == list(range(len(base)))
    order = _in_their_order(old, new) if nobody_touched else _in_my_order(old, new, successors)
    return Merge(
        places=tuple(order),
        edited=tuple(place for place in kept if place in edited),
        added=tuple(place for place in kept if place not in edited),
        noted=tuple(noted),
        dropped=tuple(place for place in gone if place not in noted),
        deleted=tuple(sorted(deleted)),
    )


def said_again(base: Sequence[Post], fresh: Sequence[Post]) -> int:
    """How many posts of the one thread the other has again, in these words or in others."""
    return len(_again(base, fresh))


def _in_my_order(old: Sequence[Place], new: Iterable[int], successors: Mapping[int, int]) -> list[Place]:
    """Mine as it stands. A new post comes behind the post that it follows in fresh, and behind what a person put there."""
    order = list(old)
    said = {place.mine: successors.get(place.mine) for place in old if place.mine is not None}
    for fresh in new:
        numbers = [place.fresh if place.mine is None else said[place.mine] for place in order]
        before = [(number, at) for at, number in enumerate(numbers) if number is not None and number < fresh]
        at = max(before)[1] + 1 if before else 0
        while at < len(order) and numbers[at] is None:
            at += 1
        order.insert(at, Place(fresh=fresh))
    return order


def _in_their_order(old: Sequence[Place], new: Iterable[int]) -> list[Place]:
    """Fresh as it stands. A post of mine that it has no longer comes behind the post that it followed."""
    order = [place for place in old if place.fresh is not None]
    order = sorted([*order, *(Place(fresh=fresh) for fresh in new)], key=lambda place: place.fresh or 0)
    for place in old:
        if place.fresh is None and place.mine is not None:
            before = [at for at, other in enumerate(order) if other.mine is not None and other.mine < place.mine]
            order.insert(before[-1] + 1 if before else 0, place)
    return order


def _unchanged(mine: Sequence[Post], base: Sequence[Post]) -> dict[int, int]:
    """The places in mine of posts that are as they were, each with its place in base."""
    places: dict[object, deque[int]] = {}
    for place, post in enumerate(base):
        places.setdefault((post.text, tuple(_cited(post))), deque()).append(place)
    found = ((place, places.get((post.text, tuple(_cited(post))))) for place, post in enumerate(mine))
    return {place: there.popleft() for place, there in found if there}


def _again(base: Sequence[Post], fresh: Sequence[Post]) -> dict[int, int]:
    """The places in base of posts that fresh has again, in these words or in others, each with its place in fresh."""
    texts: dict[str, deque[int]] = {}
    for place, post in enumerate(fresh):
        texts.setdefault(post.text, deque()).append(place)
    found = ((place, texts.get(post.text)) for place, post in enumerate(base))
    same = {place: there.popleft() for place, there in found if there}
    return {**same, **_akin(base, _without(base, same), fresh, _without(fresh, same.values()))}


def _akin(ours: Sequence[Post], these: Sequence[int], theirs: Sequence[Post], those: Sequence[int]) -> dict[int, int]:
    """Pairs of places of posts that say the same in other words, or rest on the same lines; the nearest pairs first."""
    our_words = {place: words_in(ours[place].text) for place in these}
    their_words = {place: words_in(theirs[place].text) for place in those}
    scored = [
        (-score, place, other)
        for place in these
        for other in those
        if (score := _kinship(our_words[place], their_words[other], ours[place], theirs[other])) >= _AKIN
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, other in sorted(scored):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return pairs


def _kinship(words: frozenset[str], others: frozenset[str], post: Post, other: Post) -> float:
    common = len(words & others)
    share = common / (min(len(words), len(others)) or 1) if common >= _FEWEST_WORDS else 0.0
    return share + (_SAME_LINES if _lines(post) & _lines(other) else 0.0)


def _lines(post: Post) -> set[tuple[str, str]]:
    return set(_cited(post))


def _cited(post: Post) -> Iterator[tuple[str, str]]:
    """The lines that a post rests on, as their hashes tell them: lines move."""
    return ((one.source, one.sha or one.place) for one in post.evidence)


def _without(posts: Sequence[Post], places: Iterable[int]) -> list[int]:
    left = set(places)
    return [place for place in range(len(posts)) if place not in left]
