"""CK357: posts that were numbered by hand, where the thread that is published has other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.findings import place_of
from contentkit.models import Draft, Problem, Rendition

# At an end of the post, and apart from its sentences: ``1/3 of us`` is a fraction.
_NUMBER = re.compile(
    r"\A\s*[(\[]?(\d{1,2})/(\d{1,2})(?![\w/])(?:[)\]:.]|(?=\s*(?:\n|[^\W\d_a-zà-ÿ]|[^\w\s])))"
    r"|(?:(?<=[.!?…:)\n])[ ]*|(?=[(\[]))[(\[]?(\d{1,2})/(\d{1,2})[)\]]?\s*\Z"
)


def check_numbering(rendition: Rendition, draft: Draft) -> list[Problem]:
    """The posts that say another number, or another total, than they have on this account."""
    return list(_misnumbered(rendition, draft)) if len(draft.posts) > 1 else []


def _misnumbered(rendition: Rendition, draft: Draft) -> Iterator[Problem]:
    total, name = len(rendition.parts), rendition.account.name
    seen: set[int] = set()
    for number, part in enumerate(rendition.parts, 1):
        if part.post in seen:
            continue
        seen.add(part.post)
        text = draft.posts[part.post].text
        match = _NUMBER.search(text)
        said = [int(one) for one in match.groups() if one] if match else []
        # A fraction or a date has nothing to do with where the post stands.
        if not match or said[0] != part.post + 1 or said[1] < said[0] or said == [number, total]:
            continue
        words = match[0].strip()
        yield Problem(
            check="CK357",
            severity="warning",
            message=f"numbered by hand as {words}, and on {name} it is part {number} of {total}",
            place=place_of(draft, part.post, match.start()),
            words=words,
            remedy='take it out, and write numbering = "1/5" for the account if readers are to see numbers',
            post=part.post,
            at=match.start() + match[0].index(words),
            account=name,
        )
