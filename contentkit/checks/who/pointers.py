"""Where to look and whom to write to for what: a link or handle that the post gives for what the source gives another for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds
from contentkit.checks.links import Address, handles_in, links_in, without_addresses
from contentkit.checks.records.told import part_around, telling_words
from contentkit.models import Post
from contentkit.patterns import regex
from contentkit.text import sentences

# So many handles, or links, of a post are compared; a list of them says nothing of each.
_MOST = 6
_CUES = regex(r"@|://")
_Finder = Callable[[str], list[Address]]


def check_pointers(post: Post, grounds: Grounds) -> Iterator[Finding]:
    """CK205 and CK212: another link or handle of the cited lines is told what the post tells of this one.

    A warning where the cited lines lack the post's handle.
    """
    for told, own, key, words in _compared(post, grounds, links_in):
        if own.key in told and _is_told_of(words, told[own.key], _said_before(post.text, own)):
            message = f"the cited lines give {_shown(key, grounds)} for this, not {own.words}"
            remedy = "write the other link, or cite what this one is for"
            yield error("CK205", message, words=own.words, at=own.start, remedy=remedy)
    for told, own, key, words in _compared(post, grounds, handles_in):
        said = _said_of(post.text, own)
        if own.key in told and _is_told_of(words, told[own.key], said):
            message = f"the cited lines tell this of @{key}, not of {own.words}"
            remedy = f"write @{key}, or cite who tells it so"
            yield warning("CK212", message, words=own.words, at=own.start, remedy=remedy)
        elif own.key not in told and grounds.record.words.get(f"@{own.key}") and said & words:
            message = f"the cited lines have @{key}, and not {own.words}"
            yield warning("CK212", message, words=own.words, at=own.start, remedy="cite the line that names it too")


def _compared(
    post: Post, grounds: Grounds, find: _Finder
) -> Iterator[tuple[Mapping[str, frozenset[str]], Address, str, frozenset[str]]]:
    """Each address of the post beside each other one of the cited lines that the post has not, and what they tell of that."""
    own = find(post.text)
    if not own or len(own) > _MOST:
        return
    named = {address.key for address in own}
    told = _told_of(grounds, find)
    for address in own:
        for key, words in told.items():
            if key not in named:
                yield told, address, key, words


def _is_told_of(others: frozenset[str], its: frozenset[str], said: frozenset[str]) -> bool:
    """Whether something of what is said is told of the other address, and nothing of this one alone."""
    return bool(said & others - its) and not said & its - others


def _told_of(grounds: Grounds, find: _Finder) -> dict[str, frozenset[str]]:
    """What the cited lines tell right beside each address, else since the one before it.

    All of its sentence where no other address is in that.
    """
    found: dict[str, frozenset[str]] = {}
    for told in grounds.told:
        before = 0
        addresses = find(told.text) if _CUES.search(told.text) else []
        for address in addresses:
            around = _around(told.plain, address.start, address) or telling_words(told.plain[before : address.start])
            whole = telling_words(told.plain) if len(addresses) == 1 else frozenset[str]()
            found[address.key] = found.get(address.key, frozenset()) | (around or whole)
            before = address.end
    return found


def _shown(key: str, grounds: Grounds) -> str:
    """A link as the cited lines have it."""
    every = (link for told in grounds.told for link in links_in(told.text))
    return next((link.words for link in every if link.key == key), key)


def _said_of(text: str, address: Address) -> frozenset[str]:
    """What the post tells right beside an address; of its sentence and the one before it where that is next to nothing."""
    plain, said = without_addresses(text), ""
    for start, end in sentences(plain):
        if end > address.start:
            own = plain[start:end]
            around = _around(own, address.start - start, address) if start <= address.start else telling_words(own)
            return around if len(around) > 1 else telling_words(f"{said} {own}")
        said = plain[start:end]
    return telling_words(said)


def _said_before(text: str, link: Address) -> frozenset[str]:
    """What the post tells before a link in its line, and where that is next to nothing, in the line before."""
    *before, line = without_addresses(text)[: link.start].rstrip("\n").split("\n")
    said = sentences(line)
    own = telling_words(line[said[-1][0] :]) if said else frozenset[str]()
    return own if len(own) > 1 else telling_words(f"{' '.join(before[-1:])} {line}")


def _around(text: str, at: int, address: Address) -> frozenset[str]:
    return telling_words(part_around(text, at, at + len(address.words)))
