"""CK357: posts that were numbered by hand, where the thread that is published has other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contentkit.checks.findings import Finding, warning
from contentkit.models import Draft, Rendition
from contentkit.patterns import regex

_REMEDY = 'take it out, and write numbering = "1/5" for the account if readers are to see numbers'
# At an end of the post, and apart from its sentences: ``1/3 of us`` is a fraction.
_NUMBER = regex(
    r"\A\s*[(\[]?(\d{1,2})/(\d{1,2})(?![\w/])(?:[)\]:.]|(?=\s*(?:\n|[^\W\d_a-zà-ÿ]|[^\w\s])))"
    r"|(?:(?<=[.!?…:)\n])[ ]*|(?=[(\[]))[(\[]?(\d{1,2})/(\d{1,2})[)\]]?\s*\Z"
)


def misnumbered(draft: Draft, threads: Iterable[Rendition]) -> Iterator[tuple[int, Finding]]:
    """The posts that say another number, or another total, than they have on an account; each for the first such account."""
    said = {index: match for index, post in enumerate(draft.posts) if (match := _number_of(post.text, index + 1))}
    for thread in threads if len(draft.posts) > 1 else ():
        total, begun = len(thread.parts), set[int]()
        for number, part in enumerate(thread.parts, 1):
            if part.post in begun:
                continue
            begun.add(part.post)
            match = said.get(part.post)
            if match and _figures(match) != [number, total]:
                words = match[0].strip()
                message = f"numbered by hand as {words}, and on {thread.account.name} it is part {number} of {total}"
                at = match.start() + match[0].index(words)
                yield part.post, warning("CK357", message, words=words, at=at, remedy=_REMEDY)
                del said[part.post]


def _number_of(text: str, number: int) -> re.Match[str] | None:
    """Where a post says that it is this one of so many; a fraction or a date has nothing to do with where it stands."""
    match = _NUMBER.search(text)
    return match if match and _figures(match)[0] == number <= _figures(match)[1] else None


def _figures(match: re.Match[str]) -> list[int]:
    return [int(figure) for figure in match.groups() if figure]
