"""Whom to write to for what: a handle of the source that the post gives for what the source gives another for."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds
from contentkit.checks.links import Address, handles_in, without_addresses
from contentkit.checks.records.told import part_around, telling_words
from contentkit.models import Post
from contentkit.text import sentences

# So many handles of a post are compared; a list of them says nothing of each.
_MOST_HANDLES = 6


def check_pointers(post: Post, grounds: Grounds) -> Iterator[Finding]:
    """CK212: another handle of the cited lines is told what the post tells of this one; a warning where they lack it."""
    own = handles_in(post.text)
    if not own or len(own) > _MOST_HANDLES:
        return
    named = {handle.key for handle in own}
    told = _told_of_handles(grounds)
    others = {key: words for key, words in told.items() if key not in named}
    for handle in own:
        for key, words in others.items():
            said, at = _said_of(post.text, handle), handle.start
            if handle.key in told and said & words - told[handle.key] and not said & told[handle.key] - words:
                message = f"the cited lines tell this of @{key}, not of {handle.words}"
                yield error(
                    "CK212", message, words=handle.words, at=at, remedy=f"write @{key}, or cite who tells it so"
                )
                break
            if handle.key not in told and grounds.record.words.get(f"@{handle.key}") and said & words:
                message = f"the cited lines have @{key}, and not {handle.words}"
                yield warning("CK212", message, words=handle.words, at=at, remedy="cite the line that names it too")
                break


def _told_of_handles(grounds: Grounds) -> dict[str, frozenset[str]]:
    """What the cited lines tell right beside each handle, in all of its sentence where that is nothing."""
    found: dict[str, frozenset[str]] = {}
    for told in grounds.told:
        for handle in handles_in(told.text) if "@" in told.text else ():
            around = _around(told.plain, handle.start, handle) or telling_words(told.plain)
            found[handle.key] = found.get(handle.key, frozenset()) | around
    return found


def _said_of(text: str, handle: Address) -> frozenset[str]:
    """What the post tells right beside a handle; of its sentence and the one before it where that is next to nothing."""
    plain, said = without_addresses(text), ""
    for start, end in sentences(plain):
        if end > handle.start:
            own = plain[start:end]
            around = _around(own, handle.start - start, handle) if start <= handle.start else telling_words(own)
            return around if len(around) > 1 else telling_words(f"{said} {own}")
        said = plain[start:end]
    return telling_words(said)


def _around(text: str, at: int, handle: Address) -> frozenset[str]:
    return telling_words(part_around(text, at, at + len(handle.words)))
