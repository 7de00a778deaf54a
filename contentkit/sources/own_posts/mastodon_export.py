"""An export of Mastodon: ``outbox.json``, ActivityPub's list of all that an account did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from contentkit.errors import ContentError
from contentkit.files import text_of
from contentkit.models import OwnPost
from contentkit.sources.own_posts.gathered import ADDRESSED, BOOST, PRIVATE, REPLY, UNREADABLE, Gathered, gathered
from contentkit.sources.own_posts.listed import items_of, place_of, text_at
from contentkit.sources.own_posts.markup import plain

PARTS = re.compile(r"(?:[^/]{1,200}/){0,2}outbox\.json")
_LIST = re.compile(r'"orderedItems"\s{0,100}:\s{0,100}(?=\[)')
_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_ACCOUNT = re.compile(r"https://(?P<host>[\w.:-]{1,250})/(?:users/|@)(?P<user>\w{1,100})")
_LONGEST = 50_000


def posts_of_mastodon(parts: Mapping[str, bytes], name: str) -> Gathered:
    """The posts of these parts: public ones, and what continues a thread of one's own. Raises ContentError."""
    items: list[dict[str, Any]] = []
    for part, data in sorted(parts.items()):
        text = text_of(data, place_of(name, part))
        found = _LIST.search(text)
        if not found:
            raise ContentError(
                f"{place_of(name, part)}: is no export of Mastodon", hint="name the archive, as the server sent it"
            )
        items += items_of(text, found.end(), place_of(name, part))
    owner = next((handle for one in items if (handle := _handle(text_at(one, "actor")))), "")
    return gathered(owner, map(_post, items))


def _handle(address: str) -> str:
    """The handle behind the address of an account; empty where it is none as Mastodon writes them."""
    found = _ACCOUNT.fullmatch(address)
    return f"{found['user']}@{found['host']}" if found else ""


def _post(activity: dict[str, Any]) -> OwnPost | str:
    note = activity.get("object")
    if activity.get("type") == "Announce":
        return BOOST
    if activity.get("type") != "Create" or not isinstance(note, dict) or note.get("type") not in ("Note", "Question"):
        return UNREADABLE
    author = text_at(activity, "actor") or text_at(note, "attributedTo")
    answered = note.get("inReplyTo")
    continues = isinstance(answered, str) and bool(author) and answered.startswith(f"{author.rstrip('/')}/")
    # A thread's later posts are mostly unlisted: everybody may read them.
    if not (_is_public(note, "to") or (continues and _is_public(note, "cc"))):
        return PRIVATE
    if answered and not continues:
        return REPLY
    content = text_at(note, "content")
    text = plain(content) if len(content) <= _LONGEST else ""
    if not text:
        return UNREADABLE
    if text.startswith("@"):
        return ADDRESSED
    return OwnPost(
        text=text, written=_date(text_at(note, "published")), language=_language(note), key=_key(text_at(note, "id"))
    )


def _is_public(note: dict[str, Any], field: str) -> bool:
    told = note.get(field)
    return any(one in _PUBLIC for one in (told if isinstance(told, list) else [told]) if isinstance(one, str))


def _language(note: dict[str, Any]) -> str:
    """That of the only version there is."""
    versions = note.get("contentMap")
    codes = list(versions) if isinstance(versions, dict) else []
    return codes[0] if len(codes) == 1 and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", codes[0]) else ""


def _key(address: str) -> str:
    return (
        f"mastodon:{address}" if address.startswith("https://") and len(address) < 300 and address.isprintable() else ""
    )


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None
