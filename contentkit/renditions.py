"""The exact thread for one account, computed only from files in git. What is previewed, approved and published.

No network and no database: the same files give the same rendition on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from contentkit import strict_yaml
from contentkit.errors import ContentError
from contentkit.link_tags import LinkTags, tagged
from contentkit.models import (
    Account,
    Draft,
    Entry,
    Media,
    Mentions,
    Numbering,
    Part,
    Person,
    Post,
    Rendition,
    Splitting,
)
from contentkit.patterns import regex
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.splitting import Spans

# Part of every digest: raise it whenever the same files would give other bytes, so that old approvals are void.
RENDITION_VERSION = 6

Counter = Callable[[str, str], int]
_PERSON = regex(r"@\{([^{}\n]*)\}")


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
    from contentkit.parting import Measure, parted

    warning = draft.warning if entry is None or entry.warning is None else entry.warning
    visibility = (entry.visibility if entry else "") or draft.visibility or account.visibility or "public"
    posts = [(index, draft.posts[index]) for index in _posts_for(draft, account)]
    texts = [_text_for(post, draft, entry, account, people, manner) for _, post in posts]

    def count(text: str) -> int:
        return manner.count(text, warning)

    measure = Measure(limit=account.limits.characters, count=count, links=manner.links)
    parts = [
        Part(
            post=index,
            text=piece.text,
            length=count(piece.text),
            media=tuple(_with_names(media, draft, people) for media in post.media) if number == 0 else (),
            torn=piece.torn,
            uncut=piece.uncut,
            remedy=piece.remedy,
        )
        for (index, post), pieces in zip(posts, parted(texts, measure, manner.split, manner.numbering), strict=True)
        for number, piece in enumerate(pieces)
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
    return tagged(text, manner.links, manner.tags, values)


def _visibility_of(number: int, visibility: str, manner: Manner) -> str:
    return manner.replies if number and manner.replies and visibility == "public" else visibility


def _with_people(post: Post, draft: Draft, account: Account, people: Mapping[str, Person], manner: Manner) -> str:
    def called(person: Person) -> str:
        handle = person.handles.get(account.platform, "").lstrip("@")
        mentioned = handle and person.consent == "mention" and manner.mentions == "handles"
        return f"@{handle}" if mentioned else person.display

    return _resolved(post.text, draft.path, post.line, people, called)


def _with_names(media: Media, draft: Draft, people: Mapping[str, Person]) -> Media:
    """The picture with names in its alt text: a handle there would reach nobody, and is no name to be read aloud."""
    return replace(media, alt=_resolved(media.alt, draft.path, media.line, people, lambda person: person.display))


def _resolved(words: str, path: str, line: int, people: Mapping[str, Person], called: Callable[[Person], str]) -> str:
    """These words, which stand in this file from this line on, with each ``@{person}`` as ``called`` says."""

    def name(match: re.Match[str]) -> str:
        key = match.group(1).strip()
        place = f"{path}:{line + words.count(chr(10), 0, match.start())}"
        person = people.get(key)
        if person is None:
            raise ContentError(f"{place}: nobody called '{key}' in people.yaml", hint=strict_yaml.nearest(key, people))
        if person.consent == "never":
            raise ContentError(
                f"{place}: {key} must never be named", hint="take the name out: people.yaml says consent: never"
            )
        return called(person)

    return _PERSON.sub(name, words)


def people_in(post: Post) -> list[str]:
    """The keys of the people whom this post names, in its text or in what its pictures show, in order."""
    return [
        key.strip() for words in (post.text, *(media.alt for media in post.media)) for key in _PERSON.findall(words)
    ]


def frozen(rendition: Rendition, digest_of: Callable[[str], str]) -> Rendition:
    """The rendition with the digests of its pictures, by their paths, as their files are now.

    Raises what ``digest_of`` raises for a picture that cannot be sent.
    """
    parts = [
        replace(part, media=tuple(replace(media, digest=digest_of(media.path)) for media in part.media))
        for part in rendition.parts
    ]
    return replace(rendition, parts=tuple(parts))
