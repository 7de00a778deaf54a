"""The exact thread for one account, computed only from files in git. What is previewed, approved and published.

No network and no database: the same files give the same rendition on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from contentkit import strict_yaml
from contentkit.errors import ContentError
from contentkit.link_tags import LinkTags, tagged
from contentkit.models import Account, Draft, Entry, Mentions, Numbering, Part, Person, Post, Rendition, Splitting
from contentkit.splitting import Unsplittable, split
from contentkit.text import urls_in

# Part of every digest: raise it whenever the same files would give other bytes, so that old approvals are void.
RENDITION_VERSION = 3

Counter = Callable[[str, str], int]
Spans = Callable[[str], Sequence[tuple[int, int]]]
_PERSON = re.compile(r"@\{([^{}\n]*)\}")


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How threads are written for one account: what its settings say, else what is usual on its network.

    ``count`` takes text and warning and counts as the network does; ``links`` gives the places of what it makes links of.
    ``replies`` is the visibility of what follows the first part of a public thread, ``language`` that of threads which do
    not say theirs.
    """

    count: Counter
    links: Spans
    mentions: Mentions = "handles"
    split: Splitting = "sentence-first"
    numbering: Numbering = "none"
    replies: str = ""
    tags: LinkTags = field(default_factory=LinkTags)
    language: str = ""


def render(
    draft: Draft, entry: Entry | None, account: Account, people: Mapping[str, Person], manner: Manner
) -> Rendition:
    """The thread of ``draft`` for ``account``.

    A post that is too long becomes several parts, with its pictures on the first; one that cannot be split stays one part,
    longer than the account allows. Raises ContentError when a person named in the draft may not be named.
    """
    warning = (entry.warning if entry else "") or draft.warning
    visibility = (entry.visibility if entry else "") or draft.visibility or account.visibility or "public"
    posts = [(index, draft.posts[index]) for index in _posts_for(draft, account)]
    texts = [_text_for(post, draft, entry, account, people, manner) for _, post in posts]

    def count(text: str) -> int:
        return manner.count(text, warning)

    parts = [
        Part(
            post=index,
            text=text,
            length=count(text),
            media=post.media if number == 0 else (),
        )
        for (index, post), pieces in zip(posts, _in_parts(texts, account, manner, count), strict=True)
        for number, text in enumerate(pieces)
    ]
    founder = people.get(draft.founder)
    spoken = founder.languages[0] if founder and founder.languages else ""
    return Rendition(
        account=account,
        parts=tuple(replace(part, visibility=_visibility_of(n, visibility, manner)) for n, part in enumerate(parts)),
        visibility=visibility,
        warning=warning,
        language=draft.language or account.language or spoken or manner.language,
    )


def _posts_for(draft: Draft, account: Account) -> list[int]:
    """The indices of the posts that are for this account. Of those that stand instead of one, the last that names it is taken."""
    chosen: list[int] = []
    first = 0
    for index, post in enumerate(draft.posts):
        if not post.instead:
            first = index
            if not post.only or _names(post.only, account):
                chosen.append(index)
        elif _names(post.instead, account):
            chosen = [*(one for one in chosen if one < first), index]
    return chosen


def _names(places: Sequence[str], account: Account) -> bool:
    return account.platform in places or account.name in places


def _text_for(
    post: Post, draft: Draft, entry: Entry | None, account: Account, people: Mapping[str, Person], manner: Manner
) -> str:
    """The text of a post with its people and its links as this account has them."""
    text = _with_people(post, draft, account, people, manner)
    campaign = (entry.campaign if entry else "") or draft.slug
    values = {"platform": account.platform, "account": account.name, "campaign": campaign}
    return tagged(text, urls_in(text), manner.tags, values)


def _visibility_of(number: int, visibility: str, manner: Manner) -> str:
    return manner.replies if number and manner.replies and visibility == "public" else visibility


def _in_parts(
    texts: Sequence[str], account: Account, manner: Manner, count: Callable[[str], int]
) -> Sequence[Sequence[str]]:
    """The parts of each text. Where parts are numbered, their number is known only when all are split: then once more.

    The room for the numbers is that of their largest digits, so that it ends: more digits are never taken back.
    """
    pieces = [_pieces(text, account, manner, count) for text in texts]
    total = sum(len(one) for one in pieces)
    if manner.numbering == "none" or total < 2:
        return pieces
    digits = 0
    while len(str(total)) > digits:
        digits = len(str(total))
        widest = _number("8" * digits, "8" * digits)
        pieces = [_pieces(text, account, manner, _with_room(count, widest)) for text in texts]
        total = sum(len(one) for one in pieces)
    numbers = (_number(str(number), str(total)) for number in range(1, total + 1))
    return [[_numbered(piece, next(numbers)) for piece in one] for one in pieces]


def _with_room(count: Callable[[str], int], number: str) -> Callable[[str], int]:
    """Counts a part as if this number stood at its end."""
    return lambda piece: count(_numbered(piece, number))


def _number(number: str, total: str) -> str:
    return f"{number}/{total}"


def _numbered(text: str, number: str) -> str:
    """The part with its number at the end, on a line of its own behind a code fence."""
    if not text:
        return number
    return f"{text}\n{number}" if text.endswith(("```", "~~~")) else f"{text} {number}"


def _pieces(text: str, account: Account, manner: Manner, count: Callable[[str], int]) -> Sequence[str]:
    if manner.split == "never":
        return (text,)
    try:
        limit = account.limits.characters
        return split(text, limit=limit, measure=count, links=manner.links, style=manner.split)
    except Unsplittable:
        return (text,)


def _with_people(post: Post, draft: Draft, account: Account, people: Mapping[str, Person], manner: Manner) -> str:
    def resolved(match: re.Match[str]) -> str:
        key = match.group(1).strip()
        place = f"{draft.path}:{post.line + post.text.count(chr(10), 0, match.start())}"
        person = people.get(key)
        if person is None:
            raise ContentError(f"{place}: nobody called '{key}' in people.yaml", hint=strict_yaml.nearest(key, people))
        if person.consent == "never":
            raise ContentError(
                f"{place}: {key} must never be named", hint="take the name out: people.yaml says consent: never"
            )
        handle = person.handles.get(account.platform, "").lstrip("@")
        mentioned = handle and person.consent == "mention" and manner.mentions == "handles"
        return f"@{handle}" if mentioned else person.display

    return _PERSON.sub(resolved, post.text)


def frozen(rendition: Rendition, digest_of: Callable[[str], str]) -> Rendition:
    """The rendition with the digests of its pictures, by their paths, as their files are now.

    Raises what ``digest_of`` raises for a picture that cannot be sent.
    """
    parts = [
        replace(part, media=tuple(replace(media, digest=digest_of(media.path)) for media in part.media))
        for part in rendition.parts
    ]
    return replace(rendition, parts=tuple(parts))


def at_another_time(entry: Entry, at: datetime) -> Entry:
    """The same entry at another moment: tells a moved entry from a changed one."""
    return replace(entry, at=at)
