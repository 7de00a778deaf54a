"""CK321, CK332 to CK334: hashtags, which screen readers read out one by one, and as one word where no capitals part them."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import Finding, information, warning
from contentkit.checks.manners.hashtag_words import camel_case
from contentkit.checks.manners.prose import Prose, prose_of
from contentkit.models import Draft
from contentkit.patterns import regex

_MOST = 3
_BLOCK = 2
_OPENING = regex(r"\s*#\w+(?:[\s,]+#\w+)+")


def check_hashtags(prose: Prose) -> Iterator[Finding]:
    """How many there are in a post, how they are written, and where they stand."""
    tags = prose.tags
    if len(tags) > _MOST:
        message = f"{len(tags)} hashtags in one post, screen readers read each of them out"
        yield warning("CK321", message, words=tags[-1].words, at=tags[-1].start, remedy=f"keep at most {_MOST}")
    for tag in tags:
        if name := camel_case(tag.words[1:]):
            message = f"{tag.words} is read out as one word"
            yield warning(
                "CK332", message, words=tag.words, at=tag.start, remedy=f"write it as #{name}", fix=f"#{name}"
            )
    yield from _check_place(prose)


def repeated_hashtags(draft: Draft) -> Iterator[tuple[int, Finding]]:
    """CK334: the hashtags that an earlier post of the thread has already, each with the index of its post."""
    earlier: dict[str, int] = {}
    for index, post in enumerate(draft.posts):
        for tag in prose_of(post.text).tags:
            first = earlier.setdefault(tag.key, index)
            if first != index:
                message = f"post {first + 1} has {tag.words} already: who searches for it finds the thread twice"
                remedy = "keep it in one post, the first or the last"
                yield index, information("CK334", message, words=tag.words, at=tag.start, remedy=remedy)


def _check_place(prose: Prose) -> Iterator[Finding]:
    """CK333: two hashtags or more before the first word. One alone may be the subject of the sentence."""
    block = _OPENING.match(prose.text) if len(prose.tags) >= _BLOCK else None
    if not block or prose.tags[_BLOCK - 1].start >= block.end() or not prose.text[block.end() :].strip():
        return
    words = block[0].strip()
    message = "the post opens with a block of hashtags: readers and previews see them before the first word"
    at = block.end() - len(block[0].lstrip())
    yield warning("CK333", message, words=words, at=at, remedy="put them at its end")
