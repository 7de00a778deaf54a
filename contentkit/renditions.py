"""The exact thread for one account, computed only from files in git. What is previewed, approved and published.

No network and no database: the same files give the same rendition on every machine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from contentkit import strict_yaml
from contentkit.errors import ContentError
from contentkit.models import Account, Draft, Entry, Part, Person, Post, Rendition
from contentkit.stamps import stamped

# Part of every digest: raise it whenever the same files would give other bytes, so that old approvals are void.
RENDITION_VERSION = 2

Counter = Callable[[str, str], int]
_PERSON = re.compile(r"@\{([^{}\n]*)\}")


def render(
    draft: Draft, entry: Entry | None, account: Account, people: Mapping[str, Person], count: Counter
) -> Rendition:
    """The thread of ``draft`` for ``account``; ``count`` takes text and warning and counts as the network does.

    Raises ContentError when a person named in the draft may not be named.
    """
    warning = (entry.warning if entry else "") or draft.warning
    parts = []
    for index, post in enumerate(draft.posts):
        if post.only and account.platform not in post.only and account.name not in post.only:
            continue
        text = _with_people(post, draft, account, people)
        parts.append(Part(post=index, text=text, length=count(text, warning), media=post.media))
    return Rendition(
        account=account,
        parts=tuple(parts),
        visibility=(entry.visibility if entry else "") or draft.visibility or account.visibility or "public",
        warning=warning,
        language=draft.language or account.language,
    )


def _with_people(post: Post, draft: Draft, account: Account, people: Mapping[str, Person]) -> str:
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
        return f"@{handle}" if handle and person.consent == "mention" else person.display

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


def manifest(entry: Entry, draft: Draft, renditions: Sequence[Rendition]) -> str:
    """Everything an approval is bound to, as canonical JSON: time and lateness, accounts, texts, media, alt texts, waivers.

    The renditions are frozen. The path of the draft is not part of it: renaming a draft changes nothing that is published.
    The paths of its pictures are: they are read from there when they are sent.
    """
    content = {
        "rendition": RENDITION_VERSION,
        "entry": entry.id,
        "at": stamped(entry.at),
        "late": [entry.late.policy, entry.late.within.total_seconds()],
        "after": entry.after,
        "waivers": [
            [waiver.check, waiver.words, waiver.by, waiver.reason] for post in draft.posts for waiver in post.waivers
        ],
        "renditions": [_canonical(rendition) for rendition in sorted(renditions, key=lambda one: one.account.name)],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _canonical(rendition: Rendition) -> dict[str, object]:
    account = rendition.account
    return {
        "account": [account.name, account.platform, account.server, account.handle, account.remote_id],
        "visibility": rendition.visibility,
        "warning": rendition.warning,
        "language": rendition.language,
        "parts": [
            {
                "post": part.post,
                "text": part.text,
                "media": [[media.path, media.digest, media.alt] for media in part.media],
            }
            for part in rendition.parts
        ],
    }


def digest(text: str) -> str:
    """The digest of a manifest, as it is written beside an entry: ``sha256:`` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def at_another_time(entry: Entry, at: datetime) -> Entry:
    """The same entry at another moment: tells a moved entry from a changed one."""
    return replace(entry, at=at)
