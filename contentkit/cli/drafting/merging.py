"""A fresh thread goes into a draft's file, and what became of each post is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.again import Merge
from contentkit.drafts.edit import (
    Block,
    Sheet,
    arranged,
    new_block,
    pointing,
    with_alternatives,
    with_words,
    without_alternatives,
)
from contentkit.models import Draft, Post, Source


def merged_sheet(old: Sheet, merge: Merge, fresh: Draft, sources: Sequence[Source], words: frozenset[str]) -> Sheet:
    """The file with the merged thread; ``words`` are all that a drafter wrote for it. Raises ContentError for a post that cannot
    be edited."""
    end = next((block.end for block in old.blocks if block.raw), "\n")
    blocks = []
    for place in merge.places:
        post = fresh.posts[place.fresh] if place.fresh is not None else None
        if place.mine is None and post:
            blocks.append(new_block(post, old.path, end))
        elif place.mine is not None:
            block = old.blocks[place.mine]
            blocks.append(_renewed(block, post, words) if post else _pointing(block, sources))
    if [place.mine for place in merge.places] == list(range(len(old.blocks))):
        return replace(old, blocks=tuple(blocks))
    return arranged(old, blocks)


def has_own(words: frozenset[str], post: Post) -> bool:
    """Whether a person put something beside the text of a post, of which ``words`` are all that a drafter wrote."""
    others = any(one.text not in words for one in post.alternatives)
    return bool(post.media or post.only or post.instead or post.waivers or post.comments or others)


def _renewed(block: Block, post: Post, words: frozenset[str]) -> Block:
    """The block with the words of today. Of the alternatives those that a person wrote stay."""
    if (block.post.text, block.post.evidence) == (post.text, post.evidence):
        return block
    made = with_words(block, post.text, post.evidence)
    offers = {one.text for one in made.post.alternatives}
    gone = [place for place, one in enumerate(made.post.alternatives) if one.text in words]
    kept = offers - {made.post.alternatives[place].text for place in gone}
    return with_alternatives(
        without_alternatives(made, gone), [one for one in post.alternatives if one.text not in kept]
    )


def _pointing(block: Block, sources: Sequence[Source]) -> Block:
    """A person's block as it is, but that it points at the lines where they are now, where they only moved."""
    from contentkit.checks.anchors import moved_to

    named = {source.path: source for source in sources}
    found = ((one, moved_to(one, named[one.source])) for one in block.post.evidence if one.source in named)
    moved = {old: new for old, new in found if new}
    return pointing(block, moved) if moved else block


def merge_news(old: Sheet, merge: Merge, fresh: Draft, new: Sheet) -> Iterator[str]:
    """What became of the posts, by their numbers in the file as it is now."""
    from contentkit.text import one_line

    path = old.path
    if new.text == old.text:
        yield f"{path}: the drafter writes the same today; nothing was changed."
    else:
        yield f"{path}: {_tally(old, merge, new)}."
    numbers = _numbers(merge, old)
    if edited := [numbers[place] for place in merge.edited if place in numbers]:
        yield f"{_posts(edited)} as you wrote {'it' if len(edited) == 1 else 'them'}."
    if added := [numbers[place] for place in merge.added if place in numbers]:
        yield f"{_posts(added)}: {'it is' if len(added) == 1 else 'they are'} yours."
    if noted := [numbers[place] for place in merge.noted if place in numbers]:
        yield f"{_posts(noted)} for what you put there, though the drafter has no such post today."
    for place in merge.deleted:
        yield f"Left out, as you took it out: {one_line(fresh.posts[place].text, 60)}"


def _tally(old: Sheet, merge: Merge, new: Sheet) -> str:
    """``2 drafted anew, 1 new, 1 gone``; posts that only point at other lines are counted apart."""
    pairs = [
        (old.blocks[place.mine].post, block.post)
        for place, block in zip(merge.places, new.blocks, strict=True)
        if place.mine is not None
    ]
    counts = {
        "drafted anew": sum(before.text != now.text for before, now in pairs),
        "new": len(merge.places) - len(pairs),
        "gone": len(merge.dropped),
        "pointed at lines that moved": sum(
            before.text == now.text and before.evidence != now.evidence for before, now in pairs
        ),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "put into another order"


def _numbers(merge: Merge, old: Sheet) -> dict[int, int]:
    """The numbers of the posts in the file as it is now, by their places in it as it was."""
    numbers: dict[int, int] = {}
    number = 0
    for place in merge.places:
        number += place.mine is None or old.blocks[place.mine].is_post
        if place.mine is not None and old.blocks[place.mine].is_post:
            numbers[place.mine] = number
    return numbers


def _posts(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, sorted(numbers)))
    return f"Post {listed} stays" if len(numbers) == 1 else f"Posts {listed} stay"
